"""Differences word by word between two texts, as pieces that a page can mark."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

SAME, GONE, NEW = "same", "gone", "new"
_WORDS = re.compile(r"\s+|[^\s]+")
MOST_WORDS = 4000  # beyond this a comparison word by word costs more than it tells


@dataclass(frozen=True)
class Piece:
    kind: str
    text: str


def words(old: str, new: str) -> list[Piece]:
    """The pieces of both texts in order: joining SAME and GONE gives the old one, SAME and NEW the new one."""
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    if len(before) + len(after) > MOST_WORDS and old != new:
        return [one for one in (Piece(GONE, old), Piece(NEW, new)) if one.text]
    pieces: list[Piece] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece(SAME, "".join(before[i1:i2])))
            continue
        pieces += [Piece(GONE, "".join(before[i1:i2]))] if i2 > i1 else []
        pieces += [Piece(NEW, "".join(after[j1:j2]))] if j2 > j1 else []
    return pieces


def side(pieces: list[Piece], kind: str) -> list[Piece]:
    """One side of a comparison: what is the same and what is of this kind."""
    return [one for one in pieces if one.kind in (SAME, kind)]


def changed(pieces: list[Piece]) -> bool:
    return any(one.kind != SAME for one in pieces)
