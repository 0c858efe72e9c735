"""Counting in working days: the example of the rules, its edges, and two ways of counting that must agree."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jendela.common.workdays.calendar import Calendar, FreeDay

Day = datetime.date
CHRISTMAS = Calendar({Day(2026, 12, 24): FreeDay("Cuti bersama Natal"), Day(2026, 12, 25): FreeDay("Natal")})
days = st.dates(Day(2020, 1, 1), Day(2035, 12, 31))
calendars = st.lists(st.dates(Day(2025, 6, 1), Day(2027, 6, 30)), max_size=60).map(
    lambda found: Calendar({day: FreeDay("libur") for day in found})
)


def test_the_example_of_the_rules() -> None:
    """Received on Wednesday 23 December 2026: three working days end on Wednesday 30 December."""
    assert CHRISTMAS.add_working_days(Day(2026, 12, 23), 1) == Day(2026, 12, 28)
    assert CHRISTMAS.add_working_days(Day(2026, 12, 23), 2) == Day(2026, 12, 29)
    assert CHRISTMAS.add_working_days(Day(2026, 12, 23), 3) == Day(2026, 12, 30)
    assert CHRISTMAS.working_days_between(Day(2026, 12, 23), Day(2026, 12, 30)) == 3
    assert CHRISTMAS.free_days(Day(2026, 12, 23), Day(2026, 12, 30)) == [
        (Day(2026, 12, 24), Day(2026, 12, 27))
    ]


@pytest.mark.parametrize(
    ("start", "number", "end"),
    [
        (Day(2026, 11, 27), 1, Day(2026, 11, 30)),  # a Friday
        (Day(2026, 11, 28), 1, Day(2026, 11, 30)),  # a Saturday
        (Day(2026, 12, 24), 1, Day(2026, 12, 28)),  # collective leave itself
        (Day(2026, 12, 23), 0, Day(2026, 12, 23)),
        (Day(2026, 12, 26), 0, Day(2026, 12, 26)),
        (Day(2026, 12, 28), -1, Day(2026, 12, 23)),
        (Day(2026, 12, 30), -3, Day(2026, 12, 23)),
        (Day(2026, 12, 26), -1, Day(2026, 12, 23)),
        (Day(2026, 12, 31), 1, Day(2027, 1, 1)),  # 2027 is not decreed: only weekends are left out
    ],
)
def test_days_added(start: Day, number: int, end: Day) -> None:
    assert CHRISTMAS.add_working_days(start, number) == end


@pytest.mark.parametrize(
    ("first", "last", "number"),
    [
        (Day(2026, 12, 23), Day(2026, 12, 23), 0),
        (Day(2026, 12, 23), Day(2026, 12, 27), 0),
        (Day(2026, 12, 23), Day(2026, 12, 28), 1),
        (Day(2026, 12, 28), Day(2026, 12, 23), -1),
        (Day(2026, 12, 30), Day(2026, 12, 23), -3),
        (Day(2026, 11, 2), Day(2026, 11, 30), 20),
    ],
)
def test_days_between(first: Day, last: Day, number: int) -> None:
    assert CHRISTMAS.working_days_between(first, last) == number


def test_this_day_or_the_next_working_day() -> None:
    assert CHRISTMAS.next_working_day(Day(2026, 12, 23)) == Day(2026, 12, 23)
    assert CHRISTMAS.next_working_day(Day(2026, 12, 24)) == Day(2026, 12, 28)


def test_what_the_calendar_knows() -> None:
    local = Calendar({Day(2027, 1, 7): FreeDay("Hari jadi daerah", makes_known=False)})
    assert not local.is_known(Day(2027, 1, 1))
    assert not local.is_working_day(Day(2027, 1, 7))
    assert CHRISTMAS.unknown_years(Day(2026, 12, 1), Day(2026, 12, 31)) == []
    assert CHRISTMAS.unknown_years(Day(2026, 12, 1), Day(2027, 1, 4)) == [2027]
    assert CHRISTMAS.unknown_years(Day(2028, 1, 1), Day(2026, 12, 1)) == [2027, 2028]


def test_far_away_is_refused() -> None:
    with pytest.raises(ValueError, match="too many"):
        CHRISTMAS.add_working_days(Day(2026, 1, 1), 10_001)


@given(calendars, days, st.integers(1, 120))
def test_a_deadline_is_a_working_day_and_counts_back(calendar: Calendar, start: Day, number: int) -> None:
    end = calendar.add_working_days(start, number)
    assert calendar.is_working_day(end)
    assert calendar.working_days_between(start, end) == number


@given(calendars, days, days)
def test_counting_by_weeks_is_counting_day_by_day(calendar: Calendar, first: Day, last: Day) -> None:
    low, high = min(first, last), max(first, last)
    span = (high - low).days
    if first <= last:
        counted = sum(
            calendar.is_working_day(low + datetime.timedelta(days=one)) for one in range(1, span + 1)
        )
    else:
        counted = -sum(calendar.is_working_day(low + datetime.timedelta(days=one)) for one in range(span))
    assert calendar.working_days_between(first, last) == counted


@given(calendars, days, st.integers(1, 60))
def test_days_before_are_the_way_back(calendar: Calendar, start: Day, number: int) -> None:
    start = calendar.next_working_day(start)
    assert calendar.add_working_days(calendar.add_working_days(start, number), -number) == start


@given(calendars, days, st.integers(0, 60))
def test_runs_of_free_days_hold_every_free_day_once(calendar: Calendar, first: Day, length: int) -> None:
    last = first + datetime.timedelta(days=length)
    inside = [
        start + datetime.timedelta(days=one)
        for start, until in calendar.free_days(first, last)
        for one in range((until - start).days + 1)
    ]
    wanted = [first + datetime.timedelta(days=one) for one in range(1, length + 1)]
    assert inside == [day for day in wanted if not calendar.is_working_day(day)]
