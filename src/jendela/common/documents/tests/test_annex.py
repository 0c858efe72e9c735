"""An annex as a workbook: cells that calculate nothing, numbers and dates that stay such."""

import datetime
import io
from decimal import Decimal
from typing import Any

import pytest
from openpyxl import load_workbook

from jendela.common.documents import annex_xlsx
from jendela.common.documents.annex import LONGEST_CELL, MARK
from jendela.common.exchange.formula import release


def opened(*args: Any, **more: Any) -> Any:
    return load_workbook(io.BytesIO(annex_xlsx(*args, **more)))


def test_a_table() -> None:
    book = opened(
        ["Nama", "Biaya", "Sampai"],
        [["SIAK", Decimal("1250000"), datetime.date(2026, 12, 24)], ["Contoh", Decimal("0.5"), None]],
        "Daftar: aplikasi/[uji]",
        notes=["Sumber: daftar, 24 November 2026"],
    )
    sheet = book.worksheets[0]
    assert sheet.title == "Daftar aplikasiuji"
    assert [cell.value for cell in sheet[1]] == ["Nama", "Biaya", "Sampai"]
    assert [cell.value for cell in sheet[2]] == ["SIAK", 1250000, datetime.datetime(2026, 12, 24)]
    assert [cell.value for cell in sheet[3]] == ["Contoh", 0.5, None]
    assert sheet.freeze_panes == "A2"
    assert book.worksheets[1]["A1"].value == "Sumber: daftar, 24 November 2026"


@pytest.mark.parametrize(
    "text", ["=1+1", "+62531", "-5", "@SUM(A1)", '=HYPERLINK("http://x")', "'=a", "\t=a"]
)
def test_no_cell_calculates(text: str) -> None:
    sheet = opened([text], [[text]], text or "x").worksheets[0]
    for row in (1, 2):
        cell = sheet.cell(row, 1)
        assert cell.data_type == "s"
        assert not cell.value.startswith(("=", "+", "-", "@", "\t"))
        assert release(cell.value) == text.strip()


def test_a_simulated_annex_says_so_in_its_first_row() -> None:
    sheet = opened(["A"], [["x"]], "Contoh", simulated=True).worksheets[0]
    assert [row[0].value for row in sheet.iter_rows()] == [MARK, "A", "x"]


def test_a_text_too_long_for_a_cell_says_so() -> None:
    sheet = opened(["A"], [["x" * 40_000], ["a\x00\x0bb"]], "").worksheets[0]
    assert len(sheet["A2"].value) == LONGEST_CELL
    assert sheet["A2"].value.endswith("(terpotong)")
    assert sheet["A3"].value == "ab"
    assert sheet.title == "Lampiran"
