"""Every query on memberships, modules and the audit trail."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils import timezone

from jendela.common.models import AuditEntry
from jendela.people.access import audit_words
from jendela.people.access.choices import Module, ModuleState
from jendela.people.access.models import Membership, ModuleOpening
from jendela.people.agencies.choices import Level
from jendela.people.agencies.models import Agency

AUDIT_PAGE = 50
MOST_EXPORTED = 10_000
MOST_PEOPLE = 50  # accounts that a searched name may mean
OUT_OF_ORDER = 1000  # rows of transactions that ran side by side may lie this far from their time


def role_counts() -> dict[str, int]:
    """How many people hold each role today."""
    rows = Membership.objects.holding().filter(user__is_active=True).order_by()
    return dict(
        rows.values("role").annotate(people=Count("user", distinct=True)).values_list("role", "people")
    )


def own_memberships(viewer: Any) -> list[Membership]:
    """The viewer's memberships that hold or will hold, with whom they stand in for and who stands in for them."""
    substitutions = Membership.objects.filter(ended_at__isnull=True).select_related("user")
    rows = Membership.objects.holding() | Membership.objects.coming()
    return list(
        rows.filter(user_id=viewer.pk)
        .select_related("agency", "substitutes__user")
        .prefetch_related(Prefetch("substitutions", queryset=substitutions))
        .order_by("valid_from", "pk")
    )


def nothing_open() -> bool:
    """Is no module open yet, not even on trial? Then a new instance shows its administrators where to begin."""
    if settings.ALL_MODULES_OPEN:
        return False
    return not ModuleOpening.objects.exclude(state=ModuleState.CLOSED).exists()


@dataclass(frozen=True)
class ModuleRow:
    """A module, its state, the agencies that try it, and who changed that last."""

    module: Module
    state: ModuleState
    agencies: Sequence[Agency] = ()
    changed_at: datetime.datetime | None = None
    changed_by: str = ""


def modules() -> list[ModuleRow]:
    """All modules in their order; three queries."""
    openings = {row.module: row for row in ModuleOpening.objects.prefetch_related("trial_agencies")}
    last = {
        row.target_key: row
        for row in AuditEntry.objects.filter(
            target_type=ModuleOpening._meta.label_lower, target_key__in=Module.values
        )
        .order_by("target_key", "-id")
        .distinct("target_key")
    }
    found = []
    for module in Module:
        row, change = openings.get(module.value), last.get(module.value)
        found.append(
            ModuleRow(
                module=module,
                state=ModuleState(row.state) if row else ModuleState.CLOSED,
                agencies=list(row.trial_agencies.all()) if row else (),
                changed_at=change.at if change else None,
                changed_by=change.actor if change else "",
            )
        )
    return found


def agencies_to_choose() -> QuerySet[Agency]:
    """Agencies of the regency that exist today, by name."""
    return Agency.objects.filter(level=Level.REGENCY, valid_to="").order_by("short_name")


@dataclass(frozen=True)
class AuditFilters:
    """What the audit screen narrows to; empty values do not."""

    who: str = ""
    action: str = ""
    kind: str = ""
    key: str = ""
    since: datetime.date | None = None
    until: datetime.date | None = None
    address: str = ""
    personal: bool = False


@dataclass(frozen=True)
class AuditLine:
    """One entry in words."""

    entry: AuditEntry
    what: str
    kind: str
    target: audit_words.Target | None
    changes: list[audit_words.Change]


@dataclass(frozen=True)
class AuditPage:
    lines: list[AuditLine] = field(default_factory=list)
    next_key: str = ""


def audit_page(filters: AuditFilters, *, before: int | None = None) -> AuditPage:
    """The newest entries before a number, with names of what they point to."""
    rows = _audit(filters)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows[: AUDIT_PAGE + 1])
    shown = found[:AUDIT_PAGE]
    return AuditPage(_in_words(shown), str(shown[-1].pk) if len(found) > AUDIT_PAGE else "")


def audit_lines(filters: AuditFilters) -> list[AuditLine]:
    """Entries for an export, at most MOST_EXPORTED."""
    return _in_words(list(_audit(filters)[:MOST_EXPORTED]))


def _audit(filters: AuditFilters) -> QuerySet[AuditEntry]:
    rows = AuditEntry.objects.order_by("-pk")
    if filters.who:
        rows = rows.filter(_who(filters.who))
    if filters.personal:
        rows = rows.filter(action__in=audit_words.PERSONAL)
    if filters.action:
        rows = rows.filter(action=filters.action)
    if filters.kind:
        rows = rows.filter(target_type=filters.kind)
    if filters.key:
        rows = rows.filter(target_key=filters.key)
    if filters.address:
        rows = rows.filter(address=filters.address)
    return _between(rows, filters.since, filters.until)


def _who(text: str) -> Q:
    """Accounts of that name or address, or a part of the system or public of exactly that name."""
    people = (
        get_user_model()
        .objects.filter(Q(name__icontains=text) | Q(email__icontains=text))
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    return Q(by_id__in=list(people[:MOST_PEOPLE])) | Q(by__isnull=True, actor=text)


def _between(
    rows: QuerySet[AuditEntry], since: datetime.date | None, until: datetime.date | None
) -> QuerySet[AuditEntry]:
    """Narrow to days. The trail is read by number, so the days are turned into numbers as well: an old week costs
    what the newest costs."""
    by_time = AuditEntry.objects.order_by("at").values_list("pk", flat=True)
    if since is not None:
        start = _midnight(since)
        first = by_time.filter(at__gte=start).first()
        if first is None:
            return rows.none()
        rows = rows.filter(at__gte=start, pk__gte=first - OUT_OF_ORDER)
    if until is not None:
        end = _midnight(until + datetime.timedelta(days=1))
        following = by_time.filter(at__gte=end).first()
        rows = rows.filter(at__lt=end)
        if following is not None:
            rows = rows.filter(pk__lt=following + OUT_OF_ORDER)
    return rows


def _midnight(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time.min))


def _in_words(entries: Sequence[AuditEntry]) -> list[AuditLine]:
    users: set[int] = set()
    agencies: set[int] = set()
    for one in entries:
        for values in (one.before, one.after):
            users |= audit_words.references(values, audit_words.USERS)
            agencies |= audit_words.references(values, audit_words.AGENCIES)
    user_names = (
        dict(get_user_model().objects.filter(pk__in=users).values_list("pk", "name")) if users else {}
    )
    agency_names = (
        dict(Agency.objects.filter(pk__in=agencies).values_list("pk", "short_name")) if agencies else {}
    )
    targets = audit_words.targets_of((one.target_type, one.target_key) for one in entries)
    return [
        AuditLine(
            entry=one,
            what=audit_words.action_words(one.action),
            kind=audit_words.target_words(one.target_type),
            target=targets.get((one.target_type, one.target_key)),
            changes=audit_words.difference(one.before, one.after, user_names, agency_names),
        )
        for one in entries
    ]
