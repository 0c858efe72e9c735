"""Which tables a merge moves. A row that the standing record has already (by its natural key) stays with the merged
one: nothing is lost, and both are shown."""

from dataclasses import dataclass
from typing import Any

from django.db import models

from jendela.registry.applications.models import (
    ApplicationFunction,
    ApplicationPerson,
    ApplicationUse,
    Approval,
    Cost,
    Interface,
    LegalBasis,
    Version,
)
from jendela.registry.datasets.models import Dataset
from jendela.registry.links.models import Link, SourceRule, StandAlone


@dataclass(frozen=True)
class Moving:
    """Rows of `model` point to an application by `field`. `natural` are the columns that make a row the same one;
    `once` are flags of which an application has one."""

    model: type[models.Model]
    field: str = "application"
    natural: tuple[str, ...] = ()
    once: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        return f"{self.model._meta.label_lower}.{self.field}"

    def natural_of(self, row: Any, standing: int) -> tuple[Any, ...]:
        """The natural key as it would be at the standing record."""
        return tuple(standing if name == self.field else getattr(row, name) for name in self.natural)


MOVES: tuple[Moving, ...] = (
    Moving(ApplicationPerson),
    Moving(ApplicationUse, natural=("agency_id",)),
    Moving(ApplicationFunction, natural=("node_id",), once=("main",)),
    Moving(Version, natural=("number",), once=("current",)),
    Moving(Cost, natural=("year", "kind")),
    Moving(Approval),
    Moving(LegalBasis, natural=("words",)),
    Moving(Interface, natural=("name",)),
    Moving(Dataset),
    Moving(SourceRule),
    Moving(StandAlone, natural=("pk",)),  # one an application: see `only_one`
)
ONLY_ONE = (StandAlone,)
LINKS = (Moving(Link, "source"), Moving(Link, "target"))
