"""Where an application stands after its probes: streaks by days, waiting, addresses that change, what is due."""

import datetime

import pytest
from django.utils import timezone

from jendela.registry.applications.choices import RecordState
from jendela.registry.probes import actions, reads, schedule
from jendela.registry.probes.choices import Verdict, Why
from jendela.registry.probes.models import Probe, ProbedHost, ProbeRun, ProbeState
from jendela.registry.probes.tests.world import application, failed_days, probed

pytestmark = pytest.mark.django_db
NOON = datetime.datetime(2026, 11, 20, 5, tzinfo=datetime.UTC)  # 12.00 WIB
DAY = datetime.timedelta(days=1)


def test_one_failure_is_not_the_end() -> None:
    one = application()
    probed(one, Why.SILENT, at=NOON)
    state = ProbeState.objects.get()
    assert (state.verdict, state.failed_days) == (Verdict.FAILING, 1)
    probed(one, Why.SILENT, at=NOON + datetime.timedelta(hours=2))
    state.refresh_from_db()
    assert (state.verdict, state.failed_days) == (Verdict.FAILING, 1), "the same day counts once"


def test_three_days_in_a_row_are() -> None:
    one = application()
    for day in range(3):
        probed(one, Why.SILENT, at=NOON + day * DAY)
    state = ProbeState.objects.get()
    assert (state.verdict, state.failed_days) == (Verdict.DOWN, 3)
    assert state.failing_since == datetime.date(2026, 11, 20)
    words = reads.latest_for([one.pk])[one.pk].words
    assert "3 hari berturut-turut sejak 20 November 2026" in words
    assert "server tidak menjawab" in words


def test_days_are_days_in_the_region() -> None:
    one = application()
    late = datetime.datetime(2026, 11, 20, 16, 30, tzinfo=datetime.UTC)  # 23.30 WIB
    probed(one, Why.SILENT, at=late)
    probed(one, Why.SILENT, at=late + datetime.timedelta(hours=1))  # 00.30 WIB, the next day
    assert ProbeState.objects.get().failed_days == 2


def test_an_answer_ends_the_streak() -> None:
    one = application()
    failed_days(one, 3)
    probed(one)
    state = ProbeState.objects.get()
    assert (state.verdict, state.failed_days, state.failing_since) == (Verdict.UP, 0, None)
    failed_days(one, 1)
    assert ProbeState.objects.get().verdict == Verdict.FAILING


def test_what_was_skipped_neither_counts_nor_forgives() -> None:
    one = application()
    probed(one, Why.SILENT, at=NOON)
    probed(one, Why.ROBOTS, at=NOON + DAY)
    state = ProbeState.objects.get()
    assert (state.verdict, state.failed_days) == (Verdict.SKIPPED, 1)


def test_a_new_address_starts_anew() -> None:
    one = application()
    failed_days(one, 3)
    one.url = "https://baru.contoh.id/"
    one.save()
    found = reads.latest_for([one.pk])[one.pk]
    assert (found.current, found.verdict) == (False, "")
    assert schedule.due(timezone.now(), 5) == [one.pk], "and is asked at once"
    probed(one, Why.SILENT)
    assert ProbeState.objects.get().verdict == Verdict.FAILING


def test_a_host_that_stays_silent_is_asked_less_often() -> None:
    one = application()
    waits = []
    for day in range(9):
        probed(one, Why.SILENT, at=NOON + day * DAY)
        state = ProbeState.objects.get()
        assert state.next_at is not None
        waits.append((state.next_at - NOON - day * DAY - schedule.NIGHTLY).days)
    assert waits == [0, 0, 0, 1, 3, 7, 14, 14, 14]


def test_a_run_plans_the_longest_waiting_one_of_each_host() -> None:
    first = application(url="https://satu.contoh.id/a")
    application(url="https://satu.contoh.id/b")
    other = application(url="https://dua.contoh.id/")
    application(url="")
    application(url="https://tiga.contoh.id/", record_state=RecordState.REFUSED)
    now = timezone.now()
    assert actions.plan_run(now=now, most=5) == 2
    planned = ProbeState.objects.filter(claimed_until__gt=now).values_list("application", flat=True)
    assert set(planned) == {first.pk, other.pk}
    assert actions.plan_run(now=now, most=5) == 1, "the second of the first host"
    assert actions.plan_run(now=now, most=5) == 0, "all are planned"
    assert actions.plan_run(now=now + schedule.CLAIM * 2, most=9) == 2, "what was lost is planned again"
    assert ProbeRun.objects.count() == 4


def test_a_planned_application_still_counts_as_never_probed() -> None:
    one = application()
    actions.plan_run(now=timezone.now(), most=5)
    found = reads.latest_for([one.pk])[one.pk]
    assert not found.current
    assert found.public_words == "Belum pernah diperiksa."


def test_one_request_at_a_time_for_each_host() -> None:
    now = timezone.now()
    assert actions.take_turn(origin="https://a.contoh.id", now=now)
    assert not actions.take_turn(origin="https://a.contoh.id", now=now)
    assert actions.take_turn(origin="https://b.contoh.id", now=now)
    actions.give_back(origin="https://a.contoh.id", now=now)
    assert not actions.take_turn(origin="https://a.contoh.id", now=now + datetime.timedelta(seconds=5))
    assert actions.take_turn(origin="https://a.contoh.id", now=now + datetime.timedelta(seconds=11))


def test_a_turn_of_a_killed_worker_ends() -> None:
    now = timezone.now()
    actions.take_turn(origin="https://a.contoh.id", now=now)
    assert actions.take_turn(origin="https://a.contoh.id", now=now + schedule.LEASE)
    assert ProbedHost.objects.count() == 1


def test_old_history_goes_but_the_latest_stays() -> None:
    one, two = application(), application()
    old = timezone.now() - datetime.timedelta(days=actions.KEPT_DAYS + 1)
    probed(one, at=old)
    probed(two, at=old)
    probed(two)
    actions.forget_probes(now=timezone.now())
    assert Probe.objects.filter(application=one).count() == 1
    assert Probe.objects.filter(application=two).count() == 1
