"""Every kind of file that people send: read as they meant it, or refused with one sentence."""

import datetime
import io
import json
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from jendela.common.exchange.cells import Broken, Formula
from jendela.common.exchange.reading import FileRefusedError, open_table

KNOWN = frozenset({"kode", "nama", "telepon"})


def xlsx(rows: list[list[Any]], change: Callable[[Any], None] | None = None) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    if change:
        change(book)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def read(tmp_path: Path, data: bytes, sheet: str = "") -> tuple[Any, list[tuple[int, list[Any]]]]:
    path = tmp_path / "berkas.bin"  # the name says nothing
    path.write_bytes(data)
    with open_table(path, known=KNOWN, sheet=sheet) as table:
        return table, [(line.number, list(line.cells)) for line in table.lines()]


def refused(tmp_path: Path, data: bytes) -> str:
    with pytest.raises(FileRefusedError) as error:
        read(tmp_path, data)
    sentence = str(error.value)
    assert sentence.endswith(".")
    assert len(sentence.split()) <= 16
    return sentence


TWO = [["Kode", "Nama"], ["01", "Satu"]]


def part(data: bytes, name: str, text: bytes) -> bytes:
    """The same workbook with one part replaced or added."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for one in old.namelist():
            if one != name:
                new.writestr(one, old.read(one))
        new.writestr(name, text)
    return target.getvalue()


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "kosong"),
        (b"MZ\x90\x00" + b"\0" * 200, "program"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 20, "gambar"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "Excel lama"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600,
            "kata sandi",
        ),
        (b"PK\x03\x04 rusak", "rusak"),
        (b"<html><table><tr><td>Kode</td></tr></table></html>", "bukan tabel"),
        (b"Kode;Nama\n01;\"tidak ditutup\n", "tanda kutip"),
        (b"Kode,Nama\nA;B,C\nD;E,F\n".replace(b"Kode,Nama", b"Kode;Nama,Lain"), "Pemisah"),
        (b"Kode;Nama;kode \n01;x;y\n", "dua kali"),
        (b"{\"a\": 1, \"b\": 2}", "daftar"),
        (b"[{\"a\": 1}, 2]", "bukan objek"),
        (b"[{\"a\": {\"b\": 1}}]", "bertingkat"),
        (b"[{\"a\": NaN}]", "rusak"),
        (b"[" * 100_000, "bertingkat"),
        (b"[{\"a\": 1},\n{\"a\": }]", "baris 2"),
        (b"\x00\x01\x02\x03" * 30, "bukan tabel"),
        (b"Kode\x81;Nama\n\x81\x8d;x\n", "UTF-8"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_what_is_no_table_is_refused_in_one_sentence(tmp_path: Path, data: bytes, word: str) -> None:
    assert word in refused(tmp_path, data)


def test_a_zip_bomb_is_refused_before_it_is_opened(tmp_path: Path) -> None:
    bomb = part(xlsx(TWO), "xl/worksheets/sheet1.xml", b"<x>" + b"0" * 30_000_000)
    assert len(bomb) < 100_000
    assert "terlalu besar" in refused(tmp_path, bomb)


def test_many_parts_are_refused(tmp_path: Path) -> None:
    target = io.BytesIO(xlsx(TWO))
    with zipfile.ZipFile(target, "a") as archive:
        for number in range(3100):
            archive.writestr(f"x/{number}.xml", "")
    assert "terlalu besar" in refused(tmp_path, target.getvalue())


def test_entities_in_xml_are_refused(tmp_path: Path) -> None:
    laughs = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'
    for name in ("xl/sharedStrings.xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml"):
        assert "XML" in refused(tmp_path, part(xlsx(TWO), name, laughs))


@pytest.mark.parametrize("hidden", ["comment", "utf-16", "name"])
def test_entities_that_hide_are_refused_too(tmp_path: Path, hidden: str) -> None:
    kind, name = b'<!DOCTYPE x [<!ENTITY a "ha">]><x>&a;</x>', "xl/sharedStrings.xml"
    if hidden == "comment":
        kind = b'<?xml version="1.0"?><!--' + b"x y " * 5000 + b"-->" + kind
    elif hidden == "utf-16":
        kind = kind.decode().encode("utf-16")
    else:
        name = "xl/worksheets/sheet1.bin"  # a workbook may call its parts as it likes
    assert "XML" in refused(tmp_path, part(xlsx(TWO), name, kind))


def test_pictures_beside_the_table_do_no_harm(tmp_path: Path) -> None:
    data = part(xlsx(TWO), "xl/media/image1.png", b"\x89PNG\r\n\x1a\n" + b"\0\xff" * 500)
    assert read(tmp_path, data)[1] == [(2, ["01", "Satu"])]


@pytest.mark.parametrize("sign", ["\\u0000", "\\ud83d"], ids=["nul", "half a pair"])
def test_names_in_json_lose_what_no_table_can_hold(tmp_path: Path, sign: str) -> None:
    table, lines = read(tmp_path, f'[{{"ko{sign}de": "01", "nama": "Satu"}}]'.encode())
    assert table.headings == ["kode", "nama"]
    assert lines == [(1, ["01", "Satu"])]
    assert "bertingkat" in refused(tmp_path, f'[{{"ko{sign}de": [1]}}]'.encode()).encode().decode()


def test_a_sheet_with_an_endless_name_is_refused(tmp_path: Path) -> None:
    book = zipfile.ZipFile(io.BytesIO(xlsx(TWO))).read("xl/workbook.xml")
    assert b'name="Sheet"' in book
    long = book.replace(b'name="Sheet"', b'name="' + b"x" * 5000 + b'"')
    assert "rusak" in refused(tmp_path, part(xlsx(TWO), "xl/workbook.xml", long))


def test_macros_and_other_archives_are_refused(tmp_path: Path) -> None:
    assert "makro" in refused(tmp_path, part(xlsx(TWO), "xl/vbaProject.bin", b"x"))
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("isi.txt", "halo")
    assert "ZIP" in refused(tmp_path, other.getvalue())


def test_a_broken_sheet_is_refused_while_it_is_read(tmp_path: Path) -> None:
    broken = part(xlsx(TWO), "xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row r='1'><c")
    assert "rusak" in refused(tmp_path, broken)


def test_merged_cells_in_the_table_are_named_and_titles_above_do_no_harm(tmp_path: Path) -> None:
    rows: list[list[Any]] = [["DAFTAR KANTOR", None], [None, None], *TWO, ["02", "Dua"]]
    table, lines = read(tmp_path, xlsx(rows, lambda book: book.active.merge_cells("A1:B1")))
    assert table.headings == ["Kode", "Nama"]
    assert table.header_row == 3
    assert lines == [(4, ["01", "Satu"]), (5, ["02", "Dua"])]
    merged = xlsx(rows, lambda book: book.active.merge_cells("A4:A5"))
    assert "A4:A5" in refused(tmp_path, merged)


def test_formulas_errors_and_dates_keep_what_they_are(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["Kode", "Nama", "Kapan"],
        ["01", "=A2", datetime.date(2026, 11, 24)],
        ["02", "#N/A", 46350],
    ]
    _table, lines = read(tmp_path, xlsx(rows))
    assert lines[0][1][1] == Formula("=A2")
    assert lines[0][1][2] == datetime.datetime(2026, 11, 24)
    assert lines[1][1][1] == Broken("#N/A")


def test_text_that_begins_like_a_formula_is_text(tmp_path: Path) -> None:
    def as_text(book: Any) -> None:
        book.active["B2"].value = "=bukan rumus"
        book.active["B2"].data_type = "s"

    _table, lines = read(tmp_path, xlsx(TWO, as_text))
    assert lines == [(2, ["01", "=bukan rumus"])]


def test_hidden_sheets_are_named_and_a_sheet_can_be_chosen(tmp_path: Path) -> None:
    def sheets(book: Any) -> None:
        book.active.title = "Isian"
        book.create_sheet("Lama").sheet_state = "hidden"
        other = book.create_sheet("Kedua")
        other.append(["Kode", "Telepon"])
        other.append(["09", "112"])
        book.create_sheet("Keterangan").append(["bukan tabel"])

    data = xlsx(TWO, sheets)
    table, _lines = read(tmp_path, data)
    assert table.sheets == ["Isian", "Lama", "Kedua"]
    assert any("“Isian”" in notice for notice in table.notices)
    assert any("Lama" in notice for notice in table.notices)
    _table, lines = read(tmp_path, data, sheet="Kedua")
    assert lines == [(2, ["09", "112"])]


def test_only_hidden_sheets(tmp_path: Path) -> None:
    def hide(book: Any) -> None:
        book.active.sheet_state = "hidden"

    data = xlsx(TWO)
    hidden = part(
        data,
        "xl/workbook.xml",
        zipfile.ZipFile(io.BytesIO(data))
        .read("xl/workbook.xml")
        .replace(b'state="visible"', b'state="hidden"'),
    )
    assert "tersembunyi" in refused(tmp_path, hidden)


def test_rows_keep_their_number_over_blank_rows_and_cells_of_several_lines(tmp_path: Path) -> None:
    _table, lines = read(tmp_path, b'Kode;Nama\n01;"dua\nbaris"\n\n;\n02;Dua\n')
    assert lines == [(2, ["01", "dua\nbaris"]), (5, ["02", "Dua"])]
    _table, lines = read(tmp_path, xlsx([["Kode", "Nama"], [None, None], ["01", "Satu"]]))
    assert lines == [(3, ["01", "Satu"])]


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_separators_and_encodings(tmp_path: Path, separator: str, encoding: str) -> None:
    text = separator.join(["Kode", "Nama"]) + "\n" + separator.join(["01", "Kafé"]) + "\n"
    table, lines = read(tmp_path, text.encode(encoding))
    assert lines == [(2, ["01", "Kafé"])]
    assert table.notices == []


def test_windows_text_is_read_with_a_notice(tmp_path: Path) -> None:
    table, lines = read(tmp_path, "Kode;Nama\n01;Kafé\n".encode("cp1252"))
    assert lines == [(2, ["01", "Kafé"])]
    assert "Windows-1252" in table.notices[0]


def test_decimal_commas_do_not_part_columns(tmp_path: Path) -> None:
    _table, lines = read(tmp_path, b"Kode;Nama\n1,5;2,5\n3,5;4,5\n")
    assert lines == [(2, ["1,5", "2,5"]), (3, ["3,5", "4,5"])]


def test_one_column_is_a_table(tmp_path: Path) -> None:
    table, lines = read(tmp_path, b"Kode\n01\n02\n")
    assert table.headings == ["Kode"]
    assert lines == [(2, ["01"]), (3, ["02"])]


def test_limits(tmp_path: Path, settings: Any) -> None:
    settings.EXCHANGE_MOST_ROWS = 3
    assert "lebih dari 3 baris" in refused(tmp_path, b"Kode;Nama\n" + b"1;a\n" * 4)
    settings.EXCHANGE_MOST_COLUMNS = 3
    assert "4 kolom" in refused(tmp_path, b"Kode;Nama;x;y\n1;2;3;4\n")
    settings.EXCHANGE_MOST_BYTES = 10
    assert "MB" in refused(tmp_path, b"Kode;Nama\n1;2\n")


def test_json_and_geojson(tmp_path: Path) -> None:
    table, lines = read(
        tmp_path, json.dumps({"catatan": "x", "data": [{"Kode": "01"}, {"Nama": 2}]}).encode()
    )
    assert (table.format, table.headings) == ("json", ["Kode", "Nama"])
    assert lines == [(1, ["01", None]), (2, [None, 2])]
    point = {
        "type": "Feature",
        "properties": {"nama": "A"},
        "geometry": {"type": "Point", "coordinates": [112.9, -2.5, 4]},
    }
    shape = {"type": "Polygon", "coordinates": [[[1, 2], [3, 4], [5, 6], [1, 2]]]}
    data = {
        "type": "FeatureCollection",
        "features": [point, {"type": "Feature", "properties": None, "geometry": shape}],
    }
    table, lines = read(tmp_path, json.dumps(data).encode())
    assert table.headings == ["nama", "lon", "lat", "geometry"]
    assert lines[0][1] == ["A", 112.9, -2.5, None]
    assert json.loads(lines[1][1][3]) == shape


def test_a_row_far_below_does_not_fill_the_memory(tmp_path: Path) -> None:
    data = xlsx(TWO)
    sheet = zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml")
    far = sheet.replace(b'<row r="2"', b'<row r="999999999"')
    _table, lines = read(tmp_path, part(data, "xl/worksheets/sheet1.xml", far))
    assert lines == []


def read_office(tmp_path: Path, data: bytes) -> tuple[Any, list[Any]]:
    """As kinds read that understand lists of offices."""
    path = tmp_path / "berkas.bin"
    path.write_bytes(data)
    with open_table(path, known=KNOWN | {"kontraksampai"}, fills_down=True) as table:
        return table, list(table.lines())


def test_a_header_of_two_rows_is_one_also_without_joined_cells(tmp_path: Path) -> None:
    rows: list[Any] = [
        ["Daftar"],
        ["Kode", "Nama", "Kontrak", None],
        [None, None, "Mulai", "Sampai"],
        ["01", "Satu", "a", "b"],
    ]
    csv = "\n".join(";".join(cell or "" for cell in row) for row in rows).encode()

    def join(book: Any) -> None:
        for place in ("A1:D1", "A2:A3", "B2:B3", "C2:D2"):
            book.active.merge_cells(place)

    for data in (csv, xlsx(rows), xlsx(rows, join)):
        table, lines = read_office(tmp_path, data)
        assert table.headings == ["Kode", "Nama", "Kontrak Mulai", "Kontrak Sampai"]
        assert table.header_row == 3
        assert [list(line.cells) for line in lines] == [["01", "Satu", "a", "b"]]
        assert "baris 2 dan 3" in " ".join(table.notices)


def test_the_first_rows_of_data_are_no_header(tmp_path: Path) -> None:
    rows = [["Kode", "Nama", ""], ["01", "", "x"], ["02", "Dua", ""]]
    for rest in (rows, [*rows[:1], ["", "", "x"], *rows[1:]]):
        table, lines = read(tmp_path, "\n".join(";".join(row) for row in rest).encode())
        assert table.headings == ["Kode", "Nama"]
        assert len(lines) == len(rest) - 1


def test_a_row_that_counts_the_columns_is_passed_over(tmp_path: Path) -> None:
    for counted in (["(1)", "(2)", "(3)"], ["1", "2", "3"]):
        rows: list[Any] = [["Kode", "Nama", "Telepon"], counted, ["01", "Satu", "x"]]
        table, lines = read(tmp_path, "\n".join(";".join(row) for row in rows).encode())
        assert (table.header_row, lines) == (2, [(3, ["01", "Satu", "x"])])
    two = [["Kode", "Nama"], ["1", "2"], ["01", "Satu"]]
    assert len(read(tmp_path, "\n".join(";".join(row) for row in two).encode())[1]) == 2


def test_joined_and_ditto_cells_say_what_stands_above(tmp_path: Path) -> None:
    rows: list[Any] = [
        ["Kode", "Nama"],
        ["01", "Satu"],
        ["02", None],
        ["03", '"'],
        ["04", "s.d.a"],
        ["05", "-"],
        ["06", "IDEM"],
    ]
    _table, lines = read_office(tmp_path, xlsx(rows, lambda book: book.active.merge_cells("B2:B3")))
    assert [line.cells[1] for line in lines] == ["Satu", "Satu", "Satu", "Satu", "-", "-"]
    assert [line.filled for line in lines] == [(), (1,), (1,), (1,), (), (1,)]
    _table, lines = read_office(tmp_path, xlsx([["Kode", "Nama"], ["01", "idem"]]))
    assert lines[0].orphans == (1,)


def test_a_wide_joined_row_names_the_section_below(tmp_path: Path) -> None:
    rows: list[Any] = [
        ["Kode", "Nama", "Telepon"],
        ["DINAS A", None, None],
        ["01", "Satu", "x"],
        ["02", "Dua", "x"],
    ]
    _table, lines = read_office(tmp_path, xlsx(rows, lambda book: book.active.merge_cells("A2:C2")))
    assert [(line.number, line.section) for line in lines] == [(3, "DINAS A"), (4, "DINAS A")]


def test_sixty_thousand_rows_are_read_in_bounded_memory(tmp_path: Path) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(["Kode", "Nama", "Telepon"])
    for number in range(60_000):
        sheet.append([f"{number:05}", "idem" if number % 5 else f"Nama {number}", None])
    path = tmp_path / "panjang.bin"
    book.save(path)
    tracemalloc.start()
    with open_table(path, known=KNOWN, fills_down=True) as table:
        count = sum(1 for _line in table.lines())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 60_000
    assert peak < 30_000_000


def test_too_many_joined_cells_are_refused(tmp_path: Path) -> None:
    data = xlsx(TWO)
    sheet = zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml").decode()
    joined = "".join(f'<mergeCell ref="A{n}:A{n + 1}"/>' for n in range(3, 50_000, 2))
    data = part(
        data,
        "xl/worksheets/sheet1.xml",
        sheet.replace("</sheetData>", f"</sheetData><mergeCells>{joined}</mergeCells>").encode(),
    )
    assert "digabung" in refused(tmp_path, data)
