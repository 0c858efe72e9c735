"""Shapes of answers about applications, datasets and links."""

from pydantic import Field

from jendela.api.schemas import AgencyRef, ApplicationRef, Coded, Model, ServiceRef, Source


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
    inputs: str | None = Field(description="From what it is made.")
    outputs: str | None = Field(description="What is made from it.")
    application: ApplicationRef | None
    steward: AgencyRef | None
    source: Source | None


class Said(Model):
    """Who said this row last, when, and from what."""

    stated_by: str
    stated_at: str
    source: str | None
    source_url: str | None
    grade: Coded


class Cost(Model):
    year: int
    kind: Coded
    amount: str = Field(description="Rupiah, a decimal string.")
    grade: Coded
    said: Said | None = Field(description="Null: said before the register kept it.")


class Use(Model):
    agency: AgencyRef
    state: Coded
    said: Said | None


class Version(Model):
    """A version with its contract and the machine it runs on; null: not known. What a contract is worth and how to
    reach its provider are for the owner."""

    number: str
    current: bool = Field(description="The version in use now.")
    year: int | None
    inputs: str | None
    outputs: str | None
    vendor: str | None
    contract_number: str | None
    contract_from: str | None
    contract_until: str | None
    fund: str | None
    processor: str | None
    memory: str | None
    storage: str | None
    operating_system: str | None
    web_server: str | None
    server: str | None = Field(description="What else is said of the machine.")
    said: Said | None


class RoleHolder(Model):
    """Who answers for it, without ways to reach them."""

    role: Coded
    position: str | None
    said: Said | None


class GovernmentApplication(ApplicationBrief):
    fields: list[FieldValue]
    completeness: int | None = Field(description="Percent; null: not computed.")
    costs: list[Cost] = Field(description="Empty: nobody told us, not that it costs nothing.")
    uses: list[Use]
    versions: list[Version] = Field(description="Empty: none was named.")
    people: list[RoleHolder]


class GovernmentApplicationList(Model):
    items: list[GovernmentApplication]
    next: str | None
