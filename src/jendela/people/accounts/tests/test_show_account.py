"""/akun/ and its changes: name, address by code, phone, leaving."""

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings
from tests.messages import delivered, fresh_address, last_code, sign_in_by_code
from tests.people import agency, member

from jendela.common.audit import SYSTEM
from jendela.common.models import AuditEntry
from jendela.people.access.roles import ServiceAdmin
from jendela.people.accounts.actions import (
    create_account,
    make_sign_in_link,
    set_contact,
    use_sign_in_link,
)
from jendela.people.accounts.choices import Channel
from jendela.people.accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def ani() -> User:
    return create_account(email="ani@contoh.id", name="Ani", by=SYSTEM)


@pytest.fixture
def client(ani: User) -> Client:
    client = Client(REMOTE_ADDR=fresh_address())
    sign_in_by_code(client, "ani@contoh.id")
    return client


def test_what_is_kept_of_me(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(4):
        page = client.get("/akun/").content.decode()
    assert "ani@contoh.id" in page
    assert "Peran Anda" not in page


def test_roles_in_words() -> None:
    member("service_admin", agency("Disdukcapil"), email="admin@contoh.id")
    client = Client(REMOTE_ADDR=fresh_address())
    sign_in_by_code(client, "admin@contoh.id")
    page = client.get("/akun/").content.decode()
    assert "Admin layanan, Disdukcapil" in page
    assert str(ServiceAdmin.sentence) in page


def test_a_new_name(client: Client, ani: User) -> None:
    assert "Isi nama." in client.post("/akun/nama/", {"name": " "}).content.decode()
    assert client.post("/akun/nama/", {"name": " Ani   Rahmawati "})["Location"] == "/akun/?berubah=nama"
    ani.refresh_from_db()
    assert ani.name == "Ani Rahmawati"
    assert "Perubahan tersimpan." in client.get("/akun/?berubah=nama").content.decode()


def test_a_new_address_by_code(client: Client, ani: User) -> None:
    assert client.post("/akun/surel/", {"contact": "Ani.Baru@contoh.id"})["Location"] == "/akun/kontak/kode/"
    ani.refresh_from_db()
    assert ani.email == "ani@contoh.id"  # until the code is typed
    assert client.post("/akun/kontak/kode/", {"code": last_code()})["Location"] == "/akun/?berubah=alamat"
    ani.refresh_from_db()
    assert ani.email == "ani.baru@contoh.id"
    letter = delivered()[-1]
    assert (letter["to"], "sekarang memakai alamat" in letter["text"]) == ("ani@contoh.id", True)


def test_links_sent_to_an_address_end_with_it(ani: User) -> None:
    link = make_sign_in_link(user=ani, by=SYSTEM)
    set_contact(user=ani, channel=Channel.EMAIL, recipient="ani.baru@contoh.id", by=SYSTEM)
    assert use_sign_in_link(token=link, address=None) is None


def test_an_address_of_somebody_else(client: Client, ani: User) -> None:
    """The page does not say that the address is taken; its owner is told, and no code works."""
    create_account(email="budi@contoh.id", name="Budi", by=SYSTEM)
    assert client.post("/akun/surel/", {"contact": "budi@contoh.id"})["Location"] == "/akun/kontak/kode/"
    letter = delivered()[-1]
    assert letter["to"] == "budi@contoh.id"
    assert "akun Jendela lain" in letter["text"]
    assert not any(part.isdigit() for part in letter["text"].split())


def test_an_address_that_was_taken_meanwhile(client: Client, ani: User) -> None:
    client.post("/akun/surel/", {"contact": "rebut@contoh.id"})
    code = last_code()
    create_account(email="rebut@contoh.id", name="Cepat", by=SYSTEM)
    answer = client.post("/akun/kontak/kode/", {"code": code})
    assert answer.status_code == 409
    assert "dipakai akun lain" in answer.content.decode()
    ani.refresh_from_db()
    assert ani.email == "ani@contoh.id"


def test_a_phone_by_code(client: Client, ani: User) -> None:
    assert "Nomor HP ini tidak lengkap." in client.post("/akun/ponsel/", {"contact": "123"}).content.decode()
    client.post("/akun/ponsel/", {"contact": "0812 3456 7890"})
    client.post("/akun/kontak/kode/", {"code": last_code()})
    ani.refresh_from_db()
    assert ani.phone == "+6281234567890"
    other = Client(REMOTE_ADDR=fresh_address())
    sign_in_by_code(other, "081234567890")
    assert "Ani" in other.get("/akun/").content.decode()


def test_wrong_codes_end_a_change(client: Client, ani: User) -> None:
    client.post("/akun/surel/", {"contact": "ani.baru@contoh.id"})
    code = last_code()
    bad = f"{(int(code) + 1) % 1_000_000:06}"
    statuses = [client.post("/akun/kontak/kode/", {"code": bad}).status_code for _try in range(5)]
    assert statuses == [200, 200, 200, 200, 403]
    assert "tidak berlaku" in client.post("/akun/kontak/kode/", {"code": code}).content.decode()


def test_no_phones_while_residents_are_closed(client: Client, settings: Settings) -> None:
    settings.ALL_MODULES_OPEN = False
    assert client.get("/akun/ponsel/").status_code == 404
    page = client.get("/akun/").content.decode()
    assert "Nomor HP" not in page
    assert "Orang yang saya urus" not in page


def test_an_open_screen_is_not_enough(ani: User) -> None:
    """Whoever finds a session of hours ago must show who they are before the address changes."""
    client = Client()
    client.force_login(ani)
    answer = client.get("/akun/surel/")
    assert answer["Location"] == "/akun/pengaman/pastikan/?next=%2Fakun%2Fsurel%2F"
    assert client.post("/akun/tutup/").status_code == 302
    ani.refresh_from_db()
    assert ani.is_active


def test_leaving(client: Client, ani: User) -> None:
    client.post("/akun/ponsel/", {"contact": "0812 3456 7891"})
    client.post("/akun/kontak/kode/", {"code": last_code()})
    Authenticator.objects.create(user=ani, type="recovery_codes", data={"used_mask": 0, "seed": "x"})
    assert "tidak bisa dibatalkan" in client.get("/akun/tutup/").content.decode()
    assert client.post("/akun/tutup/")["Location"] == "/"
    ani.refresh_from_db()
    assert not ani.is_active
    assert (ani.name, ani.phone, ani.phone_hash) == ("", "", None)
    assert "ani@" not in str(ani.email)
    assert not Authenticator.objects.filter(user=ani).exists()
    assert client.get("/akun/").status_code == 302
    assert AuditEntry.objects.filter(action="accounts.close_account").count() == 1


def test_who_holds_a_role_cannot_leave_alone() -> None:
    user = member("administrator", email="kelola@contoh.id")
    client = Client(REMOTE_ADDR=fresh_address())
    sign_in_by_code(client, "kelola@contoh.id")
    assert "belum bisa ditutup" in client.get("/akun/tutup/").content.decode()
    assert client.post("/akun/tutup/").status_code == 409
    user.refresh_from_db()
    assert user.is_active
