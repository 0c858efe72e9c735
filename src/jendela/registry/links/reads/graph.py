"""What the map draws: links between applications while they are few, counts between groups when they are many."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Case, CharField, Count, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, Left, Replace, StrIndex, Substr
from django.utils.translation import gettext as _

from jendela.people.agencies.models import Agency
from jendela.registry.applications.models import BUSINESS, Application, ApplicationFunction, FunctionNode
from jendela.registry.links.choices import Confirmation
from jendela.registry.links.models import Link
from jendela.registry.links.reads.lists import standing

MOST_APPLICATIONS = 60
MOST_LINKS = 150
MOST_BETWEEN = 60  # counts between groups that are drawn
AGENCY, FUNCTION = "instansi", "fungsi"
LEVEL_TWO = 6  # letters of a code of level 2: "RAB.06"


@dataclass(frozen=True)
class Ends:
    """A thing that is drawn: an application, or a group."""

    key: str
    name: str
    group: str
    slug: str = ""  # of an application, or of the agency


@dataclass(frozen=True)
class Edge:
    source: str
    target: str
    method: str  # '' for several methods together
    count: int
    sure: bool  # confirmed by both sides
    words: str = ""


@dataclass(frozen=True)
class Scope:
    """What is drawn, and what is not: `links` and `applications` are all that fit the question, `drawn` the links
    that the edges stand for."""

    grouping: str
    grouped: bool
    ends: list[Ends]
    edges: list[Edge]
    links: int
    applications: int
    drawn: int
    left_out: int  # links inside groups or beyond the bound


def scope_of(
    *, grouping: str = AGENCY, focus: int | None = None, depth: int = 1, owner: int | None = None
) -> Scope:
    """All standing links; of one application within so many steps; or of one agency's applications. A constant number
    of queries for each depth."""
    rows = standing()
    if focus is not None:
        near = _near(focus, depth)
        rows = rows.filter(source__in=near, target__in=near)
    elif owner is not None:
        rows = rows.filter(Q(source__owner=owner) | Q(target__owner=owner))
    links = rows.count()
    if links <= MOST_LINKS:
        found = list(rows.order_by("pk").values_list("source", "target", "method", "confirmation", "data"))
        keys = {key for row in found for key in row[:2]} | ({focus} if focus is not None else set())
        if len(keys) <= MOST_APPLICATIONS:
            return _single(grouping, found, keys)
    return _between(grouping, rows, links)


def _near(focus: int, depth: int) -> set[int]:
    """Applications within so many steps of one, in either direction: one query a step."""
    seen = edge = {focus}
    for _step in range(depth):
        pairs = standing().filter(Q(source__in=edge) | Q(target__in=edge)).values_list("source", "target")
        edge = {key for pair in pairs for key in pair} - seen
        seen = seen | edge
    return seen


def ends_of(keys: Iterable[int], grouping: str) -> list[Ends]:
    """Applications with the name of their group, by name."""
    rows = Application.objects.filter(pk__in=set(keys)).select_related("owner").order_by("name", "pk")
    found = list(rows)
    groups = _functions([one.pk for one in found]) if grouping == FUNCTION else {}
    return [
        Ends(
            str(one.pk),
            one.name,
            groups.get(one.pk) or _by_words(one.function) if grouping == FUNCTION else one.owner.short_name,
            one.slug,
        )
        for one in found
    ]


def _functions(keys: list[int]) -> dict[int, str]:
    """The confirmed main function (RAB) of each application at level 2, by name: two queries."""
    rows = ApplicationFunction.objects.filter(
        application__in=keys, node__tree=BUSINESS, confirmed_at__isnull=False
    )
    codes = dict(rows.order_by("main", "pk").values_list("application", "node"))
    names = _names({code[:LEVEL_TWO] for code in codes.values()})
    return {key: names.get(code[:LEVEL_TWO], code) for key, code in codes.items()}


def _names(codes: set[str]) -> dict[str, str]:
    return dict(FunctionNode.objects.filter(code__in=codes).values_list("code", "name")) if codes else {}


def _by_words(function: str) -> str:
    """Where no code is confirmed: the part of the words before a colon."""
    return function.split(":", maxsplit=1)[0].strip() or _("Fungsi belum kami ketahui")


def _single(grouping: str, found: list[tuple[int, int, str, str, str]], keys: set[int]) -> Scope:
    edges: dict[tuple[int, int, str], list[tuple[str, str]]] = defaultdict(list)
    for source, target, method, confirmation, data in found:
        edges[source, target, method].append((confirmation, data))
    return Scope(
        grouping=grouping,
        grouped=False,
        ends=ends_of(keys, grouping),
        edges=[
            Edge(
                str(source),
                str(target),
                method,
                len(several),
                all(confirmation == Confirmation.CONFIRMED for confirmation, _data in several),
                "; ".join(data for _confirmation, data in several),
            )
            for (source, target, method), several in edges.items()
        ],
        links=len(found),
        applications=len(keys),
        drawn=len(found),
        left_out=0,
    )


def _between(grouping: str, rows: QuerySet[Link], links: int) -> Scope:
    """Counts from group to group, the largest first; three queries."""
    group = _group if grouping == FUNCTION else _owner
    pairs = rows.order_by().annotate(a=group("source"), b=group("target"))
    counted = pairs.values_list("a", "b").annotate(
        n=Count("pk"), sure=Count("pk", filter=Q(confirmation=Confirmation.CONFIRMED))
    )
    across = sorted(
        (row for row in counted if row[0] != row[1]), key=lambda row: (-row[2], str(row[0]), str(row[1]))
    )
    shown = across[:MOST_BETWEEN]
    names = _group_names(grouping, {str(key) for row in shown for key in row[:2]})
    drawn = sum(number for _a, _b, number, _sure in shown)
    sources = rows.order_by().values("source").union(rows.order_by().values("target"))
    return Scope(
        grouping=grouping,
        grouped=True,
        ends=sorted(names, key=lambda one: one.name),
        edges=[Edge(str(a), str(b), "", number, sure == number) for a, b, number, sure in shown],
        links=links,
        applications=sources.count(),
        drawn=drawn,
        left_out=links - drawn,
    )


def _owner(end: str) -> F:
    return F(f"{end}__owner__slug")


def _group(end: str) -> Coalesce:
    """The confirmed main function at level 2, else the words before the colon."""
    words = f"{end}__function"
    main = ApplicationFunction.objects.filter(
        application=OuterRef(f"{end}_id"), main=True, confirmed_at__isnull=False
    ).annotate(two=Left("node_id", LEVEL_TWO))
    colon = StrIndex(words, Value(":"))
    return Coalesce(
        Subquery(main.values("two")[:1]),
        Case(
            When(**{f"{words}__contains": ":"}, then=Substr(words, 1, colon - Value(1))),
            default=Replace(words, Value(":"), Value("")),
            output_field=CharField(),
        ),
    )


def _group_names(grouping: str, keys: set[str]) -> list[Ends]:
    if grouping == FUNCTION:
        names = _names(keys)
        return [Ends(key, names.get(key) or _by_words(key), "") for key in keys]
    rows = Agency.objects.filter(slug__in=keys).values_list("slug", "short_name")
    return [Ends(slug, name, "", slug) for slug, name in rows]
