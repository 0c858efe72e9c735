"""The catalogue from tables: services with their interim standards, ways, words, categories, life events."""

from pathlib import Path

from jendela.common.audit import Actor
from jendela.common.tables import Report, TableError
from jendela.services.catalogue.actions import Drafts, replace_catalogue
from jendela.services.catalogue.imports.guides import add_guides
from jendela.services.catalogue.imports.standards import add_services
from jendela.services.catalogue.imports.ways import add_ways
from jendela.services.catalogue.imports.words import add_words
from jendela.services.catalogue.models import Service

__all__ = ["load_catalogue"]


def load_catalogue(directory: Path, *, by: Actor, report: Report) -> None:
    """Read layanan.csv and the tables around it, and write all or nothing. Raises TableError with all that is
    wrong in all tables."""
    drafts = Drafts()
    errors = add_services(directory, drafts, report)
    services: dict[str, Service] = {service.name: service for service in drafts.services}
    errors += add_ways(directory, drafts, services, report)
    errors += add_guides(directory, drafts, services, report)
    errors += add_words(directory, drafts, services, report)
    if errors:
        raise TableError(errors)
    report.notes += replace_catalogue(drafts=drafts, by=by)
