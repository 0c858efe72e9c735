"""Reminders: the ladder, one letter a person a day, people who left, calls, floods, silence."""

import datetime
from pathlib import Path

import pytest
import time_machine
from django.core.mail import EmailMessage
from django.utils import timezone
from tests.people import agency, member

from jendela.common.audit import SYSTEM, Actor
from jendela.common.encryption import lookup_hash
from jendela.common.tables import Report
from jendela.common.workdays.imports import load_holidays
from jendela.people.access.models import Membership
from jendela.people.agencies.actions import merge_agencies
from jendela.registry.campaigns import jobs
from jendela.registry.campaigns.actions import answering, chasing
from jendela.registry.campaigns.choices import Channel, MessageState
from jendela.registry.campaigns.models import Bundle, HandOver, Reminder
from jendela.registry.campaigns.tests.test_answering import fill
from jendela.registry.campaigns.tests.world import World, actor

pytestmark = pytest.mark.django_db
DATA = Path(__file__).parents[3] / "dataset" / "kotim"


def at(day: str) -> time_machine.travel:
    return time_machine.travel(f"{day} 07:20+07:00", tick=False)


@pytest.fixture
def world() -> World:
    load_holidays(DATA, by=Actor("uji"), report=Report())
    with at("2026-11-24"):
        made = World()
    return made


@pytest.fixture
def bundle(world: World) -> Bundle:
    """Asked on 24 November, due on Monday 7 December; Dinas Lain has answered."""
    with at("2026-11-24"):
        row = world.sent()
        other = world.bundle(row, world.other)
        fill(other, world)
        answering.submit(bundle=other, by=actor(world.other_operator))
        return world.bundle(row)


def sent(bundle: Bundle) -> list[tuple[str, str]]:
    rows = Reminder.objects.filter(bundle=bundle, step__isnull=False).order_by("pk")
    return [(one.day.isoformat(), one.recipient) for one in rows]


def run(first: str, last: str) -> None:
    day, end = datetime.date.fromisoformat(first), datetime.date.fromisoformat(last)
    while day <= end:
        with at(day.isoformat()):
            chasing.remind()
            chasing.remind()  # a second run on one day sends nothing again
        day += datetime.timedelta(days=1)


def test_the_ladder_climbs_on_working_days_and_ends_in_silence(world: World, bundle: Bundle) -> None:
    secretariat = agency("Setda", name="Sekretariat Daerah", kind="sekretariat")
    secretary = member("agency_head", secretariat, name="Sekda Contoh")
    run("2026-11-25", "2026-12-22")
    assert sent(bundle) == [
        ("2026-12-02", "pengisi"),
        ("2026-12-07", "pengisi"),
        ("2026-12-09", "pengisi"),
        ("2026-12-10", "admin"),
        ("2026-12-14", "kepala"),
        ("2026-12-17", "sekretaris"),
    ]
    assert Reminder.objects.get(bundle=bundle, recipient="sekretaris").user == secretary
    assert Reminder.objects.get(bundle=bundle, recipient="admin").user == world.head  # nobody else is there
    bundle.refresh_from_db()
    assert bundle.silent_since == datetime.date(2026, 12, 18)
    assert sent(world.bundle(bundle.round, world.other)) == []  # who answered is never reminded


def test_nothing_goes_out_on_a_holiday(world: World) -> None:
    with at("2026-12-14"):
        row = world.sent(due_on=datetime.date(2026, 12, 25), approval_due_on=datetime.date(2026, 12, 31))
    bundle = world.bundle(row)
    run("2026-12-15", "2026-12-31")
    # 24 is collective leave, 25 Christmas: the step of the day itself goes out on Monday 28
    assert sent(bundle)[:2] == [("2026-12-21", "pengisi"), ("2026-12-28", "pengisi")]


def test_two_bundles_of_one_person_are_one_letter(world: World, mailoutbox: list[EmailMessage]) -> None:
    place = agency("Dinas Kembar")
    Membership.objects.create(
        user=world.operator, agency=place, role="agency_operator", valid_from="2026-01-01"
    )
    with at("2026-11-24"):
        world.sent()
    with at("2026-12-02"):
        done = chasing.remind()
    assert (done.messages, done.reminders) == (2, 3)  # Oki for two agencies, and Dinas Lain
    mine = list(Reminder.objects.filter(step__isnull=False, user=world.operator).values_list("pk", flat=True))
    with at("2026-12-02"):
        jobs.send_reminders(mine)
    assert len(mailoutbox) == 1
    text = mailoutbox[0].body
    assert "Dinas Contoh" in text
    assert "Dinas Kembar" in text
    assert text.count("/isi/") == 2


def test_a_letter_to_somebody_else_holds_no_personal_link(
    world: World, bundle: Bundle, mailoutbox: list[EmailMessage]
) -> None:
    """The head answers one bundle and is told of a colleague's: one letter, one personal link."""
    with at("2026-11-25"):
        answering.hand_over(
            bundle=bundle, name="Kepala Contoh", email=world.head.email or "", holder=world.head, by=world.by
        )
        other = world.bundle(bundle.round, world.other)
        Bundle.objects.filter(pk=other.pk).update(state="diisi")
    day, address = datetime.date(2026, 12, 14), lookup_hash(world.head.email or "")
    keys = []
    for row, recipient in ((bundle, "pengisi"), (other, "kepala")):
        made = Reminder.objects.create(
            bundle=row, recipient=recipient, user=world.head, name="Kepala Contoh", to_hash=address,
            channel=Channel.EMAIL, state=MessageState.WAITING, day=day, at=timezone.now(),
        )  # fmt: skip
        keys.append(made.pk)
    with at("2026-12-14"):
        jobs.send_reminders(keys)
    text = mailoutbox[0].body
    bundle.refresh_from_db()
    assert f"/isi/{bundle.links.filter(revoked_at__isnull=True).get().token}/" in text
    assert other.links.get().token not in text
    assert f"/kelola/pemutakhiran/instansi/{world.other.slug}/" in text


@pytest.mark.parametrize("recipient", ["pengisi", "admin", "kepala", "sekretaris"])
def test_only_the_phone_of_the_person_gets_the_personal_link(
    world: World, bundle: Bundle, monkeypatch: pytest.MonkeyPatch, recipient: str
) -> None:
    texts: list[tuple[str, str]] = []

    class Gateway:
        def send(self, to: str, text: str) -> None:
            texts.append((to, text))

    monkeypatch.setattr(jobs, "phone_sender", Gateway)
    world.head.phone = "+628120000001"
    world.head.save()
    Bundle.objects.filter(pk=bundle.pk).update(email="", email_hash="", phone="+628120000000", holder=None)
    person = recipient == "pengisi"
    made = Reminder.objects.create(
        bundle=bundle, recipient=recipient, user=None if person else world.head, channel=Channel.PHONE,
        to_hash=lookup_hash("+628120000000" if person else "+628120000001"),
        state=MessageState.WAITING, day=datetime.date(2026, 12, 14), at=timezone.now(),
    )  # fmt: skip
    with at("2026-12-14"):
        jobs.send_reminders([made.pk])
    (to, text), token = texts[0], bundle.links.get().token
    assert to == ("+628120000000" if person else "+628120000001")
    assert (f"/isi/{token}/" in text) is person
    assert (f"/kelola/pemutakhiran/instansi/{world.owner.slug}/" in text) is not person


def test_who_answers_between_planning_and_sending_gets_no_letter(
    world: World, bundle: Bundle, mailoutbox: list[EmailMessage]
) -> None:
    with at("2026-12-02"):
        chasing.remind()
        fill(bundle, world)
        answering.submit(bundle=bundle, by=actor(world.operator))
        row = Reminder.objects.get(bundle=bundle, step__isnull=False)
        jobs.send_reminders([row.pk])
    row.refresh_from_db()
    assert row.state == MessageState.NOTED
    assert mailoutbox == []


def test_a_call_pauses_for_two_working_days(world: World, bundle: Bundle) -> None:
    with at("2026-12-01"):
        chasing.note_call(bundle=bundle, note="Bu Oki: besok.", by=world.by)
    run("2026-12-02", "2026-12-04")
    assert sent(bundle) == [("2026-12-03", "pengisi")]
    assert Reminder.objects.get(bundle=bundle, channel=Channel.CALL).note == "Bu Oki: besok."


def test_the_bundle_of_who_left_goes_to_the_next_in_line(world: World, bundle: Bundle) -> None:
    successor = member("agency_operator", world.owner, name="Pengganti Contoh")
    Membership.objects.filter(user=world.operator).update(valid_to=datetime.date(2026, 11, 30))
    with at("2026-12-02"):
        done = chasing.remind()
    assert done.moved == 1
    bundle.refresh_from_db()
    assert bundle.holder == successor
    assert HandOver.objects.get().to_name == "Pengganti Contoh"
    assert sent(bundle) == []  # the new request is the message of the day
    with at("2026-12-07"):
        chasing.remind()
    assert sent(bundle) == [("2026-12-07", "pengisi")]


def test_with_nobody_else_the_head_takes_over(world: World, bundle: Bundle) -> None:
    world.operator.is_active = False
    world.operator.save()
    with at("2026-12-02"):
        chasing.remind()
    bundle.refresh_from_db()
    assert bundle.holder == world.head


def test_a_step_that_reaches_nobody_says_so(world: World, bundle: Bundle) -> None:
    world.head.memberships.update(valid_to=datetime.date(2026, 12, 1))
    run("2026-12-02", "2026-12-14")
    row = Reminder.objects.get(bundle=bundle, recipient="kepala")
    assert row.state == MessageState.NO_ADDRESS


def test_many_new_recipients_wait_for_a_word(
    world: World, bundle: Bundle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chasing, "rule", lambda _key, _day: 0)
    run("2026-12-02", "2026-12-10")
    assert [one[1] for one in sent(bundle)] == [
        "pengisi",
        "pengisi",
        "pengisi",
    ]  # they were written to before
    bundle.round.refresh_from_db()
    assert bundle.round.held == 1
    with at("2026-12-10"):
        chasing.remind(by=world.by, many=True)
    assert sent(bundle)[-1] == ("2026-12-10", "admin")
    bundle.round.refresh_from_db()
    assert bundle.round.held == 0


def test_an_agency_dissolved_in_mid_round_hands_its_bundle_on(world: World, bundle: Bundle) -> None:
    fill(bundle, world)
    new = agency("Dinas Penerus")
    with at("2026-12-01"):
        merger = merge_agencies(
            predecessor=world.owner,
            successor=new,
            since=datetime.date(2026, 12, 1),
            source="Perda 1",
            by=SYSTEM,
        )
        jobs.move_with_merger(merger.pk)
        jobs.move_with_merger(merger.pk)  # twice does no harm
    bundle.refresh_from_db()
    assert bundle.agency == new
    assert bundle.items.filter(answers={}).count() == 0
    with at("2026-12-02"):
        answering.submit(bundle=bundle, by=actor(world.operator))
    bundle.refresh_from_db()
    assert bundle.state == "dikirim"
