"""Tables for a spreadsheet: CSV that Excel opens in one click, and in which no cell can start a formula."""

import csv
import re
from collections.abc import Iterable, Sequence

from django.http import HttpResponse

_FORMULA = re.compile(r"\s*[=+\-@]|[\t\r\n]")


def harmless(cell: str) -> str:
    """A spreadsheet takes a cell that starts so for a formula; an apostrophe makes it text."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def csv_answer(name: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> HttpResponse:
    """A download; the mark at its start tells Excel that the letters are UTF-8."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    response.write("\ufeff")
    writer = csv.writer(response)
    writer.writerow(header)
    for row in rows:
        writer.writerow([harmless("" if cell is None else str(cell)) for cell in row])
    return response
