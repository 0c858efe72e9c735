"""Lists of services to look through: by category, of an agency, what a village office does; emergency numbers."""

from dataclasses import dataclass, field

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from jendela.people.agencies.choices import AgencyKind
from jendela.people.agencies.models import Agency, Office
from jendela.people.agencies.reads import Wording, wording
from jendela.services.catalogue.choices import LocalOffice, StandardState, WayKind
from jendela.services.catalogue.models import (
    Category,
    EmergencyContact,
    Fee,
    LifeEvent,
    ProcessingTime,
    Requirement,
    Service,
    Standard,
    Way,
)
from jendela.services.catalogue.reads.short import PUBLIC_STATES, Short, short_answers

LONGEST_TEXT = 80
SIGNAL_SERVICE_WORDS = "blank spot"
ANSWERS = 4


@dataclass(frozen=True)
class Line:
    """A service in a list."""

    slug: str
    name: Wording
    agency: str
    decreed: bool


@dataclass(frozen=True)
class Complete(Line):
    """A service in the list of its agency, with how many of the four answers are known."""

    known: int


@dataclass
class Group:
    """A category with the services that were asked for."""

    slug: str
    name: Wording
    icon: str
    services: list[Line] = field(default_factory=list)


@dataclass(frozen=True)
class CountedCategory:
    pk: int
    slug: str
    name: str
    name_en: str
    icon: str
    number: int


@dataclass(frozen=True)
class Choice:
    """What a reader narrows the list by; all of it comes from the address."""

    category: str = ""
    agency: str = ""
    state: str = ""
    office: str = ""
    text: str = ""

    @property
    def chosen(self) -> bool:
        return bool(self.category or self.agency or self.state or self.office or self.text)


@dataclass(frozen=True)
class Described:
    """A service in a category, with its short answers."""

    slug: str
    name: Wording
    agency: Agency
    short: Short


@dataclass
class VillageWork:
    """What is done at the office itself, and what its officials carry to another office."""

    here: list[Line] = field(default_factory=list)
    carried: list[Line] = field(default_factory=list)


def _decreed() -> Exists:
    return Exists(Standard.objects.filter(service=OuterRef("pk"), state=StandardState.IN_FORCE))


def _line(service: Service) -> Line:
    name = wording(service.name, service.name_en)
    return Line(service.slug, name, service.owner.short_name, service.decreed)  # type: ignore[attr-defined]


def _light() -> "QuerySet[Service]":
    return (
        Service.objects.select_related("owner")
        .only("slug", "name", "name_en", "owner__short_name", "owner__slug")
        .annotate(decreed=_decreed())
        .order_by("name")
    )


def all_services(choice: Choice) -> tuple[list[Group], int]:
    """Services by category and how many there are. One that is in no category stands in a last group without name.
    Three queries."""
    rows = _light()
    if choice.agency:
        rows = rows.filter(owner__slug=choice.agency)
    if choice.state in PUBLIC_STATES:
        rows = rows.filter(standards__state=choice.state)
    if choice.office:
        rows = rows.filter(Exists(Way.objects.filter(service=OuterRef("pk"), office__slug=choice.office)))
    words = " ".join(choice.text[:LONGEST_TEXT].split())
    if words:
        rows = rows.filter(
            Q(audience__icontains=words) | Q(name__icontains=words) | Q(name_en__icontains=words)
        )
    services = {service.pk: service for service in rows}
    groups = {
        category.pk: Group(category.slug, wording(category.name, category.name_en), category.icon)
        for category in Category.objects.order_by("position")
        if not choice.category or category.slug == choice.category
    }
    shown: set[int] = set()
    pairs = Category.services.through.objects.filter(service_id__in=services)
    members = sorted(pairs.values_list("category_id", "service_id"), key=lambda pair: services[pair[1]].name)
    for category_id, service_id in members:
        if category_id in groups:
            groups[category_id].services.append(_line(services[service_id]))
            shown.add(service_id)
    rest = [_line(service) for pk, service in services.items() if pk not in shown]
    found = [group for group in groups.values() if group.services]
    if rest and not choice.category:
        found.append(Group("", Wording(""), "file-text", rest))
        shown.update(services)
    return found, len(shown)


def owners() -> list[Agency]:
    """Agencies that own a service, for the filter."""
    has_service = Exists(Service.objects.filter(owner=OuterRef("pk")))
    return list(Agency.objects.filter(has_service).only("slug", "short_name").order_by("short_name"))


def office_name(slug: str) -> str:
    """The name of an office by its slug, empty when there is none."""
    return Office.objects.filter(slug=slug).values_list("name", flat=True).first() or ""


def categories() -> list[CountedCategory]:
    """All categories, each with its number of services."""
    rows = Category.objects.annotate(number=Count("services")).order_by("position")
    return [
        CountedCategory(*row) for row in rows.values_list("pk", "slug", "name", "name_en", "icon", "number")
    ]


def services_of_category(category: int) -> list[Described]:
    """Services of a category with their short answers; six queries."""
    services = Service.objects.filter(categories=category).select_related("owner").order_by("name")
    rows = list(services.only("slug", "name", "name_en", "owner__slug", "owner__short_name"))
    answers = short_answers([row.pk for row in rows])
    return [Described(row.slug, wording(row.name, row.name_en), row.owner, answers[row.pk]) for row in rows]


def services_of_agency(agency: Agency) -> list[Complete]:
    """Services of an agency, each with how many of the four answers are known; one query."""
    public = {"standard__service": OuterRef("pk"), "standard__state__in": PUBLIC_STATES}
    rows = (
        Service.objects.filter(owner=agency)
        .only("slug", "name", "name_en")
        .annotate(
            decreed=_decreed(),
            knows_papers=Exists(Requirement.objects.filter(**public)),
            knows_time=Exists(ProcessingTime.objects.filter(**public)),
            knows_fee=Exists(Fee.objects.filter(**public)),
            knows_place=Exists(Way.objects.filter(service=OuterRef("pk"))),
        )
        .order_by("name")
    )
    return [
        Complete(
            slug=row.slug,
            name=wording(row.name, row.name_en),
            agency=agency.short_name,
            decreed=row.decreed,
            known=row.knows_papers + row.knows_time + row.knows_fee + row.knows_place,
        )
        for row in rows
    ]


def services_of_local_office(office: LocalOffice) -> VillageWork:
    """What can be done at the village (or kecamatan) office, and what its officials carry; one query."""
    at_office = Exists(Way.objects.filter(service=OuterRef("pk"), local_office=office))
    carried = Exists(Way.objects.filter(service=OuterRef("pk"), kind=WayKind.VILLAGE_OFFICIAL))
    rows = _light().annotate(at_office=at_office, carried=carried)
    if office == LocalOffice.VILLAGE:
        rows = rows.filter(Q(at_office=True) | Q(carried=True) | Q(owner__kind=AgencyKind.GROUP))
    else:
        rows = rows.filter(at_office=True)
    work = VillageWork()
    for row in rows:
        own = office == LocalOffice.VILLAGE and row.carried and not row.at_office
        (work.carried if own else work.here).append(_line(row))
    return work


def numbers_of_services_by_agency() -> dict[int, int]:
    return dict(Service.objects.order_by().values_list("owner").annotate(number=Count("pk")))


def life_events() -> list[LifeEvent]:
    return list(LifeEvent.objects.order_by("position"))


def emergency_contacts() -> list[EmergencyContact]:
    """Numbers and addresses that a source shows to work."""
    return list(EmergencyContact.objects.filter(works=True).order_by("position"))


def signal_service() -> Service | None:
    """The service by which residents report that a village has no signal."""
    return Service.objects.filter(name__icontains=SIGNAL_SERVICE_WORDS).order_by("number").first()
