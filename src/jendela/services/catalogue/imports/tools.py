"""Checks that every table of the catalogue shares."""

import re

from django.utils.text import slugify

from jendela.common.dates import parse_partials
from jendela.common.tables import Row, RowError
from jendela.services.catalogue.models import Service

LONGEST_SLUG = 60
WEAK_END = re.compile(r"(-(atau|dan|di|ke|dari|dengan|untuk|yang|pada|lewat|karena|tidak))+$")


def slug_of(name: str) -> str:
    """Short and readable: without what stands in brackets, cut between words, not after 'atau' or 'dan'."""
    bare = re.sub(r"[/.]", " ", re.sub(r"\([^()]*\)", " ", name))
    slug = slugify(bare) or slugify(name)
    if len(slug) > LONGEST_SLUG:
        slug = WEAK_END.sub("", slug[: LONGEST_SLUG + 1].rsplit("-", 1)[0])
    return slug


def find_service(
    row: Row, column: str, services: dict[str, Service], errors: list[RowError]
) -> Service | None:
    service = services.get(row[column])
    if service is None:
        errors.append(row.error(column, f"layanan tidak dikenal: {row[column] or '(kosong)'}"))
    return service


def check_filled(row: Row, columns: tuple[str, ...], errors: list[RowError]) -> None:
    errors += [row.error(column, "kosong") for column in columns if not row[column]]


def check_dates(row: Row, column: str, errors: list[RowError]) -> list[str]:
    """The partial dates of a cell, as written."""
    try:
        return [str(date) for date in parse_partials(row[column])]
    except ValueError as error:
        errors.append(row.error(column, str(error)))
        return []
