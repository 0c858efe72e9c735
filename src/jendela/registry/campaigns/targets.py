"""Who is asked what: applications chosen by filters, given to the person who runs each, else to the holder of a role at
its owner. Read only: the same plan is shown before sending and is sent."""

import datetime
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from django.db.models import Q, QuerySet

from jendela.people.access.models import Membership
from jendela.people.agencies.choices import AgencyKind, Level
from jendela.people.agencies.models import Agency
from jendela.registry.applications.choices import PersonRole, RecordState
from jendela.registry.applications.models import Application, ApplicationPerson
from jendela.registry.campaigns.choices import BundleState, RoundState
from jendela.registry.campaigns.models import Bundle, Round

PLANNED = ("pk", "name", "slug", "owner_id")  # all that a plan needs of an application


@dataclass(frozen=True)
class Filters:
    """What narrows the targets; an empty value does not."""

    agencies: tuple[int, ...] = ()
    kinds: tuple[str, ...] = ()  # of agencies
    states: tuple[str, ...] = ()  # of applications
    operator_levels: tuple[str, ...] = ()
    never_attested: bool = False
    unchanged_since: str = ""  # ISO day: no value was changed on or after it
    with_empty: bool = True  # agencies that own nothing yet are asked whether that is right

    def as_json(self) -> dict[str, Any]:
        return {key: list(one) if isinstance(one, tuple) else one for key, one in asdict(self).items()}

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> "Filters":
        values: dict[str, Any] = {
            key: tuple(one) if isinstance(one, list) else one for key, one in stored.items()
        }
        return cls(**values)

    @property
    def narrows_applications(self) -> bool:
        return bool(self.states or self.operator_levels or self.never_attested or self.unchanged_since)


@dataclass
class Planned:
    """What one person would get for one agency. Without `user` and `email` nobody can be reached."""

    agency: Agency
    user: Any
    applications: list[Application] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.user.name or self.user.email or ""

    @property
    def reachable(self) -> bool:
        return bool(self.user.email or self.user.phone)


@dataclass
class Plan:
    bundles: list[Planned] = field(default_factory=list)
    nobody: list[tuple[Agency, list[Application]]] = field(default_factory=list)  # nobody holds the role
    busy: list[tuple[Agency, Round]] = field(default_factory=list)  # asked by another round that is open

    @property
    def applications(self) -> int:
        return sum(len(one.applications) for one in self.bundles)

    @property
    def recipients(self) -> int:
        return len({one.user.pk for one in self.bundles})

    @property
    def unreachable(self) -> list[Planned]:
        return [one for one in self.bundles if not one.reachable]


def chosen_agencies(filters: Filters, without: Collection[int] = ()) -> QuerySet[Agency]:
    """Agencies of the regency that exist today and fit; those that were made from a list of applications and await a
    check as well."""
    rows = Agency.objects.filter(level=Level.REGENCY, valid_to="").exclude(
        kind__in=[AgencyKind.DISSOLVED, AgencyKind.GROUP]
    )
    if filters.agencies:
        rows = rows.filter(pk__in=filters.agencies)
    if filters.kinds:
        rows = rows.filter(kind__in=filters.kinds)
    if without:
        rows = rows.exclude(pk__in=without)
    return rows.order_by("short_name")


def chosen_applications(filters: Filters, agencies: QuerySet[Agency]) -> QuerySet[Application]:
    rows = Application.objects.filter(record_state=RecordState.REGISTERED, owner__in=agencies)
    if filters.states:
        rows = rows.filter(state__in=filters.states)
    if filters.operator_levels:
        rows = rows.filter(operator_level__in=filters.operator_levels)
    if filters.never_attested:
        rows = rows.filter(attested_at__isnull=True)
    if filters.unchanged_since:
        day = datetime.date.fromisoformat(filters.unchanged_since)
        rows = rows.filter(Q(changed_at__isnull=True) | Q(changed_at__date__lt=day))
    return rows.order_by("owner_id", "name", "pk")


def plan(filters: Filters, role: str, *, but: int | None = None, without: Collection[int] = ()) -> Plan:
    """Who gets what: five queries, whatever the size. `but`: the round that is planned. `without`: agencies to leave
    out."""
    chosen = chosen_agencies(filters, without)
    agencies = {one.pk: one for one in chosen}
    owned: dict[int, list[Application]] = defaultdict(list)
    for application in chosen_applications(filters, chosen.all()).only(*PLANNED):
        owned[application.owner_id].append(application)
    busy = _busy(but)
    holders = holders_of(role, list(agencies))
    operators = _operators([one for rows in owned.values() for one in rows])
    found = Plan()
    for agency in agencies.values():
        applications = owned.get(agency.pk, [])
        if not applications and (filters.narrows_applications or not filters.with_empty):
            continue
        if agency.pk in busy:
            found.busy.append((agency, busy[agency.pk]))
            continue
        _share(found, agency, applications, holders.get(agency.pk, []), operators)
    return found


def _share(
    found: Plan,
    agency: Agency,
    applications: list[Application],
    holders: list[Any],
    operators: Mapping[int, Any],
) -> None:
    """One bundle a person: who runs an application gets it, the rest goes to the holder of the role."""
    bundles: dict[int, Planned] = {}
    left = []
    for application in applications:
        user = operators.get(application.pk) or (holders[0] if holders else None)
        if user is None:
            left.append(application)
            continue
        bundles.setdefault(user.pk, Planned(agency, user)).applications.append(application)
    if not applications and holders:
        bundles[holders[0].pk] = Planned(agency, holders[0])
    found.bundles += bundles.values()
    if left or (not applications and not holders):
        found.nobody.append((agency, left))


def holders_of(role: str, agency_ids: list[int]) -> dict[int, list[Any]]:
    """Active accounts that hold a role today, by agency; who has held it longest comes first."""
    rows = Membership.objects.holding().filter(
        role=role, agency__in=agency_ids, user__is_active=True, substitutes__isnull=True
    )
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows.select_related("user").order_by("valid_from", "pk"):
        found[row.agency_id or 0].append(row.user)
    return found


def _operators(applications: list[Application]) -> dict[int, Any]:
    """Accounts that run an application, as long as they work at its owner."""
    owners = {one.pk: one.owner_id for one in applications}
    rows = ApplicationPerson.objects.filter(
        application__in=list(owners), role=PersonRole.OPERATOR, user__is_active=True, until__isnull=True
    ).select_related("user")
    people = list(rows.order_by("pk"))
    at_work = set(
        Membership.objects.holding()
        .filter(user__in={one.user_id for one in people})
        .values_list("user_id", "agency_id")
    )
    return {
        one.application_id: one.user for one in people if (one.user_id, owners[one.application_id]) in at_work
    }


def _busy(but: int | None) -> dict[int, Round]:
    """Agencies that another open round has asked."""
    rows = Bundle.objects.filter(round__state=RoundState.OPEN).exclude(state=BundleState.WITHDRAWN)
    rows = rows.exclude(state=BundleState.APPROVED).select_related("round")
    return {one.agency_id: one.round for one in rows.exclude(round=but)}
