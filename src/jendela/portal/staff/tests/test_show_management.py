"""/kelola/ and who may open what lies below it."""

import datetime

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from jendela.common import marks
from jendela.common.dates import today
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


def test_three_tiles_with_numbers(
    administrator: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    Feedback.objects.create(page="/", topic=FeedbackTopic.WRONG, text="Salah")
    old = today() - datetime.timedelta(days=40)
    for day, count in ((today(), 7), (old, 100)):
        QueryCount.objects.create(query="perahu", day=day, count=count, confident=False)
    QueryCount.objects.create(query="ktp", day=today(), count=50, confident=True)
    with django_assert_num_queries(6):  # session, account, three sums
        page = administrator.get("/kelola/").content.decode()
    numbers = page.split('class="tile-number">')[1:]
    assert [number.split("<")[0] for number in numbers] == ["1", "7", "0"]
    assert "Ani Rahmawati" in page
