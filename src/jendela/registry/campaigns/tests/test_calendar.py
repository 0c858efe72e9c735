"""The day of a deadline becomes a holiday: it moves forward, and the pages say so; other deadlines stay."""

import datetime

import pytest
import time_machine
from tests.people import client_of

from jendela.common import events
from jendela.common.audit import Actor
from jendela.common.models import AuditEntry, OutboxEvent
from jendela.common.workdays.actions import put_holidays, remove_holidays
from jendela.common.workdays.events import CalendarChanged
from jendela.common.workdays.models import Holiday
from jendela.registry.campaigns import jobs
from jendela.registry.campaigns.actions import rounds
from jendela.registry.campaigns.models import Bundle, Round
from jendela.registry.campaigns.tests.answering import Phone
from jendela.registry.campaigns.tests.world import APPROVAL, DUE, World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
MONDAY, TUESDAY, WEDNESDAY = DUE, datetime.date(2026, 12, 8), datetime.date(2026, 12, 9)


def free(*days: datetime.date) -> list[Holiday]:
    rows = [Holiday(date=day, name="Libur", kind="nasional", decree="SKB", source_url="") for day in days]
    put_holidays(new=rows, changed=[], before={}, by=Actor("uji"))
    hand_out()
    return rows


def hand_out() -> None:
    """Run what follows from changes of the calendar."""
    assert "registry_campaigns.move_deadlines" in events.subscribers()[events.name_of(CalendarChanged)]
    for row in OutboxEvent.objects.filter(name=events.name_of(CalendarChanged)).order_by("pk"):
        jobs.move_deadlines(**row.payload)


def days_of(row: Round) -> tuple[datetime.date, datetime.date]:
    row.refresh_from_db()
    return row.due_on, row.approval_due_on


def test_a_deadline_that_became_a_holiday_moves_to_the_next_working_day(world: World) -> None:
    row = world.sent()
    link = world.bundle(row).links.get()
    free(MONDAY, TUESDAY)
    assert days_of(row) == (WEDNESDAY, APPROVAL)
    assert row.told_due_on == MONDAY
    trail = AuditEntry.objects.filter(action="campaigns.move_deadline").get()
    assert trail.before == {"due_on": "2026-12-07", "approval_due_on": "2026-12-14"}
    before = link.expires_at
    link.refresh_from_db()
    assert link.expires_at - before == datetime.timedelta(days=2)
    hand_out()  # twice is as once
    assert AuditEntry.objects.filter(action="campaigns.move_deadline").count() == 1


def test_the_board_and_the_holder_read_which_day_it_was(world: World) -> None:
    row = world.sent()
    free(MONDAY)
    page = client_of(world.team).get(f"/kelola/pemutakhiran/{row.slug}/").content.decode()
    assert "Tenggat semula, Senin, 7 Desember 2026, jatuh pada hari libur." in page
    assert "Dijawab paling lambat Selasa, 8 Desember 2026" in page
    assert "Batas semula, 7 Desember 2026, jatuh pada hari libur." in Phone(world, row).get().content.decode()


def test_extending_it_says_no_more_of_the_old_day(world: World) -> None:
    row = world.sent()
    free(MONDAY)
    rounds.extend_round(round_=row, due_on=APPROVAL, approval_due_on=APPROVAL, by=world.by)
    page = client_of(world.team).get(f"/kelola/pemutakhiran/{row.slug}/").content.decode()
    assert "Tenggat semula" not in page


def test_the_review_never_ends_before_the_answers(world: World) -> None:
    row = world.sent(approval_due_on=DUE)
    free(MONDAY)
    assert days_of(row) == (TUESDAY, TUESDAY)


def test_the_day_of_the_review_moves_alone(world: World) -> None:
    row = world.sent()
    free(APPROVAL)
    assert days_of(row) == (DUE, APPROVAL + datetime.timedelta(days=1))
    assert row.told_due_on is None


def test_a_holiday_before_the_deadline_moves_nothing(world: World) -> None:
    row = world.sent()
    free(datetime.date(2026, 12, 1), datetime.date(2026, 12, 24))
    assert days_of(row) == (DUE, APPROVAL)


def test_what_moved_does_not_go_back(world: World) -> None:
    row = world.sent()
    made = free(MONDAY)
    remove_holidays(rows=made, by=Actor("uji"))
    hand_out()
    assert days_of(row) == (TUESDAY, APPROVAL)


def test_a_chosen_sunday_stays_and_the_board_says_so(world: World) -> None:
    sunday = datetime.date(2026, 12, 6)
    row = world.sent(due_on=sunday)
    free(sunday)
    assert days_of(row) == (sunday, APPROVAL)
    page = client_of(world.team).get(f"/kelola/pemutakhiran/{row.slug}/").content.decode()
    assert "Tenggat ini jatuh pada hari libur." in page
    assert "6 Desember 2026 bukan hari kerja. Hari kerja berikutnya 7 Desember 2026." in page


def test_drafts_closed_rounds_and_days_that_are_over_stay(
    world: World, clock: time_machine.Traveller
) -> None:
    draft = world.round()
    closed = world.sent()
    rounds.close_round(round_=closed, by=world.by)
    free(MONDAY)
    assert (days_of(draft), days_of(closed)) == ((DUE, APPROVAL), (DUE, APPROVAL))
    over = world.sent(due_on=datetime.date(2026, 12, 10))
    clock.move_to("2026-12-11 09:00+07:00")
    free(datetime.date(2026, 12, 10))
    assert days_of(over) == (datetime.date(2026, 12, 10), APPROVAL)


def test_what_came_back_has_its_day_moved_too(world: World) -> None:
    bundle = world.bundle(world.sent())
    Bundle.objects.filter(pk=bundle.pk).update(state="dikembalikan", due_on=datetime.date(2026, 12, 15))
    free(datetime.date(2026, 12, 15))
    bundle.refresh_from_db()
    assert bundle.due_on == datetime.date(2026, 12, 16)
    Bundle.objects.filter(pk=bundle.pk).update(state="dikirim")
    free(datetime.date(2026, 12, 16))
    bundle.refresh_from_db()
    assert bundle.due_on == datetime.date(2026, 12, 16)  # it is answered
