"""/aplikasi/<slug>/: what it is, its state, and another road when it does not work."""

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from jendela.registry.applications.models import Application, FormerSlug
from jendela.services.search import reads as search
from jendela.services.search.actions import refresh_documents

pytestmark = pytest.mark.usefixtures("region")
DEAD = "/aplikasi/e-parking-ppm-sampit/"


@pytest.fixture
def index(region: None) -> Iterator[None]:
    """The search over the region's rows."""
    refresh_documents()
    search.forget()
    search.ready()
    yield
    search.forget()


def read(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    assert not answer.cookies
    return answer.content.decode()


def test_one_in_use(client: Client) -> None:
    page = read(client, "/aplikasi/siapkerja/")
    assert 'href="https://siapkerja.kemnaker.go.id" rel="external noopener"' in page
    assert "Dipakai, menurut sumber 16 Februari 2023" in page
    assert "Kementerian Ketenagakerjaan" in page
    assert "Kabupaten tidak bisa mengubahnya." in page
    assert "Penganggur 10.790 orang, 5% (2022)" in page
    assert "Sumbernya tentang Kotawaringin Timur sendiri." in page
    assert 'href="/salah/?halaman=%2Faplikasi%2Fsiapkerja%2F"' in page


def test_services_with_their_state(client: Client) -> None:
    page = read(client, "/aplikasi/sp4n-lapor/")
    assert "Layanan lewat aplikasi ini" in page
    assert 'href="/layanan/' in page
    assert "Informasi sementara" in page
    assert 'href="https://www.lapor.go.id/"' in page


def test_an_address_nobody_knows_is_said(client: Client) -> None:
    Application.objects.filter(slug="sp4n-lapor").update(url="")
    assert "Alamatnya belum kami ketahui." in read(client, "/aplikasi/sp4n-lapor/")


@pytest.mark.usefixtures("index")
def test_a_dead_one_says_so_and_leads_on(client: Client) -> None:
    page = read(client, DEAD)
    assert page.index("Aplikasi ini tidak berfungsi.") < page.index("Jalan lain")
    assert "Tarif dan aduan parkir pasar" in page
    assert 'href="/instansi/dishub/"' in page
    assert "Buka aplikasi" not in page


@pytest.mark.usefixtures("index")
def test_a_planned_emergency_number_names_one_that_works(client: Client) -> None:
    page = read(client, "/aplikasi/call-center-112/")
    assert "Aplikasi ini baru rencana." in page
    assert 'href="tel:110"' in page
    assert 'href="tel:112"' not in page


@pytest.mark.usefixtures("index")
def test_an_address_that_is_not_known_to_work_is_no_link(client: Client) -> None:
    for one in Application.objects.exclude(state="dipakai").exclude(url=""):
        page = read(client, f"/aplikasi/{one.slug}/")
        assert f'<a class="button" href="{one.url}"' not in page
        assert "Alamatnya tercatat, tetapi tidak kami tautkan." in page


@pytest.mark.usefixtures("index")
def test_every_page_opens_in_both_languages(client: Client) -> None:
    for slug in Application.objects.values_list("slug", flat=True):
        read(client, f"/aplikasi/{slug}/")
        assert '<html lang="en">' in read(client, f"/en/aplikasi/{slug}/")


def test_evidence_from_elsewhere_is_said(client: Client) -> None:
    assert "Pemakaian di Kotim belum kami pastikan." in read(client, "/aplikasi/sippn/")


@pytest.mark.usefixtures("index")
@pytest.mark.parametrize(
    ("path", "queries"),
    [
        (
            "/aplikasi/siapkerja/",
            15,
        ),  # application, services, their ways, others of the owner; its record, its probe
        ("/aplikasi/oss/", 15),
        (DEAD, 13),  # services none; related, their ways, working ones, others of the owner
        ("/aplikasi/call-center-112/", 13),
    ],
)
def test_queries(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries, path: str, queries: int
) -> None:
    with django_assert_max_num_queries(queries):
        read(client, path)


def test_unknown_is_not_found(client: Client) -> None:
    assert client.get("/aplikasi/tidak-ada/").status_code == 404


def test_jendela_stands_in_its_own_register(client: Client) -> None:
    page = read(client, "/aplikasi/jendela/")
    assert "Aplikasi ini baru rencana." in page
    assert "PPID Mobile: permohonan informasi publik." in page
    assert "Pemiliknya belum menyatakan catatan ini benar." in page
    assert "Belum ada sumber dari luar." in page


def test_each_value_has_its_source_and_what_is_missing_is_said(client: Client) -> None:
    page = read(client, "/aplikasi/siapkerja/")
    assert "Sumber setiap isian" in page
    assert "menurut surat atau berita" in page
    assert re.search("Belum kami ketahui: [^<]*cara masuk", page)


def test_fields_of_government_are_not_on_the_page(client: Client) -> None:
    Application.objects.filter(slug="siapkerja").update(vendor="PT Rahasia Contoh", hosting_note="Rak 7")
    page = read(client, "/aplikasi/siapkerja/")
    assert "PT Rahasia Contoh" not in page
    assert "Rak 7" not in page


def test_a_merged_record_leads_to_the_one_that_stands(client: Client) -> None:
    stands = Application.objects.get(slug="oss")
    row = Application.objects.get(slug="siapkerja")
    FormerSlug.objects.create(slug="dulu", application=row)
    assert client.get("/aplikasi/dulu/")["Location"] == "/aplikasi/siapkerja/"
    Application.objects.filter(pk=row.pk).update(record_state="digabung", merged_into=stands)
    for slug in ("dulu", "siapkerja"):
        answer = client.get(f"/aplikasi/{slug}/")
        assert (answer.status_code, answer["Location"]) == (302, "/aplikasi/oss/")
    assert client.get("/en/aplikasi/siapkerja/")["Location"] == "/en/aplikasi/oss/"


@pytest.mark.parametrize("state", ["konsep", "ditolak"])
def test_reports_and_refused_records_have_no_page(client: Client, state: str) -> None:
    Application.objects.filter(slug="siapkerja").update(record_state=state)
    assert client.get("/aplikasi/siapkerja/").status_code == 404


def test_a_retired_one_names_what_takes_over(client: Client) -> None:
    row = Application.objects.get(slug="oss")
    Application.objects.filter(slug="siapkerja").update(life_cycle="dihentikan", replacement=row)
    page = read(client, "/aplikasi/siapkerja/")
    assert "Aplikasi ini sudah dihentikan." in page
    assert 'Penggantinya: <a href="/aplikasi/oss/">' in page
