"""What comes back with notes has a deadline of its own; a new holder is left in peace for some days."""

import datetime
from collections.abc import Mapping

import pytest
from django.core.mail import EmailMessage
from tests.people import client_of, member

from jendela.registry.campaigns import jobs
from jendela.registry.campaigns.actions import answering, chasing, reviewing, rounds
from jendela.registry.campaigns.models import Bundle, LadderStep
from jendela.registry.campaigns.tests.test_answering import fill
from jendela.registry.campaigns.tests.test_chasing import at, bundle, run, sent, world
from jendela.registry.campaigns.tests.world import World, actor

pytestmark = pytest.mark.django_db
__all__ = ["bundle", "world"]  # fixtures: asked on 24 November, due on Monday 7 December


def send(world: World, bundle: Bundle) -> None:
    fill(bundle, world)
    answering.submit(bundle=bundle, by=actor(world.operator))


def give_back(world: World, bundle: Bundle, notes: Mapping[str, str] | None = None) -> None:
    names = notes or {"Aplikasi Satu": "Alamatnya kurang."}
    returned = {bundle.items.get(application__name=name).pk: note for name, note in names.items()}
    reviewing.decide(bundle=bundle, returned=returned, by=world.by)
    bundle.refresh_from_db()


def is_silent(bundle: Bundle) -> bool:
    return bundle.silent_since is not None


def returned_late(world: World, bundle: Bundle) -> None:
    """Sent on 21 December, after the last step; back with notes on Tuesday 22."""
    run("2026-12-02", "2026-12-18")
    with at("2026-12-21"):
        send(world, bundle)
    with at("2026-12-22"):
        give_back(world, bundle)


def test_back_with_notes_is_not_silent_the_next_morning(world: World, bundle: Bundle) -> None:
    returned_late(world, bundle)
    assert bundle.deadline == datetime.date(2026, 12, 31)  # 24 and 25 are free: the fifth working day
    before = len(sent(bundle))
    run("2026-12-23", "2026-12-23")
    bundle.refresh_from_db()
    assert bundle.silent_since is None
    assert len(sent(bundle)) == before


def test_the_ladder_counts_from_the_new_deadline(world: World, bundle: Bundle) -> None:
    returned_late(world, bundle)
    before = len(sent(bundle))
    run("2026-12-23", "2027-01-15")
    assert [one[0] for one in sent(bundle)[before:]] == [
        "2026-12-28",  # three working days before
        "2026-12-31",
        "2027-01-04",  # the calendar of 2027 is not loaded: weekends alone are free
        "2027-01-05",
        "2027-01-07",
        "2027-01-12",
    ]
    bundle.refresh_from_db()
    assert bundle.silent_since == datetime.date(2027, 1, 13)


def test_a_return_ends_the_silence_and_a_second_one_counts_anew(world: World, bundle: Bundle) -> None:
    run("2026-12-02", "2026-12-18")
    bundle.refresh_from_db()
    assert is_silent(bundle)
    with at("2026-12-21"):
        send(world, bundle)
        give_back(world, bundle)
    assert (is_silent(bundle), bundle.turn) == (False, 1)
    with at("2026-12-22"):
        answering.submit(bundle=bundle, by=actor(world.operator))
        give_back(world, bundle)
    assert bundle.turn == 2
    assert bundle.deadline == datetime.date(2026, 12, 31)


def test_an_early_return_keeps_the_deadline_of_the_round(world: World, bundle: Bundle) -> None:
    with at("2026-11-25"):
        send(world, bundle)
        give_back(world, bundle)
    assert bundle.due_on == datetime.date(2026, 12, 2)
    assert bundle.deadline == datetime.date(2026, 12, 7)
    with at("2026-11-26"):
        rounds.extend_round(
            round_=bundle.round,
            due_on=datetime.date(2026, 12, 9),
            approval_due_on=datetime.date(2026, 12, 14),
            by=world.by,
        )
    assert Bundle.objects.get(pk=bundle.pk).deadline == datetime.date(2026, 12, 9)


def test_an_extended_round_reminds_anew_and_silence_counts_from_its_new_day(
    world: World, bundle: Bundle
) -> None:
    run("2026-12-02", "2026-12-18")
    bundle.refresh_from_db()
    assert is_silent(bundle)
    before = len(sent(bundle))
    day = datetime.date(2026, 12, 29)
    with at("2026-12-21"):
        rounds.extend_round(round_=bundle.round, due_on=day, approval_due_on=day, by=world.by)
    bundle.refresh_from_db()
    assert not is_silent(bundle)
    run("2026-12-21", "2026-12-29")
    assert sent(bundle)[before:] == [("2026-12-22", "pengisi"), ("2026-12-29", "pengisi")]
    bundle.refresh_from_db()
    assert not is_silent(bundle)


def test_the_holder_and_the_board_are_told_the_new_day(
    world: World, bundle: Bundle, mailoutbox: list[EmailMessage]
) -> None:
    returned_late(world, bundle)
    with at("2026-12-22"):
        jobs.tell_returned(bundle.pk)
        board = f"/kelola/pemutakhiran/{bundle.round.slug}/"
        client = client_of(world.team)
        assert (
            "Dilengkapi paling lambat Kamis, 31 Desember 2026."
            in client.get(f"{board}isian/{bundle.pk}/").content.decode()
        )
        assert "lewat" not in client.get(board).content.decode()
    assert "31 Desember 2026" in mailoutbox[0].body
    with at("2027-01-05"):
        page = client_of(world.team).get(board).content.decode()
    assert "dikembalikan, perlu dilengkapi (lewat 3 hari kerja)" in page


def test_the_link_lives_as_long_after_the_new_deadline(world: World, bundle: Bundle) -> None:
    link = bundle.links.get()
    before = link.expires_at
    returned_late(world, bundle)
    link.refresh_from_db()
    assert link.expires_at - before == datetime.timedelta(days=24)


def test_a_new_holder_is_not_reminded_on_the_next_day(world: World, bundle: Bundle) -> None:
    colleague = member("agency_operator", world.owner, name="Rekan Baru")
    with at("2026-12-07"):
        answering.hand_over(
            bundle=bundle, name="Rekan Baru", email=colleague.email or "", holder=colleague, by=world.by
        )
    run("2026-12-08", "2026-12-08")
    assert sent(bundle) == []
    run("2026-12-09", "2026-12-10")
    assert sent(bundle) == [("2026-12-09", "pengisi"), ("2026-12-10", "admin")]


def test_the_steps_to_the_agency_go_on_while_a_holder_is_new(world: World, bundle: Bundle) -> None:
    colleague = member("agency_operator", world.owner, name="Rekan Baru")
    with at("2026-12-09"):
        answering.hand_over(
            bundle=bundle, name="Rekan Baru", email=colleague.email or "", holder=colleague, by=world.by
        )
        chasing.remind()
    run("2026-12-10", "2026-12-10")
    assert sent(bundle) == [("2026-12-10", "admin")]


def test_no_ladder_no_silence(world: World, bundle: Bundle) -> None:
    returned_late(world, bundle)
    LadderStep.objects.update(last=False)
    run("2027-01-14", "2027-01-18")
    bundle.refresh_from_db()
    assert bundle.silent_since is None
