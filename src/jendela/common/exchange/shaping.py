"""What lists of offices do to names: several in one cell, and CAPITALS. Both are only proposed; the person decides."""

import re

MOST_PIECES = 30
LONGEST_PIECE = 200
_NUMBERED = re.compile(r"(?:^|\s)(?:\(?(\d{1,2})[.)]|([a-z])[.)])\s*(?=\S)")
_BULLET = re.compile(r"^\s*[-–•*▪·]\s+")
_WORD = re.compile(r"[A-Z][A-Z'’]*")
SMALL = frozenset(
    {"dan", "di", "ke", "dari", "untuk", "yang", "pada", "dengan", "oleh", "atau", "dalam", "serta", "bagi"}
)
PLAIN_SI = frozenset({
    "SISTEM", "SIAGA", "SISWA", "SIARAN", "SIPIL", "SITUS", "SIMPAN", "SIDANG", "SINERGI", "SIKAP", "SISA", "SINGLE",
    "SITE",
})  # fmt: skip
VOWELS = frozenset("AEIOU")


def several(text: str) -> list[str]:
    """The names in one cell: one a line, numbered, or parted by semicolons; [] when it is one name."""
    lines = [_BULLET.sub("", line).strip() for line in text.splitlines()]
    lines = [line for line in lines if line]
    pieces = _numbered(" ".join(lines)) or (lines if len(lines) > 1 else [])
    if not pieces and ";" in text:
        pieces = [piece.strip() for piece in " ".join(lines).split(";") if piece.strip()]
    pieces = [piece.strip(" ;,") for piece in pieces]
    good = 2 <= len(pieces) <= MOST_PIECES and all(2 <= len(piece) <= LONGEST_PIECE for piece in pieces)
    return pieces if good else []


def _numbered(text: str) -> list[str]:
    """Pieces of '1. A 2. B' or 'a. A b. B', where the numbers or letters count on from the first."""
    marks = list(_NUMBERED.finditer(text))
    for counts in ("0123456789", "abcdefghijklmnopqrstuvwxyz"):
        own = [one for one in marks if (one.group(1) if counts[0] == "0" else one.group(2))]
        said = [int(one.group(1)) if counts[0] == "0" else ord(one.group(2)) - 96 for one in own]
        if len(own) >= 2 and said == list(range(1, len(own) + 1)) and not text[: own[0].start()].strip():
            ends = [*(one.start() for one in own[1:]), len(text)]
            return [text[one.end() : end] for one, end in zip(own, ends, strict=True)]
    return []


def proper(text: str) -> str:
    """The usual form of a name that stands in capitals; '' when it does not, or is one word as acronyms are."""
    words = _WORD.findall(text)
    if (
        text != text.upper()
        or len(words) < 2
        or not any(len(word) >= 5 and not _acronym(word) for word in words)
    ):
        return ""
    first = True

    def form(match: re.Match[str]) -> str:
        nonlocal first
        word, begins = match.group(), first
        first = False
        inside = text[: match.start()].count("(") > text[: match.start()].count(")")
        if inside or _acronym(word):
            return word
        return word.lower() if word.lower() in SMALL and not begins else word.capitalize()

    return _WORD.sub(form, text)


def _acronym(word: str) -> bool:
    """Most acronyms of offices are short, begin with SI or have no syllables. A guess; the person decides."""
    if word.lower() in SMALL:
        return False
    if len(word) <= 3 or (word.startswith("SI") and word not in PLAIN_SI and len(word) <= 9):
        return True
    run = longest = 0
    for sign in word:
        run = 0 if sign in VOWELS else run + 1
        longest = max(longest, run)
    return longest >= 4 or not VOWELS & set(word)
