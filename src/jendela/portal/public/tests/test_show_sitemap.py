"""/sitemap.xml and /robots.txt: all public pages in both languages, nothing that is not one."""

import re
from xml.etree import ElementTree

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from jendela.people.areas.models import Area
from jendela.registry.applications.models import Application
from jendela.services.catalogue.models import Service

pytestmark = pytest.mark.usefixtures("region")


def test_sitemap_names_every_page_once(
    client: Client, settings: Settings, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    settings.PUBLIC_URL = "https://jendela.example"
    with django_assert_num_queries(6):
        answer = client.get("/sitemap.xml")
    assert answer["Content-Type"].startswith("application/xml")
    assert not answer.cookies
    text = answer.content.decode()
    ElementTree.fromstring(text)  # noqa: S314  our own file
    places = re.findall(r"<loc>https://jendela\.example([^<]*)</loc>", text)
    assert len(places) == len(set(places)) == text.count("<loc>")
    indonesian = {place for place in places if not place.startswith("/en/")}
    assert {f"/en{place}" for place in indonesian} == set(places) - indonesian
    assert {f"/layanan/{slug}/" for slug in Service.objects.values_list("slug", flat=True)} <= indonesian
    assert {f"/desa/{code}/" for code in Area.objects.values_list("code", flat=True)} <= indonesian
    assert {f"/aplikasi/{slug}/" for slug in Application.objects.values_list("slug", flat=True)} <= indonesian
    assert not [place for place in places if place.startswith(("/akun", "/kelola", "/pegawai", "/cari"))]
    assert text.count('hreflang="en"') == len(places)


def test_pages_of_the_sitemap_exist(client: Client) -> None:
    text = client.get("/sitemap.xml").content.decode()
    places = re.findall(r"<loc>http://localhost:8000([^<]*)</loc>", text)
    kinds: dict[str, str] = {}
    for place in places:
        kinds.setdefault(place.removeprefix("/en").split("/")[1], place)
    missing = [place for place in kinds.values() if client.get(place).status_code != 200]
    assert missing == []


def test_robots(client: Client) -> None:
    answer = client.get("/robots.txt")
    text = answer.content.decode()
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert "Disallow: /cari/" in text
    assert "Disallow: /en/akun/" in text
    assert "Sitemap: http://localhost:8000/sitemap.xml" in text
