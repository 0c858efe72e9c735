"""/layanan/<slug>/versi/: every version with its time and what it changed; /layanan/<slug>/?pada=: a page of a day."""

import datetime
from typing import Any

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from jendela.common import marks, spool
from jendela.services.catalogue import actions
from jendela.services.catalogue.models import Service
from jendela.services.catalogue.tests.standards import OFFICER, decree, publish

pytestmark = pytest.mark.usefixtures("region")
SLUG = "akta-kelahiran"
PAGE = f"/layanan/{SLUG}/"
WIB = datetime.timezone(datetime.timedelta(hours=7))
NOON = datetime.datetime(2026, 11, 24, 12, tzinfo=WIB)


@pytest.fixture(autouse=True)
def noon() -> Any:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def service() -> Service:
    return Service.objects.select_related("owner").get(slug=SLUG)


def read(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    assert not answer.cookies
    return answer.content.decode().split("<main")[1].split("</main>", maxsplit=1)[0]


def test_a_service_with_one_version(client: Client) -> None:
    page = read(client, f"{PAGE}versi/")
    assert "Versi 1" in page
    assert "Dihimpun dari sumber publik" in page
    assert "Ini versi pertama." in page
    assert "Versi 2" not in page


def test_what_changed_stands_side_by_side(client: Client, service: Service) -> None:
    publish(service, A4="Gratis\nDenda keterlambatan Rp50.000", words={"ungkapan": ["akta bayi"]})
    page = read(client, f"{PAGE}versi/")
    assert page.index("Versi 2") < page.index("Versi 1")
    assert "Diperbarui Dinas Contoh" in page
    assert "Denda keterlambatan Rp50.000" in page.split("change-new")[1].split("</div>")[0]
    assert "Denda" not in page.split("change-old")[1].split("</div>")[0]
    assert "Sejak awal sampai 24 November 2026." in page
    assert f'href="{PAGE}?pada=2026-11-23"' in page
    assert "24 November 2026: Dinas Contoh memperbarui kata warga." in page
    assert "Rina" not in page  # the log names agencies, never people


def test_versions_in_few_queries(
    client: Client, service: Service, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(7):
        read(client, f"{PAGE}versi/")
    for fee in ("Rp1.000", "Rp2.000", "Rp3.000"):
        publish(service, A4=fee)
    with django_assert_num_queries(7):
        read(client, f"{PAGE}versi/")


def test_a_page_of_yesterday(client: Client, service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    counted: list[tuple[str, ...]] = []
    monkeypatch.setattr(spool, "count", lambda *row: counted.append(row))
    publish(service, A4="Rp75.000", ways=[{"kind": "loket", "text": "Loket baru"}])
    now = read(client, PAGE)
    assert "Rp75.000" in now
    assert "Loket baru" in now
    assert "Diperbarui oleh Dinas Contoh pada 24 November 2026." in now
    counted.clear()
    answer = client.get(f"{PAGE}?pada=2026-11-23")
    then = answer.content.decode()
    assert "Rp75.000" not in then
    assert "Loket baru" not in then
    assert "Ini halaman pada 23 November 2026, bukan yang sekarang." in then
    assert '<meta name="robots" content="noindex">' in then
    assert f'href="{PAGE}">Buka halaman hari ini' in then
    assert counted == []  # nobody met a gap of today
    assert marks.CACHEABLE not in answer.wsgi_request.META
    assert "bukan yang sekarang" not in read(client, f"{PAGE}?pada=2026-11-24")


@pytest.mark.parametrize("day", ["kemarin", "2026-02-30", "20261123", "2026-11-23x"])
def test_what_is_no_day_is_no_page(client: Client, day: str) -> None:
    assert client.get(PAGE, {"pada": day}).status_code == 404


def test_a_day_to_come(client: Client, service: Service) -> None:
    assert "Belum ada versi baru untuk 2 Desember 2026." in read(client, f"{PAGE}?pada=2026-12-02")
    decree(service, valid_from=datetime.date(2026, 12, 1))
    assert "Informasi sementara" in read(client, PAGE)
    coming = read(client, f"{PAGE}?pada=2026-12-02")
    assert "Ini standar yang berlaku mulai nanti." in coming
    assert "Ditetapkan, belum berlaku" in coming
    assert "Berlaku mulai 1 Desember 2026." in read(client, f"{PAGE}versi/")


def test_a_withdrawn_version_stays_on_record(client: Client, service: Service) -> None:
    publication = publish(service, A4="Rp75.000")
    assert publication is not None
    actions.withdraw(publication=publication, by=OFFICER)
    page = read(client, f"{PAGE}versi/")
    assert "Terbit 24 November 2026, lalu dicabut karena keliru." in page
    assert "Rp75.000" not in read(client, PAGE)
    assert "Rp75.000" not in read(client, f"{PAGE}?pada=2026-11-24")


def test_unknown_services_have_no_versions(client: Client) -> None:
    assert client.get("/layanan/tidak-ada/versi/").status_code == 404
    assert client.get("/layanan/tidak-ada/?pada=2026-11-23").status_code == 404


def test_many_versions_come_page_by_page(client: Client, service: Service) -> None:
    for number in range(1, 25):
        publication = publish(service, A4=f"Rp{number}.000")
        assert publication is not None
        if number == 4:  # version 5, the first of what the second page compares with
            actions.withdraw(publication=publication, by=OFFICER)
    first = read(client, f"{PAGE}versi/")
    assert [f"Versi {number}</h2>" in first for number in (25, 6, 5)] == [True, True, False]
    assert "Ini versi pertama." not in first
    last_change = first.rsplit("change-old", maxsplit=1)[1].split("</div>", maxsplit=1)[0]
    assert "Rp3.000" in last_change  # what stayed before version 6, not what was taken back
    older = read(client, f"{PAGE}versi/?sebelum=6")
    assert [f"Versi {number}</h2>" in older for number in (6, 5, 1)] == [False, True, True]
    assert "Ini versi pertama." in older
    assert "Kembali ke yang terbaru" in older
    assert client.get(f"{PAGE}versi/?sebelum=x").status_code == 404
    assert "Belum ada versi." in read(client, f"{PAGE}versi/?sebelum=1")
