"""The words the index knows, and which of them a word of a query may stand for: the same root, a form of the word
list (slang, regional words, abbreviations), letters spelled by their names, or a slip of the fingers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from jendela.services.search.text import clean, roots, skeleton, spelled_letters, tokens, undoubled

SHORTEST_FOR_SLIPS = 4
SAFE_ROOT = 4
DOUBTFUL_AFFIX = 2
ROOT = 0.92  # how sure a word of the same root is
LISTED = 0.9  # … the word list
SLIP = 0.8  # … one slip of the fingers
SKELETON = 0.75  # … the same consonants


@dataclass(frozen=True)
class Expansion:
    """Words of the index that a query word may stand for, with how sure that is; parts are the words of a longer
    meaning, each with its own words."""

    words: tuple[tuple[int, float], ...]
    parts: tuple[tuple["Expansion", float], ...] = ()

    @property
    def known(self) -> bool:
        return bool(self.words) or any(part.known for part, _ in self.parts)


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
            form_words = tokens(clean(form))
            if not form_words:
                continue
            self.variants.setdefault(" ".join(form_words), []).append(tokens(clean(meaning)))
            if len(form_words) > 1:
                self._long_forms.setdefault(form_words[0], []).append(tuple(form_words))

    def close(self) -> None:
        """After the last word is added: prepare the look-ups."""
        self._by_root: dict[str, list[int]] = {}
        self._by_skeleton: dict[str, list[int]] = {}
        self._by_gram: dict[str, list[int]] = {}
        self._spelling: list[str] = [""] * len(self.words)
        for word, number in self.words.items():
            self._spelling[number] = word
            for root in roots(word):
                self._by_root.setdefault(root, []).append(number)
            if len(word) >= 5:
                self._by_skeleton.setdefault(skeleton(word), []).append(number)
            for gram in _grams(word):
                self._by_gram.setdefault(gram, []).append(number)

    def _expand_word(self, word: str) -> Expansion:
        found: dict[int, float] = {}
        parts: list[tuple[Expansion, float]] = []
        self._add_known(word, found)
        for meaning in self.variants.get(word, ()):
            parts += self._meaning(word, meaning)
        if not found and not parts:
            self._add_slips(word, found)
            if not found:
                parts += self._slipped_variant(word)
        elif word not in self.words and not parts:
            self._add_slips(word, found)
        return Expansion(tuple(sorted(found.items(), key=lambda pair: pair[1])), tuple(parts))

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

    def _meaning(self, word: str, meaning: Sequence[str]) -> list[tuple[Expansion, float]]:
        """The parts of one meaning from the word list; together they weigh as one word."""
        shares: list[tuple[Expansion, float]] = []
        for part in meaning:
            if part == word:
                continue
            known: dict[int, float] = {}
            self._add_known(part, known, LISTED)
            if known:
                pairs = tuple(sorted(known.items(), key=lambda pair: pair[1]))
                shares.append((Expansion(pairs), 1.0 / len(meaning)))
        return shares

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
        allowed = 1 if len(word) < 7 else 2
        for number in self._near(word):
            other = self._spelling[number]
            if abs(len(other) - len(word)) > allowed:
                continue
            distance = OSA.distance(word, other, score_cutoff=allowed)
            if distance <= allowed and (word[0] == other[0] or len(word) >= 6):
                weight = SLIP * (1 - 0.15 * (distance - 1))
                found[number] = max(found.get(number, 0.0), weight)

    def _near(self, word: str) -> list[int]:
        """Words that share enough letter pairs to be within two slips."""
        tally: dict[int, int] = {}
        grams = _grams(word)
        for gram in grams:
            for number in self._by_gram.get(gram, ()):
                tally[number] = tally.get(number, 0) + 1
        least = max(1, len(grams) - (3 if len(word) < 7 else 6))
        return [number for number, shared in tally.items() if shared >= least]

    def _slipped_variant(self, word: str) -> list[tuple[Expansion, float]]:
        if len(word) < SHORTEST_FOR_SLIPS:
            return []
        for form, meanings in self.variants.items():
            close = form[:1] == word[:1] and abs(len(form) - len(word)) <= 1
            if close and OSA.distance(word, form, score_cutoff=1) <= 1:
                return [part for meaning in meanings for part in self._meaning(form, meaning)]
        return []

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


def _grams(word: str) -> list[str]:
    edged = f"^{word}$"
    return [edged[i : i + 2] for i in range(len(edged) - 1)]
