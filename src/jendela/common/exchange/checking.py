"""The dry run: every row of the file beside the database, as a difference, with errors in words."""

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from itertools import islice

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from jendela.common.exchange import files
from jendela.common.exchange.cells import CellError, Formula, Raw, clean, shown
from jendela.common.exchange.choices import ImportState, Question, RowState
from jendela.common.exchange.deciding import Answers, answers_of, find_likely, shaped
from jendela.common.exchange.formula import release
from jendela.common.exchange.guess import known_names
from jendela.common.exchange.kinds import Key, Kind, Row
from jendela.common.exchange.models import ImportRow, ImportRun
from jendela.common.exchange.progress import Progress
from jendela.common.exchange.reading import Line, Table, open_table
from jendela.common.exchange.reading.table import letter

SHOWN_PIECES = 200
COUNTED = (RowState.WRONG, RowState.CHANGED, RowState.NEW, RowState.SAME, RowState.ABSENT)
_DASHES = re.compile(r"\s*(?:[-–—]+|n/?a|\(\s*\))\s*", re.IGNORECASE)  # how lists say that a cell is empty
SHEETS = ("xlsx", "csv")  # where an apostrophe in front guards a text; in JSON it is a part of it


def check(run: ImportRun, kind: Kind, scope: frozenset[int] | None, progress: Progress) -> None:
    """Write the rows of the import with what they would do. Runs in a transaction that holds the run."""
    run.rows.all().delete()
    seen: dict[Key, int] = {}
    thought_of: set[Key] = set()  # rows that may be meant by one that waits
    counts: dict[str, int] = dict.fromkeys(COUNTED, 0)
    position = 0
    answers = answers_of(run)
    with open_table(
        files.path_of(run), known=known_names(kind), sheet=run.sheet, fills_down=kind.fills_down
    ) as table:
        progress.begin(table.estimate)
        for lines in batches(table.lines()):
            rows = [row for line in lines for row in read_rows(line, table, run.mapping, kind, answers)]
            compare(rows, kind, scope, seen, identify=True)
            thought_of.update(one.key for row in rows for one in row.candidates)
            stored = [_stored(run, row, place) for place, row in enumerate(rows, start=position)]
            position += len(stored)
            for row in stored:
                counts[row.state] = counts.get(row.state, 0) + 1
            ImportRow.objects.bulk_create(stored)
            progress.tell(len(lines))
    counts[RowState.ABSENT] = _absent(run, kind, scope, seen.keys() | thought_of, position)
    run.counts = counts
    run.message = _too_many_to_ask(kind)
    run.state = ImportState.CHECKED
    run.checked_at = timezone.now()
    run.save(update_fields=["counts", "message", "state", "checked_at"])


def _too_many_to_ask(kind: Kind) -> str:
    if kind.likely_left >= 0:
        return ""
    return _(
        "Tabel ini sangat panjang. Nama yang mirip kami cari untuk %(number)s baris baru pertama saja."
    ) % {"number": type(kind).likely_left}


def batches(lines: Iterator[Line]) -> Iterator[list[Line]]:
    while batch := list(islice(lines, settings.EXCHANGE_BATCH)):
        yield batch


def read_rows(
    line: Line, table: Table, mapping: Mapping[str, int], kind: Kind, answers: Answers
) -> Iterator[Row]:
    """The row of a line, or several where the person lets a cell be split."""
    row = read_line(line, table, mapping, kind)
    raw = {
        column.key: clean(cell)
        for column in kind.columns
        if column.splits and isinstance(cell := _cell(line, mapping.get(column.key)), str)
    }
    return shaped(row, raw, kind, answers)


def _cell(line: Line, place: int | None) -> Raw:
    return line.cells[place] if place is not None and place < len(line.cells) else None


def read_line(line: Line, table: Table, mapping: Mapping[str, int], kind: Kind) -> Row:
    """The cells of a row as canonical texts, or errors that say what each cell holds."""
    row = Row(number=line.number, key=(), values={}, section=line.section)
    for column in kind.columns:
        place = mapping.get(column.key)
        if place is None:
            continue
        name, raw = column.key, _cell(line, place)
        if isinstance(raw, str):
            if table.format in SHEETS:
                raw = release(clean(raw))
            if kind.fills_down and _DASHES.fullmatch(raw):
                raw = ""
            row.said[name] = column.type.settle(clean(raw))
        try:
            row.values[name] = column.type.parse(raw)
        except CellError as error:
            sentence = str(error)
            if isinstance(raw, Formula):
                cell = f"{letter(place)}{line.number}"
                sentence = _("Sel %(cell)s berisi rumus. Salin, lalu tempel sebagai nilai.") % {"cell": cell}
            row.errors.append((name, sentence, shown(raw)))
        if place in line.orphans:
            row.wrong(name, _("menunjuk baris di atasnya, padahal tidak ada isinya."))
    _tell_filled(row, line, mapping, kind)
    width = len(table.headings)
    outside = next((i for i in range(width, len(line.cells)) if shown(line.cells[i])), None)
    if outside is not None:
        row.errors.append(
            ("", _("ada isi di luar tabel, di kolom %(letter)s.") % {"letter": letter(outside)}, "")
        )
    row.key = tuple(row.values.get(name, "") for name in kind.key_columns)
    return row


def _tell_filled(row: Row, line: Line, mapping: Mapping[str, int], kind: Kind) -> None:
    names = [str(c.label) for c in kind.columns if c.key in mapping and mapping[c.key] in line.filled]
    if names:
        row.notes.append(_("Diisi dari baris di atasnya: %(names)s.") % {"names": ", ".join(names)})


def compare(
    rows: Sequence[Row],
    kind: Kind,
    scope: frozenset[int] | None,
    seen: dict[Key, int],
    *,
    lock: bool = False,
    identify: bool = False,
) -> None:
    """Fill in what the database holds, and find what is wrong. `seen` gathers keys with their row numbers. With
    `identify`, in a dry run, rows without a key are looked for."""
    broken = {id(row) for row in rows if any(name in kind.key_columns for name, _text, _cell in row.errors)}
    usable = [row for row in rows if id(row) not in broken]
    if identify:
        kind.identify(usable)
    known = kind.current([row.key for row in usable], lock=lock)
    for row in usable:
        row.before = known.get(row.key)
    if identify and kind.matches:
        find_likely(usable, kind, scope)
    for row in usable:
        row.keep_untouched()
        if not row.skipped and Question.SPLIT not in row.asks:
            _check_known(row, kind, seen)
    usable = [row for row in usable if not row.skipped]
    found = [len(row.errors) for row in usable]
    kind.check(usable)
    kind.complete(usable)
    for row, number in zip(usable, found, strict=True):
        if row.before is not None and not row.changes:
            del row.errors[number:]  # what stands already is not refused
    if scope is None:
        return
    for row in usable:
        owners = {row.owner, row.before.owner if row.before else row.owner}
        if not owners <= scope:
            row.wrong("", str(kind.not_yours))


def _check_known(row: Row, kind: Kind, seen: dict[Key, int]) -> None:
    """Is its key the first of its sort, and may the row be new?"""
    if row.key in seen:
        row.wrong(
            kind.key_columns[0],
            _("sama dengan baris %(row)s: kuncinya berulang.") % {"row": seen[row.key]},
        )
    elif row.number is not None:
        seen[row.key] = row.number
    _check_filled(row, kind)
    if row.before is not None:
        row.owner, row.label = row.before.owner, row.before.label
    elif not kind.adds:
        row.wrong(kind.key_columns[0], str(kind.unknown))


def _check_filled(row: Row, kind: Kind) -> None:
    """Required cells: of a known row those that the file has, of a new one all."""
    faulty = {name for name, _text, _cell in row.errors}
    for column in kind.columns:
        if not column.required or column.key in faulty:
            continue
        if column.key in row.values:
            stood_empty = row.before is not None and not row.before.values.get(column.key)
            if not row.values[column.key] and not stood_empty:
                row.wrong(column.key, _("kosong, padahal wajib diisi."))
        elif row.before is None and kind.adds:
            row.wrong(column.key, _("tidak ada di berkas, padahal baris ini baru."))


def _stored(run: ImportRun, row: Row, position: int) -> ImportRow:
    changes = row.changes
    state = _state(row, changes)
    keeps = state in (RowState.NEW, RowState.CHANGED, RowState.WAITING)
    before = row.before.values if row.before else {}
    waits = {name: value for name, value in row.asks.items() if name != Question.PROPER}
    asks = (
        row.asks if state in (RowState.NEW, RowState.CHANGED) else waits if state == RowState.WAITING else {}
    )
    return ImportRow(
        run=run,
        position=position,
        number=row.number,
        piece=row.piece,
        state=state,
        key=list(row.key),
        label=_label(row)[:SHOWN_PIECES],
        values=changes if keeps else {},
        before={name: before.get(name, "") for name in changes} if state == RowState.CHANGED else {},
        errors=[list(error) for error in row.errors],
        asks=asks,
        notes=row.notes,
    )


def _state(row: Row, changes: Mapping[str, str]) -> RowState:
    if row.skipped:
        return RowState.SKIPPED
    if Question.SPLIT in row.asks:  # what else is wrong with it shows once it is clear what it is
        return RowState.WAITING
    if row.errors:
        return RowState.WRONG
    if Question.SAME in row.asks:
        return RowState.WAITING
    if row.before is None:
        return RowState.NEW
    return RowState.CHANGED if changes else RowState.SAME


def _label(row: Row) -> str:
    """The row's name, its key, or the first thing it says: a wrong key must not make it nameless."""
    key = " · ".join(part for part in row.key if part)
    return row.label or key or next((text for text in row.values.values() if text), "")


def _absent(run: ImportRun, kind: Kind, scope: frozenset[int] | None, seen: Set[Key], position: int) -> int:
    """Rows of the database that the file does not name. They are listed and never removed."""
    missing = ((key, label) for key, label in kind.all_keys(scope) if key not in seen)
    found = 0
    while batch := list(islice(missing, settings.EXCHANGE_BATCH)):
        ImportRow.objects.bulk_create(
            ImportRow(
                run=run,
                position=position + found + place,
                state=RowState.ABSENT,
                key=list(key),
                label=(label or " · ".join(part for part in key if part))[:SHOWN_PIECES],
            )
            for place, (key, label) in enumerate(batch)
        )
        found += len(batch)
    return found
