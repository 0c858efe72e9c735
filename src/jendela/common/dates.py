"""Dates of which only a part is known: '2025', '2025-11', '2025-11-11', several joined by ' ; '."""

import calendar
import datetime
import re
from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format

_PARTIAL = re.compile(r"^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$")


@dataclass(frozen=True, order=True)
class PartialDate:
    """A date known to the year, month or day; `first` is its first possible day."""

    first: datetime.date
    precision: str  # "year", "month" or "day"

    def __str__(self) -> str:
        return {"year": f"{self.first:%Y}", "month": f"{self.first:%Y-%m}", "day": f"{self.first:%Y-%m-%d}"}[
            self.precision
        ]

    def words(self) -> str:
        """As people write it, in the active language: '2025', 'November 2025', '11 November 2025'."""
        pattern = {"year": "Y", "month": "F Y", "day": "j F Y"}[self.precision]
        return date_format(self.first, pattern)


def parse_partial(value: str) -> PartialDate | None:
    """A partial date, or None for an empty value. Raises ValueError for anything else."""
    value = value.strip()
    if not value:
        return None
    match = _PARTIAL.match(value)
    if not match:
        raise ValueError(f"bukan tanggal: {value}")
    year, month, day = match.groups()
    first = datetime.date(int(year), int(month or 1), int(day or 1))
    return PartialDate(first, "day" if day else "month" if month else "year")


def parse_partials(value: str) -> list[PartialDate]:
    """Several partial dates separated by ';'."""
    return [date for part in value.split(";") if (date := parse_partial(part)) is not None]


def today() -> datetime.date:
    """Today in the region's time zone (WIB)."""
    return timezone.localdate()


def months_after(day: datetime.date, months: int) -> datetime.date:
    """The same day so many months later; the last of its month where that has not as many days."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return datetime.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
