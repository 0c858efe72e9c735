"""What ends soon or has ended: contracts, certificates, audits, registrations, agreements, attestations."""

import datetime
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from jendela.common.dates import months_after, today
from jendela.people.access.choices import Permission
from jendela.people.access.models import Membership
from jendela.people.access.policy import agencies_for
from jendela.people.access.roles import AgencyHead, AgencyOperator, ServiceAdmin
from jendela.registry.applications.choices import ApplicationClass, LifeCycle, OperatorLevel, RecordState
from jendela.registry.applications.models import Application
from jendela.registry.campaigns.models import Attestation
from jendela.registry.links.models import Link
from jendela.registry.probes import reads as probes
from jendela.registry.scores.checks import audit_due
from jendela.registry.scores.choices import Due
from jendela.registry.scores.tables import thresholds

MOST = 1000  # rows of a page; more are counted, not shown


@dataclass(frozen=True)
class Deadline:
    kind: Due
    day: datetime.date
    name: str
    agency_id: int
    slug: str  # of the application; '' for an attestation
    words: str = ""
    other_id: int | None = None  # the agency at the other end of a link

    def days(self, on: datetime.date) -> int:
        """Days left; negative when it is over."""
        return (self.day - on).days


def dues(viewer: Any, *, days: int | None = None, on: datetime.date | None = None) -> list[Deadline]:
    """Due dates of the agencies whose register the viewer reads to act on, by day: five queries. Own agencies of people
    at an agency, all of them for a role of all agencies."""
    day = on or today()
    until = day + datetime.timedelta(days=days or thresholds(day)["tenggat_hari"].value)
    return _found(day, until, _scope(viewer))


def due_for_mail(on: datetime.date) -> dict[int, list[Deadline]]:
    """What the weekly message names, by agency: near, or over for not too long. Attestations have messages of their
    own."""
    limits = thresholds(on)
    until = on + datetime.timedelta(days=limits["surat_hari"].value)
    since = on - datetime.timedelta(days=limits["surat_lewat_hari"].value)
    found: dict[int, list[Deadline]] = {}
    for one in _found(on, until, None):
        if one.day >= since and one.kind is not Due.ATTESTATION:
            for agency in {one.agency_id, one.other_id or one.agency_id}:
                found.setdefault(agency, []).append(one)
    return found


def receivers(agencies: Collection[int]) -> dict[int, list[Any]]:
    """Who reads of the due dates of each agency: its service admins; where there is none, its operators, else its head.
    One query."""
    roles = (ServiceAdmin.code, AgencyOperator.code, AgencyHead.code)
    rows = Membership.objects.holding().filter(agency__in=agencies, role__in=roles, user__is_active=True)
    holders: dict[int, dict[str, list[Any]]] = {}
    for row in rows.exclude(user__email=None).exclude(user__email="").select_related("user").order_by("pk"):
        holders.setdefault(row.agency_id or 0, {}).setdefault(row.role, []).append(row.user)
    return {
        agency: next(by_role[role] for role in roles if role in by_role)
        for agency, by_role in holders.items()
    }


def _found(day: datetime.date, until: datetime.date, scope: frozenset[int] | None) -> list[Deadline]:
    found = [one for part in (_dated, _links, _attestations) for one in part(day, until, scope)]
    found += [
        Deadline(Due.CERTIFICATE, timezone.localdate(row.not_after), row.name, row.owner_id, row.slug)
        for row in probes.expiring((until - day).days, owners=scope)
    ]
    return sorted(found, key=lambda one: (one.day, one.name, one.kind))


def count_dues(viewer: Any) -> int:
    """For the menu: as many as `dues` finds, counted by the database in four statements."""
    day = today()
    until = day + datetime.timedelta(days=thresholds(day)["tenggat_hari"].value)
    scope = _scope(viewer)
    kinds = {f"n{number}": Count("pk", filter=each) for number, each in enumerate(_due_fields(day, until))}
    dated: int = sum(_ours(scope).aggregate(**kinds).values())
    return (
        dated
        + _link_rows(until, scope).count()
        + _attestation_rows(until, scope).count()
        + probes.count_expiring((until - day).days, owners=scope)
    )


def _scope(viewer: Any) -> frozenset[int] | None:
    own = agencies_for(viewer, Permission.READ_REGISTRY)
    return None if own is None else frozenset(own)


def _ours(scope: frozenset[int] | None) -> QuerySet[Application]:
    """Applications that the regency runs and has not retired."""
    rows = Application.objects.filter(
        record_state=RecordState.REGISTERED, operator_level=OperatorLevel.REGENCY
    )
    rows = rows.exclude(life_cycle=LifeCycle.RETIRED)
    return rows if scope is None else rows.filter(owner__in=scope)


def _due_fields(on: datetime.date, until: datetime.date) -> tuple[Q, Q, Q]:
    """The conditions of contract, registration and audit."""
    audit = Q(audit_due__lte=until) | _audited_before(on, until)
    return Q(contract_until__lte=until), Q(registration_due__lte=until), audit


def _dated(on: datetime.date, until: datetime.date, scope: frozenset[int] | None) -> Iterator[Deadline]:
    contract, registration, audit = _due_fields(on, until)
    rows = _ours(scope).filter(contract | registration | audit)
    names = (
        "pk",
        "slug",
        "name",
        "owner",
        "contract_until",
        "registration_due",
        "audit_due",
        "audit_date",
        "app_class",
    )
    for row in rows.only(*names).order_by("pk"):
        days = {
            Due.CONTRACT: row.contract_until,
            Due.REGISTRATION: row.registration_due,
            Due.AUDIT: audit_due(row, on),
        }
        for kind, day in days.items():
            if day is not None and day <= until:
                yield Deadline(kind, day, row.name, row.owner_id, row.slug)


def _audited_before(on: datetime.date, until: datetime.date) -> Q:
    """Audited so long ago that the next audit is due by `until`, for both classes."""
    limits = thresholds(on)
    general = _last_before(until, limits["audit_bulan_umum"].value)
    special = _last_before(until, limits["audit_bulan_khusus"].value)
    return Q(audit_due__isnull=True) & (
        Q(app_class=ApplicationClass.GENERAL, audit_date__lte=general)
        | (~Q(app_class=ApplicationClass.GENERAL) & Q(audit_date__lte=special))
    )


def _last_before(until: datetime.date, months: int) -> datetime.date:
    """The last day from which so many months end by `until`: 29 February and one year end on 28 February."""
    day = months_after(until, -months)
    while months_after(later := day + datetime.timedelta(days=1), months) <= until:
        day = later
    return day


def _link_rows(until: datetime.date, scope: frozenset[int] | None) -> QuerySet[Link]:
    rows = Link.objects.filter(ended_at=None, agreement_until__lte=until)
    if scope is not None:
        rows = rows.filter(Q(source__owner__in=scope) | Q(target__owner__in=scope))
    return rows


def _links(on: datetime.date, until: datetime.date, scope: frozenset[int] | None) -> Iterator[Deadline]:
    for row in _link_rows(until, scope).select_related("source", "target").order_by("pk"):
        name = f"{row.source.name} → {row.target.name}"
        assert row.agreement_until is not None  # noqa: S101  the filter says so
        yield Deadline(
            Due.AGREEMENT, row.agreement_until, name, row.source.owner_id, row.source.slug, row.agreement,
            row.target.owner_id,
        )  # fmt: skip


def _attestation_rows(until: datetime.date, scope: frozenset[int] | None) -> QuerySet[Attestation]:
    """Attestations that stand; each agency has one at most."""
    rows = Attestation.objects.filter(broken_at=None, valid_until__lte=until)
    return rows if scope is None else rows.filter(agency__in=scope)


def _attestations(
    on: datetime.date, until: datetime.date, scope: frozenset[int] | None
) -> Iterator[Deadline]:
    for row in _attestation_rows(until, scope).select_related("agency").order_by("pk"):
        yield Deadline(Due.ATTESTATION, row.valid_until, row.agency.short_name, row.agency_id, "")
