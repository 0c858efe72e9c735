"""Poster, QR code and short links: what is printed must lead home for years."""

import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from jendela.services.catalogue.models import Service

pytestmark = pytest.mark.usefixtures("region")

SLUG = "penggantian-ktp-elektronik-hilang"


def test_short_link_of_a_service(client: Client) -> None:
    service = Service.objects.get(slug=SLUG)
    answer = client.get(f"/l/{service.number}/")
    assert answer.status_code == 301
    assert answer["Location"] == f"/layanan/{SLUG}/"
    assert client.get(f"/en/l/{service.number}/")["Location"] == f"/en/layanan/{SLUG}/"
    assert not answer.cookies


@pytest.mark.parametrize(
    "path", ["/l/0/", "/l/999999/", "/l/99999999999999999999/", "/d/62.02.99/", "/d/x/", "/d/62/"]
)
def test_links_that_lead_nowhere(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_short_link_of_a_village(client: Client) -> None:
    answer = client.get("/d/62.02.09.2006/")
    assert answer.status_code == 301
    assert answer["Location"] == "/desa/62.02.09.2006/"


def test_qr_code_carries_the_public_address(
    client: Client, settings: Settings, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    settings.PUBLIC_URL = "https://jendela.example"
    with django_assert_num_queries(1):
        answer = client.get(f"/layanan/{SLUG}/qr.svg")
    assert answer["Content-Type"] == "image/svg+xml"
    image = answer.content.decode()
    assert image.startswith('<svg xmlns="http://www.w3.org/2000/svg"')
    assert " style=" not in image
    settings.PUBLIC_URL = "https://other.example"
    assert client.get(f"/layanan/{SLUG}/qr.svg").content.decode() != image
    assert client.get("/layanan/tidak-ada/qr.svg").status_code == 404


def test_poster_has_the_four_answers(
    client: Client, settings: Settings, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    settings.PUBLIC_URL = "https://jendela.example"
    with django_assert_num_queries(1):
        answer = client.get(f"/layanan/{SLUG}/poster/")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert not answer.cookies
    for text in ("Bawa apa", "Ke mana", "Berapa lama", "Bayar berapa", "Tanyakan ke Disdukcapil", "Gratis"):
        assert text in page
    number = Service.objects.get(slug=SLUG).number
    assert f"jendela.example/l/{number}" in page
    assert "Informasi sementara" in page
    assert re.search(r"<svg[^>]*viewBox", page)
    assert not re.search(r"\sstyle=", page)
    assert client.get("/layanan/tidak-ada/poster/").status_code == 404


def test_poster_in_english_and_for_a_village(client: Client) -> None:
    assert '<html lang="en">' in client.get(f"/en/layanan/{SLUG}/poster/").content.decode()
    page = client.get(f"/layanan/{SLUG}/poster/?wilayah=62.02.05.1002").content.decode()
    assert "Kantor Disdukcapil" in page
