"""The life of a recommendation: found once, given with a deadline, answered, remembered, closed when facts change."""

import datetime
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from tests.people import agency, member

from jendela.common.audit import SYSTEM, Actor
from jendela.common.dates import months_after, today
from jendela.common.workdays.models import Holiday
from jendela.insight.recommendations import actions, reads, thresholds
from jendela.insight.recommendations.actions import answering, finding
from jendela.insight.recommendations.choices import AnswerKind, NoteKind, State
from jendela.insight.recommendations.models import Recommendation
from jendela.people.access.roles import AgencyHead
from jendela.registry.applications.actions import Provenance, create_application, set_values
from jendela.registry.applications.models import Application

pytestmark = pytest.mark.django_db
RULE = "mati_belum_dihentikan"


def application(name: str = "SIUJI", **values: Any) -> Application:
    given = {"name": name, "owner": agency("Dinas Uji"), "operator_level": "daerah", "audience": "publik",
             "state": "mati", "since": "2019"} | values  # fmt: skip
    return create_application(values=given, by=SYSTEM, provenance=Provenance("Dinas Uji"))


def found(rule: str = RULE) -> Recommendation:
    return Recommendation.objects.get(rule=rule)


def head() -> Actor:
    return Actor("Kepala Uji", user=member(AgencyHead.code, agency("Dinas Uji")))


def given() -> Recommendation:
    application()
    actions.find_all(by=SYSTEM)
    actions.give(recommendations=[found().pk], by=SYSTEM)
    return found()


def test_found_once_and_renewed() -> None:
    row = application()
    first, _closed = actions.find_all(by=SYSTEM)
    assert first >= 1
    assert actions.find_all(by=SYSTEM) == (0, 0)
    set_values(application=row, values={"note": "Mati sejak 2022."}, by=SYSTEM, provenance=Provenance("Uji"))
    actions.find_all(by=SYSTEM)
    assert any(one["words"] == "Mati sejak 2022." for one in found().facts)
    with pytest.raises(IntegrityError), transaction.atomic():
        Recommendation.objects.create(
            rule=RULE, application=row, agency=row.owner, action="hentikan", weight=1, found_at=timezone.now()
        )


def test_giving_sets_a_deadline_in_working_days() -> None:
    Holiday.objects.create(date=datetime.date(2026, 11, 30), name="Libur uji", kind="nasional", decree="uji")
    with time_machine.travel(datetime.datetime(2026, 11, 24, 3, tzinfo=datetime.UTC)):
        row = given()
        assert row.due_on == datetime.date(2026, 12, 9)  # ten working days, 30 November is none
        letter = row.letters.get()
        assert (letter.agency, letter.due_on) == (row.agency, row.due_on)
    with pytest.raises(actions.ChangedError):
        actions.give(recommendations=[row.pk], by=SYSTEM)


def test_a_flood_is_asked_about_first(monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(3):
        application(f"SIUJI {number}")
    actions.find_all(by=SYSTEM)
    keys = list(Recommendation.objects.filter(rule=RULE).values_list("pk", flat=True))
    limit = {**thresholds.thresholds(today()), "banjir": thresholds.Threshold(2, "rekomendasi", "uji")}
    monkeypatch.setattr(answering, "thresholds", lambda on: limit)
    with pytest.raises(actions.TooManyError):
        actions.give(recommendations=keys, by=SYSTEM)
    assert not Recommendation.objects.filter(state=State.GIVEN).exists()
    assert len(actions.give(recommendations=keys, by=SYSTEM, sure=True)) == 1  # one letter for one agency


def test_accepting_needs_a_date_and_facts_finish_it(monkeypatch: pytest.MonkeyPatch) -> None:
    limit = {**thresholds.thresholds(today()), "ukur_lagi": thresholds.Threshold(4, "bulan", "uji")}
    monkeypatch.setattr(finding, "thresholds", lambda on: limit)
    row = given()
    with pytest.raises(ValueError, match="date"):
        actions.answer(
            recommendation=row, kind=AnswerKind.ACCEPT, text="Ya", planned_on=None, name="Uji", by=head()
        )
    actions.answer(
        recommendation=row,
        kind=AnswerKind.ACCEPT,
        text="Kami hentikan",
        planned_on=today(),
        name="Kepala",
        by=head(),
    )
    assert found().state == State.ACCEPTED
    set_values(
        application=row.application,
        values={"life_cycle": "dihentikan"},
        by=SYSTEM,
        provenance=Provenance("Uji"),
    )
    actions.find_all(by=SYSTEM)
    row = found()
    assert row.state == State.DONE
    assert row.measure_on == months_after(today(), 4)  # its effect is looked at again
    assert [one.kind for one in row.notes.all()] == [NoteKind.GIVEN, NoteKind.ANSWERED, NoteKind.CLOSED]


def test_a_no_is_remembered_until_its_review() -> None:
    row = given()
    actions.answer(
        recommendation=row, kind=AnswerKind.NO, text="Akan diperbaiki", planned_on=None, name="K", by=head()
    )
    actions.find_all(by=SYSTEM)
    assert Recommendation.objects.filter(rule=RULE).count() == 1
    with time_machine.travel(timezone.now() + datetime.timedelta(days=200)):
        actions.find_all(by=SYSTEM)
    assert Recommendation.objects.filter(rule=RULE).count() == 2


def test_a_keep_is_remembered() -> None:
    application()
    actions.find_all(by=SYSTEM)
    actions.keep(
        recommendation=found(), reason="Arsip", review_on=today() + datetime.timedelta(30), by=SYSTEM
    )
    actions.find_all(by=SYSTEM)
    assert found().state == State.KEPT


def test_facts_that_change_close_a_finding_with_a_note() -> None:
    row = given()
    set_values(
        application=row.application, values={"state": "dipakai"}, by=SYSTEM, provenance=Provenance("Uji")
    )
    assert actions.find_all(by=SYSTEM)[1] >= 1
    row = found()
    assert row.state == State.GONE
    assert "berubah" in row.closed_why
    assert row.notes.last() is not None


def test_a_fact_that_is_lost_does_not_close_it() -> None:
    row = given()
    set_values(
        application=row.application,
        values={"state": "tidak_diketahui"},
        by=SYSTEM,
        provenance=Provenance("Uji"),
    )
    actions.find_all(by=SYSTEM)
    assert found().state == State.GIVEN


def test_withdrawn_and_followed_up() -> None:
    row = given()
    actions.follow_up(recommendation=row, text="Ditelepon", done=False, by=SYSTEM)
    actions.withdraw(recommendation=row, reason="Salah catat", by=SYSTEM)
    assert found().state == State.WITHDRAWN
    with pytest.raises(actions.ChangedError):
        actions.answer(
            recommendation=row, kind=AnswerKind.NO, text="Tidak", planned_on=None, name="K", by=head()
        )


def test_judging_asks_the_same_for_one_and_many(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    keys = [application(f"SIUJI {number}").pk for number in range(15)]
    actions.find_batch(keys=keys, by=SYSTEM)
    with django_assert_num_queries(22) as asked:
        actions.find_batch(keys=keys[:1], by=SYSTEM)
    with django_assert_num_queries(len(asked)):
        actions.find_batch(keys=keys, by=SYSTEM)


def test_decisions_are_counted() -> None:
    row = given()
    actions.answer(
        recommendation=row, kind=AnswerKind.PARTLY, text="Sebagian", planned_on=None, name="K", by=head()
    )
    counted = reads.decisions()
    assert (counted.given, counted.answered, counted.accepted, counted.done, counted.late) == (1, 1, 1, 0, 0)


def test_why_puts_what_applies_first() -> None:
    pairs = reads.why(application())
    assert pairs[0][0].key == RULE
    assert pairs[-1][1].why


def test_the_agency_that_gave_an_application_away_does_not_retire_it() -> None:
    row = given()
    Application.objects.filter(pk=row.application_id).update(owner=agency("Dinas Penerus"))
    decision = {"date": today(), "number": "1/2026", "decided_by": "Kepala Uji", "reason": "Rusak"}
    with pytest.raises(actions.ChangedError):
        actions.retire(
            recommendation=row, decision=decision, replacement=None, no_replacement="Kertas", name="Kepala Uji",
            by=head(),
        )  # fmt: skip
    row.refresh_from_db()
    assert (row.state, row.answers.exists()) == (State.GIVEN, False)
    assert Application.objects.get(pk=row.application_id).life_cycle != "dihentikan"
