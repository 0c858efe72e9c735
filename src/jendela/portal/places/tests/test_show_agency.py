"""/instansi/: the list, and what an agency serves, where, and what became of it."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from jendela.people.agencies.models import Agency

pytestmark = pytest.mark.usefixtures("region")


def read(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    assert not answer.cookies
    return answer.content.decode()


def test_every_agency_is_listed(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(2):
        page = read(client, "/instansi/")
    for slug in Agency.objects.values_list("slug", flat=True):
        assert f'href="/instansi/{slug}/"' in page
    assert "perlu dicek" in page


def test_search_in_the_address(client: Client) -> None:
    page = read(client, "/instansi/?q=kependudukan&tingkat=kabupaten")
    assert "/instansi/disdukcapil/" in page
    assert "/instansi/dpkp/" not in page
    assert "Belum ada instansi dengan nama ini." in read(client, "/instansi/?q=zzzz")
    assert "/instansi/disdukcapil/" in read(client, "/instansi/?tingkat=ngawur")


@pytest.mark.parametrize("slug", ["disdukcapil", "setwan", "dpkp"])
def test_queries_do_not_grow(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, slug: str
) -> None:
    with django_assert_num_queries(7):
        read(client, f"/instansi/{slug}/")


def test_agency(client: Client) -> None:
    page = read(client, "/instansi/disdukcapil/")
    assert "Dinas Kependudukan dan Pencatatan Sipil" in page
    assert "Jl HM Arsyad, Sampit" in page
    assert "Jam buka dan telepon belum kami ketahui." in page
    assert "23 layanan. 0 dengan standar berlaku." in page
    assert "3 dari 4 jawaban" in page
    assert "Sumber:" in page


def test_ended_agency_says_who_took_over(client: Client) -> None:
    page = read(client, "/instansi/dpuprprkp/")
    assert "Instansi ini sudah tidak ada sejak 2024." in page
    assert 'href="/instansi/dcktrp/"' in page
    assert 'href="/instansi/sdabmbkprkp/"' in page
    assert "sampit.prokal.co" in page


def test_successor_says_what_it_was(client: Client) -> None:
    page = read(client, "/instansi/dpkp/")
    assert "Sejak 2024 melanjutkan:" in page
    assert 'href="/instansi/dinas-pertanian/"' in page


def test_agency_from_the_application_list_is_to_be_checked(client: Client) -> None:
    agency = Agency.objects.filter(needs_check=True).order_by("pk")[0]
    page = read(client, f"/instansi/{agency.slug}/")
    assert "perlu dicek" in page
    application = agency.applications.all()[0]
    assert f'href="/aplikasi/{application.slug}/"' in page
    assert str(application.get_state_display()) in page


def test_every_agency_has_a_page(client: Client) -> None:
    for slug in Agency.objects.values_list("slug", flat=True):
        assert client.get(f"/instansi/{slug}/").status_code == 200


def test_english(client: Client) -> None:
    page = read(client, "/en/instansi/disdukcapil/")
    assert Agency.objects.get(slug="disdukcapil").name_en in page
    assert 'href="/en/layanan/akta-kelahiran/"' in page


def test_unknown_agency(client: Client) -> None:
    assert client.get("/instansi/tidak-ada/").status_code == 404
