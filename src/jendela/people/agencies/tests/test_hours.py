"""Opening hours: what the form makes is read back as it was, and nothing else is taken for it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jendela.people.agencies.hours import (
    LONGEST_NOTE,
    MINUTES,
    MOST_SPANS,
    Hours,
    Span,
    check,
    parse,
    parse_clock,
)
from jendela.people.agencies.models import Office

days = st.tuples(st.integers(0, 6), st.integers(0, 6)).map(sorted)
times = (
    st.tuples(st.integers(0, MINUTES), st.integers(0, MINUTES))
    .map(sorted)
    .filter(lambda two: two[0] < two[1])
)
spans = st.builds(lambda day, time: Span(*day, *time), days, times)
notes = st.text(st.characters(categories=["L", "N", "P", "Zs"]), max_size=LONGEST_NOTE).map(
    lambda text: " ".join(text.split())
)


@given(st.lists(spans, min_size=1, max_size=MOST_SPANS), notes)
def test_what_is_said_is_read_back(rows: list[Span], note: str) -> None:
    hours = Hours(tuple(rows), note)
    longest = Office._meta.get_field("hours").max_length
    assert longest is not None
    assert len(hours.text()) <= longest
    assert parse(hours.text()) == (None if check(rows) else hours)


@given(st.text(max_size=60))
def test_other_words_stay_other_words(text: str) -> None:
    found = parse(text)
    assert found is None or found.text() == text.strip()


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("7", 420), ("07.30", 450), ("7:30", 450), ("24.00", MINUTES), ("0.00", 0), ("24.01", None), ("7.60", None),
     ("pagi", None), ("", None), ("7.3", None)],
)  # fmt: skip
def test_times_as_people_write_them(text: str, minutes: int | None) -> None:
    assert parse_clock(text) == minutes


def test_sentences() -> None:
    week = Hours((Span(0, 3, 450, 900), Span(4, 4, 450, 660)), "Istirahat 12.00-13.00.")
    assert week.text() == "Senin sampai Kamis 07.30-15.00 WIB; Jumat 07.30-11.00 WIB. Istirahat 12.00-13.00."
    assert Hours((Span(0, 6, 0, MINUTES),)).text() == "Setiap hari 24 jam"
    assert Hours(()).text() == ""
    assert parse("08.00-14.30 WIB") is None


def test_what_cannot_be_is_said_in_words() -> None:
    assert check([Span(4, 0, 450, 900)]) == ["Hari Senin datang sebelum Jumat. Tukar urutannya."]
    assert check([Span(0, 0, 900, 450)]) == ["Jam tutup 07.30 harus sesudah jam buka 15.00."]
    assert check([Span(0, 4, 450, 900), Span(4, 4, 450, 660)]) == [
        "Jumat tertulis dua kali pada jam yang sama."
    ]
    assert check([Span(0, 4, 450, 720), Span(0, 4, 780, 900)]) == []
