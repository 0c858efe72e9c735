"""/kelola/pencarian/: what residents did not find, on the page and for a spreadsheet."""

import csv
import datetime
import io

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from tests.people import agency, client_of, member

from jendela.common.dates import today
from jendela.people.access.roles import ServiceAdmin
from jendela.services.catalogue.models import Service
from jendela.services.search.choices import Kind
from jendela.services.search.models import Document, QueryCount

pytestmark = pytest.mark.django_db


@pytest.fixture
def searches(db: None) -> None:
    Document.objects.create(kind=Kind.SERVICE, key="uji-kir", name="Uji KIR", url="/layanan/uji-kir/")
    yesterday = today() - datetime.timedelta(days=1)
    near = {"top_kind": Kind.SERVICE, "top_key": "uji-kir"}
    rows = [
        ("izin perahu", today(), 3, False, near),
        ("=HYPERLINK(1)", today(), 9, False, {}),
        (" -2+3", yesterday, 1, False, near),
        ("ktp hilang", today(), 99, True, near),
    ]
    for query, day, count, confident, nearest in rows:
        QueryCount.objects.create(query=query, day=day, count=count, confident=confident, **nearest)


@pytest.mark.usefixtures("searches")
def test_by_day_and_count_with_the_nearest(
    administrator: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(5):  # session, account, searches, documents
        page = administrator.get("/kelola/pencarian/").content.decode()
    assert page.index("=HYPERLINK") < page.index("izin perahu") < page.index("-2+3")
    assert "ktp hilang" not in page
    assert '<a href="/layanan/uji-kir/">Uji KIR</a>' in page
    assert "tidak ada yang dekat" in page
    assert '<a href="/en/layanan/uji-kir/">' in administrator.get("/en/kelola/pencarian/").content.decode()


@pytest.mark.usefixtures("searches")
def test_no_cell_of_the_file_starts_a_formula(administrator: Client) -> None:
    answer = administrator.get("/kelola/pencarian.csv")
    assert answer["Content-Type"].startswith("text/csv")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0] == ["hari", "pencarian", "kali", "layanan_terdekat", "alamat"]
    assert [row[1] for row in rows[1:]] == ["'=HYPERLINK(1)", "izin perahu", "' -2+3"]
    assert rows[2] == [today().isoformat(), "izin perahu", "3", "Uji KIR", "/layanan/uji-kir/"]


def test_nothing_yet(administrator: Client) -> None:
    assert "Belum ada pencarian tanpa jawaban." in administrator.get("/kelola/pencarian/").content.decode()


@pytest.mark.usefixtures("searches")
def test_each_agency_sees_what_came_near_its_services() -> None:
    place = agency("Dinas Perhubungan")
    Service.objects.create(number=9001, slug="uji-kir", name="Uji KIR", owner=place, rule_scope="kotim")
    near = client_of(member(ServiceAdmin.code, at=place)).get("/kelola/pencarian/").content.decode()
    assert "izin perahu" in near
    assert "HYPERLINK" not in near
    far = client_of(member(ServiceAdmin.code, at=agency("Dinas Lain")))
    assert "izin perahu" not in far.get("/kelola/pencarian/").content.decode()
    assert "izin perahu" not in far.get("/kelola/pencarian.csv").content.decode()
