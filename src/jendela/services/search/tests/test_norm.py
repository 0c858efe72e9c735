"""Queries that mean the same have one norm, whatever order, case and ending their words have."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jendela.services.search.norm import LONGEST, norm

WORDS = st.sampled_from(
    [
        "ktp",
        "hilang",
        "mengurus",
        "pengurusan",
        "surat",
        "kartu",
        "pindahan",
        "bikin",
        "akta",
        "kelahiran",
        "rt",
        "02",
    ]
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("KTP hilang", "hilang  ktp"),
        ("mengurus akta", "pengurusan akta"),
        ("bikin KTP, bikin!", "ktp bikin"),
        ("laporrr jalan", "jalan lapor"),
    ],
)
def test_same(one: str, other: str) -> None:
    assert norm(one) == norm(other) != ""


def test_different() -> None:
    assert norm("ktp hilang") != norm("ktp rusak")
    assert norm("???") == ""


@given(st.text(max_size=300))
def test_a_norm_is_its_own_norm_and_short(query: str) -> None:
    found = norm(query)
    assert norm(found) == found
    assert len(found) <= LONGEST


@given(st.lists(WORDS, max_size=8).flatmap(lambda words: st.tuples(st.just(words), st.permutations(words))))
def test_order_does_not_matter(pair: tuple[list[str], list[str]]) -> None:
    words, mixed = pair
    assert norm(" ".join(words)) == norm(" ".join(mixed).upper())


@given(st.lists(WORDS, min_size=1, max_size=8))
def test_saying_it_twice_does_not_matter(words: list[str]) -> None:
    assert norm(" ".join(words)) == norm(" ".join(words + words))
