"""What is read from a record once, before it is compared: its names, short forms, words, address, government."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from jendela.registry.overlap.matching import addresses, functions
from jendela.registry.overlap.matching.national import national_app
from jendela.registry.overlap.matching.owners import Government, is_office
from jendela.registry.overlap.matching.records import Record
from jendela.registry.overlap.matching.words import generic, plain, root, roots, without_version

_BRACKETS = re.compile(r"[(\[{]([^)\]}]*)[)\]}]")
_PARTS = re.compile(r"\s+[-–—|/]\s+|\s*[:|]\s+|\s+/\s*")
_CAPITALS = re.compile(r"\b[A-Z][A-Z0-9]{2,15}\b")
_NUMBER = re.compile(r"\b\d+\b")
_LEVEL_WORDS = frozenset(
    ("kabupaten", "kab", "kota", "provinsi", "prov", "pemkab", "pemkot", "pemprov", "pemda")
)
ASSUMED = (
    "aplikasi",
    "portal",
    "layanan",
    "sistem",
    "informasi",
    "manajemen",
)  # what a short form may stand on
SHELL_LIMIT = 0.2  # words below this weight say nothing of the subject


@dataclass(frozen=True, slots=True)
class Facts:
    """All that the score needs of one record. Words are roots without synonyms resolved twice; texts are plain."""

    record: Record
    government: Government
    address: addresses.Address
    function: str  # key of the function column, "" when empty
    national: str  # name of the application of the centre that the name is, ""
    names: tuple[str, ...]  # the whole name and its parts (bracket, both sides of a dash), plain, cleaned
    compact: tuple[str, ...]  # the same without spaces and without shell words
    words: tuple[tuple[str, ...], ...]  # roots of each of `names`
    shorts: tuple[str, ...]  # tokens that may be short forms
    longs: tuple[tuple[str, ...], ...]  # words (not roots) of those of `names` that may be long forms
    assumed: tuple[str, ...]  # ASSUMED and the telling words, for a name that leaves it out
    told: tuple[str, ...]  # words of the description, in order
    told_roots: frozenset[str]
    numbers: frozenset[str]  # in the cleaned name: SMPN 1 is not SMPN 2


def read(record: Record, government: Government) -> Facts:
    place = frozenset(government.place.split()) | _LEVEL_WORDS
    names = _names(record.name, place)
    words = tuple(tuple(roots(name)) for name in names)
    told = plain(record.description).split()
    return Facts(
        record=record,
        government=government,
        address=addresses.read(record.url),
        function=functions.key(record.function),
        national=national_app(record.name),
        names=names,
        compact=tuple(dict.fromkeys(_compact(name) for name in names)),
        words=words,
        shorts=_shorts(record.name, names, place),
        longs=tuple(split for name in (*names, plain(record.name)) if len(split := _content(name)) >= 2),
        assumed=_assumed(names[0]),
        told=tuple(told[:60]),
        told_roots=frozenset(root(word) for word in told if generic().get(word, 1.0) > 0),
        numbers=frozenset(_NUMBER.findall(names[0])),
    )


def _names(name: str, place: frozenset[str]) -> tuple[str, ...]:
    """The name as a whole, then its bracket and the sides of a dash, where they are names themselves."""
    brackets = [inside for inside in _BRACKETS.findall(name) if _is_name(inside, place)]
    outside = _BRACKETS.sub(" ", name)
    parts = [part for part in _PARTS.split(outside) if part.strip()]
    sides = [part for part in parts if _is_name(part, place)] if len(parts) > 1 else []
    found = [_clean(text, place) for text in (outside, *brackets, *sides)]
    whole = [text for text in dict.fromkeys(found) if text]
    return tuple(whole) or (plain(name) or "?",)


def _is_name(text: str, place: frozenset[str]) -> bool:
    """Not a remark ("sejak 2017", "baru"), not an office, not a place."""
    cleaned = _clean(text, place)
    letters = sum(character.isalpha() for character in cleaned)
    telling = any(generic().get(word, 1.0) >= SHELL_LIMIT and len(word) > 2 for word in cleaned.split())
    return (
        letters >= 3
        and telling
        and not is_office(text)
        and not plain(text).startswith(("sejak ", "kerja sama", "tahun "))
    )


def _clean(text: str, place: frozenset[str]) -> str:
    words = plain(without_version(_keep_case(text))).split()
    kept = [word for word in words if word not in place]
    telling = [word for word in kept if generic().get(word, 1.0) >= SHELL_LIMIT]
    return " ".join(kept if telling else words)


def _keep_case(text: str) -> str:
    """'eKinerja' is read before the case is lost."""
    return re.sub(r"\b([eimEIM])(?=[A-Z][a-z]{2,})", r"\1-", text)


def _compact(name: str) -> str:
    words = name.split()
    kept = [
        word for word in words if generic().get(word, 1.0) >= 0.15 or word in ("e", "i", "m", "si", "sim")
    ]
    return "".join(kept if any(len(word) > 2 for word in kept) else words)


def _content(name: str) -> tuple[str, ...]:
    return tuple(word for word in name.split() if generic().get(word, 1.0) > 0)


def _assumed(name: str) -> tuple[str, ...]:
    telling = tuple(
        word for word in name.split() if generic().get(word, 1.0) >= SHELL_LIMIT and len(word) > 2
    )
    return (*ASSUMED, *telling) if telling else ()


def _shorts(name: str, names: Sequence[str], place: frozenset[str]) -> tuple[str, ...]:
    """Tokens in capitals, and names of a single telling word, are perhaps short forms."""
    found: list[str] = []
    if any(character.islower() for character in name):
        found += [token.lower() for token in _CAPITALS.findall(name)]
    for text in names:
        telling = [word for word in text.split() if generic().get(word, 1.0) >= SHELL_LIMIT]
        if len(telling) == 1:
            found.append(telling[0])
        if len(text.split()) == 2:
            found.append(text.replace(" ", ""))
    return tuple(
        token
        for token in dict.fromkeys(found)
        if 3 <= len(token) <= 16 and token.isalpha() and token not in place
    )
