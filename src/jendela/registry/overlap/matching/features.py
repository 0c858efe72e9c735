"""Features of a pair: numbers between 0 and 1 that say how alike two records are, and in what. No training here."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from jendela.registry.overlap.matching import acronyms, addresses
from jendela.registry.overlap.matching.facts import ASSUMED, Facts
from jendela.registry.overlap.matching.words import Weights, generic

TYPO = 0.8  # least likeness of two words of five letters or more to be the same with a slip
FEATURES = (
    "wratio", "sorted", "compact", "jaccard", "contained", "least_unmatched", "most_unmatched", "rarest_shared",
    "least_mass", "acronym", "acronym_assumed", "acronym_told", "told", "told_contained", "told_missing",
    "same_host", "same_store", "other_host", "same_function", "other_function", "other_number", "same_owner",
    "national",
)  # fmt: skip


@dataclass(slots=True)
class Features:
    """All of a pair, by the names in FEATURES, and what the reasons need."""

    values: dict[str, float]
    shared: list[str] = field(default_factory=list)  # shared roots, rarest first
    short: str = ""  # the short form that the other name (or description) writes out
    long: str = ""

    def row(self) -> list[float]:
        return [round(self.values[name], 4) for name in FEATURES]


class Comparer:
    """Compares facts of one list; knows how rare words and addresses are there."""

    def __init__(self, names: Weights, told: Weights, hosts: dict[str, int]) -> None:
        self.names = names
        self.told = told
        self.hosts = hosts  # whole address -> number of records of the list with it

    def compare(self, a: Facts, b: Facts) -> Features:
        found = Features({})
        values = found.values
        values["wratio"] = (
            max(
                fuzz.WRatio(a.names[0], b.names[0]), fuzz.WRatio(a.record.name.lower(), b.record.name.lower())
            )
            / 100
        )
        values["sorted"] = max(fuzz.token_sort_ratio(x, y) for x in a.names for y in b.names) / 100
        values["compact"] = max(_likeness(x, y) for x in a.compact for y in b.compact)
        self._words(a, b, found)
        self._acronyms(a, b, found)
        self._told(a, b, values)
        self._places(a, b, values)
        values["same_function"] = float(bool(a.function) and a.function == b.function)
        values["other_function"] = float(bool(a.function) and bool(b.function) and a.function != b.function)
        values["other_number"] = float(bool(a.numbers) and bool(b.numbers) and not a.numbers & b.numbers)
        values["same_owner"] = float(a.record.owner == b.record.owner)
        values["national"] = 1.0 if a.national and a.national == b.national else 0.0
        return found

    def _words(self, a: Facts, b: Facts, found: Features) -> None:
        """The best of the names of both by words, each weighing by its rarity."""
        best: tuple[float, ...] | None = None
        for x in a.words:
            for y in b.words:
                result, shared = self._shared(x, y)
                if best is None or result[0] > best[0]:
                    best, found.shared = result, shared
        jaccard, contained, least, most, rarest, mass = best or (0.0, 0.0, 1.0, 1.0, 0.0, 0.0)
        found.values.update(
            jaccard=jaccard,
            contained=contained,
            least_unmatched=least,
            most_unmatched=most,
            rarest_shared=rarest,
            least_mass=mass,
        )

    def _shared(self, x: Sequence[str], y: Sequence[str]) -> tuple[tuple[float, ...], list[str]]:
        weights = self.names
        left, right = set(x), set(y)
        common = left & right
        matched = weights.mass(common)
        only_left, only_right = left - common, right - common
        shared = sorted(common, key=lambda word: (-weights[word], word))
        for word in sorted(only_left):
            other = _slip(word, only_right)
            if other:
                only_left.discard(word)
                only_right.discard(other)
                matched += min(weights[word], weights[other]) * 0.9
                shared.append(word)
        mass_left, mass_right = matched + weights.mass(only_left), matched + weights.mass(only_right)
        if min(mass_left, mass_right) <= 0:
            return (0.0, 0.0, 1.0, 1.0, 0.0, 0.0), []
        unmatched = sorted((weights.mass(only_left), weights.mass(only_right)))
        return (
            matched / (mass_left + mass_right - matched),
            matched / min(mass_left, mass_right),
            min(unmatched[0], 2.0) / 2,
            min(unmatched[1], 2.0) / 2,
            max((weights[word] for word in shared), default=0.0),
            min(mass_left, mass_right, 2.0) / 2,
        ), shared

    def _acronyms(self, a: Facts, b: Facts, found: Features) -> None:
        best = told = assumed = 0.0
        for one, other in ((a, b), (b, a)):
            for short in one.shorts:
                if short in other.shorts:
                    continue
                for words in other.longs:
                    strength = acronyms.strength(short, words)
                    if strength > best:
                        best, found.short, found.long = strength, short, " ".join(words)
                if other.assumed:
                    strength = acronyms.strength(short, other.assumed)
                    if strength > assumed:
                        assumed = strength
                        if strength > best:
                            found.short, found.long = short, " ".join(other.assumed[len(ASSUMED) :])
                told = max(told, _told_strength(short, other))
        found.values.update(acronym=best, acronym_assumed=assumed, acronym_told=told)

    def _told(self, a: Facts, b: Facts, values: dict[str, float]) -> None:
        values["told_missing"] = float(not a.told_roots or not b.told_roots)
        common = a.told_roots & b.told_roots
        weights = self.told
        shared = sum(weights[word] ** 2 for word in sorted(common))
        left = sum(weights[word] ** 2 for word in sorted(a.told_roots))
        right = sum(weights[word] ** 2 for word in sorted(b.told_roots))
        least = min(left, right)
        values["told"] = shared / math.sqrt(left * right) if least > 0 else 0.0
        values["told_contained"] = shared / least if least > 0 else 0.0

    def _places(self, a: Facts, b: Facts, values: dict[str, float]) -> None:
        one, other = a.address, b.address
        same = 0.0
        if one.host and one.host == other.host:
            many = self.hosts.get(one.whole, 1)
            if one.path != other.path:
                same = 0.2 if addresses.is_main(one.host) else 0.4
            else:
                same = 1.0 if many <= 2 and not addresses.is_door(one) else 0.6 if many <= 4 else 0.3
        values["same_host"] = same
        values["same_store"] = float(bool(one.store) and one.store == other.store)
        values["other_host"] = float(bool(one.host) and bool(other.host) and one.host != other.host)


def _likeness(x: str, y: str) -> float:
    if x == y:
        return 1.0
    return fuzz.ratio(x, y) / 100 if min(len(x), len(y)) >= 3 else 0.0


def _slip(word: str, others: set[str]) -> str:
    """The word among `others` that is the same but for a typing slip, or ""."""
    if len(word) < 4 or generic().get(word, 1.0) < 0.05:
        return ""
    best, most = "", 0.0
    for other in sorted(others):
        if abs(len(other) - len(word)) > 2 or len(other) < 4:
            continue
        least = TYPO if min(len(word), len(other)) >= 6 else 0.75
        ratio = fuzz.ratio(word, other) / 100
        if ratio >= least and ratio > most and sorted(word)[:1] and _near(word, other):
            best, most = other, ratio
    return best


def _near(word: str, other: str) -> bool:
    return word[0] == other[0] or word[-2:] == other[-2:]


def _told_strength(short: str, other: Facts) -> float:
    """Is the short form written out at the beginning of the other's description, or named in it?"""
    if not other.told or len(short) < 4:
        return 0.0
    if short in other.told:
        return 0.8 if generic().get(short, 1.0) == 1.0 else 0.0
    words = tuple(word for word in other.told[:9] if generic().get(word, 1.0) > 0)
    best = 0.0
    for start in range(min(3, max(len(words) - 1, 0))):
        for end in range(start + 2, min(start + 7, len(words)) + 1):
            if words[start][0] == short[0]:
                best = max(best, acronyms.strength(short, words[start:end]))
    return best
