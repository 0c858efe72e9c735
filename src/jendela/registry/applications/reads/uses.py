"""Who uses what, as its agency sees it and as Diskominfo does: what waits, what was answered, who is silent."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Min, Q
from django.utils import timezone

from jendela.common.paging import Page, keyset
from jendela.people.access.choices import Permission
from jendela.people.access.policy import agencies_for
from jendela.people.agencies.models import Agency
from jendela.registry.applications.choices import RecordState, UseState
from jendela.registry.applications.models import Application, ApplicationUse

PAGE = 50
ANSWERED = (UseState.CONFIRMED, UseState.REJECTED, UseState.ENDED)


def agencies(viewer: Any, *, most: int = 200) -> list[Agency]:
    """Agencies for which the viewer may answer, when these are not all."""
    scope = agencies_for(viewer, Permission.EDIT_REGISTRY)
    return [] if scope is None else list(Agency.objects.filter(pk__in=scope).order_by("short_name")[:most])


def claimed(agency: Agency) -> list[ApplicationUse]:
    """What others say that the agency uses and it has not answered, in the order it was said: one query."""
    rows = ApplicationUse.objects.filter(
        agency=agency, state=UseState.CLAIMED, application__record_state__in=SEEN
    )
    return list(rows.select_related("application__owner").order_by("said_at", "pk")[:500])


SEEN = (RecordState.REGISTERED, RecordState.CONCEPT)


def answered(agency: Agency, *, after: str = "") -> Page[ApplicationUse]:
    """What the agency has answered: one query."""
    rows = ApplicationUse.objects.filter(agency=agency, state__in=ANSWERED).select_related(
        "application__owner"
    )
    return keyset(rows, field="pk", after=after, size=PAGE, to_key=int)


def found(text: str, agency: Agency, *, most: int = 20) -> list[Application]:
    """Registered applications with all these words that the agency has not said it uses: one query."""
    words = text.replace("\x00", "").split()[:6]
    rows = Application.objects.filter(record_state=RecordState.REGISTERED).select_related("owner")
    for word in words:
        rows = rows.filter(search_text__icontains=word[:60])
    own = ApplicationUse.objects.filter(agency=agency, state=UseState.CONFIRMED).values("application")
    return list(rows.exclude(pk__in=own).order_by("name", "pk")[:most]) if words else []


@dataclass(frozen=True)
class Standing:
    """How far an agency is with what others say it uses."""

    slug: str
    name: str
    waiting: int
    confirmed: int
    rejected: int
    ended: int
    since: datetime.datetime | None  # the oldest claim without an answer

    @property
    def days(self) -> int:
        return (timezone.now() - self.since).days if self.since else 0


def board(*, after: str = "", size: int = PAGE) -> tuple[Sequence[Standing], str]:
    """Every agency that anyone says uses something, by name: one query."""
    seen = Q(application_uses__application__record_state__in=SEEN)
    rows = Agency.objects.filter(application_uses__isnull=False)
    if after:
        rows = rows.filter(short_name__gt=after)

    def number(state: str) -> Count:
        return Count("application_uses", filter=Q(application_uses__state=state) & seen)

    waits = Q(application_uses__state=UseState.CLAIMED) & seen
    counted = rows.annotate(
        waiting=number(UseState.CLAIMED),
        confirmed=number(UseState.CONFIRMED),
        rejected=number(UseState.REJECTED),
        ended=number(UseState.ENDED),
        since=Min("application_uses__said_at", filter=waits),
    ).order_by("short_name")
    columns = ("slug", "short_name", "waiting", "confirmed", "rejected", "ended", "since")
    found = [Standing(*row) for row in counted.values_list(*columns)[: size + 1]]
    return found[:size], found[size - 1].name if len(found) > size else ""


def count_claimed(viewer: Any) -> int:
    """Claims that wait for an answer of the viewer's agencies; of all for who keeps the register: one query."""
    scope = agencies_for(viewer, Permission.EDIT_REGISTRY)
    rows = ApplicationUse.objects.filter(state=UseState.CLAIMED, application__record_state__in=SEEN)
    return (rows if scope is None else rows.filter(agency_id__in=scope)).count()
