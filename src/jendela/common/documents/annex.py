"""A table as a workbook beside a letter."""

import datetime
from collections.abc import Sequence
from decimal import Decimal
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from jendela.common.documents.letter import Value
from jendela.common.exchange.cells import clean
from jendela.common.exchange.formula import protect

MARK = "CONTOH – bukan data resmi"
LONGEST_CELL = 32_767  # of a spreadsheet
_WRAP = Alignment(wrap_text=True, vertical="top")
_FORBIDDEN = str.maketrans("", "", "[]:*?/\\")  # in the name of a sheet


def annex_xlsx(
    headers: Sequence[str],
    rows: Sequence[Sequence[Value]],
    title: str,
    *,
    simulated: bool = False,
    notes: Sequence[str] = (),
) -> bytes:
    """Headers in the first row (below a mark when `simulated`), text that starts no formula, numbers and dates as such.
    `notes` (source, date) go to a second sheet, so that the table itself comes back whole. A text too long for a cell
    is cut and says so."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title.translate(_FORBIDDEN).strip("' ")[:31] or "Lampiran")
    for place, header in enumerate(headers):
        longest = max([len(header), *(len(str(row[place] or "")) for row in rows[:200] if place < len(row))])
        sheet.column_dimensions[get_column_letter(place + 1)].width = min(max(longest + 3, 10), 48)
    sheet.freeze_panes = "A3" if simulated else "A2"
    if simulated:
        sheet.append([_cell(sheet, MARK, bold=True)])
    sheet.append([_cell(sheet, header, bold=True) for header in headers])
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])
    if notes:
        second = book.create_sheet("Keterangan")
        second.column_dimensions["A"].width = 100
        for note in notes:
            second.append([_cell(second, note)])
    book.properties.title = clean(title)[:255]
    book.properties.creator = "Jendela"
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _cell(sheet: Any, value: Value, *, bold: bool = False) -> Any:
    if isinstance(value, str):
        text = protect(clean(value))
        value = text if len(text) <= LONGEST_CELL else text[: LONGEST_CELL - 12] + " (terpotong)"
    elif isinstance(value, Decimal):
        value = int(value) if value == value.to_integral_value() else float(value)
    elif isinstance(value, datetime.datetime):
        value = value.replace(tzinfo=None)  # a spreadsheet knows no zones
    cell = WriteOnlyCell(sheet, value=value)
    cell.alignment = _WRAP
    if bold:
        cell.font = Font(bold=True)
    if isinstance(value, datetime.date):
        cell.number_format = "dd/mm/yyyy"
    return cell
