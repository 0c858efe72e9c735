"""Every query on people at work and their invitations. The viewer comes first: managers see their own agencies."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from jendela.common.models import AuditEntry
from jendela.people.access.actions import undoable
from jendela.people.access.audit_words import Target
from jendela.people.access.choices import Module, Permission
from jendela.people.access.models import Membership, MembershipQuerySet
from jendela.people.access.policy import agencies_for
from jendela.people.accounts.models import User
from jendela.people.agencies.models import Agency
from jendela.people.members import work
from jendela.people.members.choices import InvitationState, RoleState
from jendela.people.members.models import Invitation
from jendela.people.members.policy import at, of_viewer, visible_to
from jendela.ui.templatetags.ui import path

PAGE = 50
MOST_EXPORTED = 10_000
MOST_COLLEAGUES = 30


@dataclass(frozen=True)
class PeopleFilters:
    """What the list narrows to; empty values do not. `agency` is a slug, or 'semua' for roles that hold for all."""

    text: str = ""
    agency: str = ""
    role: str = ""
    state: str = RoleState.NOW.value


@dataclass(frozen=True)
class Person:
    """An account and those of its memberships that the viewer sees."""

    user: User
    memberships: list[Membership] = field(default_factory=list)

    def _those(self, *, over: bool) -> list[Membership]:
        return [one for one in self.memberships if one.is_over is over]

    @property
    def held(self) -> list[Membership]:
        """Those that hold or begin later."""
        return self._those(over=False)

    @property
    def ended(self) -> list[Membership]:
        return self._those(over=True)


@dataclass(frozen=True)
class PeoplePage:
    people: Sequence[Person]
    next_key: str


def _memberships(viewer: Any, filters: PeopleFilters) -> MembershipQuerySet:
    rows = visible_to(viewer)
    if filters.state == RoleState.COMING:
        rows = rows.coming()
    elif filters.state == RoleState.ENDED:
        rows = rows.over()
    else:
        rows = rows.holding()
    if filters.role:
        rows = rows.filter(role=filters.role)
    if filters.agency == "semua":
        rows = rows.filter(agency__isnull=True)
    elif filters.agency:
        rows = rows.filter(agency__slug=filters.agency)
    if filters.text:
        rows = rows.filter(Q(user__name__icontains=filters.text) | Q(user__email__icontains=filters.text))
    return rows


def _whole(rows: MembershipQuerySet) -> MembershipQuerySet:
    """With agency, holder, whom it stands in for, and who stands in."""
    others = Membership.objects.filter(ended_at__isnull=True).select_related("user").order_by("valid_from")
    return rows.select_related("agency", "user", "substitutes__user").prefetch_related(
        Prefetch("substitutions", queryset=others)
    )


def people_page(viewer: Any, filters: PeopleFilters, *, after: int | None = None) -> PeoplePage:
    """People by name, `after` the one shown last; four queries or five."""
    users = User.objects.filter(pk__in=_memberships(viewer, filters).values("user_id")).order_by("name", "pk")
    if after is not None and (last := User.objects.filter(pk=after).first()) is not None:
        users = users.filter(Q(name__gt=last.name) | Q(name=last.name, pk__gt=last.pk))
    found = list(users[: PAGE + 1])
    shown = found[:PAGE]
    held: dict[int, list[Membership]] = {user.pk: [] for user in shown}
    for row in _whole(visible_to(viewer).filter(user__in=shown)).order_by("valid_from", "pk"):
        held[row.user_id].append(row)
    people = [Person(user, held[user.pk]) for user in shown]
    return PeoplePage(people, str(shown[-1].pk) if len(found) > PAGE else "")


def export_rows(viewer: Any, filters: PeopleFilters) -> list[Membership]:
    """Memberships for a spreadsheet, by name."""
    rows = _whole(_memberships(viewer, filters)).order_by("user__name", "user_id", "valid_from", "pk")
    return list(rows[:MOST_EXPORTED])


def person(viewer: Any, number: int) -> Person | None:
    """Someone of whom the viewer sees at least one membership, with all he sees; newest last."""
    rows = list(_whole(visible_to(viewer).filter(user_id=number)).order_by("valid_from", "pk"))
    return Person(rows[0].user, rows) if rows else None


def membership(viewer: Any, number: int, key: int) -> Membership | None:
    """One membership of a person, if the viewer sees it."""
    return _whole(visible_to(viewer).filter(user_id=number, pk=key)).first()


def restorable(person: Person) -> set[int]:
    """Keys of those memberships whose end was entered within the last day and not touched since."""
    keys = {str(one.pk): one.pk for one in person.memberships}
    last = (
        AuditEntry.objects.filter(
            target_type=Membership._meta.label_lower, target_key__in=keys, action__startswith="access."
        )
        .order_by("target_key", "-pk")
        .distinct("target_key")
    )
    return {keys[one.target_key] for one in last if undoable(one)}


def agencies_to_filter(viewer: Any) -> QuerySet[Agency]:
    """Agencies where someone the viewer sees holds or held a role."""
    seen = visible_to(viewer).filter(agency__isnull=False).values("agency_id")
    return Agency.objects.filter(pk__in=seen).order_by("short_name")


def agencies_to_give(viewer: Any) -> QuerySet[Agency]:
    """Agencies of the regency that exist today and whose people the viewer manages."""
    own = agencies_for(viewer, Permission.MANAGE_MEMBERS)
    rows = Agency.objects.filter(level="kabupaten", valid_to="").order_by("short_name")
    return rows if own is None else rows.filter(pk__in=own)


def colleagues(agency_id: int | None, *, but: int, text: str = "") -> list[User]:
    """Active people who hold a role at this agency today (None: a role for all), by name; all but one."""
    rows = Membership.objects.holding().filter(at(agency_id), user__is_active=True)
    users = User.objects.filter(pk__in=rows.values("user_id")).exclude(pk=but)
    for word in text.split():
        users = users.filter(Q(name__icontains=word) | Q(email__icontains=word))
    return list(users.order_by("name", "pk")[:MOST_COLLEAGUES])


@dataclass(frozen=True)
class WorkHeld:
    """What one person holds at one agency, by kind."""

    agency: Agency | None
    counts: list[tuple[work.WorkKind, int]]

    @property
    def key(self) -> int | None:
        return self.agency.pk if self.agency else None

    @property
    def total(self) -> int:
        return sum(count for _kind, count in self.counts)


def work_of(user_id: int, agencies: Collection[Agency | None]) -> list[WorkHeld]:
    """The work a person holds at each of these agencies; agencies without any are left out."""
    found = []
    for agency in agencies:
        counts = [(kind, kind.count(user_id, agency.pk if agency else None)) for kind in work.kinds()]
        found.append(WorkHeld(agency, [(kind, count) for kind, count in counts if count]))
    return [one for one in found if one.counts]


def invitations(viewer: Any, state: str, *, before: int | None = None) -> tuple[list[Invitation], str]:
    """Invitations the viewer sees, newest first, and the key after which the next page begins."""
    rows = Invitation.objects.filter(of_viewer(viewer)).select_related("agency", "invited_by", "accepted_by")
    pending = rows.filter(accepted_at__isnull=True, withdrawn_at__isnull=True)
    if state == InvitationState.OPEN:
        rows = pending.filter(expires_at__gt=timezone.now())
    elif state == InvitationState.EXPIRED:
        rows = pending.filter(expires_at__lte=timezone.now())
    elif state == InvitationState.ACCEPTED:
        rows = rows.filter(accepted_at__isnull=False)
    elif state == InvitationState.WITHDRAWN:
        rows = rows.filter(withdrawn_at__isnull=False)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows.order_by("-pk")[: PAGE + 1])
    return found[:PAGE], str(found[PAGE - 1].pk) if len(found) > PAGE else ""


def invitation(viewer: Any, number: int) -> Invitation | None:
    rows = Invitation.objects.filter(of_viewer(viewer)).select_related("agency", "invited_by")
    return rows.filter(pk=number).first()


def offered(digest: str) -> Invitation | None:
    """The invitation of a link."""
    return Invitation.objects.select_related("agency", "invited_by").filter(digest=digest).first()


def count_open_invitations(viewer: Any) -> int:
    """How many invitations wait for an answer (a number on the menu)."""
    rows = Invitation.objects.filter(of_viewer(viewer))
    return rows.filter(
        accepted_at__isnull=True, withdrawn_at__isnull=True, expires_at__gt=timezone.now()
    ).count()


def _numbers(keys: Collection[str]) -> list[int]:
    return [int(key) for key in keys if key.isascii() and key.isdigit() and len(key) < 19]


def account_targets(keys: Collection[str]) -> dict[str, Target]:
    """Names and pages of accounts for the audit screen. Residents have no page there."""
    at_work = set(Membership.objects.filter(user_id__in=_numbers(keys)).values_list("user_id", flat=True))
    rows = User.objects.filter(pk__in=at_work).values_list("pk", "name", "email")
    return {
        str(key): Target(name or email or str(key), path(f"/kelola/orang/{key}/"))
        for key, name, email in rows
    }


def membership_targets(keys: Collection[str]) -> dict[str, Target]:
    rows = Membership.objects.filter(pk__in=_numbers(keys)).select_related("user", "agency")
    return {
        str(row.pk): Target(
            f"{row.role_label}, {row.user.name}"
            + (f", {row.agency.short_name}" if row.agency else f", {_('semua instansi')}"),
            path(f"/kelola/orang/{row.user_id}/"),
        )
        for row in rows
    }


def module_targets(keys: Collection[str]) -> dict[str, Target]:
    return {
        key: Target(str(Module(key).label), path(f"/kelola/modul/{key}/"))
        for key in keys
        if key in Module.values
    }


def invitation_targets(keys: Collection[str]) -> dict[str, Target]:
    rows = Invitation.objects.filter(pk__in=_numbers(keys))
    return {str(row.pk): Target(f"{row.role_label}, {row.name}", path("/kelola/undangan/")) for row in rows}
