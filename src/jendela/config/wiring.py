"""Who reacts to which event: read this one table."""

from typing import Any

from jendela.people.agencies.events import AgenciesChanged
from jendela.people.areas.events import AreasChanged
from jendela.registry.applications.events import ApplicationsChanged
from jendela.services.catalogue.events import CatalogueChanged

SUBSCRIBERS: dict[type[Any], tuple[str, ...]] = {
    AreasChanged: ("services_search.refresh",),
    AgenciesChanged: ("services_search.refresh",),
    ApplicationsChanged: ("services_search.refresh",),
    CatalogueChanged: ("services_search.refresh",),
}
