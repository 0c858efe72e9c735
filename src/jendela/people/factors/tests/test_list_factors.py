"""/akun/pengaman/: staff sets a second factor up before any work, and only with it gets in afterwards."""

import base64
import re
import time
from io import StringIO
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.contrib.auth import SESSION_KEY
from django.core.management import call_command
from django.test import Client
from pytest_django import Settings
from tests.messages import delivered, fresh_address, sign_in_by_code
from tests.people import member

from jendela.common.audit import SYSTEM
from jendela.common.models import AuditEntry
from jendela.people.accounts.actions import create_account, make_sign_in_link
from jendela.people.accounts.models import User

pytestmark = pytest.mark.django_db
CONFIRM = "/akun/masuk/pengaman/"


@pytest.fixture
def ani(settings: Settings) -> User:
    settings.STAFF_SECOND_FACTOR = True
    return member("information_team", email="ani@contoh.id")


def browser(contact: str = "ani@contoh.id", next_path: str = "") -> tuple[Client, Any]:
    client = Client(REMOTE_ADDR=fresh_address())
    return client, sign_in_by_code(client, contact, next_path)


def password(secret: str, steps: int = 0) -> str:
    """What an authenticator app shows now, or some steps of 30 seconds later."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps)))


def with_app(client: Client) -> str:
    """Set an authenticator app up; returns its secret."""
    page = client.get("/akun/pengaman/aplikasi/").content.decode()
    found = re.search(r'class="secret">([A-Z2-7 ]+)<', page)
    assert found
    secret = found.group(1).replace(" ", "")
    answer = client.post("/akun/pengaman/aplikasi/", {"code": password(secret, -1)})
    assert answer["Location"] == "/akun/pengaman/cadangan/", answer.content.decode()
    return secret


def codes_of(client: Client) -> list[str]:
    page = client.get("/akun/pengaman/cadangan/").content.decode()
    return [a + b for a, b in re.findall(r"<code>(\d{4}) (\d{4})</code>", page)]


def test_staff_without_a_factor_is_led_to_the_set_up(ani: User) -> None:
    client, _answer = browser()
    answer = client.get("/kelola/kabar/?x=1")
    assert answer["Location"] == "/akun/pengaman/?next=%2Fkelola%2Fkabar%2F%3Fx%3D1"
    page = client.get(answer["Location"]).content.decode()
    assert "Pasang pengaman kedua dulu" in page
    assert "Ruang kelola terbuka sesudahnya." in client.get("/akun/").content.decode()


def test_after_the_set_up_the_work_goes_on(ani: User) -> None:
    client, _answer = browser()
    client.get(client.get("/kelola/")["Location"])
    with_app(client)
    page = client.get("/akun/pengaman/cadangan/").content.decode()
    assert 'href="/kelola/"' in page
    assert client.get("/kelola/").status_code == 200


def test_what_was_typed_comes_back(ani: User) -> None:
    client, _answer = browser()
    answer = client.post("/kelola/kabar/", {"text": "Tulisan panjang"})
    assert answer.status_code == 401
    assert "Tulisan panjang" in answer.content.decode()


def test_residents_need_none(settings: Settings) -> None:
    settings.STAFF_SECOND_FACTOR = True
    client, answer = browser("warga@contoh.id")
    assert answer["Location"] == "/akun/"
    assert client.get("/akun/perangkat/").status_code == 200


def test_code_then_app(ani: User) -> None:
    first, _answer = browser()
    secret = with_app(first)
    second, answer = browser(next_path="/kelola/kabar/")
    assert answer["Location"] == CONFIRM
    assert SESSION_KEY not in second.session
    assert second.get("/kelola/").status_code == 302
    assert second.post(CONFIRM, {"code": password(secret)})["Location"] == "/kelola/kabar/"
    assert second.get("/kelola/").status_code == 200


def test_a_password_works_once_in_all_processes(ani: User) -> None:
    first, _answer = browser()
    secret = with_app(first)
    typed = password(secret)
    second, _answer = browser()
    assert second.post(CONFIRM, {"code": typed}).status_code == 302
    third, _answer = browser()
    answer = third.post(CONFIRM, {"code": typed})
    assert answer.status_code == 200
    assert "sudah dipakai" in answer.content.decode()
    assert third.post(CONFIRM, {"code": password(secret, 1)}).status_code == 302


def test_a_link_is_not_enough_either(ani: User) -> None:
    first, _answer = browser()
    with_app(first)
    client = Client(REMOTE_ADDR=fresh_address())
    answer = client.post(f"/akun/masuk/{make_sign_in_link(user=ani, by=SYSTEM)}/")
    assert answer["Location"] == CONFIRM
    assert SESSION_KEY not in client.session


def test_a_recovery_code_works_once(ani: User) -> None:
    first, _answer = browser()
    with_app(first)
    code = codes_of(first)[3]
    second, _answer = browser()
    assert second.post(CONFIRM, {"code": f"{code[:4]} {code[4:]}"}).status_code == 302
    third, _answer = browser()
    assert third.post(CONFIRM, {"code": code}).status_code == 200
    assert len(codes_of(first)) == 9
    assert AuditEntry.objects.filter(action="factors.use_recovery_code").count() == 1


def test_guesses_are_counted_for_the_account(ani: User, settings: Settings) -> None:
    first, _answer = browser()
    with_app(first)
    settings.RATE_SECOND_FACTOR = (6, 3600)
    statuses = []
    with time_machine.travel("2031-01-01T00:10:00Z"):  # a window of its own
        for _network in range(2):
            client, _answer = browser()
            statuses += [client.post(CONFIRM, {"code": "000000"}).status_code for _try in range(4)]
    assert statuses == [200] * 6 + [429] * 2


def test_nothing_to_see_without_a_first_step() -> None:
    assert Client().get(CONFIRM)["Location"] == "/akun/masuk/"
    assert Client().post(CONFIRM, {"code": "123456"})["Location"] == "/akun/masuk/"


def test_an_account_that_closes_between_the_steps(ani: User) -> None:
    first, _answer = browser()
    secret = with_app(first)
    second, _answer = browser()
    User.objects.filter(pk=ani.pk).update(is_active=False)
    assert second.post(CONFIRM, {"code": password(secret)})["Location"] == "/akun/masuk/"
    assert SESSION_KEY not in second.session


def test_secrets_lie_encrypted(ani: User) -> None:
    client, _answer = browser()
    secret = with_app(client)
    kept = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in kept
    assert base64.b32decode(secret).hex() not in kept
    assert not any(code in kept for code in codes_of(client))


def test_the_owner_is_told(ani: User) -> None:
    client, _answer = browser()
    with_app(client)
    assert delivered()[-1]["subject"] == "Pengaman baru di akun Jendela Anda"


def test_a_wrong_first_password(ani: User) -> None:
    client, _answer = browser()
    page = client.get("/akun/pengaman/aplikasi/").content.decode()
    secret = re.findall(r'class="secret">([A-Z2-7 ]+)<', page)
    answer = client.post("/akun/pengaman/aplikasi/", {"code": "12"}).content.decode()
    assert "Kode ini tidak cocok." in answer
    assert (
        re.findall(r'class="secret">([A-Z2-7 ]+)<', answer) == secret
    )  # the picture that was scanned stays right
    assert not Authenticator.objects.exists()


def test_removing_the_last_one_closes_the_work(ani: User) -> None:
    client, _answer = browser()
    with_app(client)
    key = Authenticator.objects.get(type="totp").pk
    page = client.get(f"/akun/pengaman/{key}/hapus/").content.decode()
    assert "Ini pengaman terakhir Anda." in page
    assert client.post(f"/akun/pengaman/{key}/hapus/")["Location"] == "/akun/pengaman/?berubah=hapus"
    assert not Authenticator.objects.exists()
    assert client.post(f"/akun/pengaman/{key}/hapus/").status_code == 404


def test_not_the_factor_of_another(ani: User) -> None:
    first, _answer = browser()
    with_app(first)
    key = Authenticator.objects.get(type="totp").pk
    create_account(email="budi@contoh.id", name="Budi", by=SYSTEM)
    other, _answer = browser("budi@contoh.id")
    assert other.post(f"/akun/pengaman/{key}/hapus/").status_code == 404
    assert Authenticator.objects.filter(pk=key).exists()


def test_new_recovery_codes_end_the_old(ani: User) -> None:
    client, _answer = browser()
    with_app(client)
    old = codes_of(client)
    assert len(old) == 10
    client.post("/akun/pengaman/cadangan/ganti/")
    new = codes_of(client)
    assert len(new) == 10
    assert not set(old) & set(new)


def test_a_nonsense_answer_of_a_device(ani: User) -> None:
    client, _answer = browser()
    for answer in (
        "",
        "x",
        "{}",
        "[]",
        '{"response": {}}',
        '{"id":"a","rawId":"a","type":"public-key","response":1}',
    ):
        page = client.post("/akun/pengaman/kunci/", {"name": "ponsel", "answer": answer})
        assert page.status_code == 200
        signed_out = Client(REMOTE_ADDR=fresh_address())
        signed_out.get("/akun/masuk/kunci/")
        page = signed_out.post("/akun/masuk/kunci/", {"answer": answer})
        assert page.status_code == 200
        assert SESSION_KEY not in signed_out.session


def test_a_session_from_before_the_factor_must_show_it(ani: User) -> None:
    """Signed in elsewhere, then a factor was added: the older session is asked for it."""
    old, _answer = browser()
    new, _answer = browser()
    secret = with_app(new)
    answer = old.get("/kelola/")
    assert answer["Location"].startswith("/akun/pengaman/pastikan/?next=")
    assert old.get("/akun/pengaman/aplikasi/")["Location"].startswith("/akun/pengaman/pastikan/")
    confirmed = old.post(answer["Location"], {"code": password(secret), "next": "/kelola/"})
    assert confirmed["Location"] == "/kelola/"
    assert old.get("/kelola/").status_code == 200


def test_confirming_by_a_code_without_a_factor(ani: User) -> None:
    client = Client(REMOTE_ADDR=fresh_address())
    client.force_login(ani)
    target = client.get("/akun/pengaman/aplikasi/")["Location"]
    assert "Kirim kode ke ani@contoh.id" in client.get(target).content.decode()
    assert client.post(target)["Location"] == target
    assert "Kode sudah dikirim" in client.get(target).content.decode()
    assert "Kode ini tidak cocok." in client.post(target, {"code": "1"}).content.decode()
    code = delivered()[-1]["text"][:6]
    assert client.post(target, {"code": code})["Location"] == "/akun/pengaman/aplikasi/"
    assert client.get("/akun/pengaman/aplikasi/").status_code == 200


def test_the_operator_resets_what_was_lost(ani: User) -> None:
    client, _answer = browser()
    with_app(client)
    out = StringIO()
    call_command("sign_in_link", "ani@contoh.id", "--reset-factors", stdout=out)
    assert "Pengaman kedua dihapus: 2." in out.getvalue()
    assert not Authenticator.objects.exists()
    assert AuditEntry.objects.filter(action="factors.reset_factors", by=None).count() == 1
    assert client.get("/kelola/")["Location"].startswith("/akun/masuk/")  # the lost phone is out
    link = out.getvalue().split()[-1]
    fresh = Client(REMOTE_ADDR=fresh_address())
    assert fresh.post("/" + link.split("/", 3)[3])["Location"] == "/kelola/"
    assert fresh.get("/kelola/")["Location"].startswith("/akun/pengaman/?next=")


def test_where_no_code_can_be_sent_the_page_says_so(ani: User, settings: Settings) -> None:
    settings.MAIL_READY = False
    client = Client(REMOTE_ADDR=fresh_address())
    client.force_login(ani)
    page = client.get("/akun/pengaman/pastikan/").content.decode()
    assert "Situs ini belum bisa mengirim kode." in page
    assert "Kirim kode ke" not in page
    assert client.get("/akun/surel/").status_code == 302
