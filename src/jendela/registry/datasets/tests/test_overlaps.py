"""The same data kept twice: worked examples and properties."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jendela.registry.datasets.overlaps import alike, weights
from jendela.registry.datasets.promises import promise_of

CODES = st.frozensets(st.sampled_from("abcdefghij"), max_size=8)


def test_rare_elements_weigh_more() -> None:
    common = {number: frozenset({"nik", "nama", f"lain{number}"}) for number in range(20)}
    holdings = common | {100: frozenset({"nik", "nama", "berat"}), 101: frozenset({"nik", "nama", "berat"})}
    weight = weights(holdings)
    assert weight["berat"] > weight["nik"]
    (pair,) = alike(holdings)
    assert (pair.a, pair.b, pair.score, pair.shared) == (100, 101, 1.0, ("berat", "nama", "nik"))


def test_parts_of_one_application_are_no_pair() -> None:
    holdings = {1: frozenset("abc"), 2: frozenset("abc"), 3: frozenset("abc")}
    assert len(alike(holdings)) == 3
    assert [(one.a, one.b) for one in alike(holdings, {1: 7, 2: 7, 3: None})] == [(1, 3), (2, 3)]
    assert len(alike(holdings, {1: None, 2: None, 3: None})) == 3


def test_two_elements_are_not_yet_the_same_data() -> None:
    assert alike({1: frozenset("ab"), 2: frozenset("ab")}) == []
    assert alike({}) == []


@given(st.dictionaries(st.integers(1, 600), CODES, max_size=40))
def test_bounds_order_and_no_self(holdings: dict[int, frozenset[str]]) -> None:
    found = alike(holdings, least=0.01)
    assert all(0 < one.score <= 1 and one.a < one.b for one in found)
    assert all(set(one.shared) == holdings[one.a] & holdings[one.b] for one in found)
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
    mirrored = dict(reversed(holdings.items()))
    assert alike(mirrored, least=0.01) == found


def test_it_agrees_with_the_plain_formula_over_more_than_a_block() -> None:
    letters = list(enumerate("abcdefghijkl"))
    holdings = {
        n: frozenset(letter for place, letter in letters if (n * 7 + place * place) % 3) for n in range(700)
    }
    weight = weights(holdings)
    for one in alike(holdings, least=0.2, most=50):
        shared = sum(weight[code] for code in holdings[one.a] & holdings[one.b])
        union = sum(weight[code] for code in holdings[one.a] | holdings[one.b])
        assert one.score == pytest.approx(shared / union, abs=0.002)


@pytest.mark.parametrize(
    ("frequency", "last", "state"),
    [
        ("bulanan", datetime.date(2026, 10, 25), "ditepati"),
        (
            "bulanan",
            datetime.date(2026, 10, 23),
            "ditepati",
        ),  # 23 November is the due day, 24 the day of grace
        ("bulanan", datetime.date(2026, 10, 22), "lewat"),
        ("tahunan", datetime.date(2025, 11, 24), "ditepati"),
        ("bulanan", None, "belum_diketahui"),
        ("sewaktu_waktu", datetime.date(2020, 1, 1), "tanpa_janji"),
        ("tidak_diketahui", None, "tanpa_janji"),
    ],
)
def test_a_promise_has_one_day_of_grace(frequency: str, last: datetime.date | None, state: str) -> None:
    assert promise_of(frequency, last, datetime.date(2026, 11, 24)).state == state
