"""Is the first result what was meant? A logistic sum whose weights were fitted on test set A and the examples
(bench/search/fit.py); set B and unseen queries measure it."""

from collections.abc import Mapping

from jendela.services.search.index import judge

THRESHOLD = 0.5
BIAS = -1.0
WEIGHTS: Mapping[str, float] = {"score": 1.0, "elsewhere": -1.0}


def is_confident(measures: Mapping[str, float]) -> bool:
    """False when nothing fits: say so and offer people to ask."""
    return bool(measures) and judge(measures, WEIGHTS, BIAS) >= THRESHOLD
