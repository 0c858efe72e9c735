"""Teaching the pair model of overlap, and writing it as a plain JSON file of trees."""

import json
from pathlib import Path
from typing import Any

import numpy as np

from jendela.registry.overlap.matching.features import FEATURES

# a likelier sign may only raise the score, a contrary one only lower it: sane where the taught lists are silent
RISES = {"wratio", "sorted", "compact", "jaccard", "contained", "acronym", "acronym_assumed", "acronym_told", "told",
    "told_contained", "same_host", "same_store", "same_function", "national"}  # fmt: skip
FALLS = {"least_unmatched", "other_host", "other_function", "other_number"}


def learn(rows: Any, truth: Any) -> Any:
    from sklearn.ensemble import HistGradientBoostingClassifier

    return HistGradientBoostingClassifier(
        max_iter=160,
        learning_rate=0.08,
        max_leaf_nodes=12,
        min_samples_leaf=20,
        l2_regularization=1.0,
        monotonic_cst=[1 if name in RISES else -1 if name in FALLS else 0 for name in FEATURES],
        early_stopping=False,
        random_state=0,
    ).fit(rows, truth)


def as_data(learned: Any) -> dict[str, Any]:
    """The trees of a fitted model as lists. A leaf has feature -1."""
    trees = []
    depth = 0
    for (predictor,) in learned._predictors:
        nodes = predictor.nodes
        depth = max(depth, int(nodes["depth"].max()))
        leaf = nodes["is_leaf"].astype(bool)
        trees.append(
            {
                "feature": np.where(leaf, -1, nodes["feature_idx"]).astype(int).tolist(),
                "limit": [round(float(v), 6) for v in np.where(leaf, 0, nodes["num_threshold"])],
                "left": nodes["left"].astype(int).tolist(),
                "right": nodes["right"].astype(int).tolist(),
                "value": [round(float(v), 6) for v in np.where(leaf, nodes["value"], 0)],
            }
        )
    return {
        "features": list(FEATURES),
        "baseline": float(learned._baseline_prediction.ravel()[0]),
        "depth": depth,
        "trees": trees,
    }


def write(data: dict[str, Any], path: Path) -> None:
    path.write_text(json.dumps(data, separators=(",", ":")) + "\n", encoding="utf-8")
