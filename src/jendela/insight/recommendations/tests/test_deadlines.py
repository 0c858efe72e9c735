"""The last day for an answer becomes a holiday: it moves forward."""

import datetime

import pytest
import time_machine

from jendela.common import events
from jendela.common.audit import Actor
from jendela.common.models import AuditEntry
from jendela.common.workdays.actions import put_holidays
from jendela.common.workdays.events import CalendarChanged
from jendela.common.workdays.models import Holiday
from jendela.insight.recommendations import jobs
from jendela.insight.recommendations.choices import State
from jendela.insight.recommendations.models import Recommendation
from jendela.insight.recommendations.tests.test_actions import given

pytestmark = pytest.mark.django_db
DUE = datetime.date(2026, 12, 8)  # ten working days after 24 November


def free(*days: datetime.date) -> None:
    rows = [Holiday(date=day, name="Libur", kind="nasional", decree="SKB") for day in days]
    put_holidays(new=rows, changed=[], before={}, by=Actor("uji"))
    jobs.move_deadlines(first=min(days).isoformat(), last=max(days).isoformat())


def test_a_last_day_that_became_a_holiday_moves_and_the_letter_stays() -> None:
    assert "insight_recommendations.move_deadlines" in events.subscribers()[events.name_of(CalendarChanged)]
    with time_machine.travel("2026-11-24 09:00+07:00"):
        row = given()
        assert row.due_on == DUE
        free(datetime.date(2026, 12, 1), DUE)
        free(datetime.date(2026, 12, 1) + datetime.timedelta(days=1))
    row.refresh_from_db()
    assert row.due_on == datetime.date(2026, 12, 9)
    assert row.letters.get().due_on == DUE
    trail = AuditEntry.objects.get(action="recommendations.move_deadline")
    assert (trail.before, trail.after) == ({"due_on": "2026-12-08"}, {"due_on": "2026-12-09"})


@pytest.mark.parametrize("why", ["answered", "over"])
def test_what_is_answered_or_over_stays(why: str) -> None:
    with time_machine.travel("2026-11-24 09:00+07:00"):
        row = given()
    if why == "answered":
        Recommendation.objects.filter(pk=row.pk).update(state=State.ACCEPTED)
    with time_machine.travel("2026-12-09 09:00+07:00" if why == "over" else "2026-11-25 09:00+07:00"):
        free(DUE)
    row.refresh_from_db()
    assert row.due_on == DUE
