"""Which column of a file is which: remembered, by its name, or by likeness."""

import hashlib
import json
from collections.abc import Sequence

from rapidfuzz import fuzz

from jendela.common.exchange.kinds import Column, Kind
from jendela.common.exchange.reading import norm

ALIKE = 84  # of 100; below it people correct more than they keep


def names_of(column: Column) -> list[str]:
    return [norm(name) for name in (column.key, str(column.label), *column.also)]


def known_names(kind: Kind) -> frozenset[str]:
    """Every normed heading by which a header row of this kind is found."""
    return frozenset(name for column in kind.columns for name in names_of(column))


def header_hash(headings: Sequence[str]) -> str:
    """One header is the same header whatever its case and signs."""
    return hashlib.sha256(json.dumps([norm(text) for text in headings]).encode()).hexdigest()


def guess(kind: Kind, headings: Sequence[str]) -> dict[str, int]:
    """Key of a column -> position in the file, as far as the headings tell; each position once."""
    normed = [norm(text) for text in headings]
    found: dict[str, int] = {}
    for column in kind.columns:
        names = names_of(column)
        place = next((i for i, text in enumerate(normed) if text and text in names), None)
        if place is not None and place not in found.values():
            found[column.key] = place
    likely = sorted(
        (
            (max(fuzz.ratio(name, text) for name in names_of(column)), column.key, place)
            for column in kind.columns
            if column.key not in found
            for place, text in enumerate(normed)
            if text
        ),
        reverse=True,
    )
    for score, key, place in likely:
        if score >= ALIKE and key not in found and place not in found.values():
            found[key] = place
    return found
