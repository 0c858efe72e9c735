"""Who is to be reminded today: bundles without an answer, the step of the ladder they have reached, and the person it
goes to. Read only; answers are joined at this moment, so nobody is reminded who has answered."""

import datetime
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from jendela.people.access.models import Membership
from jendela.people.access.roles import AgencyHead, AgencyOperator, Leader, ServiceAdmin
from jendela.people.agencies.choices import AgencyKind
from jendela.registry.campaigns.choices import BundleState, Channel, Recipient, RoundState
from jendela.registry.campaigns.days import shifted
from jendela.registry.campaigns.models import Bundle, HandOver, LadderStep, Reminder
from jendela.registry.campaigns.rules import CALL_PAUSE, HANDED_PAUSE, rule

UNANSWERED = (BundleState.ASKED, BundleState.WORKING, BundleState.RETURNED)
LONG_AGO = 60  # days; no pause of some working days lasts so long
SECRETARY_OF = "Sekretariat Daerah"  # its head is the secretary of the regency


@dataclass
class People:
    """Who holds which role at which agency, and what accounts are active: two queries for all agencies."""

    roles: dict[tuple[int, str], list[Any]]
    secretaries: list[Any]
    active: set[tuple[int, int]]  # (account, agency)

    def at(self, agency_id: int, *roles: str, but: int | None = None) -> Any:
        """The first holder of the first of these roles that somebody else holds."""
        for role in roles:
            for user in self.roles.get((agency_id, role), []):
                if user.pk != but:
                    return user
        return None

    def has_left(self, bundle: Bundle) -> bool:
        """Does the account that holds the bundle work there no more?"""
        return bundle.holder_id is not None and (bundle.holder_id, bundle.agency_id) not in self.active


@dataclass
class Due:
    """One step that a bundle has reached."""

    bundle: Bundle
    step: LadderStep
    user: Any  # None: the holder without an account, or nobody

    @property
    def is_person(self) -> bool:
        return self.step.recipient == Recipient.PERSON


def steps_on(day: datetime.date) -> list[LadderStep]:
    rows = LadderStep.objects.filter(valid_from__lte=day).order_by("offset", "pk")
    return [one for one in rows if one.valid_to is None or one.valid_to > day]


def unanswered() -> list[Bundle]:
    rows = Bundle.objects.filter(round__state=RoundState.OPEN, state__in=UNANSWERED)
    return list(rows.select_related("round", "agency", "holder").order_by("pk"))


def people_of(bundles: Sequence[Bundle]) -> People:
    roles: dict[tuple[int, str], list[Any]] = defaultdict(list)
    active = set()
    rows = Membership.objects.holding().filter(user__is_active=True).select_related("user", "agency")
    for row in rows.filter(agency__in={one.agency_id for one in bundles}).order_by("valid_from", "pk"):
        roles[row.agency_id or 0, row.role].append(row.user)
        active.add((row.user_id, row.agency_id or 0))
    heads = rows.filter(
        agency__kind=AgencyKind.SECRETARIAT, agency__name__startswith=SECRETARY_OF, role=AgencyHead.code
    )
    leaders = rows.filter(role=Leader.code)
    secretaries = [one.user for one in heads.order_by("pk")] or [one.user for one in leaders.order_by("pk")]
    return People(roles, secretaries, active)


def due(day: datetime.date, bundles: Sequence[Bundle], people: People) -> list[Due]:
    """The latest step each bundle has reached and not been reminded by since it last came back; none on the day of a
    message, none within some working days of a call, and none to a holder who has it since some working days only."""
    steps = steps_on(day)
    pause = rule(CALL_PAUSE, day)
    sent: dict[int, list[Reminder]] = defaultdict(list)
    for one in Reminder.objects.filter(bundle__in=[one.pk for one in bundles]).select_related("step"):
        sent[one.bundle_id].append(one)
    dates = {
        (due_on, step.pk): shifted(due_on, step.offset)
        for due_on in {one.deadline for one in bundles}
        for step in steps
    }
    new = _newly_held(day, bundles)
    found = []
    for bundle in bundles:
        reached = [step for step in steps if dates[bundle.deadline, step.pk] <= day]
        done = [one.step.offset for one in sent[bundle.pk] if one.step and one.turn == bundle.turn]
        if not reached or (done and max(done) >= reached[-1].offset):
            continue
        if any(one.day == day for one in sent[bundle.pk]) or _called(sent[bundle.pk], day, pause):
            continue
        step = reached[-1]
        if step.recipient == Recipient.PERSON and (bundle.refused_at or bundle.pk in new):
            continue  # who said 'bukan saya' or is new is not reminded; the steps to the agency go on
        found.append(Due(bundle, step, _user(bundle, step, people)))
    return found


def _called(sent: Sequence[Reminder], day: datetime.date, pause: int) -> bool:
    calls = [one.day for one in sent if one.channel == Channel.CALL]
    return bool(calls) and shifted(max(calls), pause) > day


def _newly_held(day: datetime.date, bundles: Sequence[Bundle]) -> set[int]:
    """Keys of bundles that were handed over within some working days."""
    pause = rule(HANDED_PAUSE, day)
    recent = timezone.now() - datetime.timedelta(days=LONG_AGO)
    rows = HandOver.objects.filter(bundle__in=[one.pk for one in bundles], at__gte=recent)
    handed = [(key, timezone.localdate(at)) for key, at in rows.values_list("bundle", "at")]
    rested = {at: shifted(at, pause) for at in {at for _key, at in handed}}
    return {key for key, at in handed if rested[at] > day}


def _user(bundle: Bundle, step: LadderStep, people: People) -> Any:
    if step.recipient == Recipient.PERSON:
        return bundle.holder
    if step.recipient == Recipient.ADMIN:
        roles = (ServiceAdmin.code, AgencyOperator.code, AgencyHead.code)
        return people.at(bundle.agency_id, *roles, but=bundle.holder_id)
    if step.recipient == Recipient.HEAD:
        return people.at(bundle.agency_id, AgencyHead.code)
    return people.secretaries[0] if people.secretaries else None


def successor_of(bundle: Bundle, people: People) -> Any:
    """Who takes over the bundle of someone who left: the role that answers, else an operator, admin or the head."""
    roles = (bundle.round.role, AgencyOperator.code, ServiceAdmin.code, AgencyHead.code)
    return people.at(bundle.agency_id, *roles, but=bundle.holder_id)


def silent(day: datetime.date, bundles: Sequence[Bundle]) -> list[tuple[Bundle, datetime.date]]:
    """Bundles without an answer a working day after the last step, with that day."""
    last = [one for one in steps_on(day) if one.last]
    if not last:
        return []
    offset = max(one.offset for one in last) + 1
    found = []
    for bundle in bundles:
        since = shifted(bundle.deadline, offset)
        if since <= day and bundle.silent_since is None:
            found.append((bundle, since))
    return found
