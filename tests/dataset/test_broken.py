"""A broken table: a clear message that names table, row and column, and nothing is written."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management.base import CommandError

from jendela.common.models import AuditEntry
from jendela.people.agencies.models import Agency
from jendela.people.areas.models import Area
from jendela.services.catalogue.actions import add_view_counts
from jendela.services.catalogue.choices import StandardState
from jendela.services.catalogue.models import Service, ServiceWord, Standard, ViewCount, Way
from tests.dataset.conftest import Load

pytestmark = pytest.mark.django_db


def change(path: Path, row: int, column: str, value: str) -> None:
    """Put a value into a cell; rows count as a spreadsheet does."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    rows[row - 1][rows[0].index(column)] = value
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


def append(path: Path, line: str) -> None:
    path.write_text(path.read_text(encoding="utf-8") + line + "\n", encoding="utf-8")


def drop_column(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("dasar_hukum", "hukum", 1), encoding="utf-8")


def double_service(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join([*lines, lines[2]]), encoding="utf-8")


def in_latin_1(path: Path) -> None:
    path.write_bytes(path.read_bytes() + "café".encode("latin-1"))


CASES: list[tuple[str, Callable[[Path], None], str]] = [
    ("layanan.csv", lambda p: append(p, "Layanan setengah,Disdik,kotim"), "3 sel, seharusnya 14"),
    (
        "layanan.csv",
        lambda p: change(p, 3, "opd", "Dinas Tak Ada"),
        "layanan.csv baris 3, kolom opd: instansi tidak dikenal: Dinas Tak Ada",
    ),
    ("layanan.csv", double_service, "baris 118, kolom nama: sama dengan baris 3"),
    ("layanan.csv", drop_column, "layanan.csv baris 1, kolom dasar_hukum: kolom tidak ada"),
    ("layanan.csv", in_latin_1, "bukan teks UTF-8"),
    ("layanan.csv", lambda p: change(p, 4, "sumber_tanggal", "kemarin"), "bukan tanggal: kemarin"),
    ("layanan.csv", lambda p: change(p, 4, "sumber_url", "javascript:alert(1)"), "bukan alamat web"),
    (
        "layanan.csv",
        lambda p: change(p, 4, "persyaratan", "x" * 301),
        "kolom persyaratan: lebih dari 300 huruf",
    ),
    ("layanan.csv", lambda p: change(p, 4, "scope", "desa"), "kolom scope: tidak dikenal: desa"),
    ("layanan.csv", Path.unlink, "layanan.csv baris 0: berkas tidak ada"),
    ("aplikasi.csv", lambda p: change(p, 2, "status", "hidup"), "kolom status: tidak dikenal: hidup"),
    (
        "aplikasi.csv",
        lambda p: change(p, 2, "pemilik", ""),
        "kolom pemilik: kosong, padahal wajib diisi",
    ),
    ("wilayah.csv", lambda p: change(p, 3, "kode_induk", "62.99"), "wilayah induk tidak ada: 62.99"),
    ("wilayah.csv", lambda p: change(p, 3, "nama", "n" * 101), "kolom nama: lebih dari 100 huruf"),
    ("penduduk_kecamatan.csv", lambda p: change(p, 2, "penduduk", "banyak"), "bukan bilangan bulat"),
    ("blankspot_desa.csv", lambda p: change(p, 2, "kode", "62.02.99"), "wilayah tidak dikenal: 62.02.99"),
    ("opd.csv", lambda p: change(p, 2, "jenis", "kantor"), "kolom jenis: tidak dikenal: kantor"),
    ("opd_perubahan.csv", lambda p: change(p, 2, "pengganti", "X"), "instansi tidak dikenal: X"),
    ("kantor.csv", lambda p: change(p, 2, "jam", "08.00-15.00"), "jam buka harus punya sumber dan tanggal"),
    ("kanal.csv", lambda p: change(p, 2, "aplikasi", "Tak Ada"), "aplikasi tidak dikenal: Tak Ada"),
    ("kanal.csv", lambda p: change(p, 2, "telepon", "nol delapan"), "hanya angka"),
    ("berkas.csv", lambda p: change(p, 2, "pola", "(("), "pola tidak terbaca"),
    ("peristiwa_langkah.csv", lambda p: change(p, 2, "layanan", "Tak Ada"), "layanan tidak dikenal: Tak Ada"),
    ("kategori_layanan.csv", lambda p: change(p, 2, "kategori", "lain-lain"), "kategori tidak dikenal"),
    ("darurat.csv", lambda p: change(p, 5, "berfungsi", "ya"), "tidak dapat disebut berfungsi"),
    ("komponen.csv", lambda p: change(p, 2, "berlaku_sejak", "dulu"), "bukan tanggal: dulu"),
]


@pytest.mark.parametrize(("table", "damage", "message"), CASES)
def test_broken_table_writes_nothing(
    load: Load, tables: Path, table: str, damage: Callable[[Path], None], message: str
) -> None:
    damage(tables / table)
    with pytest.raises(CommandError) as caught:
        load(tables)
    assert message in str(caught.value)
    assert str(caught.value).startswith("Data tidak dimuat, tidak ada yang diubah.")
    assert not Area.objects.exists()
    assert not Agency.objects.exists()
    assert not Service.objects.exists()
    assert not AuditEntry.objects.exists()


def test_all_faults_of_the_services_are_named_at_once(load: Load, tables: Path) -> None:
    change(tables / "layanan.csv", 3, "opd", "Dinas Tak Ada")
    change(tables / "layanan.csv", 9, "scope", "mana saja")
    change(tables / "layanan_terkait.csv", 2, "terkait", "Tak Ada")
    with pytest.raises(CommandError) as caught:
        load(tables)
    assert str(caught.value).count("baris") == 3


def test_unknown_channel_is_kept_as_text_and_reported(load: Load, tables: Path) -> None:
    change(tables / "layanan.csv", 2, "kanal", "Loket Disdukcapil;Merpati pos")
    assert "kanal tidak ada di kanal.csv: Merpati pos" in load(tables)
    last = Way.objects.filter(service__number=1).last()
    assert last is not None
    assert (last.kind, last.text) == ("lain", "Merpati pos")


def test_missing_words_are_no_fault(load: Load, tables: Path) -> None:
    assert "kata.csv belum ada" in load(tables)
    words = (
        "layanan_nama,jenis,teks\nAkta kelahiran,english,Birth certificate\nAkta kelahiran,kata,akte lahir\n"
    )
    (tables / "kata.csv").write_text(words, encoding="utf-8")
    load(tables, again=True)
    assert Service.objects.get(name="Akta kelahiran").name_en == "Birth certificate"
    assert ServiceWord.objects.count() == 2


def test_notes_are_counted_and_stand_in_a_file(load: Load, tables: Path) -> None:
    text = load(tables, verbosity=1)
    assert "kata.csv belum ada" not in text
    file = Path(settings.HOME) / "log" / "load.log"
    found = file.read_text(encoding="utf-8")
    assert "kata.csv belum ada" in found
    number = sum(line.startswith("  ") for line in found.splitlines())
    assert text.splitlines()[-1] == f"  {number:>5}  catatan, lihat {file}"


def test_second_load_is_refused(load: Load, tables: Path) -> None:
    load(tables)
    before = AuditEntry.objects.count()
    with pytest.raises(CommandError, match="Data sudah dimuat"):
        load(tables)
    assert AuditEntry.objects.count() == before


def test_again_replaces_but_keeps_numbers_and_counts(load: Load, tables: Path) -> None:
    load(tables)
    kept = Service.objects.get(name="Akta kelahiran")
    add_view_counts([((kept.slug,), 3)])
    lines = (tables / "layanan.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    new = lines[-1].replace("Pendampingan Koperasi", "Bimbingan Koperasi")
    (tables / "layanan.csv").write_text("".join([lines[0], new, *lines[1:]]), encoding="utf-8")
    placed = tables / "kategori_layanan.csv"
    append(placed, "Bimbingan Koperasi Desa/Kelurahan Merah Putih,usaha,tidak")
    change(tables / "layanan.csv", 12, "biaya", "Rp5.000")
    load(tables, again=True)
    after = Service.objects.get(name="Akta kelahiran")
    assert (after.pk, after.number) == (kept.pk, kept.number)
    assert after.standards.get().fees.get().amount == 5000
    assert ViewCount.objects.get(service=kept).count == 3
    assert Service.objects.get(name__startswith="Bimbingan").number == 117
    assert Service.objects.count() == 117


def test_again_leaves_decreed_standards(load: Load, tables: Path) -> None:
    load(tables)
    decreed = Standard.objects.get(service__name="Akta kelahiran")
    Standard.objects.filter(pk=decreed.pk).update(
        state=StandardState.IN_FORCE,
        decree_number="1/2026",
        decree_date="2026-01-01",
        valid_from="2026-01-01",
        complaint_officer="Kepala seksi",
        complaint_channel="loket",
        signed_by="Kepala Dinas",
        consulted_on="2025-12-01",
        consultation_note="Dibahas bersama warga.",
    )
    assert "Standar tidak diganti, sudah ada versi lain: Akta kelahiran" in load(tables, again=True)
    assert Standard.objects.get(service__name="Akta kelahiran").pk == decreed.pk
    assert decreed.requirements.exists()


def test_again_removes_what_is_gone(load: Load, tables: Path) -> None:
    load(tables)
    gone = "Sewa gedung serba guna Sampit"
    for name in ("layanan.csv", "kategori_layanan.csv", "layanan_terkait.csv"):
        lines = (tables / name).read_text(encoding="utf-8").splitlines(keepends=True)
        (tables / name).write_text("".join(line for line in lines if gone not in line), encoding="utf-8")
    assert f"dihapus: {gone}" in load(tables, again=True)
    assert not Service.objects.filter(name=gone).exists()
