"""The calendar of holidays changed: a deadline whose own day became a holiday moves forward. Days that people were told
stay otherwise, also when a holiday before them came or went."""

import datetime

from django.db import transaction
from django.db.models import Q

from jendela.common.audit import Actor, record
from jendela.common.dates import today
from jendela.registry.campaigns.actions.sending import lengthen_links
from jendela.registry.campaigns.choices import RoundState
from jendela.registry.campaigns.days import off_holiday
from jendela.registry.campaigns.ladder import UNANSWERED
from jendela.registry.campaigns.models import Bundle, Round


@transaction.atomic
def move_deadlines(*, first: datetime.date, last: datetime.date, by: Actor) -> int:
    """Deadlines from `first` to `last` that are still to come, of rounds that run and of what came back in them. Safe
    to run twice. How many moved."""
    first = max(first, today())
    days = (first, last)
    if first > last:
        return 0
    near = Q(due_on__range=days) | Q(approval_due_on__range=days)
    rounds = Round.objects.select_for_update().filter(near, state=RoundState.OPEN).order_by("pk")
    moved = sum(_move_round(row, days, by) for row in rounds)
    bundles = Bundle.objects.select_for_update(of=("self",)).select_related("round", "agency")
    bundles = bundles.filter(due_on__range=days, round__state=RoundState.OPEN, state__in=UNANSWERED)
    return moved + sum(_move_bundle(row, by) for row in bundles.order_by("pk"))


def _move_round(row: Round, days: tuple[datetime.date, datetime.date], by: Actor) -> bool:
    due, approval = (
        off_holiday(day) if days[0] <= day <= days[1] else day for day in (row.due_on, row.approval_due_on)
    )
    approval = max(due, approval)
    if (due, approval) == (row.due_on, row.approval_due_on):
        return False
    before = {"due_on": row.due_on.isoformat(), "approval_due_on": row.approval_due_on.isoformat()}
    if due != row.due_on:
        row.told_due_on = row.told_due_on or row.due_on
    row.due_on, row.approval_due_on = due, approval
    row.save(update_fields=["due_on", "approval_due_on", "told_due_on"])
    lengthen_links(Q(bundle__round=row), due)
    after = {"due_on": due.isoformat(), "approval_due_on": approval.isoformat()}
    record(by=by, action="campaigns.move_deadline", target=row, before=before, after=after)
    return True


def _move_bundle(row: Bundle, by: Actor) -> bool:
    due = off_holiday(row.due_on) if row.due_on else None
    if row.due_on is None or due is None or due == row.due_on:
        return False
    before = {"due_on": row.due_on.isoformat()}
    row.due_on = due
    row.save(update_fields=["due_on"])
    lengthen_links(Q(bundle=row), row.deadline)
    record(
        by=by, action="campaigns.move_deadline", target=row, before=before, after={"due_on": due.isoformat()}
    )
    return True
