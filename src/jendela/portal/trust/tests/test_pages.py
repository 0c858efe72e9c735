"""Pages about Jendela: open to strangers in both languages, constant queries, and true to the data."""

import datetime
import re

import pytest
from django.test import Client, override_settings
from pytest_django import DjangoAssertNumQueries

from jendela.common.audit import SYSTEM
from jendela.insight.recommendations.actions import give
from jendela.insight.recommendations.models import Recommendation
from jendela.people.areas.models import PopulationFigure
from jendela.portal.trust import reads
from jendela.services.catalogue.models import Correction, GapCount, Service, ViewCount
from jendela.services.search.models import QueryCount

pytestmark = pytest.mark.django_db
PATHS = ["/asli/", "/cara-kerja/", "/data/", "/privasi/", "/aksesibilitas/", "/bantuan/"]


def get(path: str) -> str:
    response = Client().get(path)
    assert response.status_code == 200
    assert not response.cookies
    return response.content.decode()


def text(page: str) -> str:
    main = page[page.index("<main") : page.index("</main>")]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("path", PATHS)
def test_a_stranger_reads_it(prefix: str, path: str) -> None:
    page = get(prefix + path)
    assert page.count("<h1") == 1
    assert '<meta name="description"' in page
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    if prefix:
        own = re.findall(
            r'href="(/(?!static/|api/)[^"]*)"', page[page.index("<main") : page.index("</main>")]
        )
        assert [link for link in own if not link.startswith("/en/")] == []


@pytest.mark.parametrize("path", PATHS)
def test_it_is_only_read(path: str) -> None:
    assert Client().post(path).status_code == 405


@pytest.mark.usefixtures("region")
@pytest.mark.parametrize("path", PATHS)
def test_every_link_leads_somewhere(path: str) -> None:
    page = get(path)
    inside = page[page.index("<main") : page.index("</main>")]
    links = {link for link in re.findall(r'href="(/[^"#]*)', inside) if not link.startswith("/static/")}
    anchors = re.findall(r'href="#([^"]+)"', inside)
    for link in links:
        expected = 302 if link.startswith("/kelola/") else 200  # what is for staff asks to sign in
        assert Client().get(link.replace("&amp;", "&")).status_code == expected, link
    for anchor in anchors:
        assert f'id="{anchor}"' in page


@pytest.mark.usefixtures("region")
@pytest.mark.parametrize(
    ("path", "queries"),
    [
        ("/asli/", 2),
        ("/cara-kerja/", 13),
        ("/data/", 8),
        ("/privasi/", 0),
        ("/aksesibilitas/", 0),
        ("/bantuan/", 0),
    ],
)
def test_queries_are_constant(
    path: str, queries: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(queries):
        get(path)


def test_the_prototype_says_so() -> None:
    page = text(get("/asli/"))
    assert "Situs ini purwarupa." in page
    assert "milik Pemerintah" not in page
    for word in ("OTP", "PIN", "Uang"):
        assert word in page


@override_settings(SITE_OFFICIAL=True, PUBLIC_URL="https://jendela.kotimkab.go.id")
def test_the_official_site_says_so() -> None:
    page = text(get("/asli/"))
    assert "milik Pemerintah Kabupaten Kotawaringin Timur" in page
    assert "purwarupa" not in page
    assert "jendela.kotimkab.go.id/l/1/" in page
    assert "Alamat ini belum" not in page


@pytest.mark.usefixtures("region")
def test_the_story_stands_on_the_data() -> None:
    page = get("/cara-kerja/")
    words = text(page)
    assert 'href="/aplikasi/e-parking-ppm-sampit/"' in page
    slug = Service.objects.get(name=reads.STORY_SERVICE).slug
    assert f'href="/layanan/{slug}/"' in page
    assert "tidak berfungsi" in words
    assert "Rp2.000" in words
    assert "sampit.prokal.co , 2023" in words or "sampit.prokal.co, 2023" in words
    assert words.count("Belum dibuka") >= 2
    assert "belum mencatat satu kunjungan pun" in words


@pytest.mark.usefixtures("region")
def test_the_story_counts_its_own_page() -> None:
    service = Service.objects.get(name=reads.STORY_SERVICE)
    other = Service.objects.exclude(pk=service.pk)[0]
    day = datetime.date(2026, 11, 20)
    ViewCount.objects.create(service=service, day=day, count=7)
    ViewCount.objects.create(service=other, day=datetime.date(2026, 11, 18), count=100)
    GapCount.objects.create(service=service, gap="berapa_lama", day=day, count=5)
    QueryCount.objects.create(
        query="parkir ppm", day=day, count=3, confident=True, top_kind="service", top_key=service.slug
    )
    words = text(get("/cara-kerja/"))
    assert "mulai menghitung pada 18 November 2026" in words
    for number in ("7 kali", "5 kali", "3 kali"):
        assert number in words


@pytest.mark.usefixtures("region")
def test_the_data_page_counts_what_is_there() -> None:
    words = text(get("/data/"))
    assert f"{Service.objects.count()} layanan berstatus Informasi sementara." in words
    assert "Belum ada yang berstatus Standar berlaku." in words
    for people in PopulationFigure.objects.filter(area="62.02", year=2024).values_list("people", flat=True):
        assert f"{people:,}".replace(",", ".") + " jiwa, 2024" in words
    newest = Correction.objects.first()
    assert newest is not None
    assert newest.text in words
    known = Service.objects.filter(standards__processing_time__isnull=False).count()
    total = Service.objects.count()
    assert f"{total - known} dari {total}" in words


@pytest.mark.usefixtures("region")
def test_the_story_says_what_was_advised_and_answered() -> None:
    found = text(get("/cara-kerja/"))
    assert "e-Parking PPM Sampit tidak berfungsi." in found
    assert "Belum diberikan kepada instansi." in found
    row = Recommendation.objects.get(rule="mati_belum_dihentikan")
    give(recommendations=[row.pk], by=SYSTEM)
    assert "Ditunggu sampai" in text(get("/cara-kerja/"))
    Recommendation.objects.all().delete()
    assert "belum ada saran tertulis" in text(get("/cara-kerja/"))
