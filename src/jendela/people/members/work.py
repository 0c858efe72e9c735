"""Kinds of work that a person holds and can hand over. Apps on the left register theirs in their AppConfig.ready();
a leaver's page counts each kind and hands all of it over in one transaction."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from jendela.common.audit import Actor


@dataclass(frozen=True)
class WorkKind:
    """`count(user_id, agency_id)` says how much of it a person holds at an agency (None: at no agency in particular,
    for people whose role holds for all); `hand_over(from_user_id, to_user_id, agency_id, by)` gives all of that to
    another, writes its own audit rows, and returns how much it was. Both are called with positions."""

    key: str
    label: Any  # lazy text after a number: "3 rancangan standar"
    count: Callable[[int, int | None], int]
    hand_over: Callable[[int, int, int | None, Actor], int]


_kinds: dict[str, WorkKind] = {}


def register(kind: WorkKind) -> None:
    """Add a kind of work. The same key again replaces it, so that a second ready() does no harm."""
    _kinds[kind.key] = kind


def unregister(key: str) -> None:
    """Take a kind away again (tests)."""
    _kinds.pop(key, None)


def kinds() -> list[WorkKind]:
    """All kinds, in the order they were registered."""
    return list(_kinds.values())
