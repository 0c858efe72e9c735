"""The command: lists as people send them, and no database."""

import csv
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

KOTIM = Path(__file__).resolve().parents[3] / "dataset" / "kotim" / "aplikasi.csv"
HEADER = "id,owner,name,description,url,function\n"


def run(tmp_path: Path, content: str | bytes) -> tuple[list[dict[str, str]], str, str]:
    """(pairs, what was said, what was complained)."""
    source, target = tmp_path / "list.csv", tmp_path / "pairs.csv"
    source.write_bytes(content.encode() if isinstance(content, str) else content)
    said, complained = StringIO(), StringIO()
    call_command("find_overlaps", input=source, output=target, stdout=said, stderr=complained)
    with target.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file)), said.getvalue(), complained.getvalue()


def test_a_list_gives_pairs_with_reasons(tmp_path: Path) -> None:
    found, said, complained = run(
        tmp_path,
        HEADER
        + "1,BKPSDM,SIMPEG,Data pegawai,,\n"
        + "2,Setda,Sistem Informasi Manajemen Kepegawaian,Data pegawai,,\n3,DLH,Bank Sampah,,,\n",
    )
    (pair,) = found
    assert list(pair) == ["id_a", "id_b", "kind", "score", "reasons"]
    assert (pair["id_a"], pair["id_b"], pair["kind"]) == ("1", "2", "duplicate")
    assert "singkatan" in pair["reasons"]
    assert "3 aplikasi dibandingkan" in said
    assert complained == ""


def test_semicolons_a_byte_order_mark_and_missing_optional_columns(tmp_path: Path) -> None:
    found, _, _ = run(tmp_path, "\ufeffID;Owner;Name\r\n1;Disdik;PPDB Online\r\n2;Disdik;PPDB daring v2\r\n")
    assert [(pair["id_a"], pair["id_b"]) for pair in found] == [("1", "2")]


def test_bad_rows_are_named_and_the_others_compared(tmp_path: Path) -> None:
    found, said, complained = run(
        tmp_path,
        HEADER
        + "1,Disdik,PPDB Online,,,\n,Disdik,Tanpa id,,,\n3,Disdik,,,,\n"
        + "1,Disdik,Lagi,,,\n5,Disdik,A,b,c,d,lebih\n6,Disdik,PPDB,,,\n\n",
    )
    assert len(found) == 1
    assert "4 baris dilewati" in said
    for text in (
        "baris 3, kolom id: kosong",
        "baris 4, kolom name: kosong",
        "baris 5, kolom id: 1 sudah ada",
        "baris 6: 7 sel",
    ):
        assert text in complained


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "berkas kosong"),
        (" \n\n", "berkas kosong"),
        (HEADER, "tidak ada baris"),
        ("id,nama\n1,x\n", "kolom owner: kolom ini tidak ada (yang ada: id, nama)"),
        (b"PK\x03\x04rest", "bukan CSV"),
        (b"%PDF-1.7", "bukan CSV"),
        (HEADER + ",x,,,,\n", "Tidak ada baris yang dapat dipakai"),
    ],
)
def test_what_cannot_be_used_says_why_and_writes_nothing(
    tmp_path: Path, content: str | bytes, words: str
) -> None:
    with pytest.raises(CommandError) as error:
        run(tmp_path, content)
    assert words in str(error.value)
    assert not (tmp_path / "pairs.csv").exists()


def test_a_file_that_is_not_there_and_a_target_that_cannot_be(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="berkas tidak ada"):
        call_command("find_overlaps", input=tmp_path / "none.csv", output=tmp_path / "out.csv")
    source = tmp_path / "list.csv"
    source.write_text(HEADER + "1,a,b,,,\n")
    with pytest.raises(CommandError, match="tidak ada"):
        call_command("find_overlaps", input=source, output=tmp_path / "nowhere" / "out.csv")
    with pytest.raises(CommandError, match="sama dengan"):
        call_command("find_overlaps", input=source, output=source)


def test_old_windows_letters_are_read(tmp_path: Path) -> None:
    found, _, _ = run(
        tmp_path,
        (HEADER + "1,Disdik,Caf\xe9 Belajar,,,\n2,Disdik,Caf\xe9 Belajar 2024,,,\n").encode("cp1252"),
    )
    assert len(found) == 1


def test_the_81_of_kotim_give_few_questions_and_no_wrong_double(tmp_path: Path) -> None:
    """Judged by hand: SPSE stands twice; the three ways to note attendance, admission by form and by portal, two
    registrations at the hospital and two kinds of parking do the same."""
    with KOTIM.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(HEADER.strip().split(","))
    names = {str(number): row["nama"] for number, row in enumerate(rows)}
    for number, row in enumerate(rows):
        writer.writerow(
            (number, row["pemilik"], row["nama"], row["deskripsi"], row["url"], row["fungsi_urusan"])
        )
    found, _, _ = run(tmp_path, text.getvalue())
    doubles = {frozenset((names[p["id_a"]], names[p["id_b"]])) for p in found if p["kind"] == "duplicate"}
    same = {frozenset((names[p["id_a"]], names[p["id_b"]])) for p in found if p["kind"] == "function"}
    assert doubles == {frozenset({"LPSE Kotim (SPSE)", "SPSE"})}
    assert {
        frozenset({"i-Personal", "Absensi daring ASN (sejak 2017)"}),
        frozenset({"i-Personal", "e-Presensi"}),
        frozenset({"PPDB daring Kotim", "Formulir Google pelaporan SPMB"}),
        frozenset({"Anjungan Pendaftaran Mandiri RSUD", "Registrasi daring dan jadwal dokter RSUD"}),
    } <= same
    assert len(same) <= 20
    assert not any("SPMB daring SMA/SMK Kalteng" in pair for pair in same | doubles)
