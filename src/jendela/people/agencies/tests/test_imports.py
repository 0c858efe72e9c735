"""Agencies from tables: owners named elsewhere, successions, offices."""

from pathlib import Path

import pytest

from jendela.common.audit import Actor
from jendela.common.tables import Report, TableError
from jendela.people.agencies.imports import AGENCIES, CHANGES, MORE, OFFICES, OWNERS, load_agencies
from jendela.people.agencies.models import Agency, Office, Succession
from jendela.people.areas.models import Area

pytestmark = pytest.mark.django_db
URL = "https://example.org/a"
OFFICE = f"kantor,Kantor,Disdik,62.02.01,,,,,,{URL},2025,"


def write(directory: Path, *, change: str = "", office: str = OFFICE, more: str = "") -> Path:
    tables = {
        "opd.csv": (AGENCIES, f"Disdik,Dinas Pendidikan,dinas,{URL},2025,\n{KECAMATAN}"),
        "opd_tambahan.csv": (MORE, more or "Disdik,Education Office,"),
        "aplikasi.csv": (OWNERS, f"Dapodik,Kementerian A,pusat,{URL},2025\nLain,Disdik,daerah,{URL},2025"),
        "opd_perubahan.csv": (CHANGES, change or f"Dikpora,Dinas Lama,Disdik,2024,{URL},2023,"),
        "kantor.csv": (OFFICES, office),
    }
    for name, (columns, rows) in tables.items():
        (directory / name).write_text(",".join(columns) + "\n" + rows + "\n", encoding="utf-8")
    return directory


KECAMATAN = f"Kec. Satu,Kecamatan Satu,kecamatan,{URL},2025,"


@pytest.fixture(autouse=True)
def area() -> Area:
    regency = Area.objects.create(code="62.02", name="Kotim", kind="kabupaten")
    return Area.objects.create(code="62.02.01", name="Satu", kind="kecamatan", parent=regency)


def test_agencies(tmp_path: Path) -> None:
    report = Report()
    load_agencies(write(tmp_path), by=Actor("uji"), report=report)
    owner = Agency.objects.get(short_name="Kementerian A")
    assert (owner.needs_check, owner.level, owner.kind) == (True, "pusat", "kementerian")
    assert Agency.objects.get(short_name="Kec. Satu").area_id == "62.02.01"
    assert Agency.objects.get(short_name="Disdik").name_en == "Education Office"
    assert Agency.objects.get(short_name="Dikpora").kind == "bubar"
    assert Succession.objects.get().since == "2024"
    assert Office.objects.get().area_id == "62.02.01"
    assert any("telepon belum diketahui untuk 1 dari 1 kantor" in note for note in report.notes)


@pytest.mark.parametrize(
    ("part", "message"),
    [
        ({"office": OFFICE.replace("Disdik", "Tak Ada")}, "instansi tidak dikenal: Tak Ada"),
        ({"office": OFFICE.replace("62.02.01", "62.02.99")}, "wilayah tidak dikenal: 62.02.99"),
        ({"office": OFFICE.replace(URL, "")}, "setiap baris harus punya sumber"),
        ({"change": f"Disdik,Dinas Pendidikan,Disdik,2024,{URL},2023,"}, "sama dengan penggantinya"),
        ({"change": f"Dikpora,Dinas Lama,Disdik,lalu,{URL},2023,"}, "bukan tanggal: lalu"),
        ({"change": f"dis-dik,Dinas Lama,Dis dik,2024,{URL},2023,"}, "instansi tidak dikenal: Dis dik"),
        ({"change": f"DISDIK,Dinas Lama,Disdik,2024,{URL},2023,"}, "alamat DISDIK sama dengan Disdik"),
        ({"more": "Tak Ada,Nowhere,"}, "instansi tidak dikenal: Tak Ada"),
        ({"more": "Disdik,Education,bukan-situs"}, "bukan alamat web: bukan-situs"),
    ],
)
def test_faults(tmp_path: Path, part: dict[str, str], message: str) -> None:
    with pytest.raises(TableError) as caught:
        load_agencies(write(tmp_path, **part), by=Actor("uji"), report=Report())
    assert message in str(caught.value)
    assert not Agency.objects.exists()


def test_what_is_no_longer_listed_stays_and_is_named(tmp_path: Path) -> None:
    load_agencies(write(tmp_path), by=Actor("uji"), report=Report())
    report = Report()
    load_agencies(write(tmp_path, office=OFFICE.replace("kantor,", "baru,")), by=Actor("uji"), report=report)
    assert Office.objects.count() == 2
    assert "Tidak ada lagi di tabel, dibiarkan: Kantor" in report.notes
