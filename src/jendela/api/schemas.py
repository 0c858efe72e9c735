"""The shapes of all answers of /api/v1/. Names are English, values are as the data has them.

What is not known is null. Dates are ISO 8601; a date of which only a part is known is written as far as it is known
("2025", "2025-11", "2025-11-11"). A value of a code list has its code and its name in both languages. Money is a
decimal string in rupiah. `url` is a path on this site.
"""

from pydantic import BaseModel, ConfigDict, Field


class Model(BaseModel):
    model_config = ConfigDict(frozen=True)


class Coded(Model):
    """A value of a code list."""

    code: str
    name: str
    name_en: str


class Source(Model):
    """A page that says so, and its date as far as known."""

    url: str
    date: str | None = Field(description="Partial date: 2025, 2025-11 or 2025-11-11.")


class AgencyRef(Model):
    slug: str
    short_name: str
    name: str
    name_en: str | None
    url: str


class AreaRef(Model):
    code: str = Field(description="Kemendagri code.")
    name: str
    kind: Coded
    url: str


class ServiceRef(Model):
    slug: str
    name: str
    name_en: str | None
    url: str


class ApplicationRef(Model):
    slug: str
    name: str
    name_en: str | None
    url: str
    state: Coded
    works: bool = Field(description="True only when a source says that it is in use.")


class Category(Model):
    slug: str
    name: str
    name_en: str


# search


class SearchResult(Model):
    kind: str = Field(description="service, life_event, application, agency, area or help")
    slug: str
    name: str = Field(description="The official name, as in the data set.")
    agency: str = Field(description="Short name of the agency, empty where there is none.")
    url: str
    score: float
    why: str
    state: str = Field(description="Code of the state of a service or application, else empty.")
    source: str = Field(description="Address of the first source, empty where there is none.")


class SearchAnswer(Model):
    query: str
    confident: bool = Field(description="False: say that nothing fits well, and name people to ask.")
    results: list[SearchResult]


# services


class ServiceBrief(ServiceRef):
    number: int = Field(description="Stable number, also the short link /l/<number>.")
    agency: AgencyRef
    state: Coded | None = Field(description="sementara: compiled, not decreed. berlaku: decreed standard.")
    rule_scope: Coded = Field(description="Whose rule the page repeats.")
    categories: list[Category]
    audience: str | None
    product: str | None
    is_emergency: bool
    last_checked: str | None
    sources: list[Source]


class ServiceList(Model):
    items: list[ServiceBrief]
    next: str | None = Field(description="Address of the next page, null on the last.")


class Standard(Model):
    version: int
    state: Coded
    decree_number: str | None
    decree_date: str | None
    signed_by: str | None
    complaint_officer: str | None
    complaint_channel: str | None
    valid_from: str | None
    valid_to: str | None = Field(description="The day on which another version took its place; not included.")
    consulted_on: str | None
    review_due: str | None
    stated_by: str | None = Field(description="The agency that wrote it; null: compiled from public sources.")
    published_at: str | None
    sheet_url: str
    versions_url: str


class Component(Model):
    """One of the 14 legal components. `text` is null while it is not known."""

    code: str
    group: Coded
    name: str
    name_en: str | None
    question: str | None
    question_en: str | None
    citation: str
    known: bool
    text: str | None


class Requirement(Model):
    text: str
    kind: Coded
    original_or_copy: Coded
    copies: int | None
    only_if: str | None
    obtained_by: ServiceRef | None = Field(description="The service by which this paper is obtained.")
    usually_owned: bool


class ProcessingTime(Model):
    shortest: int
    longest: int
    unit: Coded
    counts_from: str | None
    only_if: str | None
    covers: str | None
    elsewhere: str | None = Field(description="The region whose practice this is, when it is not this one's.")


class Fee(Model):
    kind: Coded
    label: str | None
    amount: str | None = Field(description="Decimal string in rupiah.", examples=["2000.00"])
    currency: str
    percent: str | None
    about: bool = Field(description="True: the source gives no exact amount.")
    note: str | None


class Office(Model):
    slug: str
    name: str
    agency: AgencyRef
    area: AreaRef | None
    address: str | None
    hours: str | None
    hours_source: Source | None
    phone: str | None
    source: Source | None
    note: str | None


class Way(Model):
    kind: Coded
    text: str
    detail: str | None
    office: Office | None
    application: ApplicationRef | None
    website: str | None
    phone: str | None
    local_office: Coded | None = Field(description="The reader's own village or district office.")


class LifeEvent(Model):
    slug: str
    name: str
    name_en: str
    url: str
    when: str | None
    when_en: str | None


class Related(Model):
    relation: Coded
    service: ServiceRef


class ServiceFull(ServiceBrief):
    note: str | None
    standard: Standard | None
    components: list[Component]
    requirements: list[Requirement]
    steps: list[str]
    time: ProcessingTime | None
    fees: list[Fee]
    ways: list[Way]
    life_events: list[LifeEvent]
    related: list[Related]


# agencies


class AgencyBrief(AgencyRef):
    level: Coded
    kind: Coded
    parent: AgencyRef | None
    valid_from: str | None
    valid_to: str | None
    source: Source | None


class AgencyList(Model):
    items: list[AgencyBrief]
    next: str | None


class Succession(Model):
    agency: AgencyRef
    since: str
    source: Source
    note: str | None


class AgencyFull(AgencyBrief):
    area: AreaRef | None
    phone: str | None
    website: str | None
    needs_check: bool = Field(description="True: known only from the list of applications.")
    note: str | None
    predecessors: list[Succession]
    successors: list[Succession]
    offices: list[Office]
    services: list[ServiceRef]
    applications: list[ApplicationRef]


# areas


class AreaBrief(AreaRef):
    parent: AreaRef | None
    source: str | None


class AreaList(Model):
    items: list[AreaBrief]
    next: str | None


class PopulationFigure(Model):
    """One published number. Sources that disagree stand side by side; `people` is null where the source has none."""

    year: int
    period: str | None
    series: str
    people: int | None
    men: int | None
    women: int | None
    density_per_km2: str | None
    source: Source
    note: str | None


class SignalRecord(Model):
    """What a source said about the phone signal of a village, with the name it used."""

    state: Coded
    as_of: str
    name_in_source: str
    name_match: str
    source: Source
    note: str | None


class AreaFull(AreaBrief):
    population: list[PopulationFigure]
    signal: list[SignalRecord]


# errors and the start


class ParameterError(Model):
    location: str
    name: str
    detail: str


class Problem(Model):
    """RFC 9457. `detail` is in Indonesian; `errors` names each parameter that cannot be read."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    errors: list[ParameterError] | None = None


class Start(Model):
    name: str
    official: bool = Field(description="False: a prototype from public sources, not decreed by the regency.")
    openapi: str
    search: str
    services: str
    applications: str
    datasets: str
    agencies: str
    areas: str
    licence: str
