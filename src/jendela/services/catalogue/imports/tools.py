"""Checks that every table of the catalogue shares."""

import re

from django.db.models import Model
from django.utils.text import slugify

from jendela.common.dates import parse_partials
from jendela.common.tables import Row, RowError
from jendela.services.catalogue.models import Service

LONGEST_SLUG = 60


def slug_of(name: str) -> str:
    """Short and readable: without what stands in brackets, cut between words."""
    slug = slugify(re.sub(r"\([^()]*\)", " ", name).replace("/", " ")) or slugify(name)
    if len(slug) > LONGEST_SLUG:
        slug = slug[: LONGEST_SLUG + 1].rsplit("-", 1)[0]
    return slug


def find_service(row: Row, column: str, services: dict[str, Service], errors: list[RowError]) -> Service | None:
    service = services.get(row[column])
    if service is None:
        errors.append(row.error(column, f"layanan tidak dikenal: {row[column] or '(kosong)'}"))
    return service


def check_filled(row: Row, columns: tuple[str, ...], errors: list[RowError]) -> None:
    errors += [row.error(column, "kosong") for column in columns if not row[column]]


def check_length(
    row: Row, column: str, text: str, model: type[Model], field: str, errors: list[RowError]
) -> None:
    """Nothing is cut: a text too long for its place is an error that names the place."""
    longest = getattr(model._meta.get_field(field), "max_length", None)
    if longest is not None and len(text) > longest:
        errors.append(row.error(column, f"lebih dari {longest} huruf: {text[:40]}…"))


def check_dates(row: Row, column: str, errors: list[RowError]) -> list[str]:
    """The partial dates of a cell, as written."""
    try:
        return [str(date) for date in parse_partials(row[column])]
    except ValueError as error:
        errors.append(row.error(column, str(error)))
        return []
