"""Arithmetic of working days over one calendar. Pure: no database, no clock.

Monday to Friday are working days unless they are holidays or collective leave (Perpres 21/2023, art. 3 and 6; the law
counts "hari kerja" by them, for instance UU 30/2014 art. 62). The day after an act is day 1.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

DAY = datetime.timedelta(days=1)
MOST_DAYS = 10_000  # in one counting, some forty years


@dataclass(frozen=True)
class FreeDay:
    """A holiday as the calendar knows it. `makes_known`: it comes from the yearly decree, so its year is decreed."""

    name: str
    makes_known: bool = True


@dataclass(frozen=True)
class Calendar:
    """All holidays, by their day."""

    holidays: Mapping[datetime.date, FreeDay] = field(default_factory=dict)

    @cached_property
    def known_years(self) -> frozenset[int]:
        """Years whose holidays were decreed and loaded."""
        return frozenset(day.year for day, free in self.holidays.items() if free.makes_known)

    def is_working_day(self, day: datetime.date) -> bool:
        return day.weekday() < 5 and day not in self.holidays

    def next_working_day(self, day: datetime.date) -> datetime.date:
        """This day if it is a working day, else the first one after it."""
        while not self.is_working_day(day):
            day += DAY
        return day

    def add_working_days(self, day: datetime.date, number: int) -> datetime.date:
        """The working day that is `number` working days after `day`, which itself does not count; before it for a
        negative number, `day` itself for 0. Raises ValueError for more than 10,000."""
        if abs(number) > MOST_DAYS:
            raise ValueError("too many days")
        step = DAY if number > 0 else -DAY
        left = abs(number)
        while left:
            day += step
            left -= self.is_working_day(day)
        return day

    def working_days_between(self, first: datetime.date, last: datetime.date) -> int:
        """Working days after `first` up to and with `last`; negative when `last` lies before. The opposite of
        `add_working_days`: counting from a day to its deadline gives the number of days that the deadline had."""
        if last < first:
            return -self.working_days_between(last - DAY, first - DAY)
        weeks, rest = divmod((last - first).days, 7)
        days = weeks * 5 + sum((first + DAY * (weeks * 7 + one)).weekday() < 5 for one in range(1, rest + 1))
        return days - sum(first < day <= last and day.weekday() < 5 for day in self.holidays)

    def is_known(self, day: datetime.date) -> bool:
        """Are the holidays of this day's year decreed and loaded?"""
        return day.year in self.known_years

    def unknown_years(self, first: datetime.date, last: datetime.date) -> list[int]:
        """Years from `first` to `last` for which only weekends could be left out."""
        years = range(min(first, last).year, max(first, last).year + 1)
        return [year for year in years if year not in self.known_years]

    def free_days(
        self, first: datetime.date, last: datetime.date
    ) -> list[tuple[datetime.date, datetime.date]]:
        """Runs of days after `first` up to `last` that are no working days, as (from, until)."""
        runs: list[tuple[datetime.date, datetime.date]] = []
        day = first + DAY
        while day <= last:
            if not self.is_working_day(day):
                start = runs.pop()[0] if runs and runs[-1][1] == day - DAY else day
                runs.append((start, day))
            day += DAY
        return runs
