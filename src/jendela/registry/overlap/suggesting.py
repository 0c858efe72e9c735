"""Functions that words suggest: applications without a confirmed one, with the best three codes. What people confirmed
teaches too; the worker learns it once a night and keeps what it suggests, so that no page waits for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from jendela.people.access.choices import Permission
from jendela.people.access.policy import agencies_for
from jendela.registry.applications.choices import RecordState
from jendela.registry.applications.models import BUSINESS, Application, ApplicationFunction, FunctionNode
from jendela.registry.overlap.matching.tree import LEVEL, Entry, Tree
from jendela.registry.overlap.models import FunctionSuggestion

SIZE = 20


@dataclass(frozen=True)
class Unnamed:
    application: Application
    suggestions: list[Entry]


@dataclass(frozen=True)
class Page:
    rows: Sequence[Unnamed]
    next_key: str


def _unnamed() -> QuerySet[Application]:
    confirmed = _confirmed().filter(application=OuterRef("pk"))
    return Application.objects.filter(~Exists(confirmed), record_state=RecordState.REGISTERED)


def _rows(viewer: Any) -> QuerySet[Application]:
    rows = _unnamed()
    own = agencies_for(viewer, Permission.EDIT_REGISTRY)
    return rows if own is None else rows.filter(owner__in=own)


def _confirmed() -> QuerySet[ApplicationFunction]:
    return ApplicationFunction.objects.filter(confirmed_at__isnull=False, node__tree=BUSINESS)


def count_unnamed(viewer: Any) -> int:
    return _rows(viewer).count()


def unnamed(viewer: Any, *, after: str = "", size: int = SIZE) -> Page:
    """By address, with suggestions: four queries. What is newer than the last night is suggested by words alone."""
    rows = _rows(viewer).select_related("owner")
    if after:
        rows = rows.filter(slug__gt=after.replace("\x00", "")[:120])
    found = list(rows.order_by("slug")[: size + 1])
    shown, entries = found[:size], {one.code: Entry(one.code, one.name, one.keywords) for one in nodes()}
    return Page(
        [
            Unnamed(one, [entries[code] for code in codes])
            for one, codes in zip(shown, _suggest(shown, entries), strict=True)
        ],
        found[size - 1].slug if len(found) > size else "",
    )


def _suggest(rows: Sequence[Application], entries: dict[str, Entry]) -> list[list[str]]:
    made = FunctionSuggestion.objects.filter(application__in=[one.pk for one in rows])
    kept = dict(made.values_list("application", "codes"))
    words = _words(tuple(entries.values()))
    return [
        [code for code in kept[one.pk] if code in entries]
        if one.pk in kept
        else words.suggest(one.name, one.function, one.purpose)
        for one in rows
    ]


def nodes() -> list[FunctionNode]:
    """The functions one may choose: the business processes (RAB) from level 2 down, as they hold today."""
    rows = FunctionNode.objects.filter(tree=BUSINESS, valid_to=None).order_by("code")
    return [row for row in rows if row.code.count(".") >= LEVEL]


@lru_cache(maxsize=2)
def _words(entries: tuple[Entry, ...]) -> Tree:
    return Tree(entries)


def learnt() -> Tree:
    """A tree that has learnt from what people confirmed: seconds, for the worker."""
    rows = _confirmed().filter(application__record_state=RecordState.REGISTERED)
    taught = rows.values_list("application__name", "application__function", "application__purpose", "node_id")
    entries = [Entry(one.code, one.name, one.keywords) for one in nodes()]
    return Tree(entries, [(name, f"{function} {purpose}", code) for name, function, purpose, code in taught])


def unnamed_everywhere() -> QuerySet[Application]:
    return _unnamed().order_by("pk")


def application(slug: str) -> Application | None:
    return Application.objects.select_related("owner").filter(slug=slug).first()
