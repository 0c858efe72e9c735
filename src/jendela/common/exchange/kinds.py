"""What can be exchanged: a kind names its columns and knows how to read, check, write and remove its rows.

The table of kinds is settings.EXCHANGE_KINDS, a dotted name of a tuple of dotted names of Kind classes. A kind lives
in the room that owns the rows and writes them by that room's actions.
"""

import copy
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, ClassVar

from django.conf import settings
from django.utils.module_loading import import_string

from jendela.common.audit import Actor
from jendela.common.exchange.cells import CellType

Key = tuple[str, ...]


@dataclass(frozen=True)
class Column:
    """One column: `label` heads it, `description` says what to write, `example` shows it."""

    key: str
    label: Any
    description: Any
    example: str
    type: CellType
    required: bool = False
    also: tuple[str, ...] = ()  # other names by which files call it
    by_content: bool = False  # may be recognised by what stands in it
    proper: bool = False  # a name: in CAPITALS a usual form is proposed
    splits: bool = False  # a name: several in one cell are proposed as several rows


@dataclass(frozen=True)
class Current:
    """A row of the database: all its columns as canonical texts, its owner, and how a person calls it."""

    values: Mapping[str, str]
    owner: int | None = None
    label: str = ""


@dataclass(frozen=True)
class About:
    """What a kind may know about the import that it serves."""

    number: int | str  # tells this import from all others
    file_name: str
    options: Mapping[str, str]
    scope: frozenset[int] | None


@dataclass(frozen=True)
class Candidate:
    """A row of the database that could be the same as one of the file, with the reasons in words."""

    key: Key
    label: str
    score: float  # 0 to 1
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Option:
    """What the person is asked once for the whole file. Without choices it is a text."""

    name: str
    label: Any
    hint: Any
    choices: tuple[tuple[str, Any], ...] = ()
    initial: str = ""
    required: bool = True


@dataclass
class Row:
    """A row on its way in. `values` holds the columns that the file has; `before` what the database says now, None
    for a new row. `owner` is who will own it."""

    number: int | None
    key: Key
    values: dict[str, str]
    before: Current | None = None
    owner: int | None = None
    label: str = ""
    errors: list[tuple[str, str, str]] = field(default_factory=list)
    said: dict[str, str] = field(default_factory=dict)  # cells of text as they stand in the file
    piece: int = 0  # which part of its cell, when the person let it be split
    section: str = ""  # title above this part of the table
    notes: list[str] = field(default_factory=list)  # sentences for the person that are no errors
    answers: Mapping[str, str] = field(default_factory=dict)  # what the person decided, by Question
    candidates: Sequence[Candidate] = ()
    asks: dict[str, Any] = field(default_factory=dict)  # questions that wait, by Question
    skipped: bool = False

    def keep_untouched(self) -> None:
        """A cell that says what the database says is no change and no error, even where new words would be refused."""
        now = self.before.values if self.before else {}
        for name, text in self.said.items():
            if now.get(name) == text:
                self.values[name] = text
                self.errors = [error for error in self.errors if error[0] != name]

    def wrong(self, column: str, message: str) -> None:
        """Say in words what is wrong in a column ('' for the row)."""
        self.errors.append((column, message, self.values.get(column, "")))

    def get(self, column: str) -> str:
        """What the column will say: the file's word, or the database's where the file has no such column."""
        if column in self.values:
            return self.values[column]
        return self.before.values.get(column, "") if self.before else ""

    @property
    def changes(self) -> dict[str, str]:
        """The cells that differ from the database; all filled ones of a new row."""
        if self.before is None:
            return {name: value for name, value in self.values.items() if value}
        now = self.before.values
        return {name: value for name, value in self.values.items() if value != now.get(name, "")}


class RefusedError(Exception):
    """The rows cannot be written now; the message is one sentence for the person."""


class Kind(ABC):
    """The port of one sort of rows. Batches come in at most settings.EXCHANGE_BATCH rows; each method asks the
    database a constant number of questions for a batch."""

    key: ClassVar[str]  # Indonesian, stands in addresses: "kantor"
    title: ClassVar[Any]
    sentence: ClassVar[Any]  # what it is for, in one sentence
    icon: ClassVar[str] = "table-import"
    columns: tuple[Column, ...]
    key_columns: ClassVar[tuple[str, ...]]
    also_needs: ClassVar[str] = ""  # a permission beside that of importing, for the same owners
    everywhere: ClassVar[bool] = False  # true: only for people whose permission holds for every owner
    adds: ClassVar[bool] = True  # false: rows that are not known are errors
    not_yours: ClassVar[Any] = ""  # the sentence for a row of another owner
    unknown: ClassVar[Any] = ""  # the sentence for a new row where `adds` is false
    point: ClassVar[tuple[str, str] | None] = None  # columns of longitude and latitude: GeoJSON is offered
    shape: ClassVar[str] = ""  # column that holds a geometry: GeoJSON is offered and XLSX is not
    fills_down: ClassVar[bool] = (
        False  # joined cells, 'idem' and '-' are understood, as in lists that offices make
    )
    matches: ClassVar[bool] = (
        False  # rows without a key are looked for; settings.EXCHANGE_MATCHERS adds likely ones
    )

    likely_left: int = (
        2000  # rows for which likely ones are still looked for: it takes some milliseconds each
    )

    def ready(self, run: "About | None" = None) -> "Kind":
        """The kind as one import or export uses it: it may keep what belongs to this file, and extra columns."""
        return self

    def options(self, scope: frozenset[int] | None) -> Sequence[Option]:
        """What is asked once for a whole file of a person with this scope."""
        return ()

    def looks_like(self, column: Column, text: str) -> bool:
        """Does a cell tell that it belongs into this column?"""
        return column.type.looks_like(text)

    def identify(self, rows: Sequence[Row]) -> None:  # noqa: B027  a kind may have nothing to do here
        """Give rows that name no key the key of the row they mean, or of the new one they will be; put what may be the
        same into `row.candidates`. Only asked in the dry run."""

    @abstractmethod
    def current(self, keys: Sequence[Key], *, lock: bool = False) -> dict[Key, Current]:
        """The rows of these keys. With `lock` nobody else changes them until the transaction ends."""

    @abstractmethod
    def all_keys(self, scope: frozenset[int] | None) -> Iterator[tuple[Key, str]]:
        """Keys and labels of every row of these owners (None: of all)."""

    def check(self, rows: Sequence[Row]) -> None:  # noqa: B027  a kind may have nothing to do here
        """Name what is wrong in a row by `row.wrong`, and set `row.owner`."""

    def complete(self, rows: Sequence[Row]) -> None:  # noqa: B027  a kind may have nothing to do here
        """Fill into `row.values` what follows from a change, such as its date. Not asked for an undo, which puts back
        exactly what was."""

    @abstractmethod
    def apply(self, rows: Sequence[Row], *, by: Actor) -> None:
        """Write `row.values` for each row, new or known, by actions. Called inside one transaction."""

    def restore(self, rows: Sequence[Row], *, by: Actor) -> None:
        """Put back what an import changed; `row.values` is what stood before."""
        self.apply(rows, by=by)

    @abstractmethod
    def remove(self, keys: Sequence[Key], *, by: Actor) -> dict[Key, str]:
        """Take new rows back; returns those that must stay with the reason in words."""

    def finish(self, *, by: Actor) -> None:  # noqa: B027  a kind may have nothing to do here
        """After the last batch: events, the content version."""

    @abstractmethod
    def export(self, scope: frozenset[int] | None, filters: Mapping[str, str]) -> Iterator[Mapping[str, str]]:
        """All rows of these owners as canonical texts by column."""

    def filters(self) -> Sequence[tuple[str, Any, Sequence[tuple[str, Any]]]]:
        """Filters of the export: (name, label, choices)."""
        return ()

    def owner_columns(self) -> frozenset[str]:
        """Columns that only the owners (`also_needs`) may see; others get the table without them."""
        return frozenset()

    # what follows is the same for every kind

    def without(self, hidden: frozenset[str]) -> "Kind":
        """This kind with fewer columns, for writing a file."""
        if not hidden:
            return self
        one = copy.copy(self)
        one.columns = tuple(column for column in self.columns if column.key not in hidden)
        return one

    def column(self, key: str) -> Column | None:
        return next((column for column in self.columns if column.key == key), None)

    def label_of(self, column: str) -> str:
        found = self.column(column)
        return str(found.label) if found else column

    def settle(self, values: Mapping[str, str]) -> dict[str, str]:
        """Values of the database in canonical form, so that they compare with those of a file."""
        return {column.key: column.type.settle(values.get(column.key, "")) for column in self.columns}

    @property
    def formats(self) -> tuple[str, ...]:
        first = () if self.shape else ("xlsx",)
        last = ("geojson",) if self.shape or self.point else ()
        return (*first, "csv", "json", *last)


@cache
def kinds() -> dict[str, Kind]:
    """Every kind by its key, in the order of the table."""
    names: Iterable[str] = import_string(settings.EXCHANGE_KINDS)
    found = [import_string(name)() for name in names]
    return {kind.key: kind for kind in found}


def scope_of(viewer: Any, permission: str) -> frozenset[int] | None:
    """The owners for whom this viewer has the permission; None for all. The answer comes from
    settings.EXCHANGE_SCOPE."""
    answer: frozenset[int] | None = import_string(settings.EXCHANGE_SCOPE)(viewer, permission)
    return answer


def import_scope(kind: Kind, viewer: Any, permission: str) -> frozenset[int] | None:
    """The owners whose rows of this kind the viewer may import; None for all, empty for none."""
    scope = scope_of(viewer, permission)
    if kind.also_needs:
        also = scope_of(viewer, kind.also_needs)
        scope = also if scope is None else scope if also is None else scope & also
    return frozenset() if kind.everywhere and scope is not None else scope


def hidden_columns(kind: Kind, viewer: Any, scope: frozenset[int] | None) -> frozenset[str]:
    """The owners' columns, unless the viewer keeps every row that an export of this scope holds."""
    hidden = kind.owner_columns()
    if not hidden:
        return hidden
    kept = scope_of(viewer, kind.also_needs)
    sees = kept is None or (scope is not None and scope <= kept)
    return frozenset() if sees else hidden


Matcher = Callable[[Sequence[Row]], Sequence[Sequence[Candidate]]]


def matcher(kind: Kind) -> Matcher | None:
    """The function of settings.EXCHANGE_MATCHERS that finds likely rows for this kind: a room further left may know
    better than the one that owns the rows."""
    names: Mapping[str, str] = import_string(settings.EXCHANGE_MATCHERS)
    return import_string(names[kind.key]) if kind.key in names else None
