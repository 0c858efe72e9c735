"""Functions of applications: reading the column, and suggesting one where it is empty.

Where the list has rows with a function, a linear classifier of character n-grams learns from them. Where it has none,
keywords of common functions of a region (data/function_seeds.csv, first two levels after RAB of Perpres 132/2022)
are the start. A suggestion is for a person to confirm; the pairs of `Index` use only those that are
nearly sure, and say so.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from rapidfuzz import fuzz

from jendela.registry.overlap.matching.words import generic, plain, read_data, root

_EMPTY = frozenset(
    {
        "",
        "-",
        "lainnya",
        "lain lain",
        "tidak ada",
        "belum ada",
        "belum tahu",
        "belum diketahui",
        "n a",
        "na",
        "nihil",
    }
)
LEAST_ROWS = 40  # confirmed rows from which learning is tried
LEAST_EACH = 3
MOST_EACH = 120  # more rows of one function teach little and cost time
NEAR = 88


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A function that an application may have. `probability` 0..1."""

    code: str
    name: str
    probability: float


@lru_cache(maxsize=100_000)
def key(function: str) -> str:
    """What makes two cells the same function: case, spaces and punctuation do not count. Empty when nothing is said."""
    text = plain(function)
    return "" if text in _EMPTY else text


@lru_cache(maxsize=100_000)
def near(one: str, other: str) -> bool:
    """Two cells in other words: 'Kepegawaian: kehadiran', 'Kepegawaian: rekap kehadiran'. Codes are never near."""
    if one == other or any(character.isdigit() for character in one + other):
        return False
    left, right = set(one.split()), set(other.split())
    return min(len(left), len(right)) >= 2 and (
        left <= right or right <= left or fuzz.token_sort_ratio(one, other) >= NEAR
    )


@cache
def _seeds() -> tuple[tuple[str, str, tuple[tuple[str, ...], ...]], ...]:
    return tuple(
        (
            row["code"],
            row["name"],
            tuple(tuple(root(word) for word in plain(text).split()) for text in row["words"].split(";")),
        )
        for row in read_data("function_seeds.csv")
    )


@cache
def _by_first() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    found: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
    for code, _, phrases in _seeds():
        for phrase in phrases:
            found[phrase[0]].append((phrase, code))
    return found


@cache
def _names() -> dict[str, str]:
    return {code: name for code, name, _ in _seeds()}


def suggest_by_words(name: str, description: str, top: int = 3) -> list[Suggestion]:
    """Functions whose keywords stand in the text; the name weighs twice. Without any keyword: an empty list."""
    points: dict[str, float] = defaultdict(float)
    for text, weight in ((name, 2.0), (description, 1.0)):
        words = [root(word) for word in plain(text).split()]
        for at, word in enumerate(words):
            for phrase, code in _by_first().get(word, ()):
                if tuple(words[at : at + len(phrase)]) == phrase:
                    points[code] += weight * (1.6 if len(phrase) > 1 else 1.0)
    total = sum(value**2 for value in points.values()) + 0.8
    ranked = sorted(points.items(), key=lambda item: (-item[1], item[0]))[:top]
    return [Suggestion(code, _names()[code], round(value**2 / total, 4)) for code, value in ranked]


class Suggester:
    """Learns from confirmed rows; falls back on keywords when there are too few."""

    def __init__(self, rows: Sequence[tuple[str, str, str]]) -> None:
        """`rows`: (name, description, code or words of the function). Order makes no difference."""
        by_code: dict[str, list[str]] = defaultdict(list)
        self.names: dict[str, str] = {}
        for name, description, function in sorted(rows):
            if key(function):
                by_code[key(function)].append(_text(name, description))
                self.names.setdefault(key(function), function.strip())
        kept = {
            code: texts[:MOST_EACH] for code, texts in sorted(by_code.items()) if len(texts) >= LEAST_EACH
        }
        self._model: Any = None
        if len(kept) >= 2 and sum(map(len, kept.values())) >= LEAST_ROWS:
            self._learn(kept)

    @property
    def learned(self) -> bool:
        return self._model is not None

    def _learn(self, kept: dict[str, list[str]]) -> None:
        from sklearn.feature_extraction.text import TfidfVectorizer
        from sklearn.linear_model import SGDClassifier
        from sklearn.pipeline import make_pipeline

        texts = [text for found in kept.values() for text in found]
        codes = [code for code, found in kept.items() for _ in found]
        self._model = make_pipeline(
            TfidfVectorizer(
                analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True, max_features=40_000, min_df=2
            ),
            SGDClassifier(loss="log_loss", alpha=3e-5, max_iter=10, tol=None, random_state=0),
        ).fit(texts, codes)

    def suggest(self, name: str, description: str = "", top: int = 3) -> list[Suggestion]:
        """The most likely functions, best first. A person confirms."""
        return self.suggest_many([(name, description)], top)[0]

    def suggest_many(self, texts: Sequence[tuple[str, str]], top: int = 3) -> list[list[Suggestion]]:
        if self._model is None:
            return [suggest_by_words(name, description, top) for name, description in texts]
        if not texts:
            return []
        found: list[list[Suggestion]] = []
        codes = [str(code) for code in self._model.classes_]
        for start in range(0, len(texts), 4000):
            part = [_text(name, description) for name, description in texts[start : start + 4000]]
            for row in self._model.predict_proba(part):
                order = sorted(range(len(row)), key=lambda at: (-row[at], codes[at]))[:top]
                found.append(
                    [Suggestion(codes[at], self.names[codes[at]], round(float(row[at]), 4)) for at in order]
                )
        return found


def _text(name: str, description: str) -> str:
    words = [word for word in plain(name).split() if generic().get(word, 1.0) >= 0.2]
    return f"{' '.join(words)} {plain(description)}"
