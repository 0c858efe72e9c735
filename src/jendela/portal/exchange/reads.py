"""What the screens of imports show: kinds one may use, an import with its kind, rows in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404

from jendela.common.exchange import reads as imports
from jendela.common.exchange.choices import Question, RowState
from jendela.common.exchange.kinds import About, Kind, import_scope, kinds, scope_of
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
    return kind.ready()


def scope(viewer: Any, kind: Kind) -> frozenset[int] | None:
    """The agencies whose rows of this kind the viewer imports; None for all."""
    return import_scope(kind, viewer, Permission.IMPORT_DATA)


def own_import(viewer: Any, number: int) -> tuple[ImportRun, Kind]:
    """An import the viewer may see, with its kind; 404 for any other."""
    rows = imports.visible(viewer, all_of_them=_for_all(viewer))
    run = rows.filter(pk=number).first()
    kind = kinds().get(run.kind) if run else None
    if run is None or kind is None or not _usable(kind, viewer):
        raise Http404
    return run, kind.ready(About(run.pk, run.file_name, run.options, scope(viewer, kind)))


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
class Beside:
    """A column of the file beside the same one of an application that may be meant."""

    label: str
    file: str
    ours: str


@dataclass(frozen=True)
class Like:
    """A row that may be meant: how an answer names it, why, and the two beside each other."""

    answer: str
    label: str
    reasons: Sequence[str]
    cells: Sequence[Beside]


@dataclass(frozen=True)
class Asks:
    """What a row asks of the person; empty parts are not asked."""

    names: Sequence[str]
    likes: Sequence[Like]
    proper: str
    field: str  # beginning of the names of its answers in the form


@dataclass(frozen=True)
class Line:
    """A row of an import as the page shows it."""

    number: int | None
    label: str
    state: str
    cells: Sequence[Cell]
    faults: Sequence[Fault]
    reason: str
    notes: Sequence[str] = ()
    piece: int = 0
    asks: Asks | None = None


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
    return Line(
        row.number, row.label, row.state, cells, faults, row.reason, row.notes, row.piece, _asks(row, kind)
    )


def _asks(row: ImportRow, kind: Kind) -> Asks | None:
    if not row.asks or row.number is None:
        return None
    likes = [
        Like(
            one["key"],
            one["label"],
            one["reasons"],
            [
                Beside(
                    kind.label_of(name),
                    _words(kind, name, row.values.get(name, "")),
                    _words(kind, name, ours),
                )
                for name, ours in one["values"].items()
                if name not in kind.key_columns and (ours or row.values.get(name))
            ],
        )
        for one in row.asks.get(Question.SAME, ())
    ]
    names = row.asks.get(Question.SPLIT, {}).get("names", ())
    proper = row.asks.get(Question.PROPER, {}).get("text", "")
    return Asks(names, likes, proper, f"{row.number}-{row.piece}")


def _words(kind: Kind, name: str, text: str) -> str:
    column = kind.column(name)
    words = column.type.words(text) if column else text
    return words if len(words) <= LONGEST else f"{words[:LONGEST]}…"
