"""Functions that words suggest: applications without a confirmed one, with the best three codes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from jendela.people.access.choices import Permission
from jendela.people.access.policy import agencies_for
from jendela.registry.applications.choices import RecordState
from jendela.registry.applications.models import Application, ApplicationFunction, FunctionNode

SIZE = 20
MOST = 3


@dataclass(frozen=True)
class Suggested:
    node: FunctionNode
    percent: int | None  # None: by key words alone, which have no probability


@dataclass(frozen=True)
class Unnamed:
    application: Application
    suggestions: list[Suggested]


@dataclass(frozen=True)
class Page:
    rows: Sequence[Unnamed]
    next_key: str


def _rows(viewer: Any) -> QuerySet[Application]:
    confirmed = ApplicationFunction.objects.filter(application=OuterRef("pk"), confirmed_at__isnull=False)
    rows = Application.objects.filter(~Exists(confirmed), record_state=RecordState.REGISTERED)
    own = agencies_for(viewer, Permission.EDIT_REGISTRY)
    return rows if own is None else rows.filter(owner__in=own)


def count_unnamed(viewer: Any) -> int:
    return _rows(viewer).count()


def unnamed(viewer: Any, *, after: str = "", size: int = SIZE) -> Page:
    """By address, with suggestions: two queries."""
    rows = _rows(viewer).select_related("owner")
    if after:
        rows = rows.filter(slug__gt=after.replace("\x00", "")[:120])
    found = list(rows.order_by("slug")[: size + 1])
    known = nodes()
    return Page(
        [Unnamed(one, suggest(one, known)) for one in found[:size]],
        found[size - 1].slug if len(found) > size else "",
    )


def nodes() -> list[FunctionNode]:
    """The functions one may choose: level 2 of the business processes (RAB), as they hold today."""
    rows = FunctionNode.objects.filter(tree="RAB", valid_to=None).order_by("code")
    return [row for row in rows if row.code.count(".") == 2]


def suggest(row: Application, known: Sequence[FunctionNode]) -> list[Suggested]:
    """The best three by the key words of the tree: as many of them as stand in name, function and purpose, the longer
    the weightier. No probability: nothing was learnt yet."""
    text = f" {row.name} {row.function} {row.purpose} ".lower()
    scores = []
    for node in known:
        words = [word.strip().lower() for word in f"{node.name},{node.keywords}".split(",")]
        score = sum(len(word) for word in words if word and word in text)
        if score:
            scores.append((score, node.code, node))
    return [
        Suggested(node, None)
        for _score, _code, node in sorted(scores, key=lambda one: (-one[0], one[1]))[:MOST]
    ]


def application(slug: str) -> Application | None:
    return Application.objects.select_related("owner").filter(slug=slug).first()
