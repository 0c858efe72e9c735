"""The door of a personal link: first device, forwarded link, code, end of a link."""

import datetime
import re
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.test import Client
from tests.messages import delivered

from jendela.people.access.actions import set_module
from jendela.people.access.choices import Module, ModuleState
from jendela.registry.campaigns import links
from jendela.registry.campaigns.actions import answering, rounds, sending
from jendela.registry.campaigns.models import LinkCode, LinkDevice, PersonalLink
from jendela.registry.campaigns.tests.answering import Phone
from jendela.registry.campaigns.tests.world import MONDAY, World, actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> Any:
    with time_machine.travel(datetime.datetime.combine(MONDAY, datetime.time(3)), tick=False):
        yield World()


def test_opening_a_link_uses_nothing_up_and_binds_nothing(world: World) -> None:
    phone = Phone(world, world.sent(), begin=False)

    first, second = phone.get(), phone.get()

    assert first.status_code == second.status_code == 200
    assert "Anda Oki Operator?" in first.content.decode()
    assert not first.cookies
    assert first["Referrer-Policy"] == "same-origin"
    assert "noindex" in first["X-Robots-Tag"]
    assert "no-store" in first["Cache-Control"]
    assert not LinkDevice.objects.exists()


def test_first_device_begins_without_a_code(world: World) -> None:
    phone = Phone(world, world.sent())

    page = phone.get().content.decode()

    assert "Aplikasi Satu" in page
    assert "2 aplikasi." in page
    assert "Aplikasi Tiga" not in page  # of another agency
    assert phone.bundle.opened_at is not None
    cookie = phone.client.cookies["jendela_isi"]
    assert cookie["httponly"]
    secret = cookie.value.partition(":")[0]
    assert secret not in LinkDevice.objects.get().digest


def test_forwarded_link_shows_nothing(world: World) -> None:
    phone = Phone(world, world.sent())
    other = Phone(world, phone.round, client=Client(), begin=False)

    page = other.get().content.decode()

    for secret in ("Oki", "Dinas Contoh", "Aplikasi Satu", phone.round.title):
        assert secret not in page
    assert "Kirim kode kepada pemegang tautan" in page
    item = phone.item("Aplikasi Satu")
    for tail in (
        f"{item.pk}/",
        f"{item.pk}/dipakai/",
        "periksa/",
        "isian.xlsx",
        "bukti/",
        "serahkan/",
        "tanya/",
    ):
        answer = other.get(tail)
        assert (answer.status_code, answer["Location"]) == (302, other.base)
    assert other.post("mulai/").status_code == 302
    assert "Aplikasi Satu" not in other.get().content.decode()
    assert other.post("bukan-saya/").status_code == 302  # cannot end a link of somebody else
    assert PersonalLink.objects.get(bundle=phone.bundle).revoked_at is None


def test_code_goes_to_the_holder_and_opens_another_device(world: World) -> None:
    phone = Phone(world, world.sent())
    other = Phone(world, phone.round, client=Client(), begin=False)
    delivered()

    assert other.post("kode/").status_code == 302
    letter = delivered()[-1]
    page = other.get("kode/").content.decode()

    assert letter["to"] == world.operator.email
    assert str(world.operator.email) not in page
    code = re.search(r"\d{6}", letter["text"])
    assert code
    assert other.post("kode/", {"code": "000 000"}).status_code == 400
    assert other.post("kode/", {"code": code[0]}).status_code == 302
    assert "Aplikasi Satu" in other.get().content.decode()
    assert "terbuka di 2 perangkat" in phone.get().content.decode()
    assert len(mail.outbox) >= 1


def test_guesses_of_a_code_are_limited(world: World) -> None:
    phone = Phone(world, world.sent())
    other = Phone(world, phone.round, client=Client(), begin=False)
    other.post("kode/")
    code = re.search(r"\d{6}", delivered()[-1]["text"])
    assert code
    wrong = "111111" if code[0] != "111111" else "222222"

    states = [other.post("kode/", {"code": wrong}).status_code for _one in range(5)]

    assert states == [400] * 5
    assert "Minta kode baru" in other.post("kode/", {"code": code[0]}).content.decode()
    assert "Aplikasi Satu" not in other.get().content.decode()
    assert LinkCode.objects.get().wrong == 5


def test_codes_an_hour_are_limited_and_an_old_one_is_dead(world: World) -> None:
    phone = Phone(world, world.sent())
    link = phone.bundle.links.get()

    for _one in range(links.CODES_AN_HOUR):
        links.send_code(link=link, by=world.by)
    with pytest.raises(links.TooManyCodesError):
        links.send_code(link=link, by=world.by)

    assert LinkCode.objects.filter(used_at__isnull=True).count() == 1
    with time_machine.travel(datetime.datetime.combine(MONDAY, datetime.time(3, 11)), tick=False):
        assert links.use_code(link=link, typed="123456", secret="x", by=world.by) == "dead"


def test_other_devices_are_put_out_by_the_holder(world: World) -> None:
    phone = Phone(world, world.sent())
    link = phone.bundle.links.get()
    links._bind(link, "another", world.by)

    phone.post("perangkat/")

    assert not links.is_known_device(link, "another")
    assert "Aplikasi Satu" in phone.get().content.decode()


@pytest.mark.parametrize(
    "how", ["revoked", "not_me", "handed_over", "expired", "withdrawn", "closed", "unknown"]
)
def test_a_link_ends(world: World, how: str) -> None:
    phone = Phone(world, world.sent())
    row, by = phone.bundle, actor(world.operator)
    moment = datetime.datetime.combine(MONDAY, datetime.time(3))
    match how:
        case "revoked":
            sending.revoke_links(bundle=row, why="salah alamat", by=world.by)
        case "not_me":
            assert phone.post("bukan-saya/", {"note": "Coba Bu Ani"}).status_code == 200
        case "handed_over":
            answering.hand_over(bundle=row, name="Ani", email="ani@contoh.go.id", by=by)
        case "expired":
            PersonalLink.objects.update(expires_at=moment.replace(tzinfo=datetime.UTC))
        case "withdrawn":
            rounds.withdraw_bundle(bundle=row, by=world.by)
        case "closed":
            rounds.close_round(round_=phone.round, by=world.by)
        case "unknown":
            phone.base = "/isi/abcdefghijklmnopqrstuvwxyz012345/"
    item = row.items.order_by("pk")[0]

    assert phone.get().status_code == (404 if how == "unknown" else 410)
    assert phone.post(f"{item.pk}/", {"say": "semua"}).status_code == (404 if how == "unknown" else 410)
    assert "Aplikasi Satu" not in phone.get().content.decode()
    if how == "not_me":
        assert row.messages.get().text == "Coba Bu Ani"


def test_unknown_links_are_limited(world: World) -> None:
    client = Client(REMOTE_ADDR="203.0.113.77")
    states = {client.get(f"/isi/tidak-ada-{number:030}/").status_code for number in range(70)}
    assert states == {404, 429}


def test_link_gives_no_right_beyond_its_bundle(world: World) -> None:
    phone = Phone(world, world.sent())
    foreign = world.bundle(phone.round, world.other).items.get()

    assert phone.get(f"{foreign.pk}/").status_code == 404
    assert phone.post(f"{foreign.pk}/", {"say": "semua", "revision": "0"}).status_code == 404
    assert phone.client.get("/kelola/").status_code == 302
    foreign.refresh_from_db()
    assert foreign.answers == {}


def test_other_sites_cannot_press_buttons(world: World) -> None:
    phone = Phone(world, world.sent())
    item = phone.item("Aplikasi Satu")

    answer = phone.client.post(
        f"{phone.base}{item.pk}/", {"say": "semua"}, headers={"Sec-Fetch-Site": "cross-site"}
    )

    assert answer.status_code == 403


def test_signed_in_holder_needs_no_device(world: World) -> None:
    phone = Phone(world, world.sent(), begin=False)
    phone.client.force_login(world.operator)
    assert "Aplikasi Satu" in phone.get().content.decode()

    stranger = Phone(world, phone.round, client=Client(), begin=False)
    stranger.client.force_login(world.other_operator)
    assert "Aplikasi Satu" not in stranger.get().content.decode()


def test_closed_module_leaves_no_trace(world: World, settings: Any) -> None:
    phone = Phone(world, world.sent())
    settings.ALL_MODULES_OPEN = False
    set_module(module=Module.ROUNDS, state=ModuleState.CLOSED, agencies=[], by=world.by)
    assert phone.get().status_code == 404
