"""One number for a pair from its features. `plain` is a rule that can be read. `Trees` was taught on invented lists
(data/pair_model.json) and is used because it wins on governments and wordings that it has not seen
(docs/decisions/0007-overlap.md). Facts that need no weighing - the same entry in an app store, the same application of
the centre - stand above both."""

import datetime
import json
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jendela.registry.overlap.matching.features import FEATURES, Features
from jendela.registry.overlap.matching.words import DATA, read_data

Floats = NDArray[np.float64]
ROWS = 1_000  # walked at once: more would leave the processor's cache


@cache
def thresholds() -> Mapping[str, float]:
    """Values of data/thresholds.csv that hold now; a later row of a key replaces an earlier one."""
    today = datetime.date.today().isoformat()  # whole days; an hour makes no difference
    rows = sorted(read_data("thresholds.csv"), key=lambda row: row["valid_from"])
    first = rows[0]["valid_from"]
    return {row["key"]: float(row["value"]) for row in rows if row["valid_from"] <= max(today, first)}


def plain(values: Mapping[str, float]) -> float:
    """Untrained score: likeness of the names by their telling words, letters or short form; a little from the
    descriptions; less where both names have a telling word of their own."""
    letters = max(0.0, values["compact"] - 0.7) / 0.3
    contained = (
        values["contained"] * min(1.0, values["least_mass"] * 3) * (1 - 0.5 * values["most_unmatched"])
    )
    short = max(values["acronym"], 0.9 * values["acronym_assumed"], 0.8 * values["acronym_told"])
    name = max(values["jaccard"], letters, contained, short)
    if short < 0.7 and letters < 0.6:
        name -= 0.5 * values["least_unmatched"]
    told = 0.6 if values["told_missing"] else values["told_contained"]
    score = 0.8 * name + 0.2 * told
    score += 0.25 * values["same_host"] - 0.15 * values["other_host"] - 0.2 * values["other_function"]
    return min(1.0, max(0.0, score))


class Trees:
    """Boosted trees as one table of nodes, walked for all trees at once. A leaf points to itself."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        """`data` is what pair_model.json holds: numbers only. Raises ValueError when it fits other features."""
        if tuple(data["features"]) != FEATURES:
            raise ValueError("the pair model was taught on other features: ./jendela bench overlap --train")
        self._baseline = float(data["baseline"])  # log odds
        self._depth = int(data["depth"])
        trees = data["trees"]
        starts = np.cumsum([0, *(len(tree["feature"]) for tree in trees)])
        self._roots = starts[:-1].astype(np.int32)
        feature = np.concatenate([tree["feature"] for tree in trees]).astype(np.int32)
        own = np.arange(len(feature), dtype=np.int32)
        shift = np.repeat(starts[:-1], np.diff(starts)).astype(np.int32)
        leaf = feature < 0
        left = np.concatenate([tree["left"] for tree in trees]).astype(np.int32)
        right = np.concatenate([tree["right"] for tree in trees]).astype(np.int32)
        self._left = np.where(leaf, own, left + shift)
        self._right = np.where(leaf, own, right + shift)
        self._feature = np.where(leaf, 0, feature)
        self._limit = np.concatenate([tree["limit"] for tree in trees]).astype(np.float64)
        self._value = np.concatenate([tree["value"] for tree in trees]).astype(np.float64)

    def probability(self, rows: Floats) -> Floats:
        """0..1 for each row of features."""
        parts = [self._part(rows[start : start + ROWS]) for start in range(0, len(rows), ROWS)]
        return np.concatenate(parts) if parts else np.zeros(0)

    def _part(self, rows: Floats) -> Floats:
        node = np.broadcast_to(self._roots, (len(rows), len(self._roots)))
        at_rows = np.arange(len(rows))[:, None]
        for _ in range(self._depth):
            goes_left = rows[at_rows, self._feature[node]] <= self._limit[node]
            node = np.where(goes_left, self._left[node], self._right[node])
        total = self._baseline + self._value[node].sum(axis=1)
        result: Floats = 1 / (1 + np.exp(-total))
        return result


@cache
def model() -> Trees:
    """The taught trees; they are numbers in a text file, nothing in it is executed."""
    return Trees(json.loads((DATA / "pair_model.json").read_text(encoding="utf-8")))


def scores(found: Sequence[Features], trees: Trees | None = None) -> list[float]:
    """The score of each pair, 0..1, rounded to four places so that it is the same on every machine."""
    if not found:
        return []
    rows = np.array([features.row() for features in found])
    trained = (trees or model()).probability(rows)
    return [
        round(_above(features.values, float(value)), 4)
        for features, value in zip(found, trained, strict=True)
    ]


def _above(values: Mapping[str, float], score: float) -> float:
    """Facts that weigh more than any wording."""
    if values["same_store"]:
        return max(score, 0.99)
    if values["national"]:
        return max(score, 0.95)
    if values["same_host"] >= 1.0:
        score = max(score, thresholds()["same_address"])
    if values["other_number"] and not values["same_host"] >= 1.0:
        score *= 0.5
    return score
