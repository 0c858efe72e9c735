"""/akun/masuk/: one field, one answer for everyone, codes that are counted."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries, Settings
from tests.messages import delivered, fresh_address

from jendela.common.audit import SYSTEM
from jendela.people.accounts.actions import create_account
from jendela.people.accounts.models import ContactCode, User

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/akun/masuk/", "/en/akun/masuk/?next=/kelola/"])
def test_explains(client: Client, django_assert_num_queries: DjangoAssertNumQueries, path: str) -> None:
    with django_assert_num_queries(0):
        answer = client.get(path)
    assert answer.status_code == 200
    assert "jendela_sesi" not in answer.cookies
    page = answer.content.decode()
    assert "./jendela manage sign_in_link EMAIL" in page
    assert 'type="password"' not in page


def ask(contact: str, **more: Any) -> Any:
    client = Client(REMOTE_ADDR=fresh_address())
    return client, client.post("/akun/masuk/", {"contact": contact, **more})


def seen(client: Client, answer: Any) -> str:
    """What one sees after asking, without what differs by itself."""
    assert (answer.status_code, answer["Location"]) == (302, "/akun/masuk/kode/")
    page = client.get("/akun/masuk/kode/").content.decode()
    page = re.sub(r"[\w.]+@contoh\.id|0812[\d-]+", "ALAMAT", page)
    return re.sub(r'(?<=csrfmiddlewaretoken" value=")\w+', "", page)


def test_nobody_learns_who_has_an_account(settings: Settings) -> None:
    """Known, unknown and closed: the same page, the same number of statements; a message only for the open account."""
    settings.ALL_MODULES_OPEN = False  # accounts of residents are closed
    create_account(email="ada@contoh.id", name="Ada", by=SYSTEM)
    closed = create_account(email="tutup@contoh.id", name="Tutup", by=SYSTEM)
    User.objects.filter(pk=closed.pk).update(is_active=False)
    pages, counts = set(), set()
    for contact in ("ADA@contoh.id ", "tidak.ada@contoh.id", "tutup@contoh.id"):
        client = Client(REMOTE_ADDR=fresh_address())
        with CaptureQueriesContext(connection) as captured:
            answer = client.post("/akun/masuk/", {"contact": contact})
        counts.add(len(captured.captured_queries))
        pages.add(seen(client, answer))
    assert len(pages) == 1
    assert len(counts) == 1
    assert [one["to"] for one in delivered()] == ["ada@contoh.id"]
    assert ContactCode.objects.count() == 3


def test_residents_closed_leave_no_trace(settings: Settings) -> None:
    settings.ALL_MODULES_OPEN = False
    client = Client(REMOTE_ADDR=fresh_address())
    page = client.get("/akun/masuk/").content.decode()
    assert "HP" not in page
    assert "Belum punya akun" not in page
    answer = client.post("/akun/masuk/", {"contact": "0812 3456 7890"})
    assert answer.status_code == 200
    assert "Alamat e-mail ini tidak lengkap." in answer.content.decode()


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("", "Isi alamat e-mail atau nomor HP Anda."),
        ("ani@", "Alamat e-mail ini tidak lengkap."),
        ("0812 345", "Nomor HP ini tidak lengkap."),
        ("+1 555 010 9999", "Nomor HP ini tidak lengkap."),
    ],
)
def test_what_is_wrong_is_said_and_kept(typed: str, why: str) -> None:
    client = Client(REMOTE_ADDR=fresh_address())
    page = client.post("/akun/masuk/", {"contact": typed, "next": "/akun/orang/"}).content.decode()
    assert why in page
    assert "Ada yang perlu diperbaiki" in page
    assert f'value="{typed}"' in page or not typed
    assert 'name="next" value="/akun/orang/"' in page


def test_codes_for_one_address_are_few(settings: Settings) -> None:
    """The account is counted first: from other networks it is the same."""
    settings.RATE_CODE_REQUEST = (5, 900)
    for _time in range(5):
        assert ask("sering@contoh.id")[1].status_code == 302
    answer = ask("sering@contoh.id")[1]
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) > 0
    assert "Kode belum dikirim." in answer.content.decode()
    assert ask("lain@contoh.id")[1].status_code == 302


def test_a_network_is_limited_last(settings: Settings) -> None:
    settings.RATE_CODE_REQUEST_ADDRESS = (3, 900)
    client = Client(REMOTE_ADDR=fresh_address())
    codes = [client.post("/akun/masuk/", {"contact": f"jaringan{n}@contoh.id"}).status_code for n in range(4)]
    assert codes == [302, 302, 302, 429]


def test_without_a_mail_server_the_page_says_so(settings: Settings) -> None:
    settings.MAIL_READY = False
    client = Client(REMOTE_ADDR=fresh_address())
    page = client.get("/akun/masuk/").content.decode()
    assert "Kode lewat e-mail belum tersedia di situs ini." in page
    assert client.post("/akun/masuk/", {"contact": "ani@contoh.id"}).status_code == 200
    assert not ContactCode.objects.exists()
