"""The same data kept twice: datasets by the standard elements that they share. Text is not asked: names of columns were
mapped to codes by people, and codes are compared (portfolio 4.3, point 6)."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

LEAST_SHARED = 3  # elements; two tables that share an identity number and a name are not yet the same data
LEAST_SCORE = 0.5
MOST_PAIRS = 500
BLOCK = 256  # rows compared at once: 256 × 10,000 numbers of 4 bytes are 10 MB


@dataclass(frozen=True)
class Likeness:
    """Two keys, from 0 to 1 how much of what either holds the other holds too, and the codes they share."""

    a: int
    b: int
    score: float
    shared: tuple[str, ...]


def weights(holdings: Mapping[int, frozenset[str]]) -> dict[str, float]:
    """Rare elements say more: ln(1 + N / n) of a code that n of N datasets hold."""
    counts: dict[str, int] = {}
    for codes in holdings.values():
        for code in codes:
            counts[code] = counts.get(code, 0) + 1
    return {code: math.log1p(len(holdings) / number) for code, number in counts.items()}


def alike(
    holdings: Mapping[int, frozenset[str]],
    holders: Mapping[int, int | None] | None = None,
    *,
    least: float = LEAST_SCORE,
    most: int = MOST_PAIRS,
) -> list[Likeness]:
    """Pairs by weighted Jaccard, sum of weights of the shared through sum of weights of all, the most alike first.
    Tables of one holder (`holders`) are parts of one thing and are left out."""
    weight = weights(holdings)
    keys = sorted(key for key, codes in holdings.items() if len(codes) >= LEAST_SHARED)
    codes = sorted(weight)
    if len(keys) < 2:
        return []
    place = {code: number for number, code in enumerate(codes)}
    held = np.zeros((len(keys), len(codes)), dtype=np.float32)
    for row, key in enumerate(keys):
        held[row, [place[code] for code in holdings[key]]] = 1
    weighted = held * np.array([weight[code] for code in codes], dtype=np.float32)
    total = weighted.sum(axis=1)
    found: list[tuple[float, int, int]] = []
    for start in range(0, len(keys), BLOCK):
        part = weighted[start : start + BLOCK]
        shared = part @ held[start:].T
        union = total[start : start + BLOCK, None] + total[None, start:] - shared
        score = shared / np.maximum(union, np.float32(1e-9))
        number = held[start : start + BLOCK] @ held[start:].T
        rows, columns = np.nonzero((score >= least) & (number >= LEAST_SHARED))
        for row, column in zip(rows.tolist(), columns.tolist(), strict=True):
            if row < column and not _together(keys[start + row], keys[start + column], holders):
                found.append((float(score[row, column]), keys[start + row], keys[start + column]))
        found = _best(found, most)
    return [
        Likeness(a, b, round(score, 3), tuple(sorted(holdings[a] & holdings[b])))
        for score, a, b in _best(found, most)
    ]


def _together(a: int, b: int, holders: Mapping[int, int | None] | None) -> bool:
    return holders is not None and holders.get(a) is not None and holders.get(a) == holders.get(b)


def _best(found: Sequence[tuple[float, int, int]], most: int) -> list[tuple[float, int, int]]:
    return sorted(found, key=lambda one: (-one[0], one[1], one[2]))[:most]
