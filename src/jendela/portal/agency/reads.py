"""What the home of an agency puts together from several domains, in a constant number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.utils.translation import gettext as _

from jendela.common.dates import today
from jendela.people.access.models import Membership
from jendela.people.access.roles import ROLES
from jendela.people.agencies.models import Agency, Office
from jendela.portal.agency.period import Week, month_start
from jendela.registry.applications.models import Application
from jendela.services.catalogue.choices import FeedbackState, StandardState
from jendela.services.catalogue.models import (
    Correction,
    Feedback,
    GapCount,
    Service,
    Standard,
    StandardComponent,
    ViewCount,
)
from jendela.services.editor.models import DraftPart
from jendela.services.search.choices import Kind
from jendela.services.search.models import QueryCount

COMPONENTS = 14
NEWEST = 5
PUBLIC = (StandardState.INTERIM, StandardState.IN_FORCE)


@dataclass(frozen=True)
class Line:
    """One number of the week beside that of the week before."""

    label: str
    now: int
    before: int


def week_lines(agency: Agency, week: Week) -> list[Line]:
    """The week in numbers, each with the week before; five queries."""
    views = _sums(ViewCount.objects.filter(service__owner=agency), week)
    gaps = _sums(GapCount.objects.filter(service__owner=agency), week)
    slugs = Service.objects.filter(owner=agency).values("slug")
    queries = QueryCount.objects.filter(top_kind=Kind.SERVICE, top_key__in=slugs, confident=True)
    found = _sums(queries, week)
    said = Feedback.objects.filter(service__owner=agency).aggregate(
        **_two("created_at", week), **_two("answered_at", week)
    )
    changed = Correction.objects.filter(service__owner=agency).aggregate(
        now=Count("pk", filter=Q(date__range=(week.first, week.last))),
        before=Count("pk", filter=Q(date__range=(week.before.first, week.before.last))),
    )
    return [
        Line(_("Halaman layanan dibuka"), *views),
        Line(_("Pencarian yang sampai ke layanan Anda"), *found),
        Line(_("Pembaca bertemu hal yang belum diketahui"), *gaps),
        Line(_("Kabar baru dari warga"), said["created_at_now"], said["created_at_before"]),
        Line(_("Kabar dijawab"), said["answered_at_now"], said["answered_at_before"]),
        Line(_("Perubahan yang terbit"), changed["now"], changed["before"]),
    ]


def _sums(rows: Any, week: Week) -> tuple[int, int]:
    sums = rows.aggregate(
        now=Sum("count", filter=Q(day__range=(week.first, week.last))),
        before=Sum("count", filter=Q(day__range=(week.before.first, week.before.last))),
    )
    return sums["now"] or 0, sums["before"] or 0


def _two(field: str, week: Week) -> dict[str, Count]:
    return {
        f"{field}_{name}": Count("pk", filter=Q(**{f"{field}__gte": one.begins, f"{field}__lt": one.ends}))
        for name, one in (("now", week), ("before", week.before))
    }


@dataclass(frozen=True)
class ServiceLine:
    """A service of the agency: how many of the 14 components are filled, and its public state."""

    slug: str
    name: str
    filled: int
    state: str
    decreed: bool
    drafted: bool  # something is written that residents do not see yet


def service_lines(agency: Agency) -> list[ServiceLine]:
    """Services by name; four queries."""
    services = Service.objects.filter(owner=agency).order_by("name").values_list("pk", "slug", "name")
    filled = (
        StandardComponent.objects.filter(standard__service__owner=agency, standard__state__in=PUBLIC)
        .exclude(text="")
        .order_by()
        .values("standard__service_id")
        .annotate(number=Count("pk"))
    )
    states = Standard.objects.filter(service__owner=agency, state__in=PUBLIC).values_list(
        "service_id", "state"
    )
    numbers = {row["standard__service_id"]: row["number"] for row in filled}
    state_of = dict(states)
    drafted = set(_changed_parts(agency).values_list("draft__service_id", flat=True))
    return [
        ServiceLine(
            slug=slug,
            name=name,
            filled=numbers.get(pk, 0),
            state=str(StandardState(state_of[pk]).label) if pk in state_of else _("belum ada"),
            decreed=state_of.get(pk) == StandardState.IN_FORCE,
            drafted=pk in drafted,
        )
        for pk, slug, name in services
    ]


@dataclass(frozen=True)
class AgencyLine:
    """An agency to choose, with how many services it has and how often readers missed something in 30 days."""

    slug: str
    name: str
    short_name: str
    services: int
    met: int


def agency_lines(agencies: Sequence[Agency]) -> list[AgencyLine]:
    """Agencies whose readers missed most come first; two queries."""
    keys = [one.pk for one in agencies]
    services = dict(
        Service.objects.filter(owner_id__in=keys).order_by().values_list("owner_id").annotate(Count("pk"))
    )
    gaps = GapCount.objects.filter(service__owner_id__in=keys, day__gte=month_start()).order_by()
    met = dict(gaps.values_list("service__owner_id").annotate(Sum("count")))
    lines = [
        AgencyLine(one.slug, one.name, one.short_name, services.get(one.pk, 0), met.get(one.pk, 0))
        for one in agencies
    ]
    return sorted(lines, key=lambda one: (-one.met, -one.services, one.name))


def applications_of(agency: Agency) -> list[Application]:
    return list(Application.objects.filter(owner=agency).order_by("name"))


def offices_of(agency: Agency) -> list[Office]:
    return list(Office.objects.filter(agency=agency).order_by("pk"))


def office(agency: Agency, slug: str) -> Office | None:
    """An office of this agency and of no other."""
    return Office.objects.select_related("agency").filter(agency=agency, slug=slug).first()


def application(slug: str) -> Application | None:
    return Application.objects.select_related("owner").filter(slug=slug).first()


def newest_feedback(agency: Agency) -> tuple[Sequence[Feedback], int]:
    """The newest words that wait, and how many there are; two queries."""
    rows = Feedback.objects.filter(service__owner=agency, state=FeedbackState.NEW)
    return list(rows.select_related("service").order_by("-id")[:NEWEST]), rows.count()


@dataclass(frozen=True)
class Colleague:
    name: str
    role: str
    until: Any  # a date, or None
    away_until: Any  # the last day of those who stand in, or None
    substitute: str
    stands_in_for: str


def colleagues(agency: Agency) -> list[Colleague]:
    """Who works here today by name, and who is away; two queries."""
    rows = (
        Membership.objects.holding()
        .filter(agency=agency)
        .select_related("user", "substitutes__user")
        .order_by("user__name", "role", "pk")
    )
    holding = list(rows)
    away = {one.substitutes_id: one for one in holding if one.substitutes_id is not None}
    return [
        Colleague(
            name=one.user.name,
            role=str(ROLES[one.role].label),
            until=one.valid_to,
            away_until=away[one.pk].valid_to if one.pk in away else None,
            substitute=away[one.pk].user.name if one.pk in away else "",
            stands_in_for=one.substitutes.user.name if one.substitutes is not None else "",
        )
        for one in holding
        if one.role in ROLES
    ]


@dataclass(frozen=True)
class Moving:
    """What moves when an agency is merged."""

    services: int
    decreed: int
    applications: int
    offices: int
    people: int
    drafts: int


def moving(agency: Agency) -> Moving:
    """The numbers of a dry run; six queries."""
    services = Service.objects.filter(owner=agency)
    members = Membership.objects.filter(agency=agency, ended_at__isnull=True).exclude(valid_to__lt=today())
    return Moving(
        services=services.count(),
        decreed=Standard.objects.filter(service__owner=agency, state=StandardState.IN_FORCE).count(),
        applications=Application.objects.filter(owner=agency).count(),
        offices=Office.objects.filter(agency=agency).count(),
        people=members.values("user").distinct().count(),
        drafts=_drafts(agency),
    )


def _drafts(agency: Agency) -> int:
    return _changed_parts(agency).values("draft").distinct().count()


def _changed_parts(agency: Agency) -> QuerySet[DraftPart]:
    return DraftPart.objects.filter(draft__service__owner=agency, value__isnull=False)
