"""The calendar from the database: one statement, kept for the rest of the same web request."""

import datetime
from collections.abc import Sequence
from contextvars import ContextVar
from typing import Any

from django.core.signals import request_finished, request_started

from jendela.common.workdays.calendar import Calendar, FreeDay
from jendela.common.workdays.choices import HolidayKind
from jendela.common.workdays.models import Holiday

_kept: ContextVar[dict[str, Calendar] | None] = ContextVar("calendar_of_the_request", default=None)


def calendar() -> Calendar:
    """All holidays. Outside a web request (jobs, commands) each call asks the database: keep the answer yourself."""
    kept = _kept.get()
    if kept is not None and "all" in kept:
        return kept["all"]
    found = Calendar(
        {
            day: FreeDay(name, kind != HolidayKind.LOCAL)
            for day, name, kind in Holiday.objects.order_by("date").values_list("date", "name", "kind")
        }
    )
    if kept is not None:
        kept["all"] = found
    return found


def forget() -> None:
    """The holidays changed in this request."""
    kept = _kept.get()
    if kept is not None:
        kept.clear()


def start_keeping(**_more: Any) -> None:
    _kept.set({})


def stop_keeping(**_more: Any) -> None:
    _kept.set(None)


def keep_for_requests() -> None:
    request_started.connect(start_keeping, dispatch_uid="common_workdays.start")
    request_finished.connect(stop_keeping, dispatch_uid="common_workdays.finish")


def holidays(days: Sequence[datetime.date], *, lock: bool = False) -> dict[datetime.date, Holiday]:
    """Those of these days that are holidays."""
    rows = Holiday.objects.filter(date__in=days).order_by("date")
    return {row.date: row for row in (rows.select_for_update() if lock else rows)}
