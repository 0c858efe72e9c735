"""Keyset paging: pages by the last key seen, so that page 500 costs what page 1 costs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db.models import Model, QuerySet

M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class Page(Generic[M]):
    """Rows of a page and the key after which the next one starts ('' on the last page)."""

    rows: Sequence[M]
    next_key: str


def keyset(
    rows: QuerySet[M], *, field: str, after: str, size: int, to_key: Callable[[str], object] = str
) -> Page[M]:
    """One page ordered by a unique field. `after` is the last key seen ('' for the first page). Raises ValueError
    when `after` cannot be a key."""
    if after:
        rows = rows.filter(**{f"{field}__gt": to_key(after)})
    found = list(rows.order_by(field)[: size + 1])
    more = len(found) > size
    found = found[:size]
    return Page(found, str(getattr(found[-1], field)) if more else "")
