"""A service with its public standard and all that belongs to them, as one value."""

from dataclasses import dataclass, field
from typing import Any

from jendela.services.catalogue.models import (
    EmergencyContact,
    Fee,
    InterimTarget,
    LifeEventStep,
    ProcessingTime,
    RelatedService,
    Requirement,
    Service,
    ServiceSource,
    Standard,
    Step,
    Way,
)

Fields = dict[str, Any]


@dataclass(frozen=True)
class Component:
    """One of the 14 components; `text` is empty where it is not known. `by_agency`: the agency wrote it itself."""

    code: str
    group: str
    name: str
    name_en: str
    text: str
    by_agency: bool = False


@dataclass(frozen=True)
class Sheet:
    """A service with its public standard and all that belongs to them. `contacts` are its own and those for all
    dangers. `category`, `owner_office`, `one_window` and `complaints` are plain fields, or None where nothing is on
    record."""

    service: Service
    standard: Standard | None = None
    time: ProcessingTime | None = None
    requirements: list[Requirement] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    fees: list[Fee] = field(default_factory=list)
    components: list[Component] = field(default_factory=list)
    ways: list[Way] = field(default_factory=list)
    sources: list[ServiceSource] = field(default_factory=list)
    related: list[RelatedService] = field(default_factory=list)
    events: list[LifeEventStep] = field(default_factory=list)
    contacts: list[EmergencyContact] = field(default_factory=list)
    category: Fields | None = None
    owner_office: Fields | None = None
    one_window: Fields | None = None
    complaints: Fields | None = None
    target: InterimTarget | None = None
    charter: bool = False  # does the owner have one?
    own_note: bool = False  # is the service's note the agency's word, not that of who gathered it?
    update: Fields | None = None  # the last publication by the agency: `stated_by`, `at`

    def is_own(self, code: str) -> bool:
        """Is this component the agency's own word?"""
        return any(row.by_agency for row in self.components if row.code == code)

    def component(self, code: str) -> str:
        """The text of a component, '' when it is not known."""
        return next((row.text for row in self.components if row.code == code), "")
