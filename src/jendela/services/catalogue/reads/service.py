"""Everything the page of one service says, in a constant number of queries."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import JSONObject

from jendela.people.agencies.models import Office
from jendela.registry.applications.models import Application
from jendela.services.catalogue.choices import StandardState
from jendela.services.catalogue.models import (
    Category,
    ComponentType,
    EmergencyContact,
    Fee,
    LifeEventStep,
    ProcessingTime,
    RelatedService,
    Requirement,
    Service,
    ServiceSource,
    Standard,
    StandardComponent,
    Step,
    Way,
)

PUBLIC = (StandardState.INTERIM, StandardState.IN_FORCE)
ONE_WINDOW = "mpp-habaring-hurung"  # the counter that helps with every agency
COMPLAINTS = "SP4N-LAPOR!"
Fields = dict[str, Any]


@dataclass(frozen=True)
class Sheet:
    """A service with its public standard and all that belongs to them. `category`, `owner_office`, `one_window` and
    `complaints` are plain fields, or None where nothing is on record."""

    service: Service
    standard: Standard | None
    time: ProcessingTime | None
    requirements: list[Requirement] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    fees: list[Fee] = field(default_factory=list)
    components: list[ComponentType] = field(default_factory=list)  # all 14; `text` is empty where not known
    ways: list[Way] = field(default_factory=list)
    sources: list[ServiceSource] = field(default_factory=list)
    related: list[RelatedService] = field(default_factory=list)
    events: list[LifeEventStep] = field(default_factory=list)
    contacts: list[EmergencyContact] = field(default_factory=list)
    category: Fields | None = None
    owner_office: Fields | None = None
    one_window: Fields | None = None
    complaints: Fields | None = None

    def component(self, code: str) -> str:
        """The text of a component, '' when it is not known."""
        return next((str(row.text) for row in self.components if row.code == code and row.text), "")  # type: ignore[attr-defined]


def _annotated() -> dict[str, Subquery]:
    """Lookups that ride along with the service: its first category, its owner's counter, who else to ask."""
    office = JSONObject(name="name", address="address", hours="hours", phone="phone")
    category = JSONObject(slug="slug", name="name", name_en="name_en")
    application = JSONObject(slug="slug", name="name", url="url", state="state")
    in_order = Category.objects.filter(services=OuterRef("pk")).order_by("position")
    counters = Office.objects.filter(agency=OuterRef("owner")).exclude(address="").order_by("name")
    return {
        "category_row": Subquery(in_order.values(row=category)[:1]),
        "office_row": Subquery(counters.values(row=office)[:1]),
        "one_window_row": Subquery(Office.objects.filter(slug=ONE_WINDOW).values(row=office)[:1]),
        "complaints_row": Subquery(Application.objects.filter(name=COMPLAINTS).values(row=application)[:1]),
    }


def sheet(slug: str) -> Sheet | None:
    """The sheet of a service, or None; eleven queries at most, however rich the service is."""
    row: Any = Service.objects.select_related("owner").annotate(**_annotated()).filter(slug=slug).first()
    if row is None:
        return None
    standard = (
        Standard.objects.filter(service=row, state__in=PUBLIC).select_related("processing_time").first()
    )
    return Sheet(
        service=row,
        standard=standard,
        time=getattr(standard, "processing_time", None),
        **_of_standard(standard),
        **_of_service(row),
        category=row.category_row,
        owner_office=row.office_row,
        one_window=row.one_window_row,
        complaints=row.complaints_row,
    )


def _of_standard(standard: Standard | None) -> dict[str, Any]:
    text = StandardComponent.objects.filter(type=OuterRef("pk"), standard=standard).values("text")[:1]
    components = list(ComponentType.objects.filter(valid_to=None).annotate(text=Subquery(text)))
    if standard is None:
        return {"components": components}
    wanted = standard.requirements.select_related("obtained_by").defer("obtained_by__note")
    return {
        "components": components,
        "requirements": list(wanted),
        "steps": list(standard.steps.all()),
        "fees": list(standard.fees.all()),
    }


def _of_service(service: Service) -> dict[str, Any]:
    ways = service.ways.select_related("office", "application", "application__owner").defer(
        "office__note", "application__note", "application__usage_note", "application__owner__note"
    )
    related = (
        RelatedService.objects.filter(service=service)
        .select_related("other", "other__owner")
        .defer("other__note", "other__owner__note")
        .order_by(F("kind").asc(), "pk")
    )
    events = LifeEventStep.objects.filter(service=service).select_related("event").order_by("event__position")
    return {
        "ways": list(ways),
        "sources": list(service.sources.all()),
        "related": list(related),
        "events": list(events.defer("event__intro", "event__intro_en", "event__words")),
        "contacts": list(service.emergency_contacts.all()),
    }


def poster(slug: str) -> Sheet | None:
    """The same sheet, for the poster."""
    return sheet(slug)


def slug_of(number: int) -> str | None:
    """Slug of the service with this number (short links)."""
    return Service.objects.filter(number=number).values_list("slug", flat=True).first()


def link_of(slug: str) -> tuple[int, str] | None:
    """Number and name of a service, for its QR code."""
    return Service.objects.filter(slug=slug).values_list("number", "name").first()
