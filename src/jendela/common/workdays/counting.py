"""Deadlines in working days, with the calendar of this instance. What other rooms import.

A page that counts for many rows takes `calendar()` once; inside a web request that is one statement however often it
is asked. Rules: calendar.py.
"""

import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jendela.common.workdays.calendar import Calendar
from jendela.common.workdays.reads import calendar

__all__ = [
    "Calendar",
    "add_working_days",
    "calendar",
    "calendar_known",
    "explain",
    "is_working_day",
    "next_working_day",
    "unknown_note",
    "working_days_between",
]


def is_working_day(day: datetime.date) -> bool:
    return calendar().is_working_day(day)


def add_working_days(day: datetime.date, number: int) -> datetime.date:
    """The day that is `number` working days after `day`; `day` itself does not count."""
    return calendar().add_working_days(day, number)


def working_days_between(first: datetime.date, last: datetime.date) -> int:
    """Working days after `first` up to and with `last`; negative when `last` lies before."""
    return calendar().working_days_between(first, last)


def next_working_day(day: datetime.date) -> datetime.date:
    """This day if it is a working day, else the first one after it."""
    return calendar().next_working_day(day)


def calendar_known(day: datetime.date) -> bool:
    """Are the national holidays of this day's year loaded?"""
    return calendar().is_known(day)


def unknown_note(first: datetime.date, last: datetime.date) -> str:
    """The sentence that must stand beside a deadline counted over years without a decreed calendar; '' for none."""
    years = calendar().unknown_years(first, last)
    if not years:
        return ""
    named = ", ".join(str(year) for year in years)
    return _("Kalender %(years)s belum ada di sini. Tanggal dihitung tanpa libur nasional.") % {
        "years": named
    }


def explain(day: datetime.date, number: int) -> str:
    """How a deadline was counted: '3 hari kerja sesudah 23 Desember 2026, tidak termasuk 24–27 Desember.'"""
    known = calendar()
    last = known.add_working_days(day, number)
    said = ngettext(
        "%(number)s hari kerja sesudah %(day)s", "%(number)s hari kerja sesudah %(day)s", number
    ) % {
        "number": number,
        "day": date_format(day, "j F Y"),
    }
    runs = ", ".join(_run(first, until) for first, until in known.free_days(day, last))
    if runs:
        said = _("%(counted)s, tidak termasuk %(days)s") % {"counted": said, "days": runs}
    note = unknown_note(day, last)
    return f"{said}. {note}" if note else f"{said}."


def _run(first: datetime.date, last: datetime.date) -> str:
    if first == last:
        return str(date_format(first, "j F"))
    if first.month == last.month:
        return f"{first.day}–{date_format(last, 'j F')}"
    return f"{date_format(first, 'j F')}–{date_format(last, 'j F')}"
