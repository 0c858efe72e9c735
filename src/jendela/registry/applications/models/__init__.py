"""Tables of the register of applications."""

from jendela.registry.applications.models.application import Application
from jendela.registry.applications.models.parts import (
    BUSINESS,
    ApplicationFunction,
    ApplicationPerson,
    ApplicationUse,
    Approval,
    AttributeDefinition,
    Cost,
    FormerSlug,
    FunctionNode,
    Interface,
    LegalBasis,
    Version,
)
from jendela.registry.applications.models.reports import ApplicationReport
from jendela.registry.applications.models.sources import Change, ValueSource
from jendela.registry.applications.models.split import OwnerSplit

__all__ = [
    "BUSINESS",
    "Application",
    "ApplicationFunction",
    "ApplicationPerson",
    "ApplicationReport",
    "ApplicationUse",
    "Approval",
    "AttributeDefinition",
    "Change",
    "Cost",
    "FormerSlug",
    "FunctionNode",
    "Interface",
    "LegalBasis",
    "OwnerSplit",
    "ValueSource",
    "Version",
]
