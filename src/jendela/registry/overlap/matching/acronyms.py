"""Is 'SIMPEG' made of 'Sistem Informasi Manajemen Kepegawaian'? Letters are taken in order: from the beginning of a
word, of its root (ke-PEG-awaian), or, for less credit, three or more from its inside (pen-DIDIK-an)."""

from collections.abc import Sequence
from functools import lru_cache

from jendela.registry.overlap.matching.words import PREFIXES, SHORTEST_ROOT, generic

LONGEST = 16
SHORTEST = 3
SURE_LETTERS = 3  # letters from telling words that make it sure; 'SIP' has one, and could be anything


@lru_cache(maxsize=300_000)
def strength(short: str, words: tuple[str, ...]) -> float:
    """0..1: how surely `short` (lower case letters) is made of the words, in their order. Every letter must be found,
    and most telling words must give one."""
    if not SHORTEST <= len(short) <= LONGEST or not short.isalpha() or len(words) < 2 or short in words:
        return 0.0
    letters_left = iter("".join(words))
    if not all(letter in letters_left for letter in short):
        return 0.0  # not even its letters stand there in order
    if len(short) >= 4 and _initials(words) == short:
        return 1.0
    weights = generic()
    telling = tuple(weights.get(word, 1.0) >= 0.2 for word in words)
    best = _best(short, words, telling)
    if best is None:
        return 0.0
    letters, used, inside = best
    wanted = sum(telling)
    if wanted == 0 or used / wanted < 0.6:
        return 0.0
    sure = {0: 0.0, 1: 0.45, 2: 0.75}.get(letters, 1.0) if letters < SURE_LETTERS else 1.0
    return round(sure * (0.6 + 0.4 * used / wanted) * (0.8 if inside else 1.0), 4)


def _best(short: str, words: tuple[str, ...], telling: Sequence[bool]) -> tuple[int, int, bool] | None:
    """(letters from telling words, telling words used, any letters from inside a word) of the best way to write it."""
    end = len(short)
    known: dict[tuple[int, int], tuple[int, int, int] | None] = {}

    def go(at: int, number: int) -> tuple[int, int, int] | None:
        if at == end:
            return (0, 0, 0)
        if number == len(words):
            return None
        key = (at, number)
        if key in known:
            return known[key]
        best = go(at, number + 1)
        word = words[number]
        for taken, inside in _ways(short[at:], word):
            rest = go(at + taken, number + 1)
            if rest is None:
                continue
            tells = telling[number]
            way = (rest[0] + (taken if tells else 0), rest[1] + (1 if tells else 0), rest[2] - inside)
            if best is None or (way[1], way[2], way[0]) > (best[1], best[2], best[0]):
                best = way
        known[key] = best
        return best

    found = go(0, 0)
    return None if found is None else (found[0], found[1], found[2] < 0)


@lru_cache(maxsize=100_000)
def _ways(rest: str, word: str) -> tuple[tuple[int, int], ...]:
    """(letters taken, 1 if from the inside of the word) that a word can give to the letters that are left."""
    ways: list[tuple[int, int]] = []
    for start in _starts(word):
        length = 0
        while length < len(rest) and start + length < len(word) and rest[length] == word[start + length]:
            length += 1
            ways.append((length, 0))
    if not ways or len(word) >= 7:
        for length in range(min(len(rest), 6), 2, -1):
            if word.find(rest[:length], 1) > 0:
                ways.append((length, 1))
                break
    return tuple(dict.fromkeys(ways))


def keys_of_words(words: tuple[str, ...]) -> set[str]:
    """What a short form of these words probably holds: three letters of a telling word, or all initials. With
    `keys_of_short` it finds candidates in large lists, where trying everything with everything takes too long."""
    weights = generic()
    telling = [word for word in words if weights.get(word, 1.0) >= 0.2]
    keys = {f"={_initials(words)}", f"={_initials(tuple(telling))}"} if telling else set()
    keys |= {word[start : start + 3] for word in telling for start in _starts(word)}
    if len(telling) >= 2:
        keys |= {f"={first}{_initials(tuple(telling))}" for first in ("si", "sim")}
    return {key for key in keys if len(key) >= 3}


def keys_of_short(short: str) -> set[str]:
    return {f"={short}"} | {short[at : at + 3] for at in range(len(short) - 2)}


def _initials(words: tuple[str, ...]) -> str:
    return "".join(word[0] for word in words)


@lru_cache(maxsize=50_000)
def _starts(word: str) -> tuple[int, ...]:
    """Where a speaker may begin: at the word, or behind its prefix."""
    return (
        0,
        *(
            len(prefix)
            for prefix in PREFIXES
            if word.startswith(prefix) and len(word) - len(prefix) >= SHORTEST_ROOT
        ),
    )
