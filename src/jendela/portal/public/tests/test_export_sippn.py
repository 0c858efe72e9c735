"""/data/sippn.*: decreed standards in the shape of the national catalogue; with interim ones for staff."""

import csv
from io import BytesIO, StringIO

import pytest
from django.test import Client
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries
from tests.people import agency, client_of, member

from jendela.registry.applications.models import Application
from jendela.services.catalogue.models import Service
from jendela.services.catalogue.tests.standards import FULL, decree, publish

pytestmark = pytest.mark.usefixtures("region")
SLUG = "akta-kelahiran"


@pytest.fixture
def service() -> Service:
    return Service.objects.select_related("owner").get(slug=SLUG)


def table(text: str) -> list[list[str]]:
    return list(csv.reader(StringIO(text.removeprefix("\ufeff")), delimiter=";"))


def test_only_standards_in_force_are_public(
    client: Client, service: Service, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    assert client.get("/data/sippn.json").json()["layanan"] == []
    decree(service, content={**FULL, "A1": '=HYPERLINK("http://contoh.id")\nKTP-el'})
    with django_assert_num_queries(4):
        found = client.get("/data/sippn.json").json()["layanan"]
    assert [row["judul"] for row in found] == [service.name]
    row = found[0]
    assert list(row)[3:13] == [
        "no_sk", "tanggal_sk", "berlaku_sejak", "persyaratan", "sistem_mekanisme_dan_prosedur", "waktu_penyelesaian",
        "biaya_tarif", "produk_pelayanan", "pengaduan_layanan", "lapor",
    ]  # fmt: skip
    assert row["no_sk"] == "188.45/12/2026"
    assert row["keadaan"] == "berlaku"
    assert row["sistem_mekanisme_dan_prosedur"] == ["Datang ke loket", "Isi formulir, lalu serahkan"]
    assert row["pengaduan_layanan"]["petugas"] == "Kepala Bidang Pelayanan"
    assert row["lapor"] == "https://www.lapor.go.id/"
    Application.objects.filter(name="SP4N-LAPOR!").update(url="")  # an address nobody knows is not made up
    assert client.get("/data/sippn.json").json()["layanan"][0]["lapor"] is None


def test_tables_carry_no_formula(client: Client, service: Service) -> None:
    decree(service, content={**FULL, "A3": "=1+1", "A4": "+62 rupiah", "A5": "@akta"})
    head, row = table(client.get("/data/sippn.csv").content.decode())
    cells = dict(zip(head, row, strict=True))
    assert cells["No. SK"] == "188.45/12/2026"
    assert cells["Persyaratan"] == "1. KTP-el asli\n2. Fotokopi kartu keluarga"
    sheet = load_workbook(BytesIO(client.get("/data/sippn.xlsx").content)).worksheets[0]
    cells_of_sheet = dict(zip([cell.value for cell in sheet[1]], sheet[2], strict=True))
    for name in ("Waktu Penyelesaian", "Biaya/Tarif", "Produk Pelayanan"):
        assert cells[name][0] == "'"
        assert cells_of_sheet[name].data_type == "s"
        assert cells_of_sheet[name].value == cells[name]


def test_staff_get_interim_ones_marked_and_only_their_own(service: Service) -> None:
    publish(service, A4="Gratis")
    own = client_of(member("service_admin", service.owner))
    rows = own.get("/kelola/sippn.json").json()["layanan"]
    assert len(rows) == Service.objects.filter(owner=service.owner).count()
    assert {row["keadaan"] for row in rows} == {"sementara, bukan standar"}
    assert {row["instansi"] for row in rows} == {service.owner.name}
    head, *lines = table(own.get("/kelola/sippn.csv").content.decode())
    assert {line[head.index("Keadaan")] for line in lines} == {"sementara, bukan standar"}
    assert own.get("/kelola/sippn.xlsx").content[:2] == b"PK"
    assert own.get("/kelola/sippn.pdf").status_code == 404
    everywhere = client_of(member("planner")).get("/kelola/sippn.json").json()["layanan"]
    assert len(everywhere) == Service.objects.count()
    assert client_of(member("service_officer", agency())).get("/kelola/sippn.json").status_code == 404
    assert Client().get("/kelola/sippn.json").status_code == 302
