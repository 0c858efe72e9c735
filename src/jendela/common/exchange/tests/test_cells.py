"""What people and spreadsheets write in cells, and what it means; what could mean two things is refused."""

import datetime
import re
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jendela.common.exchange.cells import (
    Broken,
    CellError,
    CellType,
    Choice,
    Code,
    Day,
    Degree,
    Formula,
    Number,
    PartialDay,
    Phone,
    Web,
    Whole,
    Year,
)

AREA = Code(r"\d{2}(?:\.\d{2})?", "kode seperti 62.02")


@pytest.mark.parametrize(
    ("kind", "raw", "canonical"),
    [
        (Day(), "24 November 2026", "2026-11-24"),
        (Day(), "Selasa, 24 Nop 2026", "2026-11-24"),
        (Day(), "24-Nov-2026", "2026-11-24"),
        (Day(), "24/11/2026", "2026-11-24"),
        (Day(), "24.11.2026", "2026-11-24"),
        (Day(), "5/5/2026", "2026-05-05"),
        (Day(), "2026-11-24", "2026-11-24"),
        (Day(), "2026-11-24 00:00:00", "2026-11-24"),
        (Day(), 46350, "2026-11-24"),
        (Day(), 46350.0, "2026-11-24"),
        (Day(), datetime.datetime(2026, 11, 24), "2026-11-24"),
        (Day(), "29 Februari 2028", "2028-02-29"),
        (Day(), "28 Peb 2026", "2026-02-28"),
        (PartialDay(), 2026, "2026"),
        (PartialDay(), "2026", "2026"),
        (PartialDay(), "Nopember 2026", "2026-11"),
        (PartialDay(), "2026-11", "2026-11"),
        (PartialDay(), "2025; 24 November 2026", "2025 ; 2026-11-24"),
        (Whole(), "1.234", "1234"),
        (Whole(), "1234", "1234"),
        (Whole(), "12 345", "12345"),
        (Whole(), 1234.0, "1234"),
        (Year(1900, 2100), 2026, "2026"),
        (Number(2, 0, 10**6), "1.234,5", "1234.5"),
        (Number(2, 0, 10**6), "1234,50", "1234.5"),
        (Number(2, 0, 10**6), "12.5", "12.5"),
        (Number(2, 0, 10**7), "1.234.567", "1234567"),
        (Number(2, 0, 10**6), 0.1 + 0.2, "0.3"),
        (Degree(-12, 7), "-2.534", "-2.534"),
        (Degree(-12, 7), "-2,534", "-2.534"),
        (Degree(-12, 7), -2.534, "-2.534"),
        (AREA, "62.02", "62.02"),
        (AREA, 62.02, "62.02"),
        (Phone(), "0531 21234", "0531 21234"),
        (Phone(), 112, "112"),
        (Choice({"dinas": "Dinas"}), " DINAS ", "dinas"),
        (CellType(), "a\n b", "a b"),
        (CellType(lines=True), "a\r\nb", "a\nb"),
        (CellType(), 12.0, "12"),
        (CellType(), None, ""),
        (Web(), "https://kotimkab.go.id/", "https://kotimkab.go.id/"),
    ],
)
def test_a_cell_is_read_as_it_was_meant(kind: CellType, raw: Any, canonical: str) -> None:
    assert kind.parse(raw) == canonical


@pytest.mark.parametrize(
    ("kind", "raw", "word"),
    [
        (Day(), "3/4/2026", "3 April 2026 atau 4 Maret 2026"),
        (Day(), "31 Februari 2026", "tidak ada"),
        (Day(), "besok", "24 November 2026"),
        (Day(), 12, "bukan tanggal"),
        (Day(), float("nan"), "bukan tanggal"),
        (Whole(), "12,5", "bilangan bulat"),
        (Whole(), "1.23", "bilangan bulat"),
        (Whole(), "١٢", "bilangan bulat"),
        (Whole(), 12.5, "bilangan bulat"),
        (Whole(), True, "bilangan bulat"),
        (Whole(0, 9), "10", "di luar batas"),
        (Number(2, 0, 10**6), "1.234", "1234 atau 1,234"),
        (Number(2, 0, 10**6), "seribu", "bukan angka"),
        (Number(2, 0, 10**6), float("inf"), "bukan angka"),
        (Degree(-12, 7), "112.9", "di luar batas"),
        (AREA, 62.1, "Angka nol mungkin hilang"),
        (AREA, 62, None),
        (AREA, "6202", "kode seperti"),
        (Phone(), 53121234, "053121234"),
        (Phone(), "hubungi Pak RT", "bukan nomor"),
        (Choice({"dinas": "Dinas"}), "kantor", "Pilih: dinas"),
        (CellType(), Formula("=A1"), "rumus"),
        (CellType(), Broken("#N/A"), "#N/A"),
        (CellType(3), "empat", "terlalu panjang"),
        (Web(), "javascript:alert(1)", "https://"),
        (Web(), "kotimkab.go.id", "https://"),
    ],
)
def test_a_cell_that_cannot_be_used_says_what_to_do(kind: CellType, raw: Any, word: str | None) -> None:
    if word is None:
        assert kind.parse(raw) == "62"
        return
    with pytest.raises(CellError, match=re.escape(word)):
        kind.parse(raw)


@given(st.one_of(st.text(), st.floats(), st.integers(), st.booleans(), st.dates(), st.none(), st.times()))
def test_no_cell_breaks_a_type(raw: Any) -> None:
    """Whatever stands in a cell: a canonical text, which is read as itself again, or a sentence."""
    for kind in (
        CellType(),
        Day(),
        PartialDay(),
        Whole(),
        Number(2, -9, 9),
        Degree(-12, 7),
        AREA,
        Phone(),
        Web(),
    ):
        with suppress(CellError):  # the sentences are tested above
            text = kind.parse(raw)
            assert kind.settle(text) == text
