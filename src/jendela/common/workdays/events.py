"""Events of this app."""

from dataclasses import dataclass


@dataclass(frozen=True)
class CalendarChanged:
    """Holidays came, changed or went: open deadlines between these days (ISO, the first and the last one) may move."""

    first: str
    last: str
