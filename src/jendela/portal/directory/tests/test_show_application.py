"""/aplikasi/<slug>/: what it is, its state, and another road when it does not work."""

from collections.abc import Iterator

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from jendela.registry.applications.models import Application
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
        ("/aplikasi/siapkerja/", 4),  # application, services, their ways, others of the owner
        ("/aplikasi/oss/", 4),
        (DEAD, 6),  # services none; related, their ways, working ones, others of the owner
        ("/aplikasi/call-center-112/", 7),
    ],
)
def test_queries(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries, path: str, queries: int
) -> None:
    with django_assert_max_num_queries(queries):
        read(client, path)


def test_unknown_is_not_found(client: Client) -> None:
    assert client.get("/aplikasi/tidak-ada/").status_code == 404
