"""Working days of rounds (common/workdays), and what to say about a chosen deadline."""

import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from jendela.common.workdays.counting import (
    add_working_days,
    calendar_known,
    is_working_day,
    next_working_day,
    working_days_between,
)

__all__ = [
    "add_working_days",
    "days_late",
    "is_working_day",
    "not_working",
    "off_holiday",
    "shifted",
    "warnings",
]


SATURDAY = 5


def shifted(day: datetime.date, number: int) -> datetime.date:
    """So many working days after (negative: before) a day. 0 is the day itself, or the next working day."""
    return add_working_days(day, number) if number else next_working_day(day)


def off_holiday(day: datetime.date) -> datetime.date:
    """The next working day after a holiday in the week; any other day stays, also a Sunday that somebody chose."""
    return next_working_day(day) if day.weekday() < SATURDAY else day


def days_late(due: datetime.date, today: datetime.date) -> int:
    """Working days after the deadline; 0 until it is over."""
    return max(working_days_between(due, today), 0)


def not_working(day: datetime.date) -> str:
    """That a day is no working day, and which is the next; '' for a working day."""
    if is_working_day(day):
        return ""
    better = date_format(next_working_day(day), "j F Y")
    return _("%(day)s bukan hari kerja. Hari kerja berikutnya %(better)s.") % {
        "day": date_format(day, "j F Y"),
        "better": better,
    }


def warnings(due: datetime.date) -> list[str]:
    """What a person should know about a deadline before choosing it."""
    found = []
    if words := not_working(due):
        found.append(words)
    if not calendar_known(due):
        found.append(
            _("Kalender libur %(year)s belum ditetapkan. Dihitung tanpa libur nasional.") % {"year": due.year}
        )
    return found
