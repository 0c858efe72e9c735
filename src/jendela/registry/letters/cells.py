"""Cells of an annex as they are kept: JSON of what was known on the day of the letter."""

import datetime
from typing import Any

from jendela.common.documents.letter import day_in_words
from jendela.registry.letters.columns import Cell

HIDDEN = "hanya untuk instansi pemilik"  # a cell that its reader may not see
Frozen = dict[str, Any]


def freeze(cell: Cell) -> Frozen:
    if isinstance(cell.value, datetime.date):
        return {"d": cell.value.isoformat()}
    if cell.value is None:
        return {}
    return {"v": cell.value, **({"per": cell.dated} if cell.dated else {})}


def hidden() -> Frozen:
    return {"v": HIDDEN}


def value_of(cell: Frozen, day: datetime.date) -> Any:
    """For a spreadsheet: numbers and dates as such; what is not known says so, with the day."""
    if "d" in cell:
        return datetime.date.fromisoformat(cell["d"])
    return cell["v"] if "v" in cell else unknown(day)


def words_of(cell: Frozen, day: datetime.date) -> Any:
    """For paper: a number carries its date."""
    value = value_of(cell, day)
    if not cell.get("per"):
        return value
    number = f"{value:,}".replace(",", ".") if isinstance(value, int) else str(value)
    return f"{number} ({cell['per']})"


def unknown(day: datetime.date) -> str:
    return f"belum diketahui per {day_in_words(day)}"
