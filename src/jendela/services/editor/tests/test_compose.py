"""Times and fees between fields and text: nothing changes on the way there and back."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jendela.services.catalogue.choices import FeeKind, TimeUnit
from jendela.services.catalogue.reads.content import clean
from jendela.services.catalogue.reads.values import parse_fees, parse_time
from jendela.services.editor.compose import (
    FeeFields,
    TimeFields,
    compose_fees,
    compose_free,
    compose_time,
    fields_of_fees,
    fields_of_time,
    free_note,
    rupiah,
)

word = st.text("abcdefghijklmnopqrstuvwxyz", min_size=2, max_size=9)
phrase = st.lists(word, min_size=1, max_size=4).map(" ".join)
times = st.builds(
    lambda numbers, unit, start: TimeFields(min(numbers), max(numbers), unit, start),
    st.tuples(st.integers(0, 32767), st.integers(0, 32767)),
    st.sampled_from(TimeUnit.values),
    st.one_of(
        st.just(""), phrase.map(lambda text: f"sejak {text}"), phrase.map(lambda text: f"setelah {text}")
    ),
)
amounts = st.integers(1, 999_999_999_99).map(lambda cents: rupiah(Decimal(cents) / 100))
fees = st.lists(
    st.builds(FeeFields, label=st.one_of(st.just(""), phrase.map(lambda text: f"untuk {text}")), amount=amounts,
              note=st.one_of(st.just(""), phrase)),
    min_size=1, max_size=6,
)  # fmt: skip


@given(times)
def test_a_time_comes_back_as_it_was(fields: TimeFields) -> None:
    text = compose_time(fields)
    assert clean("A3", text) == text
    assert fields_of_time(text) == fields


@given(times)
def test_the_page_reads_the_numbers_that_were_typed(fields: TimeFields) -> None:
    time = parse_time(compose_time(fields))
    assert time is not None
    assert (time.shortest, time.longest, time.unit) == (fields.shortest, fields.longest, fields.unit)


@given(fees)
def test_fees_come_back_as_they_were(lines: list[FeeFields]) -> None:
    text = compose_fees(lines)
    assert clean("A4", text) == text
    assert fields_of_fees(text) == lines


@given(fees)
def test_the_page_reads_the_amounts_that_were_typed(lines: list[FeeFields]) -> None:
    read = parse_fees(compose_fees(lines))
    assert [fee.kind for fee in read] == [FeeKind.AMOUNT] * len(lines)
    assert [rupiah(fee.amount) for fee in read if fee.amount is not None] == [line.amount for line in lines]


@given(st.text(max_size=80))
def test_fields_are_offered_only_for_texts_they_compose_exactly(text: str) -> None:
    text = clean("A3", text)
    fields = fields_of_time(text)
    assert fields is None or compose_time(fields) == text
    text = clean("A4", text)
    lines = fields_of_fees(text)
    assert lines is None or compose_fees(lines) == text


@pytest.mark.parametrize(
    "text", ["", "menunggu jadwal", "3 hari kerja bila sistem normal", "30 menit (contoh Purbalingga)"]
)
def test_a_time_that_fields_cannot_hold_stays_words(text: str) -> None:
    assert fields_of_time(text) is None


def test_start_of_counting_gets_its_word() -> None:
    assert (
        compose_time(TimeFields(1, 3, "hari_kerja", "berkas lengkap"))
        == "1-3 hari kerja sejak berkas lengkap"
    )


@given(st.one_of(st.just(""), phrase))
def test_free_with_a_note_comes_back(note: str) -> None:
    assert free_note(compose_free(note)) == note


@pytest.mark.parametrize(("amount", "text"), [("50000", "50.000"), ("1250000.5", "1.250.000,50"), ("7", "7")])
def test_rupiah(amount: str, text: str) -> None:
    assert rupiah(Decimal(amount)) == text
