"""Names as lists of offices hold them: several in a cell, and in capitals."""

import pytest

from jendela.common.exchange.shaping import proper, several


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("SIMPEG\ne-Absen", ["SIMPEG", "e-Absen"]),
        ("- SIMPEG\n- e-Absen\n", ["SIMPEG", "e-Absen"]),
        ("1. SIMPEG 2. e-Absen", ["SIMPEG", "e-Absen"]),
        ("1) SIMPEG\n2) e-Absen\n3) e-Cuti", ["SIMPEG", "e-Absen", "e-Cuti"]),
        ("a. SIMPEG b. e-Absen", ["SIMPEG", "e-Absen"]),
        ("SIMPEG; e-Absen;", ["SIMPEG", "e-Absen"]),
        ("SIMPEG", []),
        ("SIMPEG 2.0", []),
        ("SIMPEG, e-Absen", []),
        ("e-Surat v. 1. Baru", []),
        ("Sistem 1. Kedua 3. Ketiga", []),
        ("A;", []),
        ("", []),
    ],
)
def test_several_names_in_one_cell(cell: str, names: list[str]) -> None:
    assert several(cell) == names


@pytest.mark.parametrize(
    ("said", "usual"),
    [
        ("SISTEM INFORMASI ABSENSI PEGAWAI", "Sistem Informasi Absensi Pegawai"),
        (
            "SISTEM INFORMASI MANAJEMEN KEPEGAWAIAN (SIMPEG)",
            "Sistem Informasi Manajemen Kepegawaian (SIMPEG)",
        ),
        ("LAYANAN ASPIRASI DAN PENGADUAN", "Layanan Aspirasi dan Pengaduan"),
        ("SIMPEG BKPSDM", ""),
        ("SIMPEG", ""),
        ("SIPD RI", ""),
        ("Sistem Informasi", ""),
        ("e-Absen", ""),
        ("", ""),
    ],
)
def test_capitals_get_a_usual_form(said: str, usual: str) -> None:
    assert proper(said) == usual
