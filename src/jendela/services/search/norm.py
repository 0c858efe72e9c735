"""When do two queries mean the same? Pure functions, no word list: what is merged today stays merged tomorrow."""

from functools import lru_cache

import Stemmer

from jendela.services.search.text import clean, tokens

_stemmer = Stemmer.Stemmer("indonesian")
LONGEST = 120


@lru_cache(maxsize=10_000)
def norm(query: str) -> str:
    """The stems of a query's words in one order, each once ('KTP saya hilang', 'hilang ktp saya'); the norm of a norm
    is itself. '' for a query without words."""
    now = " ".join(sorted({_stem(word) for word in tokens(clean(query))}))[:LONGEST].strip()
    while (again := " ".join(sorted({_stem(word) for word in tokens(clean(now))}))) != now:
        now = again
    return now


def _stem(word: str) -> str:
    """Cut until nothing more comes off."""
    while (shorter := _stemmer.stemWord(word)) != word:
        word = shorter
    return word
