"""One number for a pair from its features. `plain` is a rule that can be read. `Trees` was taught on invented lists
(data/pair_model.json) and is used because it wins on governments and wordings that it has not seen
(docs/decisions/0007-overlap.md). Facts that need no weighing - the same entry in an app store, the same application of
the centre - stand above both."""

import datetime
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from jendela.registry.overlap.matching.features import FEATURES, Features
from jendela.registry.overlap.matching.words import DATA, read_data

Floats = NDArray[np.float64]


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


@dataclass(frozen=True)
class Trees:
    """Boosted trees as arrays: every tree is walked for all pairs at once. `baseline` is in log odds."""

    baseline: float
    trees: tuple[tuple[NDArray[np.int32], Floats, NDArray[np.int32], NDArray[np.int32], Floats], ...]
    depth: int

    def probability(self, rows: Floats) -> Floats:
        total = np.full(len(rows), self.baseline)
        at_rows = np.arange(len(rows))
        for feature, limit, left, right, value in self.trees:
            node = np.zeros(len(rows), dtype=np.int32)
            for _ in range(self.depth):
                at = feature[node]
                leaf = at < 0
                if leaf.all():
                    break
                goes_left = rows[at_rows, np.where(leaf, 0, at)] <= limit[node]
                node = np.where(leaf, node, np.where(goes_left, left[node], right[node])).astype(np.int32)
            total += value[node]
        result: Floats = 1 / (1 + np.exp(-total))
        return result


@cache
def model() -> Trees:
    """The trained trees; they are numbers in a text file, nothing in it is executed."""
    data = json.loads((DATA / "pair_model.json").read_text(encoding="utf-8"))
    if tuple(data["features"]) != FEATURES:
        raise ValueError("pair_model.json was trained on other features: run bench/overlap.py --train")
    trees = tuple(
        (
            np.array(tree["feature"], dtype=np.int32),
            np.array(tree["limit"], dtype=np.float64),
            np.array(tree["left"], dtype=np.int32),
            np.array(tree["right"], dtype=np.int32),
            np.array(tree["value"], dtype=np.float64),
        )
        for tree in data["trees"]
    )
    return Trees(data["baseline"], trees, data["depth"])


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
