"""The index in the process: finds what a sentence of everyday words means. Plain data in, ranks out; no database.

Each thing that can be found has phrases (how people say it). A query is compared with every phrase (the nearest one
counts most) and with all words of a thing together. Each word of the query stands for all known words that share a
root with it, that the word list (slang, regional words, abbreviations) gives for it, or that differ by a typing slip.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from jendela.services.search.lexicon import Lexicon, Sure
from jendela.services.search.text import known_tokens

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
    together: float = 0.9
    idf_power: float = 1.15
    keyword_boost: float = 2.0
    name_boost: float = 4.0
    meaning_norm: float = 0.5


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
        self.places = {word for place in places for word in known_tokens(place)}
        self._weigh()
        self.lexicon.close()
        self._share = lru_cache(maxsize=KEPT_WORDS)(self._share_of)

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
                ids = [self.lexicon.number(word) for word in known_tokens(text)]
                if not ids:
                    continue
                self._phrases.append(text)
                phrase_item.append(number)
                phrase_words.append(sorted(set(ids)))
                for word in ids:
                    bag[word] = bag.get(word, 0.0) + boost
            for spelling in known_tokens(item.body):
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
            share = self._share(word)
            if share.phrases is None:  # a word of many phrases: adding the whole row is quicker
                phrases += share.phrase_values
            else:
                phrases[share.phrases] += share.phrase_values
            together[share.items] += share.item_values
            mass += share.weight
            known += share.weight if share.known else 0.0
        measures = {"mass": mass, "known": known, "words": float(len(words))}
        return self._rank(phrases, together / mass, limit, measures)

    def _share_of(self, word: str) -> "_Share":
        """What one word of a query gives to every phrase and thing, and how much the word weighs."""
        expansion = self.lexicon.expand(word)
        is_place = word in self.places
        if not expansion.known:
            idle = 0.05 if is_place else self.tuning.unknown_idf
            return _Share(_NOWHERE, _NOTHING, _NOWHERE, _NOTHING, idle * self.top_idf, known=False)
        near = np.zeros(len(self._phrases), dtype=np.float32)
        wide = np.zeros(len(self.items), dtype=np.float32)
        weight = self._fill(expansion.words, near, wide)
        for meaning in expansion.meanings:
            meant_near, meant_wide = np.zeros_like(near), np.zeros_like(wide)
            meant_weight = 0.0
            for part in meaning:
                part_near, part_wide = np.zeros_like(near), np.zeros_like(wide)
                meant_weight += self._fill(part, part_near, part_wide)
                meant_near += part_near
                meant_wide += part_wide
            share = len(meaning) ** -self.tuning.meaning_norm
            np.maximum(near, meant_near * share, out=near)
            np.maximum(wide, meant_wide * share, out=wide)
            weight = max(weight, meant_weight * share)
        scale = PLACE_SHARE if is_place else 1.0
        items = np.flatnonzero(wide > 0).astype(np.int32)
        phrases: Ints | None = np.flatnonzero(near > 0).astype(np.int32)
        if phrases is not None and len(phrases) > len(near) // 8:
            phrases = None
        values = near if phrases is None else near[phrases]
        return _Share(phrases, values * scale, items, wide[items] * scale, weight * scale, known=True)

    def _fill(self, words: Sure, near: Floats, wide: Floats) -> float:
        """Write idf x certainty of the best matching word; words come least sure first, so the best stays."""
        highest = 0.0
        for number, sure in words:
            value = float(self.idf[number]) * sure
            highest = max(highest, value)
            found = self._phrases_of.get(number)
            if found is not None:
                near[found] = np.maximum(near[found], value)
            items, weights = self._items_of[number]
            wide[items] = np.maximum(wide[items], weights * value)
        return highest

    def _rank(self, phrases: Floats, covered: Floats, limit: int, measures: dict[str, float]) -> Answer:
        mass = measures["mass"]
        best = self._nearest(phrases, covered) * float(mass**-self.tuning.query_norm)
        score = self.tuning.nearest * best + self.tuning.together * covered
        candidates = np.argpartition(-score, limit)[:limit] if limit < len(score) else np.arange(len(score))
        hits: list[Hit] = []
        for number in candidates[np.argsort(-score[candidates], kind="stable")]:
            if score[number] <= LEAST_SCORE:
                break
            found = slice(self._starts[number], self._starts[number + 1])
            near = phrases[found] * self._phrase_scale[found]
            phrase = self._phrases[found.start + int(near.argmax())] if len(near) else ""
            hits.append(Hit(self.items[number], float(score[number]), phrase))
        measures |= {"mass": mass / self.top_idf, "known": measures["known"] / mass}
        return Answer(hits, measures | self._measures(score, best, covered))

    def _nearest(self, phrases: Floats, covered: Floats) -> Floats:
        """The value of the nearest phrase of each thing; only things whose words together fit well are looked at."""
        best = np.zeros(len(self.items), dtype=np.float32)
        chosen = np.arange(len(self.items))
        if len(chosen) > MOST_COMPARED:
            chosen = np.sort(np.argpartition(-covered, MOST_COMPARED)[:MOST_COMPARED])
        lengths = self._starts[chosen + 1] - self._starts[chosen]
        chosen, lengths = chosen[lengths > 0], lengths[lengths > 0]
        if not len(chosen):
            return best
        ends = np.cumsum(lengths)
        rows = np.arange(ends[-1]) + np.repeat(self._starts[chosen] - (ends - lengths), lengths)
        best[chosen] = np.maximum.reduceat(phrases[rows] * self._phrase_scale[rows], ends - lengths)
        return best

    def _measures(self, score: Floats, best: Floats, covered: Floats) -> dict[str, float]:
        inside = np.where(self._is_elsewhere, 0.0, score)
        outside = np.where(self._is_elsewhere, score, 0.0)
        top = int(inside.argmax())
        first = float(inside[top])
        inside[top] = 0.0
        return {
            "score": first,
            "nearest": float(best[top]),
            "covered": float(covered[top]),
            "elsewhere": float(outside.max(initial=0.0)),
            "lead": first - float(inside.max(initial=0.0)),
        }


@dataclass(frozen=True)
class _Share:
    phrases: Ints | None  # None: the values are a row of all phrases
    phrase_values: Floats
    items: Ints
    item_values: Floats
    weight: float
    known: bool


_NOWHERE: Ints = np.zeros(0, dtype=np.int32)
_NOTHING: Floats = np.zeros(0, dtype=np.float32)
PLACE_SHARE = 0.15  # names of places say where, not what
LEAST_SCORE = 0.02
KEPT_WORDS = 500
MOST_COMPARED = 400  # things whose phrases are compared one by one


def judge(measures: Mapping[str, float], weights: Mapping[str, float], bias: float) -> float:
    """Confidence between 0 and 1: a logistic sum of the measures of an answer."""
    total = bias + sum(weights[name] * measures.get(name, 0.0) for name in weights)
    return float(1 / (1 + np.exp(-total)))
