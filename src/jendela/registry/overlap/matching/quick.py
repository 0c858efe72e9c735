"""From tens of thousands of records to the forty that a new name is worth comparing with: letters in threes, rare ones
counting more, and every exact thing in common (address, short form, writing without spaces)."""

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from jendela.registry.overlap.matching import acronyms
from jendela.registry.overlap.matching.facts import Facts

MOST_TRIED = 200  # long names that begin with the same three letters; more say too little
SURE = 10.0  # an exact thing in common stands before any likeness of letters


class Postings:
    def __init__(self, facts: Sequence[Facts]) -> None:
        self._count = len(facts)
        grams: dict[str, list[int]] = defaultdict(list)
        exact: dict[str, list[int]] = defaultdict(list)
        by_government: dict[str, list[int]] = defaultdict(list)
        self._longs: dict[tuple[str, str], list[tuple[int, tuple[str, ...]]]] = defaultdict(list)
        sizes = np.ones(len(facts), dtype=np.float32)
        for at, fact in enumerate(facts):
            found = _grams(fact)
            sizes[at] = max(len(found), 1)
            for gram in found:
                grams[gram].append(at)
            for thing in _exact(fact):
                exact[thing].append(at)
            by_government[fact.government.key].append(at)
            for words in {*fact.longs, *((fact.assumed,) if fact.assumed else ())}:
                for key in acronyms.keys_of_words(words):
                    self._longs[fact.government.key, key].append((at, words))
        self._grams = {gram: np.array(found, dtype=np.int32) for gram, found in grams.items()}
        self._exact = {thing: np.array(found, dtype=np.int32) for thing, found in exact.items()}
        self._inside = {name: np.array(found, dtype=np.int32) for name, found in by_government.items()}
        self._scale = 1 / np.sqrt(sizes)

    def near(self, asked: Facts, most: int, government: str) -> list[int]:
        """Positions of the likeliest records, of one government if it is named. Deterministic."""
        points = np.zeros(self._count, dtype=np.float32)
        for gram in sorted(_grams(asked)):
            held = self._grams.get(gram)
            if held is not None:
                points[held] += np.float32(np.log(1 + self._count / len(held)))
        points *= self._scale
        for thing in _exact(asked):
            held = self._exact.get(thing)
            if held is not None and len(held) <= 500:
                points[held] += SURE
        if government:
            inside = self._inside.get(government)
            if inside is None:
                return []
            self._written_out(asked, government, points)
            kept = np.zeros_like(points)
            kept[inside] = points[inside]
            points = kept
        some = np.flatnonzero(points > 0)
        if len(some) > most:
            some = some[np.argpartition(-points[some], most)[:most]]
        return [int(at) for at in sorted(some, key=lambda at: (-points[at], at))]

    def _written_out(self, asked: Facts, government: str, points: NDArray[np.float32]) -> None:
        """Short forms of the new name against the long names of the government."""
        for short in asked.shorts:
            for key in sorted(acronyms.keys_of_short(short)):
                held = self._longs.get((government, key), ())
                for at, words in held if len(held) <= MOST_TRIED else ():
                    strength = acronyms.strength(short, words)
                    if strength >= 0.45:
                        points[at] += SURE * strength


def _grams(fact: Facts) -> set[str]:
    found: set[str] = set()
    for text in (*fact.compact, *fact.names):
        padded = f"_{text.replace(' ', '')}_"
        found.update(padded[at : at + 3] for at in range(len(padded) - 2))
    return found


def _exact(fact: Facts) -> set[str]:
    things = {f"short:{short}" for short in fact.shorts} | {f"name:{text}" for text in fact.compact}
    if fact.address.store:
        things.add(f"store:{fact.address.store}")
    if fact.address.host:
        things.add(f"host:{fact.address.host}")
    if fact.national:
        things.add(f"national:{fact.national}")
    return things
