"""Dates: months later."""

import datetime

import pytest

from jendela.common.dates import months_after


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        ("2026-08-31", 6, "2027-02-28"),
        ("2027-08-31", 6, "2028-02-29"),
        ("2026-11-24", 1, "2026-12-24"),
        ("2026-01-31", -2, "2025-11-30"),
    ],
)
def test_months_end_on_a_day_that_exists(day: str, months: int, later: str) -> None:
    assert months_after(datetime.date.fromisoformat(day), months).isoformat() == later
