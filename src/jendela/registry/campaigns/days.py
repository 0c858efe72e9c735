"""Working days of rounds (common/workdays), and what to say about a chosen deadline."""

import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

DAY = datetime.timedelta(days=1)


def is_working_day(day: datetime.date) -> bool:
    return day.weekday() < 5


def calendar_known(day: datetime.date) -> bool:
    return False


def next_working_day(day: datetime.date) -> datetime.date:
    return add_working_days(day, 1)


def add_working_days(day: datetime.date, number: int) -> datetime.date:
    while number:
        day += DAY
        number -= is_working_day(day)
    return day


def working_days_between(first: datetime.date, last: datetime.date) -> int:
    return sum(is_working_day(first + DAY * one) for one in range(1, (last - first).days + 1))


def shifted(day: datetime.date, number: int) -> datetime.date:
    """So many working days after (negative: before) a day. 0 is the day itself, or the next working day."""
    if number > 0:
        return add_working_days(day, number)
    found = day if is_working_day(day) else next_working_day(day)
    for _one in range(-number):
        found -= DAY
        while not is_working_day(found):
            found -= DAY
    return found


def days_late(due: datetime.date, today: datetime.date) -> int:
    """Working days after the deadline; 0 until it is over."""
    return working_days_between(due, today) if today > due else 0


def warnings(due: datetime.date) -> list[str]:
    """What a person should know about a deadline before choosing it."""
    found = []
    if not is_working_day(due):
        better = date_format(next_working_day(due), "j F Y")
        found.append(
            _("%(day)s bukan hari kerja. Hari kerja berikutnya %(better)s.")
            % {"day": date_format(due, "j F Y"), "better": better}
        )
    if not calendar_known(due):
        found.append(
            _("Kalender libur %(year)s belum ditetapkan. Dihitung tanpa libur nasional.") % {"year": due.year}
        )
    return found
