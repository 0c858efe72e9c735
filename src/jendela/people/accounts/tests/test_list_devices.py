"""/akun/perangkat/: where one is signed in, ending one, ending all."""

import datetime

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from tests.messages import fresh_address, sign_in_by_code

from jendela.common.audit import SYSTEM
from jendela.common.models import AuditEntry
from jendela.people.accounts.actions import create_account, forget_sessions
from jendela.people.accounts.devices import describe
from jendela.people.accounts.models import User

pytestmark = pytest.mark.django_db
PHONE = "Mozilla/5.0 (Linux; Android 13; SM-A135F) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36"
DESK = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:121.0) Gecko/20100101 Firefox/121.0"


@pytest.fixture
def ani() -> User:
    return create_account(email="ani@contoh.id", name="Ani", by=SYSTEM)


def browser(agent: str = PHONE) -> Client:
    client = Client(REMOTE_ADDR=fresh_address(), HTTP_USER_AGENT=agent)
    sign_in_by_code(client, "ani@contoh.id")
    return client


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (PHONE, "Chrome di ponsel Android"),
        (DESK, "Firefox di komputer Windows"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Safari/604.1",
            "Safari di iPhone",
        ),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/120.0 Safari/537.36 Edg/120.0", "Edge di komputer Windows"),
        ("", "perangkat yang tidak kami kenali"),
    ],
)
def test_plain_words(agent: str, words: str) -> None:
    assert describe(agent)[0] == words


def test_the_list_says_where(ani: User) -> None:
    first, _second = browser(), browser(DESK)
    page = first.get("/akun/perangkat/").content.decode()
    assert page.count("perangkat ini</span>") == 1
    assert "Chrome di ponsel Android" in page
    assert "Firefox di komputer Windows" in page
    assert page.count("/akhiri/") == 1  # not for the one in use


@pytest.mark.parametrize("number", [1, 4])
def test_the_list_costs_the_same(
    ani: User, django_assert_num_queries: DjangoAssertNumQueries, number: int
) -> None:
    clients = [browser() for _ in range(number)]
    with django_assert_num_queries(4):
        clients[0].get("/akun/perangkat/")


def test_ending_one(ani: User) -> None:
    first, second = browser(), browser(DESK)
    page = first.get("/akun/perangkat/").content.decode()
    address = page.split('action="')[-2].split('"')[0] if "/akhiri/" in page.split('action="')[-2] else ""
    assert address.endswith("/akhiri/")
    assert second.get("/akun/").status_code == 200
    assert first.post(address)["Location"] == "/akun/perangkat/?berubah=keluar"
    assert second.get("/akun/").status_code == 302
    assert first.get("/akun/").status_code == 200
    assert AuditEntry.objects.filter(action="accounts.end_device", by=ani.pk).count() == 1
    assert first.post(address).status_code == 404


def test_not_the_devices_of_others(ani: User) -> None:
    browser()
    from allauth.usersessions.models import UserSession

    key = UserSession.objects.get().pk
    create_account(email="budi@contoh.id", name="Budi", by=SYSTEM)
    other = Client(REMOTE_ADDR=fresh_address())
    sign_in_by_code(other, "budi@contoh.id")
    assert other.post(f"/akun/perangkat/{key}/akhiri/").status_code == 404
    assert UserSession.objects.filter(pk=key).exists()


def test_ending_all(ani: User) -> None:
    first, second = browser(), browser(DESK)
    assert first.post("/akun/perangkat/akhiri-semua/")["Location"] == "/akun/masuk/"
    assert first.get("/akun/").status_code == 302
    assert second.get("/akun/").status_code == 302


def test_the_last_use_is_kept_without_a_write_of_ours(ani: User) -> None:
    """GETs may not write; the session row itself carries the time, at most every ten minutes."""
    with time_machine.travel(datetime.datetime(2026, 11, 24, 1, 0, tzinfo=datetime.UTC), tick=False) as clock:
        first, second = browser(), browser(DESK)
        clock.shift(datetime.timedelta(hours=2))
        assert second.get("/akun/").status_code == 200
        page = first.get("/akun/perangkat/").content.decode()
    assert "Terakhir dipakai 24 November 2026, 10.00" in page
    assert "Masuk 24 November 2026, 08.00" in page


def test_a_stranger_sees_nothing() -> None:
    assert Client().get("/akun/perangkat/")["Location"].startswith("/akun/masuk/?next=")
    assert Client().post("/akun/perangkat/akhiri-semua/").status_code == 401


def test_ended_sessions_are_forgotten_with_what_is_noted_of_them(ani: User) -> None:
    browser()
    assert forget_sessions() == 0
    assert UserSession.objects.filter(user=ani).count() == 1
    with time_machine.travel(datetime.datetime.now(datetime.UTC) + datetime.timedelta(hours=13)):
        assert forget_sessions() == 1
    assert not UserSession.objects.filter(user=ani).exists()
