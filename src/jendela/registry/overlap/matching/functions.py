"""Functions of applications: reading the column, suggesting one where it is empty."""

from functools import lru_cache

from jendela.registry.overlap.matching.words import plain

_EMPTY = frozenset({"", "-", "lainnya", "lain lain", "tidak ada", "belum ada", "belum tahu", "belum diketahui", "n a", "na", "nihil"})


@lru_cache(maxsize=100_000)
def key(function: str) -> str:
    """What makes two cells the same function: case, spaces and punctuation do not count. Empty when nothing is said."""
    text = plain(function)
    return "" if text in _EMPTY else text
