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


# applications


class FieldValue(Model):
    """One thing that is known of an application, and where it comes from. What is not known is not in the list."""

    field: str
    label: str
    value: str | int | list[str]
    value_words: str = Field(description="The value in Indonesian words.")
    stated_by: str | None
    stated_at: str | None
    source: Source | None
    grade: Coded | None = Field(description="A measured, B documented, C stated by the agency, D told.")


class DatasetRef(Model):
    slug: str
    name: str
    url: str


class LinkFact(Model):
    """Data goes from one application to another."""

    source: str = Field(description="Slug of the application it comes from.")
    target: str
    data: str
    method: Coded
    state: Coded
    confirmed: bool = Field(description="True when both sides say so.")


class ApplicationBrief(ApplicationRef):
    purpose: str
    owner: AgencyRef
    operator_level: Coded
    audience: Coded
    function: str
    website: str | None
    since: str | None
    state_as_of: str | None
    evidence: Coded
    life_cycle: Coded = Field(description="What its owner decided: planned, active, retired, or not known.")
    app_class: Coded
    attested_at: str | None = Field(description="When its owner last swore that this is true; null: never.")
    source: Source | None


class ApplicationList(Model):
    items: list[ApplicationBrief]
    next: str | None


class ApplicationFull(ApplicationBrief):
    task: str | None
    task_en: str | None
    usage_note: str | None
    note: str | None
    services: list[ServiceRef]
    fields: list[FieldValue]
    datasets: list[DatasetRef]
    links: list[LinkFact]


# datasets


class DatasetResource(Model):
    name: str
    format: str
    url: str
    licence: str | None
    last_update: str | None


class DatasetBrief(DatasetRef):
    producer: AgencyRef
    description: str | None
    openness: Coded
    update_promise: Coded
    last_update: str | None
    resources: list[DatasetResource]


class DatasetList(Model):
    items: list[DatasetBrief]
    next: str | None


class DatasetFull(DatasetBrief):
    concept: str | None
    definition: str | None
    classification: str | None
    measure: str | None
    unit: str | None
    reference_codes: str | None
    topic: str | None = Field(description="RAD code (Perpres 132/2022).")
    application: ApplicationRef | None
    steward: AgencyRef | None
    source: Source | None


# for the government, by token


class Cost(Model):
    year: int
    kind: Coded
    amount: str = Field(description="Rupiah, a decimal string.")
    grade: Coded


class Use(Model):
    agency: AgencyRef
    state: Coded


class RoleHolder(Model):
    """Who answers for it, without ways to reach them."""

    role: Coded
    position: str | None


class GovernmentApplication(ApplicationBrief):
    fields: list[FieldValue]
    completeness: int | None = Field(description="Percent; null: not computed.")
    costs: list[Cost] = Field(description="Empty: nobody told us, not that it costs nothing.")
    uses: list[Use]
    people: list[RoleHolder]


class GovernmentApplicationList(Model):
    items: list[GovernmentApplication]
    next: str | None


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
