"""What the page of an application mixes from other domains: services it carries, other roads, emergency numbers."""

import re
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils.translation import get_language

from jendela.registry.applications.choices import ApplicationState
from jendela.registry.applications.models import Application
from jendela.services.catalogue.choices import StandardState, WayKind
from jendela.services.catalogue.models import EmergencyContact, Service, Standard, Way
from jendela.services.search.choices import Kind
from jendela.services.search.reads import search

MOST_SERVICES = 40
NEAR = 0.5  # score of a find that is about the same matter
EMERGENCY_MATTER = "kedaruratan"


@dataclass(frozen=True)
class OtherRoad:
    """A way to the same service that does not lead through this application."""

    kind: str
    text: str


@dataclass(frozen=True)
class Carried:
    """A service with its state and, beside this application, its other ways."""

    slug: str
    name: str
    english: bool  # the name is English
    decreed: bool
    others: list[OtherRoad]


def carried_services(application: Application, *, limit: int = MOST_SERVICES) -> list[Carried]:
    """Services of which a way is this application: two queries."""
    return _carried(Service.objects.filter(ways__application=application).distinct(), application, limit)


def related_services(application: Application, *, limit: int = 3) -> list[Carried]:
    """Services about the same matter, for who finds an application that does not work: those the search ranks high.
    Two queries at most, once the index of the search is made."""
    if is_emergency(application):
        return _carried(Service.objects.filter(is_emergency=True), application, MOST_SERVICES)
    words = re.sub(r"\(.*?\)|:", " ", f"{application.function} {application.name}")
    near = [
        one.slug for one in search(words, limit=10).results if one.kind == Kind.SERVICE and one.score >= NEAR
    ][:limit]
    services = _carried(Service.objects.filter(slug__in=near), application, limit) if near else []
    return sorted(services, key=lambda one: near.index(one.slug))


def _carried(services: QuerySet[Service], application: Application, limit: int) -> list[Carried]:
    works = Q(application__isnull=True) | Q(application__state=ApplicationState.IN_USE)
    ways = Way.objects.filter(works).exclude(application=application.pk).order_by("position")
    rows = (
        services.annotate(
            decreed=Exists(Standard.objects.filter(service=OuterRef("pk"), state=StandardState.IN_FORCE))
        )
        .prefetch_related(Prefetch("ways", queryset=ways, to_attr="working_ways"))
        .order_by("name")[:limit]
    )
    english = (get_language() or "").startswith("en")
    return [
        Carried(
            slug=row.slug,
            name=(row.name_en if english else "") or row.name,
            english=bool(english and row.name_en),
            decreed=row.decreed,
            others=[OtherRoad(str(WayKind(way.kind).label), way.text) for way in row.working_ways],
        )
        for row in rows
    ]


def is_emergency(application: Application) -> bool:
    return application.function.lower().startswith(EMERGENCY_MATTER)


def emergency_numbers(application: Application) -> list[tuple[str, str]]:
    """Numbers that work and what each is for, when the application is for emergencies; else none and no query."""
    if not is_emergency(application):
        return []
    english = (get_language() or "").startswith("en")
    contacts = EmergencyContact.objects.filter(works=True).exclude(phone="")
    return [(one.phone, (one.what_for_en if english else "") or one.what_for) for one in contacts]
