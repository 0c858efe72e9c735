"""Weeks from Monday to Sunday and the last 30 days, by the clock of the region (WIB)."""

import datetime
from dataclasses import dataclass

from django.utils import timezone

from jendela.common.dates import today

DAYS = 30


@dataclass(frozen=True)
class Week:
    first: datetime.date  # Monday

    @property
    def last(self) -> datetime.date:
        return self.first + datetime.timedelta(days=6)

    @property
    def before(self) -> "Week":
        return Week(self.first - datetime.timedelta(days=7))

    @property
    def begins(self) -> datetime.datetime:
        """Midnight before Monday."""
        return timezone.make_aware(datetime.datetime.combine(self.first, datetime.time()))

    @property
    def ends(self) -> datetime.datetime:
        """Midnight after Sunday."""
        return self.begins + datetime.timedelta(days=7)


def this_week() -> Week:
    now = today()
    return Week(now - datetime.timedelta(days=now.weekday()))


def month_start() -> datetime.date:
    """The first of the last 30 days."""
    return today() - datetime.timedelta(days=DAYS - 1)
