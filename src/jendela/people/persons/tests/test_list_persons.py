"""/akun/orang/: people whom an account looks after; their numbers are hidden, kept encrypted, and read with a trace."""

import datetime
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings
from tests.people import client_of, member

from jendela.common.models import AuditEntry
from jendela.people.accounts.models import User
from jendela.people.persons.actions import MOST, forget_removed
from jendela.people.persons.models import Person

pytestmark = pytest.mark.django_db
LIST = "/akun/orang/"


def nik(serial: int = 1) -> str:
    """A number as the tree may not hold one, put together when it is needed."""
    return "620206" + "570890" + f"{serial:04}"


@pytest.fixture
def ani() -> User:
    return member(name="Ani")


@pytest.fixture
def client(ani: User) -> Client:
    return client_of(ani)


def add(client: Client, **values: Any) -> Any:
    given = {"name": "Siti Contoh", "relation": "parent", "nik": nik(), "birth_date": "17-8-1990", **values}
    return client.post(f"{LIST}tambah/", given)


def test_nobody_yet(client: Client) -> None:
    assert "Belum ada orang di daftar ini." in client.get(LIST).content.decode()


def test_a_person_is_kept_encrypted(client: Client, ani: User) -> None:
    assert add(client)["Location"] == f"{LIST}?berubah=simpan"
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM people_persons_person")
        kept = str(cursor.fetchall())
    assert nik() not in kept
    assert "Siti" not in kept
    assert "1990" not in kept.replace(str(datetime.date.today().year), "")
    row = Person.objects.get()
    assert (row.account, row.name, row.nik, row.birth_date) == (ani, "Siti Contoh", nik(), "1990-08-17")


def test_the_list_hides_numbers(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    add(client)
    add(client, name="Budi", nik="", relation="child", birth_date="")
    with django_assert_num_queries(4):
        page = client.get(LIST).content.decode()
    assert "620206******0001" in page
    assert nik() not in page
    assert "NIK belum diisi" in page


def test_the_trail_holds_no_personal_data(client: Client) -> None:
    add(client)
    rows = str(list(AuditEntry.objects.values()))
    assert "Siti" not in rows
    assert nik() not in rows
    assert "620206" not in rows


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"name": " "}, "Isi nama."),
        ({"relation": ""}, "Pilih salah satu."),
        ({"nik": "123"}, "Yang Anda tulis 3 angka."),
        ({"birth_date": "31-2-1990"}, "Tulis tanggal seperti ini: 17-8-1990."),
        ({"birth_date": "1-1-2190"}, "belum terjadi"),
    ],
)
def test_what_is_wrong_is_said_and_kept(client: Client, values: dict[str, str], why: str) -> None:
    page = add(client, **values).content.decode()
    assert why in page
    assert "Ada yang perlu diperbaiki" in page
    assert not Person.objects.exists()


def test_unusual_is_warned_not_refused(client: Client) -> None:
    add(client, birth_date="18-8-1990")
    assert "Tanggal lahir berbeda dengan NIK." in client.get(LIST).content.decode()
    assert "Tanggal lahir berbeda dengan NIK." not in client.get(LIST).content.decode()


def test_twice_the_same_number(client: Client) -> None:
    add(client)
    assert "sudah ada di daftar Anda" in add(client, name="Lain").content.decode()
    assert add(client_of(member()), name="Siti").status_code == 302  # another account may


def test_a_list_has_an_end(client: Client, ani: User) -> None:
    for number in range(MOST):
        Person.objects.create(account=ani, name=f"Orang {number}", relation="family")
    assert "Daftar Anda sudah penuh." in add(client).content.decode()


def test_a_change_leaves_the_number(client: Client) -> None:
    add(client)
    key = Person.objects.get().pk
    page = client.get(f"{LIST}{key}/").content.decode()
    assert "620206******0001" in page
    assert nik() not in page
    assert 'value="17-08-1990"' in page
    client.post(
        f"{LIST}{key}/", {"name": "Siti A", "relation": "parent", "nik": "", "birth_date": "17-8-1990"}
    )
    row = Person.objects.get()
    assert (row.name, row.nik) == ("Siti A", nik())
    client.post(f"{LIST}{key}/", {"name": "Siti A", "relation": "parent", "nik": nik(2), "birth_date": ""})
    row.refresh_from_db()
    assert (row.nik, row.nik_masked, row.birth_date) == (nik(2), "620206******0002", "")


def test_reading_a_number_is_written_down(client: Client, ani: User) -> None:
    add(client)
    key = Person.objects.get().pk
    assert client.get(f"{LIST}{key}/nik/").status_code == 405
    assert not AuditEntry.objects.filter(action="personal.read").exists()
    answer = client.post(f"{LIST}{key}/nik/")
    assert "6202 0657 0890 0001" in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    entry = AuditEntry.objects.get(action="personal.read")
    assert (entry.by_id, entry.after) == (ani.pk, {"fields": ["nik"], "reason": "dilihat oleh pemilik akun"})


def test_removing_can_be_taken_back(client: Client) -> None:
    add(client)
    key = Person.objects.get().pk
    assert client.post(f"{LIST}{key}/hapus/")["Location"] == f"{LIST}?berubah=hapus"
    page = client.get(f"{LIST}?berubah=hapus").content.decode()
    assert "Siti Contoh sudah dihapus." in page
    assert client.get(f"{LIST}{key}/").status_code == 404
    assert client.post(f"{LIST}{key}/kembalikan/")["Location"] == f"{LIST}?berubah=kembali"
    assert client.get(f"{LIST}{key}/").status_code == 200


def test_taking_back_what_was_added_anew(client: Client) -> None:
    add(client)
    key = Person.objects.get().pk
    client.post(f"{LIST}{key}/hapus/")
    add(client)
    assert client.post(f"{LIST}{key}/kembalikan/")["Location"] == f"{LIST}?berubah=sudah-ada"


def test_after_a_day_it_is_gone(client: Client) -> None:
    add(client)
    key = Person.objects.get().pk
    client.post(f"{LIST}{key}/hapus/")
    assert forget_removed() == 0
    later = datetime.datetime.now(datetime.UTC) + datetime.timedelta(hours=24, minutes=1)
    with time_machine.travel(later):
        assert client_of(member()).post(f"{LIST}{key}/kembalikan/").status_code == 404
        assert forget_removed() == 1
    assert not Person.objects.exists()


def test_persons_of_a_closed_account_go(client: Client, ani: User) -> None:
    add(client)
    User.objects.filter(pk=ani.pk).update(is_active=False)
    assert forget_removed() == 1


def test_a_stranger_and_another_account(client: Client) -> None:
    add(client)
    key = Person.objects.get().pk
    other = client_of(member())
    for path in (f"{LIST}{key}/", f"{LIST}{key}/hapus/", f"{LIST}{key}/nik/", f"{LIST}{key}/kembalikan/"):
        assert other.post(path, {"name": "x"}).status_code == 404, path
        assert Client().post(path).status_code == 401
    assert Client().get(LIST)["Location"].startswith("/akun/masuk/")
    assert Person.objects.get().removed_at is None


def test_no_trace_while_the_module_is_closed(client: Client, settings: Settings) -> None:
    settings.ALL_MODULES_OPEN = False
    assert client.get(LIST).status_code == 404
    assert add(client).status_code == 404
