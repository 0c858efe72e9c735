"""Asking the search: the index of this process, its confidence, and PostgreSQL when the index is not there.

The index is made from the documents when it is first needed and again after a change of content. While a new one is
made the old one answers.
"""

import logging
import threading
from dataclasses import dataclass, field
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchRank, TrigramWordSimilarity
from django.db.models import F, FloatField, Q, Value
from django.db.models.functions import Coalesce, Greatest
from django.utils.translation import gettext as _

from jendela.common import content
from jendela.services.search.choices import Kind
from jendela.services.search.confidence import is_confident
from jendela.services.search.index import Answer, Hit, Index, Item
from jendela.services.search.models import Document, Topic, Variant
from jendela.services.search.text import clean, tokens

log = logging.getLogger("jendela.search")
SERVICES_FIRST = 3  # so many services stand before things of other kinds, unless a name is matched whole
MOST_RESULTS = 50


@dataclass(frozen=True)
class Result:
    kind: str
    slug: str
    name: str
    name_en: str
    agency: str
    url: str
    score: float
    why: str
    summary: str
    state: str
    source: str


@dataclass(frozen=True)
class Found:
    """What a query found. `elsewhere` names a topic that nobody here serves, when the query is rather about that."""

    query: str
    confident: bool
    results: list[Result]
    elsewhere: str = ""


@dataclass(frozen=True)
class Ready:
    """An index with the documents it was made from."""

    index: Index
    documents: dict[tuple[str, str], Document]
    version: int | None
    asked: dict[str, Any] = field(default_factory=dict)  # what trials of words have asked it already


_ready: Ready | None = None
_building = threading.Lock()


def documents() -> dict[tuple[str, str], Document]:
    """All documents by kind and key, in one order."""
    return {(row.kind, row.key): row for row in Document.objects.defer("vector").order_by("pk")}


def build(rows: dict[tuple[str, str], Document], forms: list[tuple[str, str]]) -> Ready:
    """An index of these documents and this word list."""
    version = content.version()
    items = [
        Item(row.kind, row.key, row.name, tuple(row.phrases), tuple(row.keywords), row.body)
        for row in rows.values()
    ]
    places = [row.phrases[0] for row in rows.values() if row.kind == Kind.AREA and row.phrases]
    return Ready(Index(items, forms, places=places), rows, version)


def _build() -> Ready:
    return build(documents(), variants())


def variants() -> list[tuple[str, str]]:
    """The word list as (form, meaning)."""
    return list(Variant.objects.order_by("pk").values_list("form", "meaning"))


def ready() -> Ready:
    """The index of this process, made at first use."""
    global _ready
    found = _ready
    if found is None:
        with _building:
            found = _ready
            if found is None:
                found = _ready = _build()
    return found


def rebuild() -> None:
    """Make the index anew; until it is done the old one answers."""
    global _ready
    with _building:
        _ready = _build()


def forget() -> None:
    """Drop the index (for tests and after a load in the same process)."""
    global _ready
    _ready = None


def search(query: str, *, limit: int = 10) -> Found:
    """Results for a sentence of everyday words, best first. Never fails: without an index PostgreSQL answers."""
    text = clean(query)
    limit = max(1, min(limit, MOST_RESULTS))
    try:
        now = ready()
    except MemoryError:
        log.exception("no index, PostgreSQL searches")
        return search_in_database(text, limit=limit)
    answer, confident, hits = find(now, text, limit=limit)
    results = [_result(hit, now.documents[(hit.item.group, hit.item.key)]) for hit in hits[:limit]]
    return Found(text, confident, results, _elsewhere(answer, confident))


def find(now: Ready, text: str, *, limit: int) -> tuple[Answer, bool, list[Hit]]:
    """What this index finds for a cleaned text: the answer as it came, whether it is sure, and the hits in the order
    in which people see them."""
    answer = now.index.search(text, limit=limit + MOST_RESULTS)
    return answer, is_confident(answer.measures), _arrange(answer, text)


def _arrange(answer: Answer, text: str) -> list[Hit]:
    """Services first, then the rest by score; a thing whose name is wholly in the query may come before."""
    asked = set(tokens(text))
    services = [hit for hit in answer.hits if hit.item.group == Kind.SERVICE]
    others = [hit for hit in answer.hits if hit.item.group not in (Kind.SERVICE, Kind.ELSEWHERE)]
    named = [hit for hit in others if asked and _is_named(hit, asked)]
    named = [hit for hit in named if not services or hit.score > services[0].score][:1]
    rest = sorted(
        (hit for hit in [*services[SERVICES_FIRST:], *others] if hit not in named), key=lambda h: -h.score
    )
    return [*named, *services[:SERVICES_FIRST], *rest]


def _is_named(hit: Hit, asked: set[str]) -> bool:
    """Is the query this thing's name? An application must be named whole, or half the services would hide behind
    the application that carries them."""
    name = set(tokens(clean(hit.item.name)))
    return asked == name if hit.item.group == Kind.APPLICATION else asked <= name


def _elsewhere(answer: Answer, confident: bool) -> str:
    if confident:
        return ""
    outside = [hit for hit in answer.hits if hit.item.group == Kind.ELSEWHERE]
    if outside and answer.hits[0] is outside[0]:
        return outside[0].item.key
    return ""


def _result(hit: Hit, row: Document) -> Result:
    return Result(
        kind=row.kind,
        slug=row.key,
        name=row.name,
        name_en=row.name_en,
        agency=row.agency,
        url=row.url,
        score=round(hit.score, 4),
        why=_why(hit, row),
        summary=row.summary,
        state=row.state,
        source=row.source,
    )


def _why(hit: Hit, row: Document) -> str:
    if hit.phrase and hit.phrase != row.name:
        return _("Warga menyebutnya “%(phrase)s”.") % {"phrase": hit.phrase}
    return _("Namanya cocok dengan kata Anda.")


def search_in_database(text: str, *, limit: int = 10) -> Found:
    """PostgreSQL full text and word similarity: slower and less clever, never confident."""
    query = SearchQuery(text, config="indonesian", search_type="websearch")
    zero = Value(0.0, output_field=FloatField())
    rows = (
        Document.objects.exclude(kind=Kind.ELSEWHERE)
        .annotate(
            rank=Coalesce(SearchRank(F("vector"), query), zero),
            similarity=TrigramWordSimilarity(text, "name"),
        )
        .annotate(together=Greatest("rank", "similarity"))
        .filter(Q(vector=query) | Q(similarity__gt=0.5))
        .order_by("-together", "id")[:limit]
    )
    results = [
        _result(Hit(Item(row.kind, row.key, row.name), float(row.together), row.name), row) for row in rows
    ]
    return Found(text, False, results)


def topic(key: str) -> Topic | None:
    """The topic 'elsewhere' of a key, for the page that says whose task it is."""
    return Topic.objects.filter(kind=Kind.ELSEWHERE, key=key).first()
