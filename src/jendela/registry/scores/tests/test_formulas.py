"""Completeness, levels and TIME: the formulas with worked examples and properties."""

import datetime
from typing import Any

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from jendela.registry.applications.choices import Wish
from jendela.registry.applications.fields import FIELDS
from jendela.registry.scores.checks import CHECKS, Found
from jendela.registry.scores.choices import Rank, Result, Side, Time
from jendela.registry.scores.completeness import completeness
from jendela.registry.scores.judging import Fit, difference, fit, rank_of, time_of
from jendela.registry.scores.tables import Held, Weights, thresholds, weights

DAY = datetime.date(2026, 11, 24)


def made(groups: dict[str, int], fields: dict[str, int]) -> Weights:
    return Weights(
        {k: Held(v, "uji") for k, v in groups.items()}, {k: Held(v, "uji") for k, v in fields.items()}
    )


def test_a_worked_example() -> None:
    """identity: 1 of 2 known; life: 3 of 4 weights known; people optional. (2*0.5 + 1*0.75) / 3 = 58.3."""
    own = made(
        {"identity": 2, "life": 1, "people": 5}, {"name": 1, "purpose": 1, "state": 3, "wish": 1, "vendor": 0}
    )
    found = completeness({"name", "state"}, own)
    assert found.percent == 58
    assert [(one.key, one.percent, one.missing) for one in found.groups] == [
        ("identity", 50, ("purpose",)),
        ("life", 75, ("wish",)),
    ]


def test_every_field_has_a_weight_and_every_weight_a_field() -> None:
    own = weights(DAY)
    names = {field.name for field in FIELDS}
    assert names == {name for name in own.fields if not name.startswith("@")}
    assert {field.group for field in FIELDS} | {"parts"} == set(own.groups)


@given(st.sets(st.sampled_from(sorted(weights(DAY).fields))), st.sampled_from(sorted(weights(DAY).fields)))
def test_knowing_more_never_lowers_it(known: set[str], more: str) -> None:
    own = weights(DAY)
    before, after = completeness(known, own).percent, completeness(known | {more}, own).percent
    assert 0 <= before <= after <= 100


def test_hundred_means_that_nothing_is_missing() -> None:
    own = weights(DAY)
    everything = set(own.fields)
    assert completeness(everything, own).percent == 100
    weighed = [name for name, held in own.fields.items() if held.value]
    assert all(completeness(everything - {name}, own).percent < 100 for name in weighed)
    assert completeness(set(), own).percent == 0


def test_scores_of_before_are_explained_by_the_weights_of_before() -> None:
    """Legal basis, users and interfaces count from 25 November 2026."""
    added = {"@legal_bases", "@uses", "@interfaces"}
    before, after = weights(DAY), weights(DAY + datetime.timedelta(days=1))
    assert set(after.fields) - set(before.fields) == added
    assert all(after.fields[name].value and after.fields[name].basis for name in added)
    known = set(before.fields)  # all groups whole, but 9 of 14 in the parts: (14 + 3 * 9 / 14) / 17
    assert (completeness(known, before).percent, completeness(known, after).percent) == (100, 94)


def results(**by_key: Result) -> list[Any]:
    return [(check, Found(by_key.get(check.key, Result.PASSED), "")) for check in CHECKS]


def test_a_level_holds_when_all_below_it_hold() -> None:
    assert rank_of(results()) is Rank.BEST
    assert rank_of(results(kode_sumber=Result.FAILED)) is Rank.GOOD
    assert rank_of(results(biaya=Result.UNKNOWN)) is Rank.BASIC  # not known keeps it back, without failing
    assert rank_of(results(biaya=Result.NOT_ASKED)) is Rank.BEST
    assert rank_of(results(keadaan=Result.FAILED)) is Rank.NONE


@pytest.mark.parametrize(
    ("functional", "technical", "expected"),
    [
        (80, 80, Time.INVEST), (80, 20, Time.MIGRATE), (20, 80, Time.TOLERATE), (20, 20, Time.ELIMINATE),
        (60, 60, Time.INVEST), (59, 60, Time.TOLERATE), (None, 90, Time.UNKNOWN), (90, None, Time.UNKNOWN),
    ],
)  # fmt: skip
def test_time(functional: int | None, technical: int | None, expected: Time) -> None:
    assert time_of(Fit(functional, 0, 0, 0), Fit(technical, 0, 0, 0), DAY) is expected


def test_no_class_from_little_evidence() -> None:
    unknown = {check.key: Result.UNKNOWN for check in CHECKS if check.side is Side.TECHNIQUE}
    assert fit(results(**unknown), Side.TECHNIQUE, DAY).percent is None
    first_two = dict(list(unknown.items())[2:])
    few = fit(results(**first_two), Side.TECHNIQUE, DAY)
    assert (few.percent, few.known) == (None, 2)
    assert fit(results(), Side.TECHNIQUE, DAY).percent == 100


def test_the_difference_is_said_without_blame() -> None:
    with translation.override("id"):
        assert "sejalan" in difference(Time.INVEST, Wish.KEEP)
        assert "dibicarakan" in difference(Time.ELIMINATE, Wish.IMPROVE)
        assert "belum menyatakan" in difference(Time.INVEST, Wish.UNKNOWN)
        assert "belum cukup" in difference(Time.UNKNOWN, Wish.KEEP)


def test_thresholds_name_their_source() -> None:
    assert all(held.basis for held in thresholds(DAY).values())
    assert thresholds(datetime.date(2020, 1, 1)) == {}
