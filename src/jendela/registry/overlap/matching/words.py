"""Words of a name: normalised, without affixes, with the weight that each has in telling applications apart.

Indonesian affixes are stripped lightly (kepegawaian, pegawai -> one root): it only has to be consistent, not right.
Which words say little and which words mean the same is data (data/generic_words.csv, data/synonyms.csv).
"""

import csv
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from pathlib import Path

DATA = Path(__file__).resolve().parent.parent / "data"

PREFIXES = (
    "memper", "penge", "menge", "peng", "peny", "meng", "meny", "pem", "pen", "per", "mem", "men", "ber", "ter",
    "ke", "pe", "me", "di", "se",
)  # fmt: skip
SUFFIXES = ("nya", "an")
SHORTEST_ROOT = 4
TOP_PLACE = 0.05  # weight of the name of the government itself
UNKNOWN_LIST = (
    200  # a list shorter than this is thought to have this many rows, or chance makes words look common
)

_CAMEL = re.compile(r"\b([eimEIM]|My|my)(?=[A-Z][a-z]{2,})")
_LETTER_PREFIX = re.compile(r"\b([eims])\s*[-.‐-–]\s*(?=[a-z])")
_VERSION = re.compile(
    r"\b(?:v(?:ersi|er|\.)?\s*\d+(?:\.\d+)*|(?:19|20)\d\d(?:\s*/\s*(?:19|20)?\d\d)?|\d+\.\d+(?:\.\d+)*)\b"
)
_LAST_NUMBER = re.compile(r"(?<=[a-z])\s*[23](?:\.0)?$")
_NOT_WORD = re.compile(r"[^a-z0-9]+")


def read_data(name: str) -> list[dict[str, str]]:
    """The rows of a table in data/."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def generic() -> Mapping[str, float]:
    """Weight of words that most applications share; 0 for words of grammar."""
    return {row["word"]: float(row["weight"]) for row in read_data("generic_words.csv")}


@cache
def synonyms() -> Mapping[str, str]:
    return {row["word"]: row["stands_for"] for row in read_data("synonyms.csv")}


def plain(text: str) -> str:
    """Lower case ASCII with single spaces; 'e-Kinerja' and 'eKinerja' become 'e kinerja'."""
    text = _CAMEL.sub(r"\1 ", text)
    text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    text = _LETTER_PREFIX.sub(r"\1 ", text.replace("&", " dan ").replace("'", "").replace("`", ""))
    return " ".join(_NOT_WORD.sub(" ", text).split())


def without_version(text: str) -> str:
    """A lower case name without version and year; 'v2', 'versi 1.3', '2024', a last 2 or 3."""
    text = _VERSION.sub(" ", text.lower())
    return _LAST_NUMBER.sub("", text.strip()).strip()


@lru_cache(maxsize=200_000)
def root(word: str) -> str:
    """The word without Indonesian affixes, as far as four letters are left, and its synonym."""
    known = synonyms()
    word = known.get(word, word)
    if word in generic() or not word.isalpha():
        return word
    word = _stripped(word)
    return _stripped(known[word]) if word in known else word


def _stripped(word: str) -> str:
    """Without affixes; every step shortens the word, so it ends."""
    changed = True
    while changed:
        changed = False
        for suffix in SUFFIXES:
            if word.endswith(suffix) and len(word) - len(suffix) >= SHORTEST_ROOT:
                word, changed = word[: -len(suffix)], True
                break
        for prefix in PREFIXES:
            if word.startswith(prefix) and len(word) - len(prefix) >= SHORTEST_ROOT:
                word, changed = word[len(prefix) :], True
                break
    return word


def roots(text: str) -> list[str]:
    """Roots of the words of a text, without words of grammar."""
    weights = generic()
    return [root(word) for word in plain(text).split() if weights.get(word, 1.0) > 0]


class Weights:
    """How much a root tells in one list: near 1 for a rare word, near 0 for a word of most names."""

    def __init__(self, texts: Iterable[Iterable[str]]) -> None:
        holders: Counter[str] = Counter()
        total = 0
        for found in texts:
            total += 1
            holders.update(set(found))
        self._total = max(total, UNKNOWN_LIST)
        self._scale = math.log(1 + self._total / 1.5)
        self._holders = holders
        self._known: dict[str, float] = {}

    def __getitem__(self, word: str) -> float:
        weight = self._known.get(word)
        if weight is None:
            given = generic().get(word)
            holders = self._holders.get(word, 0)
            rarity = math.log(1 + (self._total - holders + 0.5) / (holders + 0.5)) / self._scale
            weight = min(1.0, max(0.05, rarity)) if given is None else given
            if len(word) <= 2 and given is None:
                weight *= 0.4
            self._known[word] = weight
        return weight

    def mass(self, words: Iterable[str]) -> float:
        return sum(self[word] for word in words)

    def holders(self, word: str) -> int:
        """In how many rows of the list the word stands."""
        return self._holders.get(word, 0)
