"""/: the question, emergencies that are known to work, life events, village, doors, the loop with live numbers."""

import gzip
import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from jendela.registry.applications.models import Application
from jendela.services.catalogue.models import EmergencyContact, LifeEvent, Service, ViewCount

pytestmark = pytest.mark.usefixtures("region")


def read(client: Client, path: str = "/") -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    assert not answer.cookies
    return answer.content.decode()


def test_all_parts_in_their_order(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(4):
        page = read(client)
    parts = [
        "Purwarupa dari data publik.",
        "Mau urus apa?</label>",
        "Tulis dengan kata Anda sendiri",
        "/cari/?q=KTP%20hilang",
        "Kami tidak pernah meminta OTP, PIN, atau uang.",
        "Darurat",
        "Ada kejadian apa?",
        "Desa atau kelurahan Anda",
        "Sudah mengajukan?",
        "Ada yang tidak beres?",
        "Di balik jendela",
        "Saya pegawai",
    ]
    places = [page.index(part) for part in parts]
    assert places == sorted(places)
    assert page.count("<h1") == 1
    assert page.count("/cari/?q=") == 4


def test_it_is_light(client: Client) -> None:
    assert len(gzip.compress(read(client).encode())) <= 12 * 1024


def test_only_numbers_that_work_can_be_called(client: Client) -> None:
    page = read(client)
    for contact in EmergencyContact.objects.all():
        if contact.phone:
            assert (f'href="tel:{contact.phone}"' in page) == contact.works, contact.name
    assert "112" in page  # said not to work, never offered
    assert 'href="tel:112"' not in page
    fire = EmergencyContact.objects.get(name__startswith="Disdamkarmat")
    assert fire.service is not None
    assert f'href="/layanan/{fire.service.slug}/"' in page
    assert "Nomornya belum kami ketahui." in page


def test_life_events_of_the_home_page(client: Client) -> None:
    page = read(client)
    for event in LifeEvent.objects.all():
        assert (f'href="/peristiwa/{event.slug}/"' in page) == event.on_home


def test_what_is_not_open_says_so_and_names_another_road(client: Client) -> None:
    page = read(client)
    assert "Melacak permohonan belum dibuka di sini." in page
    assert "Tanyakan ke kantor tempat Anda menyerahkan berkas." in page
    assert "Melapor lewat Jendela belum dibuka." in page
    assert 'href="/layanan/laporan-jalan-rusak/"' in page
    assert "Belum dibuka. Nanti masalah yang terbukti masuk rencana" in page


def test_the_loop_counts_what_is_there(client: Client) -> None:
    service = Service.objects.earliest("number")
    ViewCount.objects.create(service=service, day="2026-11-01", count=1234)
    page = read(client)
    values = re.findall(r'<b class="loop-value">([^<]*)</b>', page)
    assert values == [str(Application.objects.count()), str(Service.objects.count()), "1.234"]
    assert "Belum ada yang ditetapkan instansi." in page
    assert "Angka per" in page
    for path in ("/aplikasi/", "/layanan/", "/data/", "/cara-kerja/"):
        assert f'href="{path}"' in page


def test_an_empty_database_is_no_error(client: Client) -> None:
    EmergencyContact.objects.all().delete()
    LifeEvent.objects.all().delete()
    page = read(client)
    assert "Mau urus apa?" in page
    assert 'id="darurat"' not in page


def test_english(client: Client) -> None:
    page = read(client, "/en/")
    assert '<html lang="en">' in page
    assert 'action="/en/cari/"' in page
    assert LifeEvent.objects.filter(on_home=True).first().name_en in page  # type: ignore[union-attr]
    assert not re.findall(
        r'href="/(?!en/|static/|"|layanan/"$)[a-z]+/', page.replace('href="/" hreflang', "")
    )
