"""/kelola/ and who may open what lies below it."""

import datetime
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings
from tests.people import agency, client_of, member

from jendela.common import marks
from jendela.common.dates import today
from jendela.people.access.roles import ServiceOfficer
from jendela.services.catalogue.choices import FeedbackTopic
from jendela.services.catalogue.models import Feedback
from jendela.services.search.models import QueryCount

SCREENS = ["/kelola/", "/kelola/kabar/", "/kelola/pencarian/", "/kelola/pencarian.csv", "/kelola/kekurangan/"]


@pytest.mark.django_db
@pytest.mark.parametrize("path", [*SCREENS, "/kelola/kabar/1/"])
def test_strangers_are_sent_to_sign_in(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/akun/masuk/?next=/kelola/")


@pytest.mark.parametrize("path", [*SCREENS, "/kelola/kabar/1/"])
def test_an_account_without_the_permission_finds_nothing(roleless: Client, path: str) -> None:
    assert roleless.get(path).status_code == 404
    assert roleless.post(path).status_code == 404


@pytest.mark.parametrize("path", SCREENS)
def test_no_page_is_kept(administrator: Client, path: str) -> None:
    answer = administrator.get(path)
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    assert marks.CACHEABLE not in answer.wsgi_request.META


def test_numbers_of_what_waits(administrator: Client) -> None:
    Feedback.objects.create(page="/", topic=FeedbackTopic.WRONG, text="Salah")
    old = today() - datetime.timedelta(days=40)
    for day, count in ((today(), 7), (old, 100)):
        QueryCount.objects.create(query="perahu", day=day, count=count, confident=False)
    QueryCount.objects.create(query="ktp", day=today(), count=50, confident=True)
    page = administrator.get("/kelola/").content.decode()
    assert number_at(page, "/kelola/kabar/") == "1"
    assert number_at(page, "/kelola/pencarian/") == "7"
    assert number_at(page, "/kelola/kekurangan/") == "belum ditemui pembaca"
    assert "kali dalam 30 hari" in page.split('href="/kelola/pencarian/"')[1].split("</a>", maxsplit=1)[0]
    assert "Ani Rahmawati" in page


def number_at(page: str, path: str) -> str:
    entry = page.split(f'href="{path}"')[1].split("</a>", maxsplit=1)[0]
    return re.split(r'class="(?:tile-number|rooms-count rooms-none)">', entry)[1].split("<")[0]


def test_as_many_queries_with_more_rows(administrator: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as context:
            administrator.get("/kelola/")
        return len(context)

    few = queries()
    for number in range(5):
        Feedback.objects.create(page="/", topic=FeedbackTopic.WRONG, text="Salah")
        QueryCount.objects.create(query=f"perahu {number}", day=today(), count=1, confident=False)
    assert queries() == few


@pytest.mark.django_db
def test_own_agencies_come_first() -> None:
    client = client_of(member(ServiceOfficer.code, at=agency("Dinas Satu")))
    page = client.get("/kelola/").content.decode()
    assert page.index("/kelola/instansi/dinas-satu/") < page.index('href="/kelola/kabar/"')
    assert "/kelola/modul/" not in page


def test_a_new_instance_says_where_to_begin(administrator: Client, settings: Settings) -> None:
    assert "Belum ada modul yang terbuka." not in administrator.get("/kelola/").content.decode()
    settings.ALL_MODULES_OPEN = False
    page = administrator.get("/kelola/").content.decode()
    assert "Belum ada modul yang terbuka." in page
    assert 'href="/kelola/kabar/"' not in page
