"""Tables of the catalogue, one module for each group of them."""

from jendela.services.catalogue.models.events import Category, LifeEvent, LifeEventStep
from jendela.services.catalogue.models.promise import InterimTarget, Publication, ReviewRule, ServiceCharter
from jendela.services.catalogue.models.public import (
    Correction,
    EmergencyContact,
    Feedback,
    GapCount,
    ViewCount,
)
from jendela.services.catalogue.models.service import RelatedService, Service, ServiceSource, ServiceWord
from jendela.services.catalogue.models.standard import (
    ComponentType,
    Fee,
    ProcessingTime,
    Requirement,
    Standard,
    StandardComponent,
    Step,
)
from jendela.services.catalogue.models.way import Way

__all__ = [
    "Category",
    "ComponentType",
    "Correction",
    "EmergencyContact",
    "Fee",
    "Feedback",
    "GapCount",
    "InterimTarget",
    "LifeEvent",
    "LifeEventStep",
    "ProcessingTime",
    "Publication",
    "RelatedService",
    "Requirement",
    "ReviewRule",
    "Service",
    "ServiceCharter",
    "ServiceSource",
    "ServiceWord",
    "Standard",
    "StandardComponent",
    "Step",
    "ViewCount",
    "Way",
]
