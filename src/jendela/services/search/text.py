"""From what people type to words: cleaning, tokens, roots. Pure functions, no data.

Indonesian words grow at both ends (urus: mengurus, pengurusan, diurusin, ngurus). `roots` names every shorter form a
word may come from, in formal and in spoken Indonesian; the index keeps those that meet a word it knows.
"""

import re
import unicodedata
from functools import lru_cache

import Stemmer

LONGEST_QUERY = 200  # characters that are looked at; more is cut, never refused
MOST_TOKENS = 24
SHORTEST_ROOT = 3

_WORD = re.compile(r"[^\W_]+", re.UNICODE)
_REPEATED = re.compile(r"(.)\1{2,}")
_DOUBLED_END = re.compile(r"(\w)\1$")
_REDUPLICATED = re.compile(r"^(\w{2,})2(\w*)$")  # macem2, keluar2
_stemmer = Stemmer.Stemmer("indonesian")

# spoken and written prefixes; each with the letters that may have been swallowed by it
_PREFIXES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("memper", ("",)),
    ("menge", ("",)),
    ("meng", ("", "k")),
    ("meny", ("s",)),
    ("mem", ("", "p")),
    ("men", ("", "t")),
    ("me", ("",)),
    ("penge", ("",)),
    ("peng", ("", "k")),
    ("peny", ("s",)),
    ("pem", ("", "p")),
    ("pen", ("", "t")),
    ("per", ("",)),
    ("pel", ("",)),
    ("pe", ("",)),
    ("ber", ("",)),
    ("bel", ("",)),
    ("be", ("",)),
    ("ter", ("",)),
    ("te", ("",)),
    ("diper", ("",)),
    ("di", ("",)),
    ("ke", ("",)),
    ("se", ("",)),
    ("ku", ("",)),
    ("nge", ("",)),
    ("ng", ("", "k")),
    ("ny", ("s", "c")),
    ("n", ("t", "c", "d", "j")),
    ("m", ("p", "b")),
    ("ba", ("",)),  # Banjar
    ("ma", ("",)),
    ("ta", ("",)),
    ("pa", ("",)),
)
_SUFFIXES = ("kannya", "annya", "inya", "kan", "nya", "lah", "kah", "pun", "an", "in", "ku", "mu", "i", "e")
_LETTER_NAMES = {
    **{letter: letter for letter in "abcdefghijklmnopqrstuvwxyz"},
    **{
        "be": "b",
        "ce": "c",
        "se": "c",
        "de": "d",
        "ef": "f",
        "ge": "g",
        "ha": "h",
        "je": "j",
        "ka": "k",
        "el": "l",
    },
    **{
        "em": "m",
        "en": "n",
        "pe": "p",
        "ki": "q",
        "er": "r",
        "es": "s",
        "te": "t",
        "ve": "v",
        "fe": "v",
        "we": "w",
    },
    **{"ek": "x", "eks": "x", "ye": "y", "zet": "z"},
}
_VOWELS = str.maketrans("", "", "aeiou")


def clean(raw: str) -> str:
    """Lower case, one kind of letters, no control characters or markup signs, at most LONGEST_QUERY characters."""
    text = unicodedata.normalize("NFKC", raw[: LONGEST_QUERY * 4])
    text = "".join(c if unicodedata.category(c)[0] != "C" else " " for c in text)
    return " ".join(text.lower().split())[:LONGEST_QUERY]


def tokens(text: str) -> list[str]:
    """Words of a cleaned text; letters repeated for emphasis shrink (laporrr: lapor), `macem2` becomes `macem`."""
    found: list[str] = []
    for word in _WORD.findall(unicodedata.normalize("NFD", text)):
        plain = "".join(c for c in word if not unicodedata.combining(c))
        plain = _REPEATED.sub(r"\1", plain)
        double = _REDUPLICATED.match(plain)
        if double:
            plain = double.group(1) + double.group(2)
        if plain:
            found.append(plain)
    return found[:MOST_TOKENS]


@lru_cache(maxsize=100_000)
def known_tokens(text: str) -> tuple[str, ...]:
    """Words of a text of the data, kept: an index is made anew of nearly the same texts after each change."""
    return tuple(tokens(clean(text)))


@lru_cache(maxsize=50_000)
def roots(word: str) -> frozenset[str]:
    """Every form the word may be built from, itself and its Snowball stem included."""
    forms = {word, _stemmer.stemWord(word)}
    for shorter in _without_suffix(word):
        forms.add(shorter)
        forms.update(_without_prefix(shorter))
    shortest = min(SHORTEST_ROOT, len(word))
    return frozenset(form for form in forms if len(form) >= shortest)


def _without_suffix(word: str) -> list[str]:
    ends = [word]
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= SHORTEST_ROOT:
            ends.append(word[: -len(suffix)])
    return ends


def _without_prefix(word: str) -> list[str]:
    starts: list[str] = []
    for prefix, swallowed in _PREFIXES:
        if word.startswith(prefix) and len(word) - len(prefix) >= SHORTEST_ROOT - 1:
            rest = word[len(prefix) :]
            starts += [letter + rest for letter in swallowed]
    return starts


@lru_cache(maxsize=50_000)
def skeleton(word: str) -> str:
    """The consonants (surat: srt), for words typed without vowels."""
    return word[:1] + word[1:].translate(_VOWELS)


def undoubled(word: str) -> str:
    """`rusakk` without the doubled end."""
    return _DOUBLED_END.sub(r"\1", word)


def spelled_letters(words: list[str]) -> str:
    """The letters that leading words spell ('ka te pe baru': 'ktp'), as voice typing writes abbreviations."""
    letters = ""
    for word in words:
        letter = _LETTER_NAMES.get(word)
        if letter is None:
            break
        letters += letter
    return letters
