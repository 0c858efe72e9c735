"""Answering on the phone: taps, pages of questions, rows, two devices, what a script sends."""

import datetime
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from jendela.common.dates import today
from jendela.registry.applications.models import Cost
from jendela.registry.campaigns import links
from jendela.registry.campaigns.choices import ItemState
from jendela.registry.campaigns.tests.answering import Phone
from jendela.registry.campaigns.tests.world import MONDAY, World, application

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> Any:
    with time_machine.travel(datetime.datetime.combine(MONDAY, datetime.time(3)), tick=False):
        yield World()


def prefilled(world: World) -> None:
    """All that the short set asks is known of the first application."""
    world.first.operating_unit = "Bidang Uji"
    world.first.save()
    values = {"kind": "hosting", "year": today().year, "amount": 1_200_000, "stated_by": "x", "grade": "C"}
    Cost.objects.create(application=world.first, stated_at=timezone.now(), **values)


def test_prefilled_application_is_one_tap(world: World) -> None:
    prefilled(world)
    phone = Phone(world, world.sent())
    row = phone.item("Aplikasi Satu")
    page = phone.get(f"{row.pk}/").content.decode()
    assert "Semua masih benar" in page
    assert "hosting 2026: Rp1.200.000" in page

    answer = phone.tap("Aplikasi Satu", "semua")

    row.refresh_from_db()
    assert {one["say"] for one in row.answers.values()} == {"benar"}
    assert len(row.answers) == 3
    assert row.saved_by == "Oki Operator"
    assert answer["Location"] == f"{phone.base}{phone.item('Aplikasi Dua').pk}/"  # the next one


def test_what_is_known_first_then_open_questions_one_by_one(world: World) -> None:
    phone = Phone(world, world.sent())
    row = phone.item("Aplikasi Satu")

    after = phone.tap("Aplikasi Satu", "semua")  # the state is known, the rest is not
    assert after["Location"] == f"{phone.base}{row.pk}/pengelola/"
    after = phone.say("Aplikasi Satu", "pengelola", operating_unit="Bidang Uji", name="Ani", position="Kabid")
    assert after["Location"] == f"{phone.base}{row.pk}/biaya/"
    after = phone.tap("Aplikasi Satu", "belum_tahu", "biaya")
    assert after["Location"] == f"{phone.base}{phone.item('Aplikasi Dua').pk}/"

    row.refresh_from_db()
    assert row.answers["pengelola"]["value"]["operating_unit"] == "Bidang Uji"
    assert row.answers["biaya"]["say"] == "belum_tahu"


def test_dead_application_is_asked_since_when_and_not_what_it_costs(world: World) -> None:
    phone = Phone(world, world.sent(key="putaran-pertama"))
    row = phone.item("Aplikasi Satu")

    phone.say("Aplikasi Satu", "dipakai", state="mati")

    page = phone.get(f"{row.pk}/").content.decode()
    assert "Sejak kapan tidak dipakai" in page
    assert "Berapa biayanya" not in page
    assert phone.get(f"{row.pk}/biaya/").status_code == 302


def test_cost_is_read_as_people_write_it(world: World) -> None:
    phone = Phone(world, world.sent())
    rows = {
        "rows": "2",
        "0-kind": "hosting",
        "0-amount": "Rp 1,2 jt",
        "1-kind": "lisensi",
        "1-amount": "350.000",
    }

    phone.say("Aplikasi Satu", "biaya", **rows)

    row = phone.item("Aplikasi Satu")
    value = row.answers["biaya"]["value"]
    assert [(one["kind"], one["amount"]) for one in value["rows"]] == [
        ("hosting", 1_200_000),
        ("lisensi", 350_000),
    ]
    page = phone.get(f"{row.pk}/biaya/").content.decode()
    assert 'value="1.200.000"' in page


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"rows": "1", "0-kind": "hosting", "0-amount": "mahal"}, "bukan jumlah uang"),
        ({"rows": "1", "0-kind": "", "0-amount": "500"}, "Pilih jenis biayanya"),
        ({"rows": "1", "0-kind": "hosting", "0-amount": "500", "none": "on"}, "Pilih salah satu"),
        ({"rows": "1"}, "Isi satu baris, pilih tidak ada, atau pilih belum tahu"),
    ],
)
def test_bad_cost_comes_back_with_what_was_typed(world: World, given: dict[str, str], sentence: str) -> None:
    phone = Phone(world, world.sent())

    answer = phone.say("Aplikasi Satu", "biaya", **given)

    page = answer.content.decode()
    assert answer.status_code == 400
    assert sentence in page
    assert given.get("0-amount", "") in page
    assert phone.item("Aplikasi Satu").answers == {}


def test_another_row_keeps_what_was_typed_and_saves_nothing(world: World) -> None:
    phone = Phone(world, world.sent())
    row = phone.item("Aplikasi Satu")

    answer = phone.post(
        f"{row.pk}/biaya/", {"say": "tambah", "rows": "1", "0-amount": "77.000", "revision": "0"}
    )

    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'name="1-amount"' in page
    assert 'value="77.000"' in page
    assert phone.item("Aplikasi Satu").answers == {}


def test_name_of_another_application_is_found_or_asked(world: World) -> None:
    application("Sistem Presensi Pegawai", world.other)
    phone = Phone(world, world.sent(key="putaran-pertama"))
    row = phone.item("Aplikasi Satu")
    link = {"rows": "1", "0-data": "data pegawai", "0-method": "ketik_ulang", "0-hours": "7,5"}

    phone.say("Aplikasi Satu", "data-ke", **link, **{"0-words": "aplikasi tiga"})
    asked = phone.say("Aplikasi Satu", "data-dari", **link, **{"0-words": "presensi"})

    row.refresh_from_db()
    there = row.answers["data-ke"]["value"]["rows"][0]
    assert (there["application"], there["hours"]) == (world.third.pk, 7.5)
    page = asked.content.decode()
    assert asked.status_code == 400
    assert "Sistem Presensi Pegawai" in page
    assert "Bukan, tulis apa adanya" in page
    phone.say("Aplikasi Satu", "data-dari", **link, **{"0-words": "presensi", "0-pick": "0"})
    assert phone.item("Aplikasi Satu").answers["data-dari"]["value"]["rows"][0]["application"] is None
    page = phone.get(f"{row.pk}/data-ke/").content.decode()
    assert 'value="Aplikasi Tiga"' in page


def test_users_are_chosen_and_searched(world: World) -> None:
    phone = Phone(world, world.sent(key="putaran-pertama"))
    row = phone.item("Aplikasi Satu")

    found = phone.post(
        f"{row.pk}/pemakai/",
        {"say": "cari", "search": "lain", "agencies": [str(world.owner.pk)], "revision": "0"},
    )
    assert found.status_code == 200
    page = found.content.decode()
    assert page.index("Dinas Contoh") < page.index("Dinas Lain") < page.index("Lihat semua perangkat daerah")
    assert f'value="{world.owner.pk}" id="id_agencies_0" checked' in page

    phone.say("Aplikasi Satu", "pemakai", agencies=[str(world.owner.pk), str(world.other.pk)])

    chosen = phone.item("Aplikasi Satu").answers["pemakai"]["value"]["agencies"]
    assert chosen == sorted([world.owner.pk, world.other.pk])


def test_two_devices_do_not_overwrite_each_other(world: World) -> None:
    phone = Phone(world, world.sent())
    row = phone.item("Aplikasi Satu")
    client = Client()
    other = Phone(world, phone.round, client=client, begin=False)
    client.force_login(world.operator)
    unit = {"say": "isi", "operating_unit": "Bidang A", "revision": str(row.revision)}
    phone.post(f"{row.pk}/pengelola/", unit)
    clash = other.post(f"{row.pk}/pengelola/", {**unit, "operating_unit": "Bidang B"})
    beside = other.post(f"{row.pk}/biaya/", {"say": "belum_tahu", "revision": str(row.revision)})

    page = clash.content.decode()
    assert clash.status_code == 409
    assert "Bidang A" in page  # what stands
    assert "Bidang B" in page  # what was typed
    assert beside.status_code == 302  # another question does not clash
    row.refresh_from_db()
    assert row.answers["pengelola"]["value"]["operating_unit"] == "Bidang A"
    other.say("Aplikasi Satu", "pengelola", operating_unit="Bidang B")  # having seen it
    row.refresh_from_db()
    assert row.answers["pengelola"]["value"]["operating_unit"] == "Bidang B"
    assert row.answers["biaya"]["say"] == "belum_tahu"


def test_what_a_script_sends_while_typing(world: World) -> None:
    phone = Phone(world, world.sent())
    row = phone.item("Aplikasi Satu")
    given = {"say": "isi", "operating_unit": "Bidang A", "revision": "0"}

    saved = phone.post(f"{row.pk}/pengelola/", given, Accept="application/json")
    clash = phone.post(
        f"{row.pk}/pengelola/", {**given, "operating_unit": "Bidang B"}, Accept="application/json"
    )
    empty = phone.post(f"{row.pk}/biaya/", {"say": "isi", "rows": "1"}, Accept="application/json")
    phone.client.cookies.clear()
    stranger = phone.post(f"{row.pk}/pengelola/", given, Accept="application/json")

    assert saved.json() == {"said": "Tersimpan 10.00 WIB.", "revision": 1}
    assert [clash.status_code, empty.status_code, stranger.status_code] == [409, 422, 401]


def test_pages_cost_the_same_for_many_applications(world: World, django_assert_max_num_queries: Any) -> None:
    for number in range(30):
        application(f"Aplikasi nomor {number:02}", world.owner)
    phone = Phone(world, world.sent())
    row = phone.item("Aplikasi Satu")

    with django_assert_max_num_queries(21):
        phone.get()
    with django_assert_max_num_queries(20):
        phone.get(f"{row.pk}/")
    with django_assert_max_num_queries(20):
        phone.get(f"{row.pk}/biaya/")


def test_sent_application_is_shown_and_not_changed(world: World) -> None:
    phone = Phone(world, world.sent())
    row = phone.item("Aplikasi Satu")
    row.state = ItemState.SUBMITTED
    row.save()

    assert "sudah dikirim" in phone.get(f"{row.pk}/").content.decode()
    assert phone.tap("Aplikasi Satu", "semua").status_code == 302
    assert phone.get(f"{row.pk}/biaya/").status_code == 302
    row.refresh_from_db()
    assert row.answers == {}
    assert links.count_devices(phone.bundle.links.get()) == 1
