"""A bad table is refused with words that name the row; nothing is guessed."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jendela.common.dates import parse_partial, parse_partials
from jendela.common.tables import TableError, read_table


def table(tmp_path: Path, text: str, encoding: str = "utf-8") -> Path:
    path = tmp_path / "t.csv"
    path.write_bytes(text.encode(encoding))
    return path


def test_rows_carry_their_spreadsheet_number(tmp_path: Path) -> None:
    rows = read_table(table(tmp_path, 'a,b\n1,"x\ny"\n\n2, z \n'), ["a", "b"], unique=["a"])
    assert [(row.number, row["a"], row["b"]) for row in rows] == [(2, "1", "x\ny"), (4, "2", "z")]


def test_a_fault_below_blank_rows_is_named_by_its_row(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="baris 5, kolom a: kosong"):
        read_table(table(tmp_path, 'a,b\n1,"x\n\ny"\n\n\n,z\n'), ["a", "b"], unique=["a"])


def test_signs_that_only_look_like_line_ends_part_no_rows(tmp_path: Path) -> None:
    rows = read_table(table(tmp_path, "a,b\n1,x\u2028y\n2,z\x0bw\n"), ["a", "b"])
    assert [row["b"] for row in rows] == ["x\u2028y", "z\x0bw"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a\n1\n", "kolom b: kolom tidak ada"),
        ("a,b\n1\n", "baris 2: 1 sel, seharusnya 2"),
        ("a,b\n1,x\n1,y\n", "baris 3, kolom a: sama dengan baris 2"),
        ("a,b\n,x\n", "baris 2, kolom a: kosong"),
        ('a,b\n1,"x\n', "baris rusak"),
    ],
)
def test_what_is_wrong_is_said(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(TableError, match=message):
        read_table(table(tmp_path, text), ["a", "b"], unique=["a"])


def test_other_encodings_are_refused(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="UTF-8"):
        read_table(table(tmp_path, "a,b\n1,\u00e9\n", "latin-1"), ["a", "b"])


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(TableError, match=r"none\.csv.*tidak ada"):
        read_table(tmp_path / "none.csv", ["a"])


def test_partial_dates() -> None:
    assert [str(date) for date in parse_partials("2023-02-03 ; 2025-11 ; 2020")] == [
        "2023-02-03",
        "2025-11",
        "2020",
    ]
    assert parse_partial("") is None
    with pytest.raises(ValueError, match="bukan tanggal"):
        parse_partial("kemarin")


@given(st.dates(), st.sampled_from(["%Y-%m-%d", "%Y-%m", "%Y"]))
def test_a_partial_date_reads_back(day: object, pattern: str) -> None:
    import datetime

    assert isinstance(day, datetime.date)
    if day.year < 1000:
        return
    text = day.strftime(pattern)
    assert str(parse_partial(text)) == text
