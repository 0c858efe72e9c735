"""CSV: UTF-8 with or without mark, UTF-16 with mark, else Windows-1252 with a notice; separator found strictly."""

import csv
import io
from collections.abc import Iterator, Set
from itertools import islice
from pathlib import Path

from django.utils.translation import gettext as _

from jendela.common.exchange.reading.filling import fill_down
from jendela.common.exchange.reading.header import find_header
from jendela.common.exchange.reading.table import FileRefusedError, Line, Table, blank, counted

SEPARATORS = (";", ",", "\t")
TRIED = 60  # rows by which a separator is judged
NOTE = "#"  # a first line that begins so is a note of the file, not a row
csv.field_size_limit(20_000_000)


def read_text(path: Path, known: Set[str], *, fills_down: bool = False) -> Table:
    """The table of a text file. Raises FileRefusedError."""
    text, notices = _decode(path.read_bytes())
    separator = _separator(text)
    header, lines = find_header(_lines(text, separator), known)

    def rows() -> Iterator[Line]:
        _header, rest = find_header(_lines(text, separator), known)
        return counted(fill_down(rest, (), header.last) if fills_down else rest)

    del lines
    if header.sentence:
        notices.append(header.sentence)
    return Table(
        format="csv",
        headings=header.headings,
        lines=rows,
        estimate=max(text.count("\n") - header.last, 0),
        notices=notices,
        header_row=header.last,
    )


def _decode(data: bytes) -> tuple[str, list[str]]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode("utf-16"), []
        except UnicodeDecodeError:
            raise FileRefusedError(
                _("Tulisan di berkas ini rusak. Simpan ulang sebagai CSV UTF-8.")
            ) from None
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError:
        pass
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        raise FileRefusedError(_("Tulisan di berkas ini rusak. Simpan ulang sebagai CSV UTF-8.")) from None
    return text, [_("Berkas ini bukan UTF-8. Kami membacanya sebagai Windows-1252; periksa huruf khusus.")]


def _reader(text: str, separator: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)


def _lines(text: str, separator: str) -> Iterator[Line]:
    """Rows by the number that a spreadsheet shows: blank rows count, a cell of several lines is one row."""
    reader = _reader(text, separator)
    number = 0
    try:
        for cells in reader:
            number += 1
            if cells and cells[0].startswith(NOTE) and number == 1:
                continue
            yield Line(number, cells)
    except csv.Error:
        raise FileRefusedError(
            _("Baris %(number)s rusak: tanda kutipnya tidak berpasangan.") % {"number": number + 1}
        ) from None


def _separator(text: str) -> str:
    """The one separator by which the rows have one width. Raises FileRefusedError when two fit equally well."""
    fitting: dict[str, tuple[int, int]] = {}
    for separator in SEPARATORS:
        widths = _widths(text, separator)
        if not widths or max(widths) < 2:
            continue
        common = max(set(widths), key=widths.count)
        if common > 1:
            fitting[separator] = (sum(width == common for width in widths) * 100 // len(widths), common)
    if not fitting:
        return SEPARATORS[0] if _widths(text, SEPARATORS[0]) is not None else SEPARATORS[1]
    best = max(fitting.values())
    found = [separator for separator, score in fitting.items() if score == best]
    if len(found) > 1:
        raise FileRefusedError(
            _("Pemisah kolom di berkas ini tidak jelas. Simpan sebagai XLSX, lalu unggah.")
        )
    return found[0]


def _widths(text: str, separator: str) -> list[int] | None:
    """Numbers of cells of the first rows; None when they cannot be read with this separator."""
    widths: list[int] = []
    try:
        for number, cells in enumerate(islice(_reader(text, separator), TRIED)):
            if not blank(cells) and not (number == 0 and cells[0].startswith(NOTE)):
                widths.append(len(cells))
    except csv.Error:
        return widths or None
    return widths
