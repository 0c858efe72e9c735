"""Joined cells of a sheet. The reader that goes row by row does not tell them, so the part of the sheet is searched."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from openpyxl.utils.cell import range_boundaries

from jendela.common.exchange.reading.table import FileRefusedError

CHUNK = 1 << 20
MOST = 20_000  # joined areas of one sheet
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*\bref="([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})"')


class Merge(NamedTuple):
    """A joined area; rows and columns count from 1."""

    name: str  # "A4:A5"
    left: int
    top: int
    right: int
    bottom: int


def merges_of(book: Any, sheet: Any) -> list[Merge]:
    """Every joined area of the sheet. Raises FileRefusedError when there are too many to keep."""
    found = []
    for name in _names(book, sheet):
        left, top, right, bottom = range_boundaries(name)
        found.append(Merge(name, left, top, right, bottom))
        if len(found) > MOST:
            raise FileRefusedError(_("Terlalu banyak sel yang digabung. Pisahkan, lalu unggah lagi."))
    return found


def _names(book: Any, sheet: Any) -> Iterator[str]:
    rest = b""
    with book._archive.open(sheet._worksheet_path) as part:
        while chunk := part.read(CHUNK):
            text = rest + chunk
            end = 0
            for match in _MERGED.finditer(text):
                yield match.group(1).decode()
                end = match.end()
            rest = text[max(end, len(text) - 200) :]
