"""What the screens of words mix: queries of residents beside services, their owners and words. Each in a constant
number of queries."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from jendela.common.paging import Page
from jendela.people.access.choices import Permission
from jendela.people.access.policy import agencies_for, has_permission
from jendela.people.agencies.models import Agency
from jendela.services.catalogue.models import Service, ServiceWord
from jendela.services.search import reads as search
from jendela.services.search.choices import ChangeKind, Kind
from jendela.services.search.models import TestQuery, Topic, Variant, WordChange
from jendela.services.search.text import clean

PAGE = 25
NEAREST = 5
LOOKED_THROUGH = 40
WORDS_SHOWN = 4

Scope = frozenset[int] | None  # agencies whose words one may change; None: all


def scope_of(viewer: Any) -> Scope:
    return agencies_for(viewer, Permission.WRITE_WORDS)


def count_open_queries(viewer: Any) -> int:
    """Queries of residents that wait for a decision, for the menu."""
    return search.count_open(scope_of(viewer))


@dataclass(frozen=True)
class Near:
    """A service near a query, with some of its words."""

    slug: str
    name: str
    agency: str
    owner_id: int
    words: Sequence[str]
    more: int


def services(slugs: Collection[str]) -> dict[str, Near]:
    """Services by slug with their first words: two queries."""
    words = Prefetch("words", ServiceWord.objects.order_by("pk"))
    rows = Service.objects.filter(slug__in=slugs).select_related("owner").prefetch_related(words)
    return {row.slug: _near(row) for row in rows}


def _near(row: Service) -> Near:
    words = [word.text for word in row.words.all()]
    return Near(
        row.slug,
        row.name,
        row.owner.short_name,
        row.owner_id,
        words[:WORDS_SHOWN],
        max(len(words) - WORDS_SHOWN, 0),
    )


def suggestions(text: str, scope: Scope) -> list[Near]:
    """Services that the search finds for a text, best first, only those whose words one may change."""
    found = search.search(clean(text), limit=LOOKED_THROUGH).results
    slugs = [row.slug for row in found if row.kind == Kind.SERVICE]
    known = services(slugs)
    mine = [
        known[slug] for slug in slugs if slug in known and (scope is None or known[slug].owner_id in scope)
    ]
    return mine[:NEAREST]


def owners(scope: Scope) -> list[Agency]:
    """Agencies with services, as far as one may change their words: one query."""
    rows = Agency.objects.filter(services__isnull=False).distinct().order_by("short_name")
    return list(rows if scope is None else rows.filter(pk__in=scope))


def service(slug: str, viewer: Any) -> Service | None:
    """The service with its words, when the viewer may change them."""
    row = Service.objects.select_related("owner").prefetch_related("words").filter(slug=slug).first()
    if row is None or not has_permission(viewer, Permission.WRITE_WORDS, row.owner_id):
        return None
    return row


def topics(text: str = "") -> list[Topic]:
    """Topics that others take care of: those near a text first, then by name. One query."""
    rows = list(Topic.objects.filter(kind=Kind.ELSEWHERE).order_by("name"))
    hits = search.ready().index.search(clean(text), limit=LOOKED_THROUGH).hits
    places = {hit.item.key: place for place, hit in enumerate(hits) if hit.item.group == Kind.ELSEWHERE}
    return sorted(rows, key=lambda row: places.get(row.key, LOOKED_THROUGH))


@dataclass(frozen=True)
class Meanings:
    all: Sequence[str]
    by_hand: Sequence[str]


def meanings(form: str) -> Meanings:
    """What a form stands for in the word list, and what editors added."""
    rows = list(Variant.objects.filter(form=form).order_by("pk").values_list("meaning", "by_hand"))
    return Meanings([meaning for meaning, _hand in rows], [meaning for meaning, hand in rows if hand])


def change(number: int, scope: Scope) -> WordChange | None:
    """A change of words one may see: of own services, or any for those who keep all words."""
    return _visible(scope).filter(pk=number).first()


def changes(scope: Scope, *, before: int | None) -> Page[WordChange]:
    """Changes of words, newest first: one query."""
    rows = _visible(scope).defer("report").order_by("-pk")
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows[: PAGE + 1])
    return Page(found[:PAGE], str(found[PAGE - 1].pk) if len(found) > PAGE else "")


def _visible(scope: Scope) -> QuerySet[WordChange]:
    rows = WordChange.objects.all()
    if scope is None:
        return rows
    own = Service.objects.filter(owner_id__in=scope).values("slug")
    return rows.filter(kind=ChangeKind.WORDS, target__in=own)


@dataclass(frozen=True)
class Test:
    """A test query with the names of what it should find."""

    row: TestQuery
    wanted: Sequence[str]


def test_queries(*, text: str, origin: str, active: bool, after: int | None) -> tuple[list[Test], str]:
    """Test queries, newest first, with the key of the next page: two queries."""
    rows = TestQuery.objects.filter(active=active).order_by("-pk")
    if text:
        rows = rows.filter(Q(query__icontains=text) | Q(wanted__icontains=text))
    if origin:
        rows = rows.filter(origin=origin)
    if after is not None:
        rows = rows.filter(pk__lt=after)
    found = list(rows[: PAGE + 1])
    page = found[:PAGE]
    names = _names(key for row in page for key in row.wanted)
    tests = [Test(row, [names.get(key, key) for key in row.wanted]) for row in page]
    return tests, str(page[-1].pk) if len(found) > PAGE else ""


def _names(keys: Iterable[str]) -> dict[str, str]:
    slugs = {key.partition("/")[2] for key in keys if key.startswith(f"{Kind.SERVICE}/")}
    rows = Service.objects.filter(slug__in=slugs).values_list("slug", "name")
    return {f"{Kind.SERVICE}/{slug}": name for slug, name in rows}


def test_query(number: int) -> TestQuery | None:
    return TestQuery.objects.filter(pk=number).first()
