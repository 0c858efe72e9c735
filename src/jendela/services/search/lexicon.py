"""The words the index knows, and which of them a word of a query may stand for: the same root, a form of the word
list (slang, regional words, abbreviations), letters spelled by their names, or a slip of the fingers."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from jendela.services.search.text import (
    clean,
    known_tokens,
    roots,
    skeleton,
    spelled_letters,
    tokens,
    undoubled,
)

SHORTEST_FOR_SLIPS = 4
SAFE_ROOT = 4
DOUBTFUL_AFFIX = 2
LONG_WORD = 7  # from here on two slips are forgiven
ROOT = 0.92  # how sure a word of the same root is
LISTED = 0.9  # … the word list
SLIP = 0.8  # … one slip of the fingers
SKELETON = 0.75  # … the same consonants


Sure = tuple[tuple[int, float], ...]  # numbers of words with how sure each is, least sure first


@dataclass(frozen=True)
class Expansion:
    """What a word of a query may stand for: words of the index, or whole meanings from the word list, each a row of
    words that count together (SKTM: surat, keterangan, tidak, mampu)."""

    words: Sure
    meanings: tuple[tuple[Sure, ...], ...] = ()

    @property
    def known(self) -> bool:
        return bool(self.words or self.meanings)


class Lexicon:
    def __init__(self, variants: Iterable[tuple[str, str]] = ()) -> None:
        """`variants` are (form, meaning) of the word list; an empty meaning marks a filler."""
        self.words: dict[str, int] = {}
        self._read_variants(variants)
        self.expand = lru_cache(maxsize=20_000)(self._expand_word)

    def number(self, word: str) -> int:
        """The word's number; a new word gets the next one."""
        return self.words.setdefault(word, len(self.words))

    def _read_variants(self, variants: Iterable[tuple[str, str]]) -> None:
        self.variants: dict[str, list[list[str]]] = {}
        self._long_forms: dict[str, list[tuple[str, ...]]] = {}
        for form, meaning in variants:
            form_words = known_tokens(form)
            if not form_words:
                continue
            self.variants.setdefault(" ".join(form_words), []).append(list(known_tokens(meaning)))
            if len(form_words) > 1:
                self._long_forms.setdefault(form_words[0], []).append(tuple(form_words))

    def close(self) -> None:
        """After the last word is added: prepare the look-ups."""
        self._by_root: dict[str, list[int]] = {}
        self._by_skeleton: dict[str, list[int]] = {}
        self._by_shorter: dict[str, list[int]] = {}
        self._spelling: list[str] = [""] * len(self.words)
        for word, number in self.words.items():
            self._spelling[number] = word
            for root in roots(word):
                self._by_root.setdefault(root, []).append(number)
            if len(word) >= 5:
                self._by_skeleton.setdefault(skeleton(word), []).append(number)
            if len(word) >= SHORTEST_FOR_SLIPS:
                for shorter in _one_less(word):
                    self._by_shorter.setdefault(shorter, []).append(number)
        self._variants_by_shorter: dict[str, list[str]] = {}
        for form in self.variants:
            if len(form) >= SHORTEST_FOR_SLIPS and " " not in form:
                for shorter in _one_less(form):
                    self._variants_by_shorter.setdefault(shorter, []).append(form)

    def _expand_word(self, word: str) -> Expansion:
        found: dict[int, float] = {}
        self._add_known(word, found)
        meanings = self._meanings(word)
        if word not in self.words and not meanings:
            self._add_slips(word, found)
            if not found:
                meanings = self._slipped_variant(word)
        return Expansion(_sorted(found), meanings)

    def _add_known(self, word: str, found: dict[int, float], scale: float = 1.0) -> None:
        exact = self.words.get(word)
        if exact is not None:
            found[exact] = max(found.get(exact, 0.0), scale)
        weight = ROOT * scale
        for root in roots(word):
            sure = weight if len(root) >= SAFE_ROOT else weight * 0.8
            if exact is None and len(word) - len(root) <= DOUBTFUL_AFFIX:
                sure *= 0.75  # a slip of the fingers is as likely as an affix
            for number in self._by_root.get(root, ()):
                found[number] = max(found.get(number, 0.0), sure)

    def _meanings(self, form: str) -> tuple[tuple[Sure, ...], ...]:
        """What the word list gives for a form, as far as the index knows the words."""
        found: list[tuple[Sure, ...]] = []
        for meaning in self.variants.get(form, ()):
            parts: list[Sure] = []
            for part in meaning:
                known: dict[int, float] = {}
                if part != form:
                    self._add_known(part, known, LISTED)
                parts.append(_sorted(known))
            if any(parts):
                found.append(tuple(parts))
        return tuple(found)

    def _add_slips(self, word: str, found: dict[int, float]) -> None:
        shorter = undoubled(word)
        if shorter != word and len(shorter) >= SHORTEST_FOR_SLIPS - 1:
            self._add_known(shorter, found, 0.97)
        if len(word) < SHORTEST_FOR_SLIPS:
            return
        if len(word) <= 12:
            for number in self._by_skeleton.get(skeleton(word), ()):
                if len(skeleton(word)) >= 3:
                    found[number] = SKELETON
        allowed = 1 if len(word) < LONG_WORD else 2
        for number in self._near(word):
            other = self._spelling[number]
            distance = OSA.distance(word, other, score_cutoff=allowed)
            if distance <= allowed and (word[0] == other[0] or len(word) >= LONG_WORD - 1):
                weight = SLIP * (1 - 0.15 * (distance - 1))
                found[number] = max(found.get(number, 0.0), weight)

    def _near(self, word: str) -> set[int]:
        """Words that become the same when at most one letter is left out of each: every single slip, and many
        double ones (the idea of the symmetric delete algorithm)."""
        return {number for shorter in _one_less(word) for number in self._by_shorter.get(shorter, ())}

    def _slipped_variant(self, word: str) -> tuple[tuple[Sure, ...], ...]:
        if len(word) < SHORTEST_FOR_SLIPS:
            return ()
        forms = {form for shorter in _one_less(word) for form in self._variants_by_shorter.get(shorter, ())}
        for form in sorted(forms):
            if form[:1] == word[:1] and OSA.distance(word, form, score_cutoff=1) <= 1:
                return self._meanings(form)
        return ()

    def split(self, query: str) -> list[str]:
        """Words of a query; forms of several words that the word list knows, and letters spelled by their names,
        are taken together."""
        words = tokens(clean(query))
        taken: list[str] = []
        position = 0
        while position < len(words):
            found, length = self._together(words[position:])
            taken.append(found)
            position += length
        return taken

    def _together(self, words: list[str]) -> tuple[str, int]:
        for form in self._long_forms.get(words[0], ()):
            if tuple(words[: len(form)]) == form:
                return " ".join(form), len(form)
        letters = spelled_letters(words)
        for length in range(len(letters), 1, -1):
            if letters[:length] in self.words or letters[:length] in self.variants:
                return letters[:length], length
        return words[0], 1

    def is_filler(self, word: str) -> bool:
        """Forms that the word list gives no meaning at all: kah, dong, nih."""
        meanings = self.variants.get(word)
        return bool(meanings) and not any(meanings or ())


def _sorted(found: dict[int, float]) -> Sure:
    return tuple(sorted(found.items(), key=lambda pair: pair[1]))


def _one_less(word: str) -> set[str]:
    """The word and every form of it with one letter left out."""
    return {word, *(word[:place] + word[place + 1 :] for place in range(len(word)))}
