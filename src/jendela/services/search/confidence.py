"""Is the first result what was meant? A logistic sum of the measures of an answer. The weights come from a logistic
regression with balanced classes on test set A and the published examples; set B and unseen queries measure it."""

from collections.abc import Mapping

from jendela.services.search.index import judge

THRESHOLD = 0.5
BIAS = -4.9011
WEIGHTS: Mapping[str, float] = {
    "score": 6.4088,
    "nearest": 1.3344,
    "covered": 3.6351,
    "elsewhere": -13.0781,
    "known": 5.6908,
    "mass": -0.0303,
    "lead": -1.6125,
    "words": 0.1982,
}


def is_confident(measures: Mapping[str, float]) -> bool:
    """False when nothing fits: say so and offer people to ask."""
    return bool(measures) and judge(measures, WEIGHTS, BIAS) >= THRESHOLD
