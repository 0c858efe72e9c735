import csv
from pathlib import Path
from typing import Any

import pytest
from tests.people import agency

from jendela.common.audit import SYSTEM
from jendela.common.tables import Report, TableError
from jendela.registry.datasets import actions, elements
from jendela.registry.datasets.imports import DATA, load_datasets, load_standard_elements
from jendela.registry.datasets.models import Dataset, StandardElement
from jendela.registry.datasets.tests.world import SAID, application

pytestmark = pytest.mark.django_db


def table(folder: Path, *rows: dict[str, str]) -> Path:
    with (folder / "data.csv").open("w", newline="") as file:
        writer = csv.DictWriter(file, DATA)
        writer.writeheader()
        writer.writerows(dict.fromkeys(DATA, "") | {"sumber": "berita"} | row for row in rows)
    return folder


def load(folder: Path) -> Report:
    report = Report()
    load_datasets(folder, by=SYSTEM, report=report)
    return report


def test_what_an_agency_said_stays(tmp_path: Path) -> None:
    application("Gizi", agency("dinkes"))
    folder = table(
        tmp_path,
        {
            "aplikasi": "Gizi",
            "nama": "Balita",
            "uraian": "lama",
            "ada_data_pribadi": "ya",
            "jenis_data_pribadi": "nik;anak",
        },
        {"nama": "Terbuka", "produsen": "dinkes", "sifat": "terbuka", "berkas": "Tabel|CSV|/data/a.csv"},
    )
    load(folder)
    row = Dataset.objects.get(name="Balita")
    assert (row.grade, row.has_personal, row.personal) == ("D", True, ["nik", "anak"])
    assert Dataset.objects.get(name="Terbuka").resources.get().url == "/data/a.csv"
    actions.set_dataset(dataset=row, values={"description": "baru"}, by=SYSTEM, provenance=SAID)
    report = load(folder)
    assert "Sudah diisi instansinya sendiri, dibiarkan: Balita" in report.notes
    assert Dataset.objects.get(name="Balita").description == "baru"
    assert Dataset.objects.count() == 2


def test_what_stood_without_an_application_is_given_to_it_and_not_doubled(tmp_path: Path) -> None:
    place = agency("dinkes")
    row = {"nama": "Balita", "produsen": "dinkes", "sifat": "terbuka"}
    load(table(tmp_path, row))
    holder = application("Gizi", owner=place)
    for _again in range(2):
        load(table(tmp_path, {**row, "aplikasi": "Gizi"}))
    found = Dataset.objects.get()
    assert (found.application, found.slug) == (holder, "balita")
    actions.set_dataset(dataset=found, values={"description": "baru"}, by=SYSTEM, provenance=SAID)
    load(table(tmp_path, {**row, "aplikasi": "Gizi", "uraian": "lama"}))
    assert Dataset.objects.get().description == "baru"


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"aplikasi": "Tak Ada", "nama": "x"}, "kolom aplikasi: tidak dikenal"),
        ({"nama": "x"}, "kolom produsen: kosong"),
        ({"nama": "x", "produsen": "dinkes", "sifat": "rahasia"}, "kolom sifat"),
        ({"nama": "x", "produsen": "dinkes", "jenis_data_pribadi": "apa"}, "jenis_data_pribadi"),
        ({"nama": "x", "produsen": "dinkes", "berkas": "a|b"}, "berkas"),
        ({"nama": "x", "produsen": "dinkes", "sumber_tanggal": "kemarin"}, "sumber_tanggal"),
        ({"nama": "", "produsen": "dinkes"}, "kolom nama: kosong"),
    ],
)
def test_a_bad_row_is_named_and_nothing_is_written(tmp_path: Path, row: dict[str, str], said: str) -> None:
    agency("dinkes")
    with pytest.raises(TableError, match=said):
        load(table(tmp_path, {"nama": "baik", "produsen": "dinkes"}, row))
    assert not Dataset.objects.exists()


def test_twice_the_same_is_named(tmp_path: Path) -> None:
    agency("dinkes")
    with pytest.raises(TableError, match="dua kali"):
        load(table(tmp_path, {"nama": "x", "produsen": "dinkes"}, {"nama": "X", "produsen": "dinkes"}))


def test_the_standard_list_knows_what_offices_write() -> None:
    load_standard_elements(by=SYSTEM, report=Report())
    load_standard_elements(by=SYSTEM, report=Report())
    standards = list(StandardElement.objects.all())
    assert len(standards) >= 60
    wanted = {
        "NIK": "nik", "No. KTP": "nik", "NAMA LENGKAP": "nama", "Tgl Lahir": "tanggal_lahir", "NO_KK": "no_kk",
        "tglLahir": "tanggal_lahir", "L/P": "jenis_kelamin", "Jenis Kelamin": "jenis_kelamin", "No HP": "telepon",
        "Kel/Desa": "desa", "Alamat Rumah": "alamat", "Tanggal Lahirr": "tanggal_lahir", "jumlah": "jumlah",
        "warna favorit": "", "id": "", "no": "",
    }  # fmt: skip
    found: dict[str, Any] = {one.name: one.standard for one in elements.suggest(list(wanted), standards)}
    assert found == wanted


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("nik\tnama\ttgl lahir", ["nik", "nama", "tgl lahir"]),
        ("nik\nnama\n\n nama ", ["nik", "nama"]),
        ('"nik","nama"', ["nik", "nama"]),
        ("nik; nama", ["nik", "nama"]),
        ("Luas (Ha), 2026", ["Luas (Ha)", "2026"]),
        ("\x00 , --", []),
    ],
)
def test_names_from_what_people_paste(text: str, names: list[str]) -> None:
    assert elements.read_names(text) == names
