"""Tables on their way out: exports, templates to fill in, and a file again with what is wrong beside each row."""

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from io import StringIO
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from jendela.common.exchange import files
from jendela.common.exchange.cells import shown
from jendela.common.exchange.formula import protect
from jendela.common.exchange.guess import known_names
from jendela.common.exchange.kinds import Column, Kind
from jendela.common.exchange.models import ImportRun
from jendela.common.exchange.reading import open_table
from jendela.common.exchange.reads import wrong_rows

LONGEST_CELL = 32_767  # of a spreadsheet; what is longer would be cut without a word
HEAD = PatternFill("solid", start_color="FFEAF1FB")
WRONG = PatternFill("solid", start_color="FFFDECEA")
SEPARATOR = ";"  # what a spreadsheet set to Indonesian opens without asking


class TooLongForSheetError(Exception):
    """A text does not fit a cell of a spreadsheet."""


def cell(column: Column, text: str) -> str | int | float:
    """A canonical text as a cell of a spreadsheet: numbers as numbers, text that starts no formula."""
    if column.type.is_number:
        return column.type.out(text)
    return protect(text)


def csv_lines(rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """CSV text, some rows at a time."""
    buffer = StringIO()
    writer = csv.writer(buffer, delimiter=SEPARATOR)
    for number, row in enumerate(rows):
        writer.writerow(row)
        if number % 500 == 499:
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue()


def export_csv(kind: Kind, rows: Iterable[Mapping[str, str]], note: str) -> Iterator[str]:
    """The first line is a note with source and date; the importer knows it and passes over it."""
    yield "\ufeff"

    def lines() -> Iterator[Sequence[Any]]:
        if note:
            yield [f"# {note}"]
        yield [str(column.label) for column in kind.columns]
        for row in rows:
            yield [
                column.type.csv(row[column.key]) if column.type.is_number else protect(row[column.key])
                for column in kind.columns
            ]

    yield from csv_lines(lines())


def export_json(kind: Kind, rows: Iterable[Mapping[str, str]], note: str) -> Iterator[str]:
    yield json.dumps({"catatan": note}, ensure_ascii=False)[:-1] + ', "data": [\n'
    first = True
    for row in rows:
        values = {column.key: column.type.out(row[column.key]) for column in kind.columns}
        yield ("" if first else ",\n") + json.dumps(values, ensure_ascii=False)
        first = False
    yield "\n]}\n"


def export_geojson(kind: Kind, rows: Iterable[Mapping[str, str]], note: str) -> Iterator[str]:
    """A FeatureCollection: points from two columns, shapes from one."""
    yield (
        json.dumps({"type": "FeatureCollection", "catatan": note}, ensure_ascii=False)[:-1]
        + ', "features": [\n'
    )
    placed = set(kind.point or ()) | {kind.shape}
    first = True
    for row in rows:
        if kind.point:
            lon, lat = (float(row[name]) for name in kind.point)
            shape: Any = {"type": "Point", "coordinates": [lon, lat]}
        else:
            shape = json.loads(row[kind.shape])
        properties = {c.key: c.type.out(row[c.key]) for c in kind.columns if c.key not in placed}
        feature = {"type": "Feature", "properties": properties, "geometry": shape}
        yield ("" if first else ",\n") + json.dumps(feature, ensure_ascii=False, separators=(",", ":"))
        first = False
    yield "\n]}\n"


def export_xlsx(kind: Kind, rows: Iterable[Mapping[str, str]], note: str, target: Path) -> None:
    """The table in the first sheet, source, date and columns in the second. Raises TooLongForSheetError."""
    book = Workbook(write_only=True)
    sheet = _sheet(book, str(kind.title), [len(str(c.label)) for c in kind.columns])
    sheet.append([_head(sheet, str(column.label)) for column in kind.columns])
    for row in rows:
        sheet.append([_fitting(cell(column, row[column.key])) for column in kind.columns])
    _describe(book, kind, note)
    book.save(target)


def template_xlsx(kind: Kind, target: Path) -> None:
    """An empty table whose headings carry their description as a note, with descriptions and an example beside."""
    book = Workbook(write_only=True)
    sheet = _sheet(book, _("Isian"), [len(str(c.label)) for c in kind.columns])
    heads = []
    for column in kind.columns:
        head = _head(sheet, str(column.label))
        head.comment = Comment(_hint(column), "Jendela", width=320, height=120)
        heads.append(head)
    sheet.append(heads)
    _describe(book, kind, "")
    example = _sheet(book, "Contoh", [len(c.example) for c in kind.columns])
    example.append([_head(example, str(column.label)) for column in kind.columns])
    example.append([cell(column, column.type.parse(column.example)) for column in kind.columns])
    book.save(target)


def template_csv(kind: Kind) -> Iterator[str]:
    """A note with the example, then the headings: an example among the rows would be imported as a fact."""
    example = " · ".join(
        f"{column.label} = {' / '.join(column.example.split(chr(10)))}" for column in kind.columns
    )
    note = "# " + _("Contoh: %(text)s") % {"text": example}
    yield "\ufeff"
    yield from csv_lines([[note], [str(column.label) for column in kind.columns]])


def _hint(column: Column) -> str:
    need = _("Wajib diisi.") if column.required else _("Boleh dikosongkan.")
    return f"{column.description} {need} " + _("Contoh: %(text)s") % {"text": column.example}


def _sheet(book: Any, title: str, widths: Sequence[int]) -> Any:
    sheet = book.create_sheet(title[:31])
    for place, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = min(max(width + 4, 14), 48)
    sheet.freeze_panes = "A2"
    return sheet


def _head(sheet: Any, text: str) -> Any:
    head = WriteOnlyCell(sheet, text)
    head.font = Font(bold=True)
    head.fill = HEAD
    head.alignment = Alignment(wrap_text=True, vertical="top")
    return head


def _describe(book: Any, kind: Kind, note: str) -> None:
    sheet = book.create_sheet("Keterangan")
    for letter, width in zip("ABCD", (28, 70, 30, 18), strict=True):
        sheet.column_dimensions[letter].width = width
    if note:
        sheet.append([protect(note)])
        sheet.append([])
    sheet.append([_head(sheet, text) for text in (_("Kolom"), _("Isi"), _("Contoh"), _("Wajib"))])
    for column in kind.columns:
        need = _("ya") if column.required else _("tidak")
        sheet.append([str(column.label), str(column.description), protect(column.example), need])


def _fitting(value: str | int | float) -> str | int | float:
    if isinstance(value, str) and len(value) > LONGEST_CELL:
        raise TooLongForSheetError
    return value


def errors_table(run: ImportRun, kind: Kind) -> Iterator[tuple[list[str], bool]]:
    """The file as it was, a column 'Kesalahan' behind, header first; with whether the row is wrong."""
    errors = {number: _sentences(found, kind) for number, found in wrong_rows(run)}
    path, known = files.path_of(run), known_names(kind)
    with open_table(path, known=known, sheet=run.sheet, fills_down=kind.fills_down) as table:
        width = len(table.headings)
        yield [*table.headings, _("Kesalahan")], False
        for line in table.lines():
            cells = [protect(shown_whole(raw)) for raw in line.cells[:width]]
            cells += [""] * (width - len(cells))
            found = errors.get(line.number, "")
            yield [*cells, protect(found)], bool(found)


def shown_whole(raw: Any) -> str:
    return raw if isinstance(raw, str) else shown(raw)


def _sentences(errors: list[list[str]], kind: Kind) -> str:
    parts = [f"{kind.label_of(column)}: {text}" if column else text for column, text, _cell in errors]
    return " | ".join(parts)


def errors_csv(run: ImportRun, kind: Kind) -> Iterator[str]:
    yield "\ufeff"
    yield from csv_lines(cells for cells, _wrong in errors_table(run, kind))


def errors_xlsx(run: ImportRun, kind: Kind, target: Path) -> None:
    book = Workbook(write_only=True)
    sheet = _sheet(book, _("Perbaiki"), [len(text) for text in run.headings] + [44])
    for place, (cells, wrong) in enumerate(errors_table(run, kind)):
        if place == 0:
            sheet.append([_head(sheet, text) for text in cells])
        elif wrong:
            sheet.append([_marked(sheet, text) for text in cells])
        else:
            sheet.append([_fitting(text[:LONGEST_CELL]) for text in cells])
    book.save(target)


def _marked(sheet: Any, text: str) -> Any:
    marked = WriteOnlyCell(sheet, text[:LONGEST_CELL])
    marked.fill = WRONG
    return marked


Writer = Callable[[Kind, Iterable[Mapping[str, str]], str], Iterator[str]]
TEXT_WRITERS: dict[str, Writer] = {"csv": export_csv, "json": export_json, "geojson": export_geojson}
