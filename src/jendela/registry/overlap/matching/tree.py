"""The entry of a tree of functions that a text names: the branch by the words of the tree, of common functions
(data/function_seeds.csv) and by what confirmed applications teach; then down as far as the text tells one entry from
its neighbours."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from jendela.registry.overlap.matching.functions import Suggester
from jendela.registry.overlap.matching.words import plain, read_data, root

LEVEL = 2  # the first that may be chosen
NAME, TOLD = 2.0, 1.0  # weight of words in name and function, in the description
SEVERAL = 1.6  # a phrase says more than a word
FULL_TRUST = 200  # confirmed rows from which what was learnt weighs as much as the words
SURE = 0.5  # what was learnt leads down alone from here


class Entry(NamedTuple):
    """One code of the tree that may be chosen."""

    code: str
    name: str
    keywords: str  # separated by commas


Phrase = tuple[str, ...]


class Tree:
    """`taught`: (name, description, code) of confirmed applications, in any order."""

    def __init__(self, entries: Sequence[Entry], taught: Sequence[tuple[str, str, str]] = ()) -> None:
        self.codes = frozenset(one.code for one in entries)
        self._children: dict[str, list[str]] = defaultdict(list)
        for code in sorted(self.codes):
            self._children[_above(code)].append(code)
        self._phrases: dict[str, set[tuple[Phrase, str]]] = defaultdict(set)
        for one in entries:
            for words in (one.name, *one.keywords.split(",")):
                self._hold(words, one.code)
        for row in read_data("function_seeds.csv"):
            code = row["code"].partition("/")[0]
            if code in self.codes:
                for words in (row["name"], *row["words"].split(";")):
                    self._hold(words, code)
        known = [row for row in taught if row[2] in self.codes]
        self._learnt = Suggester(known)
        self._trust = min(1.0, len(known) / FULL_TRUST) if self._learnt.learned else 0.0

    @property
    def has_learnt(self) -> bool:
        return self._trust > 0

    def _hold(self, words: str, code: str) -> None:
        phrase = tuple(root(word) for word in plain(words).split())
        if phrase:
            self._phrases[phrase[0]].add((phrase, code))

    def suggest(self, name: str, function: str, description: str, top: int = 3) -> list[str]:
        """Codes, best first; at most one of each branch."""
        told = self._told(((name, NAME), (function, NAME), (description, TOLD)))
        learnt: dict[str, float] = {}
        if self._trust:
            for one in self._learnt.suggest(name, f"{function} {description}", len(self.codes)):
                learnt[one.name] = one.probability * self._trust
        branches = [code for code in self.codes if code.count(".") == LEVEL]
        ranked = self._ranked(branches, told, learnt)[:top]
        return [self._down(code, told, learnt) for score, code in ranked if score]

    def _told(self, texts: Collection[tuple[str, float]]) -> dict[str, dict[tuple[int, int, int], float]]:
        """Points by entry and place, so that a branch counts a word once that several of its entries have."""
        found: dict[str, dict[tuple[int, int, int], float]] = defaultdict(dict)
        for number, (text, weight) in enumerate(texts):
            words = [root(word) for word in plain(text).split()]
            for at, word in enumerate(words):
                for phrase, code in self._phrases.get(word, ()):
                    if tuple(words[at : at + len(phrase)]) == phrase:
                        points = weight * (SEVERAL if len(phrase) > 1 else 1.0)
                        found[code][number, at, len(phrase)] = points
        return found

    def _ranked(
        self, codes: Collection[str], told: Mapping[str, Mapping[tuple[int, int, int], float]],
        learnt: Mapping[str, float],
    ) -> list[tuple[float, str]]:  # fmt: skip
        """Entries with all below them, best first."""
        points = {code: _sum(told, code) for code in codes}
        whole = sum(points.values()) + 1
        scores = [(points[code] / whole + _below(learnt, code), code) for code in codes]
        return sorted(scores, key=lambda one: (-one[0], one[1]))

    def _down(
        self, code: str, told: Mapping[str, Mapping[tuple[int, int, int], float]], learnt: Mapping[str, float]
    ) -> str:
        """The deepest entry that the text supports more than its neighbours; else the one above."""
        ranked = self._ranked(self._children[code], told, learnt)
        if not ranked or (len(ranked) > 1 and ranked[0][0] == ranked[1][0]):
            return code
        best = ranked[0][1]
        if not _sum(told, best) and _below(learnt, best) < SURE:
            return code
        return self._down(best, told, learnt)


def _above(code: str) -> str:
    return code.rpartition(".")[0]


def _in(code: str, branch: str) -> bool:
    return code == branch or code.startswith(f"{branch}.")


def _sum(told: Mapping[str, Mapping[tuple[int, int, int], float]], branch: str) -> float:
    merged: dict[tuple[int, int, int], float] = {}
    for code, places in told.items():
        if _in(code, branch):
            merged |= places
    return sum(merged.values())


def _below(learnt: Mapping[str, float], branch: str) -> float:
    return sum(probability for code, probability in learnt.items() if _in(code, branch))
