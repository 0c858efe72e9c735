"""/data/daftar/, the daily dump, and the exports by architecture domain."""

import csv
import datetime
import io
import json
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries
from tests.people import agency, client_of, member

from jendela.common.audit import SYSTEM
from jendela.common.dates import today
from jendela.people.access.roles import AgencyOperator, Leader, Planner, StaffMember
from jendela.portal.opendata import dumps, reads
from jendela.portal.opendata.architecture import DOMAINS
from jendela.registry.applications.actions import Provenance, create_application
from jendela.registry.applications.choices import RecordState
from jendela.registry.applications.models import (
    Application,
    ApplicationFunction,
    FunctionNode,
    Interface,
    Version,
)
from jendela.registry.datasets.choices import Frequency, Openness
from jendela.registry.datasets.models import Dataset, Resource
from jendela.registry.links.models import Link

pytestmark = pytest.mark.django_db


def application(name: str, **values: Any) -> Application:
    given = {"name": name, "owner": agency("Dinas Uji"), "operator_level": "daerah", "audience": "publik",
             "state": "dipakai", "purpose": f"Guna {name}"} | values  # fmt: skip
    return create_application(values=given, by=SYSTEM, provenance=Provenance("Dinas Uji"))


def dataset(number: int, openness: str = Openness.OPEN) -> Dataset:
    row = Dataset.objects.create(
        slug=f"data-{number}", name=f"Data {number}", producer=agency("Dinas Uji"), openness=openness,
        search_text=f"data {number} dinas uji", unit="orang", update_promise=Frequency.YEARLY,
    )  # fmt: skip
    Resource.objects.create(dataset=row, name="Tabel", format="csv", url="https://data.example.org/a.csv")
    return row


def test_what_is_not_public_is_not_named(client: Client) -> None:
    """A reported application gives no name to its data, and neither it nor a contested link stands among links."""
    known, other, concept = application("Dikenal"), application("Lain"), application("Laporan Rahasia")
    Application.objects.filter(pk=concept.pk).update(record_state=RecordState.CONCEPT)
    row = dataset(1)
    Dataset.objects.filter(pk=row.pk).update(application=concept)
    common = {"method": "api", "declared_at": timezone.now()}
    Link.objects.create(source=known, target=concept, data="Rahasia", **common)
    Link.objects.create(source=known, target=other, data="Dibantah", confirmation="dibantah", **common)
    Link.objects.create(source=known, target=other, data="Berdiri", **common)
    assert [one["data"] for one in reads.links()] == ["Berdiri"]
    assert [one["aplikasi"] for one in reads.datasets()] == [""]
    for page in ("/data/daftar/data-1/", "/api/v1/datasets/data-1", f"/api/v1/applications/{known.slug}"):
        answer = client.get(page)
        assert answer.status_code == 200, page
        assert "ahasia" not in answer.content.decode(), page


def test_the_list_and_a_page(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    dataset(1)
    dataset(2)
    dataset(3, Openness.CLOSED)
    page = client.get("/data/daftar/").content.decode()
    assert "2 data" in page
    assert "Data 3" not in page
    assert "diperbarui tahunan" in page
    shown = client.get("/data/daftar/data-1/").content.decode()
    assert "orang" in shown
    assert "Belum kami ketahui." in shown  # the attributes that nobody wrote
    assert client.get("/data/daftar/data-3/").status_code == 404
    assert "Tidak ada data yang cocok." in client.get("/data/daftar/?q=gunung").content.decode()
    with django_assert_num_queries(4):  # producers, rows, count, files
        client.get("/data/daftar/")
    for number in range(10, 30):
        dataset(number)
    with django_assert_num_queries(4):
        client.get("/data/daftar/")


def test_pages_go_on_after_the_last_key(client: Client) -> None:
    for number in range(100, 135):
        dataset(number)
    first = client.get("/data/daftar/").content.decode()
    assert "setelah=data-129" in first
    assert "Data 130" in client.get("/data/daftar/?setelah=data-129").content.decode()


@pytest.fixture
def _home(settings: Any, tmp_path: Path) -> None:
    settings.HOME = tmp_path


@pytest.mark.usefixtures("_home")
def test_the_dump_holds_what_is_public(client: Client) -> None:
    one, two = application("=SUM(1)", hosting="penyedia"), application("Dua")
    application("Konsep", record_state="konsep")
    dataset(1)
    dataset(2, Openness.LIMITED)
    Link.objects.create(source=one, target=two, data="NIK", method="api", state="berjalan", grade="C",
                        declared_words="Dinas Uji", declared_at=timezone.now())  # fmt: skip
    day = dumps.write()
    assert {file.name.split("-")[0]: file.rows for file in day.files} == {
        "aplikasi": 2,
        "data": 1,
        "integrasi": 1,
    }
    sheet = b"".join(client.get("/data/unduh/aplikasi-terbaru.csv")).decode()
    rows = list(csv.DictReader(io.StringIO(sheet)))
    assert {row["nama"] for row in rows} == {"'=SUM(1)", "Dua"}  # no spreadsheet calculates it
    assert "lokasi_server" not in rows[0]
    found = json.loads(b"".join(client.get(f"/data/unduh/integrasi-{today()}.json")))
    assert (found[0]["dari"], found[0]["ke"], found[0]["sumber_url"]) == (one.slug, two.slug, None)
    page = client.get("/data/unduh/").content.decode()
    assert day.files[0].checksum in page
    assert "terhenti" not in page


@pytest.mark.usefixtures("_home")
def test_old_days_go_and_silence_is_said(client: Client) -> None:
    assert "Belum ada salinan." in client.get("/data/unduh/").content.decode()
    with time_machine.travel(timezone.now() - datetime.timedelta(days=20)):
        dumps.write()
    dumps.write()
    dumps.write()  # twice a day is the same
    assert [one.day for one in dumps.listed()] == [today()]
    with time_machine.travel(timezone.now() + datetime.timedelta(days=3)):
        assert "terhenti" in client.get("/data/unduh/").content.decode()


@pytest.mark.usefixtures("_home")
@pytest.mark.parametrize(
    "name", ["..%2Fsecret.csv", "aplikasi-2020-01-01.csv", "rahasia-terbaru.csv", "aplikasi-terbaru.exe"]
)
def test_other_names_are_not_found(client: Client, name: str) -> None:
    dumps.write()
    assert client.get(f"/data/unduh/{name}").status_code == 404


# the fields of rules 4.5, word by word
NATIONAL = {
    "daa": [
        "ID", "Nama Aplikasi", "Uraian Aplikasi", "Fungsi Aplikasi", "Luaran Aplikasi", "Basis Aplikasi",
        "Tipe Lisensi", "Bahasa Pemrograman", "Kerangka Pengembangan", "Basis Data", "Unit Pengembang",
        "Unit Operasional/Pengelola", "RAA Level 1", "RAA Level 2", "RAA Level 3", "RAA Level 4", "Proses Bisnis",
        "Layanan", "Data Masukan", "Data Luaran", "Data Pelanggan", "Komputasi Awan", "Server", "Jaringan Intra",
        "Sistem Penghubung (SPLP)", "Standar", "Edukasi", "Kerentanan", "Peningkatan", "Insiden", "Audit", "Kelaikan",
    ],
    "dal": [
        "ID", "Nama Layanan", "Tujuan Layanan", "Fungsi Layanan", "Unit Pelaksana", "Kementerian/Lembaga Terkait",
        "Urusan Pemerintahan", "Target Layanan", "Metode Layanan", "Potensi Manfaat", "Potensi Ekonomi",
        "Potensi Risiko", "Mitigasi Risiko", "RAL Level 1", "RAL Level 2", "RAL Level 3", "RAL Level 4",
    ],
    "dad": [
        "Nama Data", "Uraian Data", "Tujuan Data", "Sifat Data", "Jenis Data", "Validitas Data", "Produsen Data",
        "Penanggung Jawab/Walidata", "Informasi Masukan", "Informasi Luaran", "Interoperabilitas", "RAD Level 1",
        "RAD Level 2", "RAD Level 3", "RAD Level 4",
    ],
    "dab": [
        "Nama Proses Bisnis", "Uraian", "Sasaran Strategis", "IKU", "Target", "Realisasi", "RAB Level 1",
        "RAB Level 2", "RAB Level 3", "RAB Level 4",
    ],
    "dai": ["Nama", "Penggunaan", "Status Kepemilikan", "Memori", "Prosesor", "Penyimpanan", "Lokasi"],
    "dak": ["Standar", "Edukasi", "Kerentanan", "Peningkatan", "Insiden", "Audit", "Kelaikan"],
}  # fmt: skip


def test_exports_by_domain_have_the_national_headings() -> None:
    row = application(
        "SIUJI", languages="Python", strategic_target="Naiknya mutu sekolah", url="https://uji.example.org/"
    )
    node = FunctionNode.objects.create(
        code="RAB.06.01", tree="RAB", name="Pendidikan", citation="Perpres 132/2022"
    )
    ApplicationFunction.objects.create(
        application=row, node=node, confirmed_at=timezone.now(), confirmed_by="Uji"
    )
    other = application("Lama", strategic_target="Tidak lagi", record_state=RecordState.REFUSED)
    ApplicationFunction.objects.create(
        application=other, node=node, confirmed_at=timezone.now(), confirmed_by="Uji"
    )
    dataset(1, Openness.CLOSED)
    Dataset.objects.update(inputs="Buku posyandu", outputs="Angka stunting")
    client = client_of(member(Planner.code))
    assert "Aplikasi (DAA)" in client.get("/kelola/ekspor/arsitektur/").content.decode()
    for key, domain in DOMAINS.items():
        text = b"".join(client.get(f"/kelola/ekspor/arsitektur/{key}.csv")).decode()
        rows = list(csv.reader(io.StringIO(text)))
        national = NATIONAL[key]
        assert rows[0][: len(national)] == national, key
        assert all(len(one) == len(rows[0]) == len(domain.columns) for one in rows)
    found = json.loads(b"".join(client.get("/kelola/ekspor/arsitektur/daa.json")))
    assert (found[0]["Bahasa Pemrograman"], found[0]["Proses Bisnis"], found[0]["Tipe Lisensi"]) == (
        "Python",
        "RAB.06.01",
        None,
    )
    [data] = json.loads(b"".join(client.get("/kelola/ekspor/arsitektur/dad.json")))
    assert (data["Informasi Masukan"], data["Informasi Luaran"]) == ("Buku posyandu", "Angka stunting")
    assert found[0]["Pohon Kinerja Strategis"] == "Naiknya mutu sekolah"
    [process] = json.loads(b"".join(client.get("/kelola/ekspor/arsitektur/dab.json")))
    assert (process["Nama Proses Bisnis"], process["Sasaran Strategis"]) == (
        "Pendidikan",
        "Naiknya mutu sekolah",
    )
    sheet = load_workbook(io.BytesIO(b"".join(client.get("/kelola/ekspor/arsitektur/dad.xlsx")))).active
    assert [cell.value for cell in sheet[2]][:2] == ["Data 1", None]
    assert client.get("/kelola/ekspor/arsitektur/dxx.csv").status_code == 404
    assert client.get("/kelola/ekspor/arsitektur/daa.pdf").status_code == 404


def test_the_machine_of_the_version_in_use_is_that_of_the_server() -> None:
    row = application("Gizi")
    Version.objects.create(application=row, number="1", memory="2 GB")
    Version.objects.create(
        application=row, number="2", current=True, memory="8 GB", processor="4 vCPU", storage="200 GB",
        operating_system="Ubuntu", inputs="Balita ditimbang", outputs="Status gizi", vendor_contact="0531 21000",
    )  # fmt: skip
    (server,) = said("dai")
    assert (server["Memori"], server["Prosesor"], server["Penyimpanan"]) == ("8 GB", "4 vCPU", "200 GB")
    assert (server["Sistem Operasi"], server["Lokasi"]) == ("Ubuntu", "")
    (found,) = said("daa")
    assert (found["Data Masukan"], found["Luaran Aplikasi"]) == ("Balita ditimbang", "Status gizi")
    assert "0531 21000" not in str(said("dai") + said("daa"))


def said(domain: str) -> list[dict[str, str]]:
    columns = DOMAINS[domain].columns
    return [dict(zip(columns, row, strict=True)) for row in DOMAINS[domain].rows()]


def test_an_application_names_what_comes_in_what_goes_out_and_who_takes_it() -> None:
    one, other, third = (
        application("Gizi", hosting="komputasi_awan"),
        application("SIAK"),
        application("Lapor"),
    )
    concept = application("Laporan", record_state=RecordState.CONCEPT)
    common = {"declared_at": timezone.now(), "state": "berjalan"}
    Link.objects.create(source=other, target=one, data="NIK", method="splp", **common)
    Link.objects.create(source=one, target=third, data="Balita", method="api", direction="dua_arah", **common)
    Link.objects.create(source=one, target=concept, data="Rahasia", method="api", **common)
    Link.objects.create(
        source=one, target=other, data="Salah", method="api", confirmation="dibantah", **common
    )
    Dataset.objects.create(slug="gizi", name="Status gizi", producer=one.owner, application=one)
    Interface.objects.create(application=one, name="API Gizi", on_bus=True)
    Interface.objects.create(application=one, name="API lama", on_bus=False)
    row = next(row for row in said("daa") if row["Nama Aplikasi"] == "Gizi")
    assert row["Data Masukan"] == "NIK (SIAK); Balita (Lapor)"
    assert row["Data Luaran"] == "Status gizi; Balita"
    assert row["Data Pelanggan"] == "Lapor"
    assert row["Sistem Penghubung (SPLP)"] == "API Gizi; NIK"
    assert (row["Komputasi Awan"], row["Server"], row["Jaringan Intra"]) == ("komputasi awan", "", "")


def test_infrastructure_and_security_say_what_is_known_and_leave_the_rest_empty() -> None:
    application("Gizi", hosting="penyedia", audit_date=datetime.date(2026, 3, 1), audit_result="lulus")
    application("Lain", registration_number="12/PSE")
    assert said("dai") == [
        dict.fromkeys(NATIONAL["dai"], "")
        | {"Status Kepemilikan": "Penyedia", "Lokasi": "server penyedia", "Aplikasi": "Gizi"}
        | {
            "Perangkat Daerah Pemilik": "Dinas Uji",
            "Sistem Operasi": "",
            "Server Web": "",
            "Keterangan Server": "",
        }
    ]
    assert said("dak") == [
        dict.fromkeys(NATIONAL["dak"], "")
        | {"Audit": "2026-03-01, lulus", "Aplikasi": "Gizi", "Perangkat Daerah Pemilik": "Dinas Uji"}
    ]


def test_who_may_not_take_along_gets_404() -> None:
    for who in (member(StaffMember.code, agency()), member(Leader.code)):
        assert client_of(who).get("/kelola/ekspor/arsitektur/daa.csv").status_code == 404
    assert (
        client_of(member(AgencyOperator.code, agency())).get("/kelola/ekspor/arsitektur/daa.csv").status_code
        == 200
    )


def test_the_export_of_many_asks_few_questions(django_assert_max_num_queries: Any) -> None:
    for number in range(30):
        application(f"SIUJI {number}")
    with django_assert_max_num_queries(10):  # the rows and their nine relations
        assert len(list(DOMAINS["daa"].rows())) == 30
