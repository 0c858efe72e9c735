"""Which pairs of one government are worth a full comparison. Generous: what is left out here is never found."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

import numpy as np
from rapidfuzz import fuzz, process

from jendela.registry.overlap.matching import acronyms
from jendela.registry.overlap.matching.facts import Facts
from jendela.registry.overlap.matching.words import Weights

ALL_PAIRS = (
    1_500  # up to so many records every pair gets the string score; above, only those that share something
)
LIKE = 80  # string score (0..100) from which a pair is compared in full
LONG_FORMS = 60  # in large governments: letters that more names begin with say too little
SPREAD = 12  # in large governments a shared thing links only records of groups up to this size


def find(facts: Sequence[Facts], names: Weights) -> list[tuple[int, int]]:
    """Pairs of positions (smaller first), sorted."""
    pairs: set[tuple[int, int]] = set()
    if len(facts) <= ALL_PAIRS:
        pairs.update(_alike(facts))
    else:
        pairs.update(_grouped(facts, _grams, SPREAD * 2))
    large = len(facts) > ALL_PAIRS
    spread = SPREAD if large else max(SPREAD, len(facts))
    for keys in (_addresses, _national, _spellings):
        pairs.update(_grouped(facts, keys, max(SPREAD, spread), exact=True))
    pairs.update(_grouped(facts, lambda fact: _rare(fact, names), SPREAD))
    pairs.update(_grouped(facts, _tellings, SPREAD))
    pairs.update(_short_forms_of_many(facts) if large else _short_forms(facts))
    return sorted(pairs)


def _alike(facts: Sequence[Facts]) -> Iterable[tuple[int, int]]:
    texts = [fact.names[0] for fact in facts]
    scores = process.cdist(texts, texts, scorer=fuzz.WRatio, score_cutoff=LIKE, dtype=np.uint8)
    left, right = np.nonzero(np.triu(scores, 1))
    yield from zip(left.tolist(), right.tolist(), strict=True)
    compact = [fact.compact[0] for fact in facts]
    scores = process.cdist(compact, compact, scorer=fuzz.ratio, score_cutoff=70, dtype=np.uint8)
    left, right = np.nonzero(np.triu(scores, 1))
    yield from zip(left.tolist(), right.tolist(), strict=True)


def _grouped(
    facts: Sequence[Facts], keys: Callable[[Facts], list[str]], most: int, *, exact: bool = False
) -> Iterable[tuple[int, int]]:
    """Pairs of those that share a key; keys of more than `most` records say too little."""
    groups: dict[str, list[int]] = defaultdict(list)
    for at, fact in enumerate(facts):
        for key in set(keys(fact)):
            groups[key].append(at)
    for group in groups.values():
        if 1 < len(group) <= most:
            for place, one in enumerate(group):
                for other in group[place + 1 :]:
                    yield one, other
        elif exact and len(group) > most:
            for other in group[1:]:  # a thousand times the same: each is asked about once, beside the first
                yield group[0], other


def _addresses(fact: Facts) -> list[str]:
    address = fact.address
    return [text for text in (address.store, address.whole if address.host else "", address.host) if text]


def _national(fact: Facts) -> list[str]:
    return [fact.national] if fact.national else []


def _spellings(fact: Facts) -> list[str]:
    return [text for text in fact.compact if len(text) >= 3]


def _rare(fact: Facts, names: Weights) -> list[str]:
    return [word for words in fact.words for word in words if names[word] >= 0.35 and len(word) >= 3]


def _tellings(fact: Facts) -> list[str]:
    """A short form, and any word of a description that could be the name of another."""
    return [*fact.shorts, *(word for word in fact.told if len(word) >= 4)]


def _grams(fact: Facts) -> list[str]:
    """Six letters in a row of the name without spaces."""
    text = fact.compact[0]
    return [text[at : at + 6] for at in range(max(1, len(text) - 5))]


def _short_forms(facts: Sequence[Facts]) -> Iterable[tuple[int, int]]:
    """A short form and a name that writes it out: only those whose first letters agree are tried."""
    by_letter: dict[str, list[tuple[int, tuple[str, ...]]]] = defaultdict(list)
    for at, fact in enumerate(facts):
        for words in (*fact.longs, *((fact.assumed,) if fact.assumed else ())):
            for letter in {word[0] for word in words}:
                by_letter[letter].append((at, words))
    for at, fact in enumerate(facts):
        for short in fact.shorts:
            for other, words in by_letter[short[0]]:
                if other != at and acronyms.strength(short, words) >= 0.45:
                    yield (at, other) if at < other else (other, at)


def _short_forms_of_many(facts: Sequence[Facts]) -> Iterable[tuple[int, int]]:
    """The same for a large government: only those that share three letters or all initials are tried."""
    by_key: dict[str, list[tuple[int, tuple[str, ...]]]] = defaultdict(list)
    for at, fact in enumerate(facts):
        for words in fact.longs:
            for key in acronyms.keys_of_words(words):
                by_key[key].append((at, words))
    for at, fact in enumerate(facts):
        for short in fact.shorts:
            for key in sorted(acronyms.keys_of_short(short)):
                held = by_key.get(key, ())
                if len(held) > LONG_FORMS:
                    continue
                for other, words in held:
                    if other != at and acronyms.strength(short, words) >= 0.7:
                        yield (at, other) if at < other else (other, at)
