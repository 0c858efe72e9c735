"""What the screens of imports show: kinds one may use, an import with its kind, rows in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404

from jendela.common.exchange import reads as imports
from jendela.common.exchange.choices import RowState
from jendela.common.exchange.kinds import Kind, import_scope, kinds, scope_of
from jendela.common.exchange.models import ImportRow, ImportRun
from jendela.people.access.choices import Permission

LONGEST = 160


def export_scope(viewer: Any) -> frozenset[int] | None:
    return scope_of(viewer, Permission.EXPORT_DATA)


def usable_kinds(viewer: Any) -> list[Kind]:
    """The kinds this viewer may import."""
    return [kind for kind in kinds().values() if _usable(kind, viewer)]


def _usable(kind: Kind, viewer: Any) -> bool:
    scope = import_scope(kind, viewer, Permission.IMPORT_DATA)
    return scope is None or bool(scope)


def _for_all(viewer: Any) -> bool:
    return scope_of(viewer, Permission.IMPORT_DATA) is None


def usable_kind(viewer: Any, key: str) -> Kind:
    """The kind of this key, or 404 when there is none or the viewer may not import it."""
    kind = kinds().get(key)
    if kind is None or not _usable(kind, viewer):
        raise Http404
    return kind


def own_import(viewer: Any, number: int) -> tuple[ImportRun, Kind]:
    """An import the viewer may see, with its kind; 404 for any other."""
    rows = imports.visible(viewer, all_of_them=_for_all(viewer))
    run = rows.filter(pk=number).first()
    if run is None:
        raise Http404
    return run, usable_kind(viewer, run.kind)


def own_imports(viewer: Any, *, kind: str, before: int | None) -> imports.Runs:
    rows = imports.visible(viewer, all_of_them=_for_all(viewer))
    return imports.runs(rows, kind=kind, before=before)


@dataclass(frozen=True)
class Cell:
    label: str
    old: str
    new: str


@dataclass(frozen=True)
class Fault:
    label: str
    sentence: str
    said: str  # what the cell of the file holds


@dataclass(frozen=True)
class Line:
    """A row of an import as the page shows it."""

    number: int | None
    label: str
    state: str
    cells: Sequence[Cell]
    faults: Sequence[Fault]
    reason: str


def in_words(row: ImportRow, kind: Kind) -> Line:
    changed = row.state == RowState.CHANGED
    cells = [
        Cell(
            str(column.label),
            _words(kind, column.key, row.before.get(column.key, "")) if changed else "",
            _words(kind, column.key, row.values[column.key]),
        )
        for column in kind.columns
        if column.key in row.values
    ]
    faults = [
        Fault(kind.label_of(name) if name else "", sentence, said) for name, sentence, said in row.errors
    ]
    return Line(row.number, row.label, row.state, cells, faults, row.reason)


def _words(kind: Kind, name: str, text: str) -> str:
    column = kind.column(name)
    words = column.type.words(text) if column else text
    return words if len(words) <= LONGEST else f"{words[:LONGEST]}…"
