"""Column names of a table beside the standard list of elements: what each may be. A person decides."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from jendela.registry.datasets.models import StandardElement

LIKELY = 88  # of 100, by letters; below it nothing is suggested
MOST = 300  # columns of one dataset
LONGEST = 120
_SPLIT = re.compile(r"[\n\t;|]+")
_NOT_WORD = re.compile(r"[^0-9a-z]+")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


@dataclass(frozen=True)
class Suggestion:
    name: str
    standard: str  # code, '' for none
    score: int  # 100: the same words


def norm(text: str) -> str:
    """'Tgl. Lahir', 'tgl_lahir' and 'tglLahir' are one: 'tgl lahir'."""
    return _NOT_WORD.sub(" ", _CAMEL.sub(" ", text).casefold()).strip()


def read_names(text: str) -> list[str]:
    """Names from pasted text: one a line, or a row copied from a table; commas part a single line without tabs. Each
    once, in order."""
    parts = _SPLIT.split(text.replace("\x00", ""))
    if len(parts) == 1:
        parts = text.replace("\x00", "").split(",")
    return unique(parts)


def unique(parts: Iterable[str]) -> list[str]:
    seen: dict[str, str] = {}
    for part in parts:
        name = " ".join(part.strip().strip("\"'").split())[:LONGEST]
        if norm(name):
            seen.setdefault(name.casefold(), name)
    return list(seen.values())


def suggest(names: Sequence[str], standards: Sequence[StandardElement]) -> list[Suggestion]:
    """The nearest standard element of each name: the same words, else by letters (Levenshtein, ordered and unordered)
    from LIKELY on."""
    known: dict[str, str] = {}
    for one in standards:
        for word in (one.code, one.name, *one.synonyms.split(",")):
            if key := norm(word):
                known.setdefault(key, one.code)
    choices = list(known)
    found = []
    for name in names:
        key = norm(name)
        if key in known:
            found.append(Suggestion(name, known[key], 100))
            continue
        near = (
            process.extractOne(key, choices, scorer=fuzz.token_sort_ratio, score_cutoff=LIKELY)
            if choices
            else None
        )
        # short names are alike by chance: 'no' and 'np'
        if near is None or len(key) < 4:
            found.append(Suggestion(name, "", 0))
        else:
            found.append(Suggestion(name, known[near[0]], min(99, round(near[1]))))
    return found
