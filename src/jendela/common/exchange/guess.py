"""Which column of a file is which: remembered, by its name, by likeness, or by what stands in it."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence

from rapidfuzz import fuzz

from jendela.common.exchange.choices import Recognised
from jendela.common.exchange.kinds import Column, Kind
from jendela.common.exchange.models import ColumnMemory
from jendela.common.exchange.reading import norm

ALIKE = 84  # of 100; below it people correct more than they keep
LEAST_SAMPLES = 2
SHARE = 0.7  # of the samples must look like what the column holds
MEMORIES = 20  # headers of an agency that are asked
Found = dict[str, tuple[int, str]]  # key of a column -> position, how it was recognised


def names_of(column: Column) -> list[str]:
    return [norm(name) for name in (column.key, str(column.label), *column.also)]


def known_names(kind: Kind) -> frozenset[str]:
    """Every normed heading by which a header row of this kind is found."""
    return frozenset(name for column in kind.columns for name in names_of(column))


def header_hash(headings: Sequence[str]) -> str:
    """One header is the same header whatever its case and signs."""
    return hashlib.sha256(json.dumps([norm(text) for text in headings]).encode()).hexdigest()


def guess(kind: Kind, headings: Sequence[str], samples: Sequence[Sequence[str]] = ()) -> dict[str, int]:
    """Key of a column -> position in the file, as far as headings and content tell; each position once."""
    return {name: place for name, (place, _how) in recognise(kind, headings, samples).items()}


def recognise(
    kind: Kind,
    headings: Sequence[str],
    samples: Sequence[Sequence[str]] = (),
    learned: Mapping[str, str] | None = None,
) -> Found:
    """`guess` with how each was recognised. `learned` are normed headings that people matched before."""
    normed = [norm(text) for text in headings]
    found: Found = {}
    _by_name(kind.columns, normed, learned or {}, found)
    _by_likeness(kind.columns, normed, found)
    _by_content(kind, samples, len(headings), found)
    return found


def _taken(found: Found) -> set[int]:
    return {place for place, _how in found.values()}


def _by_name(
    columns: Sequence[Column], normed: Sequence[str], learned: Mapping[str, str], found: Found
) -> None:
    for place, text in enumerate(normed):
        name = learned.get(text, "")
        if name and name not in found and any(column.key == name for column in columns):
            found[name] = (place, Recognised.REMEMBERED)
    for column in columns:
        if column.key in found:
            continue
        names, taken = names_of(column), _taken(found)
        place = next((i for i, text in enumerate(normed) if text and text in names and i not in taken), -1)
        if place >= 0:
            found[column.key] = (place, Recognised.NAME)


def _by_likeness(columns: Sequence[Column], normed: Sequence[str], found: Found) -> None:
    taken = _taken(found)
    likely = sorted(
        (
            (max(fuzz.ratio(name, text) for name in names_of(column)), column.key, place)
            for column in columns
            if column.key not in found
            for place, text in enumerate(normed)
            if text and place not in taken
        ),
        reverse=True,
    )
    for score, key, place in likely:
        if score >= ALIKE and key not in found and place not in _taken(found):
            found[key] = (place, Recognised.LIKENESS)


def _by_content(kind: Kind, samples: Sequence[Sequence[str]], width: int, found: Found) -> None:
    """A column that says by its content what it is, where only one position of the file looks so."""
    for column in kind.columns:
        if column.key in found or not column.by_content:
            continue
        taken = _taken(found)
        fitting = [
            place for place in range(width) if place not in taken and _looks_so(kind, column, samples, place)
        ]
        if len(fitting) == 1:
            found[column.key] = (fitting[0], Recognised.CONTENT)


def _looks_so(kind: Kind, column: Column, samples: Sequence[Sequence[str]], place: int) -> bool:
    said = [row[place] for row in samples if place < len(row) and row[place]]
    alike = sum(kind.looks_like(column, text) for text in said)
    return len(said) >= LEAST_SAMPLES and alike >= SHARE * len(said)


def suggest(
    kind: Kind, headings: Sequence[str], samples: Sequence[Sequence[str]], owners: Iterable[int]
) -> Found:
    """What is proposed for a file of these agencies: their own memory of this header, that of others, their memory of
    single headings, then names and content. Two queries."""
    header, own = header_hash(headings), set(owners)
    rows = list(ColumnMemory.objects.filter(kind=kind.key, header=header).order_by("-at")[:MEMORIES])
    exact = next((row for row in rows if row.owner in own), rows[0] if rows else None)
    if exact is not None:
        return {name: (place, Recognised.REMEMBERED) for name, place in exact.mapping.items()}
    learned: dict[str, str] = {}
    before = ColumnMemory.objects.filter(kind=kind.key, owner__in=own or {0}).order_by("-at")
    for row in reversed(before[:MEMORIES]):
        learned |= row.names
    return recognise(kind, headings, samples, learned)


def remember(
    kind: Kind, headings: Sequence[str], mapping: Mapping[str, int], owners: frozenset[int] | None
) -> None:
    """Keep the person's choice for the agency they work for (0: for all)."""
    owner = next(iter(owners)) if owners is not None and len(owners) == 1 else 0
    names = {norm(headings[place]): name for name, place in mapping.items() if norm(headings[place])}
    ColumnMemory.objects.update_or_create(
        kind=kind.key,
        owner=owner,
        header=header_hash(headings),
        defaults={"mapping": dict(mapping), "names": names},
    )
