"""The words of a service as the editor and the search see them."""

from collections.abc import Mapping, Sequence

from jendela.services.catalogue.choices import WordKind
from jendela.services.catalogue.models import Service

Words = Mapping[str, Sequence[str]]


def words_of(service: Service) -> dict[str, list[str]]:
    """The three lists of a service, each in the order in which it was written; 'words' may be prefetched."""
    rows = sorted(service.words.all(), key=lambda word: word.pk)
    return {kind: [row.text for row in rows if row.kind == kind] for kind in WordKind.values}


def searchable(words: Words) -> tuple[list[str], list[str]]:
    """Phrases and keywords as the index takes them."""
    phrases = [*words.get(WordKind.PHRASE, ()), *words.get(WordKind.ENGLISH, ())]
    return phrases, list(words.get(WordKind.KEYWORD, ()))
