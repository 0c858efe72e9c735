"""The seal: nobody swears while mandatory facts are unknown; it breaks by time and by a foreign hand."""

import datetime

import pytest
import time_machine
from django.core.mail import EmailMessage
from tests.people import client_of

from jendela.common.audit import SYSTEM, Actor
from jendela.registry.applications.actions import Provenance, set_values
from jendela.registry.applications.fields import MANDATORY
from jendela.registry.applications.models import Change
from jendela.registry.campaigns import jobs
from jendela.registry.campaigns.actions import seal
from jendela.registry.campaigns.models import Attestation
from jendela.registry.campaigns.reads.seal import checks
from jendela.registry.campaigns.tests.world import PROVENANCE, World, actor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
COMPLETE = {
    "purpose": "Mencatat kehadiran.",
    "function": "Kepegawaian: kehadiran",
    "app_class": "khusus_daerah",
    "life_cycle": "aktif",
    "operating_unit": "Bidang Aptika",
    "hosting": "pusat_data_daerah",
}
URL = "/kelola/pemutakhiran/instansi/dinas-contoh/pernyataan/"


def complete(world: World) -> None:
    for one in (world.first, world.second):
        set_values(application=one, values=COMPLETE, by=actor(world.operator), provenance=PROVENANCE)
        one.uses.create(agency=world.owner, state="dipakai", said_by="x", said_at="2026-11-01T00:00Z")


def swear(world: World) -> Attestation:
    complete(world)
    return seal.attest(agency=world.owner, statement="Benar.", by=actor(world.head))


def change(world: World, by: Actor, value: str = "https://lain.contoh.go.id") -> None:
    changes = set_values(
        application=world.first, values={"url": value}, by=by, provenance=Provenance(stated_by=by.name)
    )
    jobs.check_seals(str(changes[0].batch))


def test_unknown_mandatory_facts_stop_the_oath(world: World) -> None:
    with pytest.raises(seal.UnknownFactsError) as stopped:
        seal.attest(agency=world.owner, statement="Benar.", by=actor(world.head))
    assert {(one.application.name, one.field) for one in stopped.value.gaps} >= {
        ("Aplikasi Satu", "hosting"),
        ("Aplikasi Satu", "uses"),
    }
    page = client_of(world.head).get(URL).content.decode()
    assert "Belum dapat dinyatakan" in page
    assert "/kelola/aplikasi/aplikasi-satu/" in page
    assert 'name="agreed"' not in page


def test_the_head_swears_and_the_proof_is_printed(world: World) -> None:
    complete(world)
    client = client_of(world.head)
    assert client.post(URL, {}).status_code == 400
    answer = client.post(URL, {"agreed": "on"})
    assert answer.status_code == 302
    page = client.get(answer["Location"]).content.decode()
    made = Attestation.objects.get()
    assert made.code in page
    assert "Kepala Contoh" in page
    assert made.valid_until == datetime.date(2027, 5, 24)
    world.first.refresh_from_db()
    assert world.first.attested_at == made.at


@pytest.mark.parametrize("who", ["operator", "team", "other_operator"])
def test_only_the_head_swears(world: World, who: str) -> None:
    complete(world)
    with pytest.raises(seal.NotYoursError):
        seal.attest(agency=world.owner, statement="Benar.", by=actor(getattr(world, who)))
    assert client_of(getattr(world, who)).get(URL).status_code == 404


def test_an_exemption_with_a_name_and_a_day_lets_one_fact_be_unknown(
    world: World, clock: time_machine.Traveller
) -> None:
    complete(world)
    values = {"hosting": "tidak_diketahui"}
    set_values(application=world.first, values=values, by=actor(world.operator), provenance=PROVENANCE)
    assert [one.field for one in checks(world.owner).open] == ["hosting"]
    made = seal.exempt(
        application=world.first,
        field="hosting",
        reason="Penyedia belum menjawab.",
        until=datetime.date(2026, 12, 31),
        by=world.by,
    )
    sworn = seal.attest(agency=world.owner, statement="Benar.", by=actor(world.head))
    assert sworn.exempted == [
        {
            "application": "Aplikasi Satu",
            "field": "hosting",
            "reason": "Penyedia belum menjawab.",
            "until": "2026-12-31",
        }
    ]
    seal.end_exemption(exemption=made, by=world.by)
    assert [one.field for one in checks(world.owner).open] == ["hosting"]
    again = {"field": "hosting", "reason": "x", "until": datetime.date(2026, 11, 30)}
    seal.exempt(application=world.first, by=world.by, **again)  # type: ignore[arg-type]
    clock.shift(10 * 86400)
    assert [one.field for one in checks(world.owner).open] == ["hosting"]


def test_the_owners_own_hand_keeps_the_seal(world: World) -> None:
    row = swear(world)
    change(world, actor(world.operator))
    row.refresh_from_db()
    assert row.broken_at is None


@pytest.mark.parametrize("who", ["team", "other_operator", ""])
def test_a_foreign_hand_breaks_it_and_the_head_is_told(
    world: World, who: str, mailoutbox: list[EmailMessage]
) -> None:
    row = swear(world)
    change(world, actor(getattr(world, who)) if who else Actor("Impor"))
    row.refresh_from_db()
    assert row.broken_at is not None
    assert "bukan oleh instansinya" in row.broken_why
    world.first.refresh_from_db()
    world.second.refresh_from_db()
    assert (world.first.attested_at, world.second.attested_at) == (None, None)
    jobs.tell_broken(row.pk)
    assert mailoutbox[0].to == [world.head.email]
    page = client_of(world.head).get("/kelola/pemutakhiran/instansi/dinas-contoh/").content.decode()
    assert "Tidak berlaku sejak 24 November 2026" in page


def test_a_change_of_an_application_that_it_does_not_cover_keeps_it(world: World) -> None:
    row = swear(world)
    changes = set_values(
        application=world.third,
        values={"url": "https://tiga.contoh.go.id"},
        by=world.by,
        provenance=PROVENANCE,
    )
    assert seal.check_seals(batch=changes[0].batch, by=SYSTEM) == 0
    row.refresh_from_db()
    assert row.broken_at is None


def test_time_breaks_it(world: World, clock: time_machine.Traveller) -> None:
    row = swear(world)
    assert seal.break_expired(by=SYSTEM) == 0
    clock.move_to("2027-05-25 00:10+07:00")
    assert seal.break_expired(by=SYSTEM) == 1
    row.refresh_from_db()
    assert row.broken_why == "Masa berlakunya habis."


def test_swearing_again_follows_the_one_before(world: World) -> None:
    first = swear(world)
    second = seal.attest(agency=world.owner, statement="Benar.", by=actor(world.head))
    first.refresh_from_db()
    assert first.broken_why == "Diganti pernyataan baru."
    world.first.refresh_from_db()
    assert world.first.attested_at == second.at


def test_mandatory_facts_are_those_of_the_table(world: World) -> None:
    found = {one.field for one in checks(world.owner).open if one.application == world.first}
    known = {"name", "state", "audience", "operator_level"}
    assert found == {*MANDATORY, "uses"} - known
    assert Change.objects.filter(application=world.first).exists()
