"""XLSX, row by row: which sheet, hidden ones named, merged cells refused, formulas and errors marked."""

import re
import warnings
from collections.abc import Iterator, Set
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import openpyxl
from django.utils.translation import gettext as _
from openpyxl.utils.cell import range_boundaries

from jendela.common.exchange.cells import Broken, Formula, Raw
from jendela.common.exchange.reading.table import (
    FileRefusedError,
    Line,
    Table,
    counted,
    find_header,
    headings_of,
)

NOTES = ("Keterangan", "Contoh")  # sheets of our own templates and exports
LAST_ROW = 1_048_576
LONGEST_TITLE = 100  # of a sheet; Excel itself writes at most 31 letters
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*\bref="([A-Z]{1,3}\d+:[A-Z]{1,3}\d+)"')
CHUNK = 1 << 20


@contextmanager
def read_workbook(path: Path, known: Set[str], wanted: str) -> Iterator[Table]:
    """The table of one sheet. Raises FileRefusedError, also while rows are read."""
    with warnings.catch_warnings(), path.open("rb") as file:
        warnings.simplefilter("ignore")  # openpyxl warns of styles and extensions; none of them holds data
        try:  # given the open file: of a name it would ask the ending
            book = openpyxl.load_workbook(file, read_only=True, data_only=False, keep_links=False)
        except Exception:  # a file made to break the reader may raise anything; the person gets one sentence
            raise FileRefusedError(_("Berkas ini rusak. Buka dan simpan ulang sebagai XLSX.")) from None
        try:
            yield _table(book, known, wanted)
        finally:
            book.close()


def _table(book: Any, known: Set[str], wanted: str) -> Table:
    sheet, sheets, notices = _choose(book, wanted)
    header, _rest = find_header(_lines(sheet), known)
    _refuse_merged(book, sheet, header.number)
    lowest = getattr(sheet, "_seen_rows", 0)

    def rows() -> Iterator[Line]:
        _header, rest = find_header(_lines(sheet), known)
        return counted(rest)

    if header.number > 1:
        notices.append(_("Judul kolom kami baca dari baris %(row)s.") % {"row": header.number})
    return Table(
        format="xlsx",
        headings=headings_of(header),
        lines=rows,
        estimate=max(lowest - header.number, 0),
        notices=notices,
        sheets=sheets,
        sheet=sheet.title,
        header_row=header.number,
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


def _refuse_merged(book: Any, sheet: Any, header: int) -> None:
    """The reader that goes row by row does not tell merged cells, so the part of the sheet is searched for them.
    Above the header they are titles and do no harm."""
    rest = b""
    with book._archive.open(sheet._worksheet_path) as part:
        while chunk := part.read(CHUNK):
            text = rest + chunk
            for match in _MERGED.finditer(text):
                place = match.group(1).decode()
                if range_boundaries(place)[3] >= header:
                    raise FileRefusedError(
                        _("Sel %(place)s digabung. Pisahkan, lalu isi setiap sel.") % {"place": place}
                    )
            rest = text[-200:]
