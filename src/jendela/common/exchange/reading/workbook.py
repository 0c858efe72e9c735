"""XLSX, row by row: which sheet, hidden ones named, joined cells understood or refused, formulas and errors marked."""

import warnings
from collections.abc import Iterator, Sequence, Set
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import openpyxl
from django.utils.translation import gettext as _

from jendela.common.exchange.cells import Broken, Formula, Raw
from jendela.common.exchange.reading.filling import fill_down
from jendela.common.exchange.reading.header import Header, find_header
from jendela.common.exchange.reading.merges import Merge, merges_of
from jendela.common.exchange.reading.table import FileRefusedError, Line, Table, counted

NOTES = ("Keterangan", "Contoh")  # sheets of our own templates and exports
LAST_ROW = 1_048_576
LONGEST_TITLE = 100  # of a sheet; Excel itself writes at most 31 letters


@contextmanager
def read_workbook(path: Path, known: Set[str], wanted: str, *, fills_down: bool = False) -> Iterator[Table]:
    """The table of one sheet. Raises FileRefusedError, also while rows are read."""
    with warnings.catch_warnings(), path.open("rb") as file:
        warnings.simplefilter("ignore")  # openpyxl warns of styles and extensions; none of them holds data
        try:  # given the open file: of a name it would ask the ending
            book = openpyxl.load_workbook(file, read_only=True, data_only=False, keep_links=False)
        except Exception:  # a file made to break the reader may raise anything; the person gets one sentence
            raise FileRefusedError(_("Berkas ini rusak. Buka dan simpan ulang sebagai XLSX.")) from None
        try:
            yield _table(book, known, wanted, fills_down)
        finally:
            book.close()


def _table(book: Any, known: Set[str], wanted: str, fills_down: bool) -> Table:
    sheet, sheets, notices = _choose(book, wanted)
    merges = merges_of(book, sheet)
    header, _rest = find_header(_lines(sheet), known, merges)
    if not fills_down:
        _refuse_joined(merges, header)
    lowest = getattr(sheet, "_seen_rows", 0)

    def rows() -> Iterator[Line]:
        _header, rest = find_header(_lines(sheet), known, merges)
        return counted(fill_down(rest, merges, header.last) if fills_down else rest)

    if header.sentence:
        notices.append(header.sentence)
    return Table(
        format="xlsx",
        headings=header.headings,
        lines=rows,
        estimate=max(lowest - header.last, 0),
        notices=notices,
        sheets=sheets,
        sheet=sheet.title,
        header_row=header.last,
    )


def _refuse_joined(merges: Sequence[Merge], header: Header) -> None:
    """Joined cells below the header hide which row a value belongs to; above and in the header they do no harm."""
    for one in merges:
        if one.top > header.last:
            raise FileRefusedError(
                _("Sel %(place)s digabung. Pisahkan, lalu isi setiap sel.") % {"place": one.name}
            )


def _choose(book: Any, wanted: str) -> tuple[Any, list[str], list[str]]:
    """The sheet that is read, the sheets to choose from, and what to say of it."""
    tables = [one for one in book.worksheets if one.title not in NOTES]
    if any(len(one.title) > LONGEST_TITLE for one in tables):
        raise FileRefusedError(_("Berkas ini rusak. Buka dan simpan ulang sebagai XLSX."))
    open_ones = [one for one in tables if one.sheet_state == "visible"]
    hidden = [one.title for one in tables if one.sheet_state != "visible"]
    chosen = next((one for one in tables if one.title == wanted), None) or (
        open_ones[0] if open_ones else None
    )
    if chosen is None:
        raise FileRefusedError(_("Semua lembar di berkas ini tersembunyi. Tampilkan satu, lalu simpan."))
    sheet_size = chosen.max_row or 0
    chosen.reset_dimensions()
    chosen._seen_rows = min(sheet_size, LAST_ROW)  # only an estimate for the progress
    notices = []
    if len(tables) > 1:
        notices.append(_("Kami membaca lembar “%(name)s”.") % {"name": chosen.title})
    if hidden:
        notices.append(_("Lembar tersembunyi: %(names)s.") % {"names": ", ".join(hidden)[:200]})
    names = [one.title for one in tables]
    return chosen, names if len(names) > 1 else [], notices


def _lines(sheet: Any) -> Iterator[Line]:
    try:
        for number, row in enumerate(sheet.iter_rows(), start=1):
            if number > LAST_ROW:
                return
            yield Line(number, [_raw(cell) for cell in row])
    except FileRefusedError:
        raise
    except (BadZipFile, OSError, EOFError, ValueError, TypeError, KeyError, IndexError, SyntaxError):
        # SyntaxError is the parse error of XML
        raise FileRefusedError(_("Berkas ini rusak. Buka dan simpan ulang sebagai XLSX.")) from None


def _raw(cell: Any) -> Raw:
    value = cell.value
    if value is None or isinstance(value, int | float):
        return value
    if isinstance(value, str):
        if cell.data_type == "f":
            return Formula(value)
        return Broken(value) if cell.data_type == "e" else value
    if hasattr(value, "ref") or hasattr(value, "text"):
        return Formula(str(getattr(value, "text", "") or "="))
    if hasattr(value, "isoformat"):
        return value  # type: ignore[no-any-return]
    return str(value)
