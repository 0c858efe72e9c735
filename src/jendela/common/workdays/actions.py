"""Every change of the calendar of holidays."""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from jendela.common import content
from jendela.common.audit import Actor, record_many, snapshot
from jendela.common.events import publish
from jendela.common.workdays import reads
from jendela.common.workdays.events import CalendarChanged
from jendela.common.workdays.models import Holiday


@transaction.atomic
def put_holidays(
    *, new: Sequence[Holiday], changed: Sequence[Holiday], before: Mapping[int, Any], by: Actor
) -> None:
    """Add and renew holidays; `before` holds the values of changed ones by their key."""
    Holiday.objects.bulk_create(new)
    if changed:
        Holiday.objects.bulk_create(
            changed,
            update_conflicts=True,
            unique_fields=["id"],
            update_fields=["name", "kind", "decree", "source_url"],
        )
    written = [(row, None, snapshot(row)) for row in new]
    record_many(
        by=by,
        action="workdays.put_holidays",
        changes=[*written, *((row, before[row.pk], snapshot(row)) for row in changed)],
    )
    _tell([row.date for row in (*new, *changed)])


@transaction.atomic
def remove_holidays(*, rows: Sequence[Holiday], by: Actor) -> None:
    """Take holidays out: an import taken back, or a decree withdrawn."""
    record_many(
        by=by, action="workdays.remove_holidays", changes=[(row, snapshot(row), None) for row in rows]
    )
    Holiday.objects.filter(pk__in=[row.pk for row in rows]).delete()
    _tell([row.date for row in rows])


def _tell(days: Sequence[datetime.date]) -> None:
    reads.forget()
    if days:
        publish(CalendarChanged(first=min(days).isoformat(), last=max(days).isoformat()))
        content.changed()
