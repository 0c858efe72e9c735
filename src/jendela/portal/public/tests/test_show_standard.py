"""/layanan/<slug>/standar/: the sheet to print, honest about what it is."""

import datetime
from typing import Any

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from jendela.common.content import changed
from jendela.people.agencies.models import Agency
from jendela.services.catalogue.models import Service
from jendela.services.catalogue.reads.parts import BY_KEY
from jendela.services.catalogue.tests.standards import decree, publish

pytestmark = pytest.mark.usefixtures("region")
SLUG = "akta-kelahiran"
SHEET = f"/layanan/{SLUG}/standar/"
WIB = datetime.timezone(datetime.timedelta(hours=7))


@pytest.fixture(autouse=True)
def noon() -> Any:
    with time_machine.travel(datetime.datetime(2026, 11, 24, 12, tzinfo=WIB), tick=False) as traveller:
        yield traveller


def read(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_interim_information_is_never_dressed_as_a_standard(client: Client) -> None:
    for slug in Service.objects.values_list("slug", flat=True):
        page = read(client, f"/layanan/{slug}/standar/")
        assert "Informasi sementara, bukan standar" in page
        assert "Standar berlaku" not in page
        assert "Mengingat" not in page
        assert "sheet-decree" not in page
        assert '<meta name="robots" content="noindex">' in page
    assert "Belum kami ketahui." in page


def test_a_decreed_sheet(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    service = Service.objects.select_related("owner").get(slug=SLUG)
    decree(service)
    with django_assert_num_queries(6):
        page = read(client, SHEET)
    names = [str(BY_KEY[code].legal) for code in ("A1", "A2", "A3", "A4", "A5", "A6", "B7", "B14")]
    places = [page.index(f"</span> {name}") for name in names]
    assert places == sorted(places)
    assert "Standar Pelayanan" in page
    assert "Nomor 188.45/12/2026" in page
    assert "Kepala Dinas Contoh" in page
    assert "Ditetapkan pada 20 November 2026" in page
    assert "Kepala Bidang Pelayanan" in page
    assert "<li>UU 25/2009 pasal 21</li>" in page
    assert "Ditinjau ulang paling lambat 24 November 2029." in page
    assert "<ol><li>KTP-el asli</li><li>Fotokopi kartu keluarga</li></ol>" in page
    assert "noindex" not in page
    assert "bukan standar" not in page


def test_a_sheet_names_the_agency_that_decreed_it(client: Client) -> None:
    service = Service.objects.select_related("owner").get(slug=SLUG)
    decree(service)
    assert "Ditetapkan saat instansinya" not in read(client, SHEET)
    decreed_by = service.owner.name
    Agency.objects.filter(pk=service.owner.pk).update(name="Dinas Baru")  # as after a merger
    changed()
    assert f"Ditetapkan saat instansinya {decreed_by}." in read(client, SHEET)


def test_sheets_of_other_versions(client: Client) -> None:
    service = Service.objects.select_related("owner").get(slug=SLUG)
    publish(service, A4="Rp75.000")
    decree(service, valid_from=datetime.date(2026, 12, 1))
    assert "Rp75.000" not in read(client, f"{SHEET}?versi=1")
    assert "Rp75.000" in read(client, f"{SHEET}?versi=2")
    waiting = read(client, f"{SHEET}?versi=3")
    assert "Ditetapkan, belum berlaku" in waiting
    assert "Berlaku mulai 1 Desember 2026." in waiting
    assert "bukan standar" in read(client, SHEET)


@pytest.mark.parametrize("version", ["0", "9", "-1", "1x", "99999999999", "000019999999999", "²"])
def test_versions_that_are_not_there(client: Client, version: str) -> None:
    assert client.get(SHEET, {"versi": version}).status_code == 404


def test_unknown_services_have_no_sheet(client: Client) -> None:
    assert client.get("/layanan/tidak-ada/standar/").status_code == 404
