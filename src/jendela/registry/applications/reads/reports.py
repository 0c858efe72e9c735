"""Concepts that wait for their owner, reports that wait for Diskominfo, and what was decided within a day."""

import datetime
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from jendela.common.paging import Page, keyset
from jendela.people.access.choices import Permission
from jendela.people.access.policy import agencies_for
from jendela.registry.applications.choices import RecordState, ReportState
from jendela.registry.applications.models import Application, ApplicationReport, Change
from jendela.registry.applications.policy import may_manage

DECISION = "Keputusan laporan aplikasi"  # source, in the history, of what an owner decides about a concept
UNDO_WITHIN = datetime.timedelta(days=1)
PAGE = 25
MOST_DECISIONS = 10


def _scope(viewer: Any) -> frozenset[int] | None:
    """Agencies whose concepts the viewer decides about; None for all."""
    return None if may_manage(viewer) else agencies_for(viewer, Permission.EDIT_REGISTRY)


def concepts(viewer: Any, *, after: str = "") -> Page[Application]:
    """Concepts of the viewer's agencies, oldest first: one query."""
    rows = Application.objects.filter(record_state=RecordState.CONCEPT).select_related("owner")
    scope = _scope(viewer)
    if scope is not None:
        rows = rows.filter(owner_id__in=scope)
    return keyset(rows, field="pk", after=after, size=PAGE, to_key=int)


def concept(viewer: Any, slug: str) -> Application | None:
    """One concept that the viewer decides about."""
    rows = Application.objects.filter(record_state=RecordState.CONCEPT, slug=slug).select_related("owner")
    scope = _scope(viewer)
    return (rows if scope is None else rows.filter(owner_id__in=scope)).first()


def waiting_reports(*, after: str = "") -> Page[ApplicationReport]:
    """Reports without an owner, oldest first: one query."""
    rows = ApplicationReport.objects.filter(state=ReportState.WAITING).select_related("owner")
    return keyset(rows, field="pk", after=after, size=PAGE, to_key=int)


def report(number: int) -> ApplicationReport | None:
    return ApplicationReport.objects.select_related("owner", "application").filter(pk=number).first()


def decided_reports() -> Sequence[ApplicationReport]:
    """What Diskominfo decided within a day: one query."""
    since = timezone.now() - UNDO_WITHIN
    rows = ApplicationReport.objects.filter(decided_at__gte=since).exclude(state=ReportState.WAITING)
    return list(rows.select_related("owner", "application__owner").order_by("-decided_at")[:MOST_DECISIONS])


@dataclass(frozen=True)
class Decided:
    """What somebody decided about a concept within a day."""

    batch: uuid.UUID
    application: Application
    what: str  # 'ambil', 'lain' or 'bukan'
    stated_by: str


WHAT: dict[str, str] = {RecordState.REGISTERED: "ambil", RecordState.REFUSED: "bukan"}


def decided_concepts(viewer: Any) -> list[Decided]:
    """Decisions of the last day that still stand: of the viewer's own agencies or by the viewer; two queries."""
    since = timezone.now() - UNDO_WITHIN
    rows = Change.objects.filter(source=DECISION, at__gte=since, undoes=None).select_related(
        "application__owner"
    )
    scope = _scope(viewer)
    if scope is not None:
        rows = rows.filter(by_id=viewer.pk)
    found = list(rows.order_by("-id")[: 3 * MOST_DECISIONS])
    undone = set(
        Change.objects.filter(undoes__in=[one.batch for one in found]).values_list("undoes", flat=True)
    )
    standing = [one for one in found if one.batch not in undone][:MOST_DECISIONS]
    return [Decided(one.batch, one.application, _what(one), one.stated_by) for one in standing]


def _what(change: Change) -> str:
    return WHAT.get(str(change.after), "lain") if change.field == "record_state" else "lain"


def count_waiting(viewer: Any) -> int:
    """What waits for this viewer: one or two queries."""
    scope = _scope(viewer)
    rows = Application.objects.filter(record_state=RecordState.CONCEPT)
    if scope is not None:
        return rows.filter(owner_id__in=scope).count()
    return rows.count() + ApplicationReport.objects.filter(state=ReportState.WAITING).count()
