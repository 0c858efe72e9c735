"""The calendar of holidays changed: what becomes of the days for answers."""

import datetime

from django.db import transaction

from jendela.common.audit import Actor, record_many
from jendela.common.dates import today
from jendela.common.workdays.counting import calendar
from jendela.insight.recommendations.choices import State
from jendela.insight.recommendations.models import Recommendation


@transaction.atomic
def move_deadlines(*, first: datetime.date, last: datetime.date, by: Actor) -> int:
    """Days for an answer, still to come, that became holidays move to the next working day; others stay as they were
    told. Returns how many moved."""
    rows = Recommendation.objects.select_for_update(of=("self",)).filter(state=State.GIVEN)
    rows = rows.filter(due_on__gte=max(first, today()), due_on__lte=last).order_by("pk")
    known, moved = calendar(), []
    for row in rows:
        day = row.due_on
        if day is not None and day in known.holidays:
            row.due_on = known.next_working_day(day)
            moved.append((row, {"due_on": day.isoformat()}, {"due_on": row.due_on.isoformat()}))
    Recommendation.objects.bulk_update([one[0] for one in moved], ["due_on"])
    record_many(by=by, action="recommendations.move_deadline", changes=moved)
    return len(moved)
