"""What the page of an application mixes from other domains: services it carries, other roads, emergency numbers."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils.translation import get_language

from jendela.registry.applications.choices import ApplicationState
from jendela.registry.applications.models import Application
from jendela.services.catalogue.choices import StandardState, WayKind
from jendela.services.catalogue.models import EmergencyContact, Service, Standard, Way

MOST_SERVICES = 40
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


def services_of_owner(application: Application, *, limit: int = 5) -> list[Carried]:
    """Services of the same agency, for who finds an application that does not work: two queries."""
    return _carried(Service.objects.filter(owner=application.owner_id), application, limit)


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


def emergency_contacts(application: Application) -> list[EmergencyContact]:
    """Numbers that work, when the application is for emergencies; else none. Never more than one query."""
    if not application.function.lower().startswith(EMERGENCY_MATTER):
        return []
    return list(EmergencyContact.objects.filter(works=True).exclude(phone=""))
