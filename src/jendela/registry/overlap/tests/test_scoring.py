"""The taught trees: the file fits the code, and more likeness never lowers a score."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jendela.registry.overlap.matching.features import FEATURES, Features
from jendela.registry.overlap.matching.scoring import model, plain, scores, thresholds

ROWS = st.lists(st.floats(0, 1), min_size=len(FEATURES), max_size=len(FEATURES))


def features(row: list[float]) -> Features:
    return Features(dict(zip(FEATURES, row, strict=True)))


@settings(max_examples=80, deadline=None)
@given(
    ROWS, st.sampled_from(["wratio", "jaccard", "compact", "acronym", "told", "same_host", "same_function"])
)
def test_more_likeness_never_lowers_the_trees(row: list[float], name: str) -> None:
    more = list(row)
    more[FEATURES.index(name)] = 1.0
    less, higher = model().probability(np.array([row, more]))
    assert higher >= less - 1e-9


@settings(max_examples=80, deadline=None)
@given(ROWS)
def test_scores_stay_between_nought_and_one(row: list[float]) -> None:
    assert 0 <= plain(features(row).values) <= 1
    assert 0 <= scores([features(row)])[0] <= 1


def test_nothing_in_common_scores_low_and_everything_high() -> None:
    nothing = dict.fromkeys(FEATURES, 0.0) | {"least_unmatched": 1.0, "most_unmatched": 1.0}
    same = dict.fromkeys(FEATURES, 1.0) | dict.fromkeys(
        ("least_unmatched", "most_unmatched", "told_missing", "other_host", "other_function", "other_number"),
        0.0,
    )
    low, high = scores([Features(nothing), Features(same)])
    assert low < 0.05
    assert high > 0.9
    assert scores([]) == []


@pytest.mark.parametrize(
    "key", ["duplicate", "same_address", "function_known", "function_near", "function_sure", "check"]
)
def test_thresholds_are_data(key: str) -> None:
    assert 0 < thresholds()[key] <= 1
