"""Every query on imports, for their screens."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from jendela.common.exchange.choices import ImportState, Outcome, Question, RowState
from jendela.common.exchange.models import ImportRow, ImportRun

PAGE = 25
ROWS = 50


def visible(viewer: Any, *, all_of_them: bool) -> QuerySet[ImportRun]:
    """Imports that this person made; every import for who may exchange the rows of all owners."""
    rows = ImportRun.objects.select_related("progress")
    return rows if all_of_them else rows.filter(by_id=viewer.pk)


@dataclass(frozen=True)
class Runs:
    rows: list[ImportRun]
    next_key: str


def runs(rows: QuerySet[ImportRun], *, kind: str = "", before: int | None = None, size: int = PAGE) -> Runs:
    """Imports, newest first, in pages by number: one query."""
    if kind:
        rows = rows.filter(kind=kind)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows.order_by("-id").defer("samples", "headings")[: size + 1])
    return Runs(found[:size], str(found[size - 1].pk) if len(found) > size else "")


@dataclass(frozen=True)
class Rows:
    rows: list[ImportRow]
    next_key: str


def rows(
    run: ImportRun, *, state: str = "", outcome: str = "", after: int | None = None, size: int = ROWS
) -> Rows:
    """Rows of an import in the order of the file, in pages by position: one query."""
    found = run.rows.order_by("position")
    if state in RowState.values:
        found = found.filter(state=state)
    if outcome in Outcome.values and outcome:
        found = found.filter(outcome=outcome)
    if after is not None:
        found = found.filter(position__gt=after)
    listed = list(found[: size + 1])
    return Rows(listed[:size], str(listed[size - 1].position) if len(listed) > size else "")


def imported_before(run: ImportRun) -> ImportRun | None:
    """The last import that wrote the very same file and still stands: one query."""
    same = ImportRun.objects.filter(file_hash=run.file_hash, kind=run.kind, state=ImportState.APPLIED)
    return same.exclude(pk=run.pk).order_by("-applied_at").first()


def ahead_of(run: ImportRun) -> ImportRun | None:
    """An import of the same kind that is at work and came first, so that this one may have to wait: one query."""
    working = ImportRun.objects.filter(kind=run.kind, state__in=(ImportState.APPLYING, ImportState.UNDOING))
    return working.exclude(pk=run.pk).order_by("pk").first()


def asked(run: ImportRun) -> dict[str, int]:
    """How many names in capitals will be written, and how many decisions the last dry run did not know: two queries."""
    written = run.rows.filter(state__in=(RowState.NEW, RowState.CHANGED))
    return {
        "capitals": written.filter(asks__has_key=Question.PROPER).count(),
        "decided": run.decisions.filter(at__gt=run.checked_at).count() if run.checked_at else 0,
    }


def left_rows(run: ImportRun, *, size: int = 20) -> list[ImportRow]:
    """Rows that an undo left as they are, with the reason."""
    left = Q(outcome__in=[Outcome.MOVED_ON, Outcome.IN_USE])
    return list(run.rows.filter(left).order_by("position")[:size])


def wrong_rows(run: ImportRun) -> Iterator[tuple[int, list[list[str]]]]:
    """Row number and errors of every wrong row, in order."""
    wrong = run.rows.filter(state=RowState.WRONG).order_by("position").values_list("number", "errors")
    return ((number or 0, errors) for number, errors in wrong.iterator(chunk_size=2000))
