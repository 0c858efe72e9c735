"""'Bukan saya': who refused a request gets no link, no reminder and no letter any more; Kominfo sees it and hands
over."""

import datetime
from io import BytesIO

import pytest
import time_machine
from django.core.mail import EmailMessage
from openpyxl import load_workbook
from tests.people import client_of

from jendela.common.audit import SYSTEM
from jendela.common.models import AuditEntry
from jendela.registry.campaigns import jobs
from jendela.registry.campaigns.actions import answering, chasing, reviewing, rounds, sending
from jendela.registry.campaigns.choices import MessageState
from jendela.registry.campaigns.models import Bundle, PersonalLink, Reminder
from jendela.registry.campaigns.reads.board import board
from jendela.registry.campaigns.tests.test_answering import fill
from jendela.registry.campaigns.tests.world import World, actor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def bundle(world: World) -> Bundle:
    return world.bundle(world.sent())


def refuse(bundle: Bundle, world: World) -> None:
    answering.refuse(bundle=bundle, note="Coba Bu Ani", by=actor(world.operator))
    bundle.refresh_from_db()


def chase(bundle: Bundle, last: str = "2026-12-22") -> list[str]:
    """A reminder every day until `last`; to whom they went."""
    day = datetime.date(2026, 11, 25)
    while day <= datetime.date.fromisoformat(last):
        with time_machine.travel(f"{day} 07:20+07:00", tick=False):
            chasing.remind()
            for one in Reminder.objects.filter(bundle=bundle, state=MessageState.WAITING, step__isnull=False):
                jobs.send_reminders([one.pk])
        day += datetime.timedelta(days=1)
    return list(
        Reminder.objects.filter(bundle=bundle, step__isnull=False).values_list("recipient", flat=True)
    )


def test_who_refused_gets_no_new_link_and_no_letter(
    world: World, bundle: Bundle, mailoutbox: list[EmailMessage]
) -> None:
    refuse(bundle, world)
    first = Reminder.objects.get(bundle=bundle)
    jobs.send_message(first.pk)  # it was still in the queue
    made = reviewing.answer_question(bundle=bundle, text="Terima kasih.", by=world.by)
    jobs.tell_answered(made.pk)
    first.refresh_from_db()
    assert first.state == MessageState.NOTED
    assert mailoutbox == []
    assert bundle.links.count() == 1
    assert bundle.refused_at is not None


def test_what_comes_back_after_a_refusal_goes_to_nobody(
    world: World, bundle: Bundle, mailoutbox: list[EmailMessage]
) -> None:
    fill(bundle, world)
    answering.submit(bundle=bundle, by=actor(world.operator))
    refuse(bundle, world)
    item = bundle.items.order_by("pk")[0]
    reviewing.decide(bundle=bundle, returned={item.pk: "Sebut seksinya."}, by=world.by)
    jobs.tell_returned(bundle.pk)
    assert mailoutbox == []
    assert bundle.links.count() == 1


def test_reminders_leave_out_who_refused_and_go_to_the_agency(
    world: World, bundle: Bundle, mailoutbox: list[EmailMessage]
) -> None:
    refuse(bundle, world)
    assert chase(bundle)[:2] == ["admin", "kepala"]
    text = mailoutbox[0].body
    assert "/isi/" not in text
    assert "Penerimanya menyatakan bukan pengisi." in text
    assert bundle.links.count() == 1


def test_refused_between_planning_and_sending(
    world: World, bundle: Bundle, mailoutbox: list[EmailMessage]
) -> None:
    with time_machine.travel("2026-12-02 07:20+07:00", tick=False):
        chasing.remind()
        refuse(bundle, world)
        row = Reminder.objects.get(bundle=bundle, step__isnull=False)
        jobs.send_reminders([row.pk])
    row.refresh_from_db()
    assert row.state == MessageState.NOTED
    assert mailoutbox == []


def test_handed_over_between_planning_and_sending(
    world: World, bundle: Bundle, mailoutbox: list[EmailMessage]
) -> None:
    """The letter of the one before must not carry the link of the new holder."""
    with time_machine.travel("2026-12-02 07:20+07:00", tick=False):
        chasing.remind()
        answering.hand_over(bundle=bundle, name="Ani", email="ani@contoh.go.id", by=world.by)
        row = Reminder.objects.get(bundle=bundle, step__isnull=False)
        jobs.send_reminders([row.pk])
        jobs.send_message(Reminder.objects.filter(bundle=bundle, step=None).earliest("pk").pk)
    assert mailoutbox == []


def test_kominfo_sees_it_and_hands_over(world: World, bundle: Bundle) -> None:
    refuse(bundle, world)
    client = client_of(world.team)
    url = f"/kelola/pemutakhiran/{bundle.round.slug}/"
    page = client.get(url).content.decode()
    assert "Tautan ditolak, cari pemegang lain" in page
    assert f"{url}isian/{bundle.pk}/serahkan/" in page
    assert [one.agency.short_name for one in board(bundle.round, narrow="ditolak").rows] == ["Dinas Contoh"]
    sheet = load_workbook(BytesIO(client.get(f"{url}papan.xlsx").content)).active
    assert "Oki Operator (tautan ditolak)" in str(list(sheet.values))
    page = client.get(f"{url}isian/{bundle.pk}/").content.decode()
    assert "Tautan ditolak, cari pemegang lain" in page
    answered = client.post(f"{url}isian/{bundle.pk}/jawab/", {"jawab-text": "Baik."}, follow=True)
    assert "Tidak ada surat" in answered.content.decode()
    answering.hand_over(bundle=bundle, name="Ani", email="ani@contoh.go.id", by=world.by)
    bundle.refresh_from_db()
    assert bundle.refused_at is None
    assert "Tautan ditolak" not in client.get(f"{url}isian/{bundle.pk}/").content.decode()
    assert board(bundle.round, narrow="ditolak").rows == []


def test_a_new_holder_is_reminded_again(world: World, bundle: Bundle, mailoutbox: list[EmailMessage]) -> None:
    refuse(bundle, world)
    answering.hand_over(bundle=bundle, name="Ani", email="ani@contoh.go.id", by=world.by)
    assert chase(bundle, "2026-12-02") == ["pengisi"]
    token = bundle.links.get(revoked_at__isnull=True).token
    assert f"/isi/{token}/" in mailoutbox[-1].body


def test_kominfo_may_ask_the_same_person_again(world: World, bundle: Bundle) -> None:
    refuse(bundle, world)
    sending.send_request(bundle=bundle, by=world.by)
    bundle.refresh_from_db()
    assert bundle.refused_at is None
    assert bundle.links.filter(revoked_at__isnull=True).count() == 1


def test_a_new_link_is_in_the_trail(world: World, bundle: Bundle) -> None:
    sending.send_request(bundle=bundle, by=world.by)
    row = AuditEntry.objects.filter(action="campaigns.send_request").latest("pk")
    assert row.after is not None
    assert row.after["link"] == bundle.links.latest("pk").pk


def test_a_letter_never_makes_a_link(world: World, bundle: Bundle, mailoutbox: list[EmailMessage]) -> None:
    sending.revoke_links(bundle=bundle, why="salah alamat", by=SYSTEM)
    made = reviewing.answer_question(bundle=bundle, text="Yang di BKPSDM.", by=world.by)
    jobs.tell_answered(made.pk)
    text = mailoutbox[0].body
    assert "Yang di BKPSDM." in text
    assert "/isi/" not in text
    assert "Minta tautan baru kepada Diskominfo." in text
    assert PersonalLink.objects.filter(bundle=bundle).count() == 1


def test_after_the_round_a_letter_still_names_the_old_link(
    world: World, bundle: Bundle, mailoutbox: list[EmailMessage]
) -> None:
    rounds.close_round(round_=bundle.round, by=world.by)
    made = reviewing.answer_question(bundle=bundle, text="Sudah diterima.", by=world.by)
    jobs.tell_answered(made.pk)
    assert f"/isi/{bundle.links.get().token}/" in mailoutbox[0].body
