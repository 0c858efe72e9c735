"""Every query of the pages about Jendela; each page has a fixed number of them."""

import datetime
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count, Exists, Min, OuterRef, Prefetch, Q, Sum

from jendela.people.agencies.models import Agency, Office
from jendela.people.areas.choices import AreaKind
from jendela.people.areas.models import Area, PopulationFigure, SignalRecord
from jendela.registry.applications.models import Application
from jendela.registry.applications.reads import registered
from jendela.services.catalogue.choices import ComponentGroup, StandardState
from jendela.services.catalogue.models import (
    Correction,
    EmergencyContact,
    Fee,
    GapCount,
    ProcessingTime,
    Requirement,
    Service,
    ServiceSource,
    Standard,
    ViewCount,
    Way,
)
from jendela.services.search.models import QueryCount

PUBLIC_STATES = (StandardState.INTERIM, StandardState.IN_FORCE)
STORY_APPLICATION = "e-Parking PPM Sampit"
STORY_SERVICE = "Tarif dan aduan parkir pasar (PPM Sampit)"
COMMUNICATION_OFFICE = "Diskominfo"
POLICE = "110"
MOST_CORRECTIONS = 100
POPULATION_YEAR = 2024


def police() -> EmergencyContact | None:
    return EmergencyContact.objects.filter(phone=POLICE, works=True).first()


def communication_office() -> Agency | None:
    return Agency.objects.filter(short_name=COMMUNICATION_OFFICE, valid_to="").first()


# the story


def story_application() -> Application | None:
    return Application.objects.select_related("owner").filter(name=STORY_APPLICATION).first()


def story_service() -> Service | None:
    """The service with its public standard (`public_standards`), fees, sources and corrections."""
    standards = Standard.objects.filter(state__in=PUBLIC_STATES).prefetch_related("fees")
    return (
        Service.objects.select_related("owner")
        .prefetch_related(
            Prefetch("standards", standards, to_attr="public_standards"), "sources", "corrections"
        )
        .filter(name=STORY_SERVICE)
        .first()
    )


@dataclass(frozen=True)
class Use:
    """What this instance counted for one service; `since` is its first counted day."""

    views: int
    gaps: int
    searches: int
    since: datetime.date | None


def use_of(service: Service) -> Use:
    """Three queries."""
    views = ViewCount.objects.aggregate(number=Sum("count", filter=Q(service=service)), since=Min("day"))
    gaps = GapCount.objects.filter(service=service).aggregate(number=Sum("count"))
    searches = QueryCount.objects.aggregate(
        number=Sum("count", filter=Q(top_kind="service", top_key=service.slug)), since=Min("day")
    )
    days = [day for day in (views["since"], searches["since"]) if day is not None]
    return Use(
        views["number"] or 0, gaps["number"] or 0, searches["number"] or 0, min(days) if days else None
    )


def applications_by_state() -> dict[str, int]:
    rows = registered().order_by().values_list("state")
    return dict(rows.annotate(number=Count("pk")))


def number_of_services() -> int:
    return Service.objects.count()


# the data


@dataclass(frozen=True)
class Known:
    """Whether the four answers of one service are known, and how many of its six public components."""

    agency: str
    agency_slug: str
    scope: str
    state: str
    components: int
    papers: bool
    time: bool
    fee: bool
    place: bool


def known_of_services() -> list[Known]:
    """One query."""
    public = {"standard__service": OuterRef("pk"), "standard__state__in": PUBLIC_STATES}
    components = Count(
        "standards__components",
        filter=Q(
            standards__state__in=PUBLIC_STATES, standards__components__type__group=ComponentGroup.DELIVERY
        ),
    )
    rows = (
        Service.objects.annotate(
            decreed=Exists(Standard.objects.filter(service=OuterRef("pk"), state=StandardState.IN_FORCE)),
            components=components,
            papers=Exists(Requirement.objects.filter(**public)),
            has_time=Exists(ProcessingTime.objects.filter(**public)),
            fee=Exists(Fee.objects.filter(**public)),
            place=Exists(Way.objects.filter(service=OuterRef("pk"))),
        )
        .order_by("owner__short_name", "pk")
        .values_list(
            "owner__short_name",
            "owner__slug",
            "rule_scope",
            "decreed",
            "components",
            "papers",
            "has_time",
            "fee",
            "place",
        )
    )
    return [
        Known(
            name,
            slug,
            scope,
            StandardState.IN_FORCE if decreed else StandardState.INTERIM,
            components,
            papers,
            time,
            fee,
            place,
        )
        for name, slug, scope, decreed, components, papers, time, fee, place in rows
    ]


def applications() -> list[tuple[str, str, str]]:
    """State, own address and source of every application; one query."""
    return list(registered().order_by("pk").values_list("state", "url", "source_url"))


def service_sources() -> list[tuple[str, str]]:
    """Address and partial date of every source of a service; one query."""
    return list(ServiceSource.objects.order_by("pk").values_list("url", "date"))


def offices() -> list[tuple[str, str, str]]:
    """Address, hours and phone of every office; one query."""
    return list(Office.objects.order_by("pk").values_list("address", "hours", "phone"))


def agencies() -> dict[str, int]:
    """How many agencies exist now, and how many of them without a phone; one query."""
    now = Agency.objects.filter(valid_to="")
    return now.aggregate(number=Count("pk"), no_phone=Count("pk", filter=Q(phone="")))


def villages() -> dict[str, int]:
    """Kecamatan, villages, and villages without any signal record; one query."""
    village = Q(kind__in=[AreaKind.VILLAGE, AreaKind.URBAN_VILLAGE])
    recorded = Exists(SignalRecord.objects.filter(area=OuterRef("pk")))
    return Area.objects.annotate(recorded=recorded).aggregate(
        districts=Count("pk", filter=Q(kind=AreaKind.DISTRICT)),
        villages=Count("pk", filter=village),
        no_record=Count("pk", filter=village & Q(recorded=False)),
    )


def two_populations() -> list[PopulationFigure]:
    """Figures of the regency for one year, as several sources give them; one query."""
    return list(
        PopulationFigure.objects.filter(
            area=settings.REGION_CODE, year=POPULATION_YEAR, people__isnull=False
        ).order_by("people")
    )


def corrections() -> list[Correction]:
    """The log, newest first; one query."""
    return list(Correction.objects.select_related("service")[:MOST_CORRECTIONS])
