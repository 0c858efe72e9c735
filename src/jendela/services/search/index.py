"""The index in the process: finds what a sentence of everyday words means. Plain data in, ranks out; no database.

Each thing that can be found has phrases (how people say it). A query is compared with every phrase (the nearest one
counts most) and with all words of a thing together. Each word of the query stands for all known words that share a
root with it, that the word list (slang, regional words, abbreviations) gives for it, or that differ by a typing slip.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from jendela.services.search.lexicon import Expansion, Lexicon
from jendela.services.search.text import clean, tokens

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]


@dataclass(frozen=True)
class Item:
    """A thing that can be found. `group` 'service' is ranked before others unless a name is matched whole;
    'elsewhere' is what people ask for and nobody here offers."""

    group: str
    key: str
    name: str
    phrases: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    body: str = ""


@dataclass(frozen=True)
class Tuning:
    """Weights found on test set A and the examples; set B is kept for the final measure."""

    unknown_idf: float = 0.9  # share of the highest idf that a word nobody knows weighs
    query_norm: float = 0.75
    phrase_norm: float = 0.35
    nearest: float = 1.0
    next_nearest: float = 0.35
    together: float = 0.9
    name: float = 0.25
    idf_power: float = 1.15
    keyword_boost: float = 2.0
    name_boost: float = 4.0
    elsewhere: float = 1.0


@dataclass(frozen=True)
class Hit:
    item: Item
    score: float
    phrase: str  # the phrase that was nearest


@dataclass(frozen=True)
class Answer:
    """Hits, best first, and the measures from which confidence is judged."""

    hits: list[Hit]
    measures: dict[str, float] = field(default_factory=dict)


class Index:
    def __init__(
        self,
        items: Sequence[Item],
        variants: Iterable[tuple[str, str]] = (),
        *,
        places: Iterable[str] = (),
        tuning: Tuning | None = None,
    ) -> None:
        """`variants` are (form, meaning) of the word list; `places` names of areas, which say where, not what."""
        self.tuning = tuning or Tuning()
        self.items = list(items)
        self.lexicon = Lexicon(variants)
        self._phrases: list[str] = []
        self._read_items()
        self.places = {word for place in places for word in tokens(clean(place))}
        self._weigh()
        self.lexicon.close()

    # building

    def _read_items(self) -> None:
        phrase_item: list[int] = []
        phrase_words: list[list[int]] = []
        counts: list[dict[int, float]] = []
        tuning = self.tuning
        for number, item in enumerate(self.items):
            bag: dict[int, float] = {}
            lines = [(item.name, tuning.name_boost)]
            lines += [(text, 1.0) for text in item.phrases]
            lines += [(text, tuning.keyword_boost) for text in item.keywords]
            for text, boost in lines:
                ids = [self.lexicon.number(word) for word in tokens(clean(text))]
                if not ids:
                    continue
                self._phrases.append(text)
                phrase_item.append(number)
                phrase_words.append(sorted(set(ids)))
                for word in ids:
                    bag[word] = bag.get(word, 0.0) + boost
            for spelling in tokens(clean(item.body)):
                bag.setdefault(self.lexicon.number(spelling), 0.3)
            counts.append(bag)
        self._phrase_item: Ints = np.array(phrase_item, dtype=np.int32)
        self._phrase_words = phrase_words
        self._counts = counts

    def _weigh(self) -> None:
        total = max(len(self.items), 1)
        holders = np.zeros(len(self.lexicon.words), dtype=np.float32)
        for bag in self._counts:
            for word in bag:
                holders[word] += 1
        raw = np.log(1 + (total - holders + 0.5) / (holders + 0.5))
        self.idf: Floats = np.power(np.maximum(raw, 0.01), self.tuning.idf_power).astype(np.float32)
        self.top_idf = float(np.power(np.log(1 + total / 1.5), self.tuning.idf_power))
        by_word: dict[int, list[int]] = {}
        for phrase, ids in enumerate(self._phrase_words):
            for word in ids:
                by_word.setdefault(word, []).append(phrase)
        self._phrases_of = {word: np.array(found, dtype=np.int32) for word, found in by_word.items()}
        mass = [float(self.idf[ids].sum()) for ids in self._phrase_words]
        self._phrase_mass: Floats = np.array(mass, dtype=np.float32)
        self._phrase_scale: Floats = np.power(np.maximum(self._phrase_mass, 0.1), -self.tuning.phrase_norm)
        starts = np.searchsorted(self._phrase_item, np.arange(len(self.items) + 1))
        self._starts: Ints = starts.astype(np.int32)
        self._weigh_items()

    def _weigh_items(self) -> None:
        by_word: dict[int, list[tuple[int, float]]] = {}
        for number, bag in enumerate(self._counts):
            highest = max(bag.values(), default=1.0)
            for word, count in bag.items():
                by_word.setdefault(word, []).append((number, np.log1p(count) / np.log1p(highest)))
        self._items_of: dict[int, tuple[Ints, Floats]] = {
            word: (
                np.array([item for item, _ in pairs], dtype=np.int32),
                np.array([weight for _, weight in pairs], dtype=np.float32),
            )
            for word, pairs in by_word.items()
        }
        self._is_service = np.array([item.group == "service" for item in self.items], dtype=bool)
        self._is_elsewhere = np.array([item.group == "elsewhere" for item in self.items], dtype=bool)

    # searching

    def search(self, query: str, limit: int = 10) -> Answer:
        """The best `limit` things. An empty query gives no hits."""
        words = [word for word in self.lexicon.split(query) if not self.lexicon.is_filler(word)]
        if not words or not self.items:
            return Answer([])
        phrases = np.zeros(len(self._phrases), dtype=np.float32)
        together = np.zeros(len(self.items), dtype=np.float32)
        mass = known = 0.0
        for word in dict.fromkeys(words):
            weight = self._match(word, phrases, together)
            mass += weight
            if self.lexicon.expand(word).known:
                known += weight
        if mass <= 0:
            return Answer([])
        return self._rank(
            words=words, phrases=phrases, together=together, mass=mass, known=known, limit=limit
        )

    def _match(self, word: str, phrases: Floats, together: Floats) -> float:
        """Add what one word of the query gives to every phrase and thing; returns the word's weight."""
        expansion = self.lexicon.expand(word)
        is_place = word in self.places
        if not expansion.known:
            return 0.05 * self.top_idf if is_place else self.tuning.unknown_idf * self.top_idf
        near = np.zeros(len(self._phrases), dtype=np.float32)
        wide = np.zeros(len(self.items), dtype=np.float32)
        weight = self._fill(expansion, near, wide)
        for part, share in expansion.parts:
            part_near = np.zeros_like(near)
            part_wide = np.zeros_like(wide)
            part_weight = self._fill(part, part_near, part_wide)
            np.maximum(near, part_near * self._share(share), out=near)
            np.maximum(wide, part_wide * self._share(share), out=wide)
            weight = max(weight, part_weight * self._share(share))
        scale = 0.15 if is_place else 1.0
        phrases += near * scale
        together += wide * scale
        return weight * scale

    @staticmethod
    def _share(share: float) -> float:
        return float(share**0.5)

    def _fill(self, expansion: Expansion, near: Floats, wide: Floats) -> float:
        """Write weight x idf of the best matching word; words come weakest first, so the best stays."""
        highest = 0.0
        for number, sure in expansion.words:
            value = float(self.idf[number]) * sure
            highest = max(highest, value)
            found = self._phrases_of.get(number)
            if found is not None:
                near[found] = np.maximum(near[found], value)
            items, weights = self._items_of[number]
            wide[items] = np.maximum(wide[items], weights * value)
        return highest

    def _rank(
        self, *, words: list[str], phrases: Floats, together: Floats, mass: float, known: float, limit: int
    ) -> Answer:
        tuning = self.tuning
        near = phrases * self._phrase_scale * float(mass**-tuning.query_norm)
        best = np.zeros(len(self.items), dtype=np.float32)
        lower, upper = self._starts[:-1], self._starts[1:]
        filled = upper > lower
        best[filled] = np.maximum.reduceat(near, lower[filled])
        score = tuning.nearest * best + tuning.together * together / mass
        score *= np.where(self._is_elsewhere, tuning.elsewhere, 1.0)
        order = np.argsort(-score, kind="stable")
        hits: list[Hit] = []
        for number in order[: limit * 2]:
            if score[number] <= 0.02 or len(hits) >= limit:
                break
            start, end = self._starts[number], self._starts[number + 1]
            phrase = self._phrases[start + int(near[start:end].argmax())] if end > start else ""
            hits.append(Hit(self.items[number], float(score[number]), phrase))
        return Answer(
            hits,
            self._measures(
                score=score, best=best, together=together, mass=mass, known=known, count=len(words)
            ),
        )

    def _measures(
        self, *, score: Floats, best: Floats, together: Floats, mass: float, known: float, count: int
    ) -> dict[str, float]:
        inside = np.where(self._is_elsewhere, 0.0, score)
        outside = np.where(self._is_elsewhere, score, 0.0)
        top = int(inside.argmax())
        ranked = np.sort(inside)[::-1]
        return {
            "score": float(inside[top]),
            "nearest": float(best[top]),
            "covered": float(together[top]) / mass,
            "elsewhere": float(outside.max(initial=0.0)),
            "known": known / mass,
            "mass": mass / self.top_idf,
            "lead": float(ranked[0] - ranked[1]) if len(ranked) > 1 else float(ranked[0]),
            "words": float(count),
        }


def judge(measures: Mapping[str, float], weights: Mapping[str, float], bias: float) -> float:
    """Confidence between 0 and 1: a logistic sum of the measures of an answer."""
    total = bias + sum(weights[name] * measures.get(name, 0.0) for name in weights)
    return float(1 / (1 + np.exp(-total)))
