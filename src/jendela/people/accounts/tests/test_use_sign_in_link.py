"""Signing in by a one-time link and signing out."""

import datetime
import re
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.test import Client
from django.utils import timezone

from jendela.common.audit import SYSTEM
from jendela.common.models import AuditEntry
from jendela.people.accounts.actions import MINUTES_VALID, create_account, digest_of, make_sign_in_link
from jendela.people.accounts.models import SignInLink, User

pytestmark = pytest.mark.django_db
_addresses = iter(range(1, 250))


@pytest.fixture
def here() -> dict[str, Any]:
    """Each test comes from an address of its own, so that limits do not meet."""
    return {"REMOTE_ADDR": f"198.51.100.{next(_addresses)}"}


@pytest.fixture
def ani() -> User:
    return create_account(email="Ani@Contoh.id", name="Ani", by=SYSTEM)


def address(token: str) -> str:
    return f"/akun/masuk/{token}/"


def test_only_a_digest_is_kept(ani: User) -> None:
    token = make_sign_in_link(user=ani, by=SYSTEM)
    link = SignInLink.objects.get()
    assert link.digest == digest_of(token)
    assert token not in str(link.__dict__)
    assert not AuditEntry.objects.filter(after__icontains=token).exists()


def test_opening_uses_nothing_up(client: Client, ani: User, here: dict[str, Any]) -> None:
    token = make_sign_in_link(user=ani, by=SYSTEM)
    for _time in range(3):
        page = client.get(address(token), **here)
        assert page.status_code == 200
        assert "jendela_sesi" not in page.cookies
        assert page["Referrer-Policy"] == "same-origin"
        assert "no-store" in page["Cache-Control"]
        assert client.head(address(token), **here).status_code == 200
    assert SignInLink.objects.get().used_at is None


def test_a_link_leads_on_but_only_inside(ani: User, here: dict[str, Any]) -> None:
    for wanted, reached in (("/akun/perangkat/", "/akun/perangkat/"), ("https://jahat.example/", "/akun/")):
        client, token = Client(), make_sign_in_link(user=ani, by=SYSTEM)
        page = client.get(f"{address(token)}?next={wanted}", **here).content.decode()
        assert ('name="next"' in page) is (wanted == reached)
        assert client.post(address(token), {"next": wanted}, **here)["Location"] == reached


def test_the_button_signs_in_once(client: Client, ani: User, here: dict[str, Any]) -> None:
    token = make_sign_in_link(user=ani, by=SYSTEM)
    answer = client.post(address(token), **here)
    assert (answer.status_code, answer["Location"]) == (302, "/akun/")
    assert client.session[SESSION_KEY] == str(ani.pk)
    assert client.get("/akun/").status_code == 200
    again = Client().post(address(token), **here)
    assert again.status_code == 403
    assert "jendela_sesi" not in again.cookies


def test_the_session_gets_a_new_key(client: Client, ani: User, here: dict[str, Any]) -> None:
    session = client.session
    session["x"] = 1
    session.save()
    before = session.session_key
    client.cookies["jendela_sesi"] = str(before)
    client.post(address(make_sign_in_link(user=ani, by=SYSTEM)), **here)
    assert client.session.session_key != before


def test_every_bad_link_gets_the_same_answer(ani: User, here: dict[str, Any]) -> None:
    used = make_sign_in_link(user=ani, by=SYSTEM)
    Client().post(address(used), **here)
    old = make_sign_in_link(user=ani, by=SYSTEM)
    newest = make_sign_in_link(user=ani, by=SYSTEM)  # ends the one before
    closed_account = create_account(email="b@contoh.id", name="B", by=SYSTEM)
    closed = make_sign_in_link(user=closed_account, by=SYSTEM)
    User.objects.filter(pk=closed_account.pk).update(is_active=False)
    SignInLink.objects.filter(digest=digest_of(newest)).update(expires_at=timezone.now())

    def body(token: str, method: str) -> str:
        answer = getattr(Client(), method)(address(token), **here)
        assert answer.status_code == {"post": 403, "get": 200}[method]
        text: str = answer.content.decode().replace(token, "TOKEN")
        if method == "get":  # the token of the form differs at each opening
            text = re.sub(r'(?<=csrfmiddlewaretoken" value=")\w+', "", text)
        return text

    for method in ("post", "get"):
        assert len({body(token, method) for token in (used, old, newest, closed, "tidak-ada")}) == 1


def test_a_link_ends_after_half_an_hour(ani: User, here: dict[str, Any]) -> None:
    now = timezone.now()
    token = make_sign_in_link(user=ani, by=SYSTEM)
    with time_machine.travel(now + datetime.timedelta(minutes=MINUTES_VALID, seconds=5)):
        assert Client().post(address(token), **here).status_code == 403


def test_too_many_tries_must_wait(ani: User, here: dict[str, Any]) -> None:
    with time_machine.travel(datetime.datetime(2026, 11, 24, 3, 0, 1, tzinfo=datetime.UTC)):
        for _try in range(settings.RATE_SIGN_IN[0]):
            assert Client().post(address("salah"), **here).status_code == 403
        answer = Client().post(address("salah"), **here)
        assert answer.status_code == 429
        assert "Coba lagi 15 menit lagi." in answer.content.decode()
        token = make_sign_in_link(user=ani, by=SYSTEM)
        assert Client().post(address(token), **here).status_code == 429
    assert SignInLink.objects.get().used_at is None


def test_the_form_needs_its_token(ani: User, here: dict[str, Any]) -> None:
    strict = Client(enforce_csrf_checks=True)
    link = address(make_sign_in_link(user=ani, by=SYSTEM))
    assert strict.post(link, **here).status_code == 403
    assert SignInLink.objects.get().used_at is None
    strict.get(link, **here)
    token = strict.cookies["jendela_csrf"].value
    assert strict.post(link, {"csrfmiddlewaretoken": token}, **here).status_code == 302


def test_the_trail(client: Client, ani: User, here: dict[str, Any]) -> None:
    client.post(address(make_sign_in_link(user=ani, by=SYSTEM)), **here)
    assert client.post("/akun/keluar/", **here)["Location"] == "/"
    rows = AuditEntry.objects.order_by("pk").values_list("action", "by", "address")
    assert list(rows) == [
        ("accounts.create_account", None, None),
        ("accounts.make_sign_in_link", None, None),
        ("accounts.use_sign_in_link", ani.pk, here["REMOTE_ADDR"]),
        ("accounts.start_session", ani.pk, here["REMOTE_ADDR"]),
        ("accounts.end_session", ani.pk, here["REMOTE_ADDR"]),
    ]


def test_signing_out_ends_the_session(client: Client, ani: User) -> None:
    client.force_login(ani)
    assert client.get("/akun/keluar/").status_code == 405
    client.post("/akun/keluar/")
    assert client.get("/kelola/").status_code == 302


def test_a_stranger_who_signs_out_goes_home(client: Client) -> None:
    answer = client.post("/akun/keluar/")
    assert (answer.status_code, answer["Location"]) == (302, "/")
