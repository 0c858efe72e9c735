"""Applications and uses go with their agency: when it is merged, and when a part of it becomes another."""

import datetime
import uuid
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from jendela.common import content
from jendela.common.audit import Actor, record, snapshot
from jendela.common.events import publish
from jendela.people.agencies.actions import note_moved
from jendela.people.agencies.models import Agency, Merger
from jendela.people.agencies.reads import UNDO
from jendela.registry.applications.actions.undo import undo_batch
from jendela.registry.applications.actions.values import (
    CannotUndoValuesError,
    Provenance,
    set_many,
)
from jendela.registry.applications.choices import Grade
from jendela.registry.applications.events import ApplicationsChanged
from jendela.registry.applications.models import Application, ApplicationUse, OwnerSplit

MOVED, MOVED_USES = "applications", "application_uses"


class SplitError(Exception):
    """A split that cannot be: `reason` is 'nothing', 'not_owned', 'too_late' or 'changed'."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@transaction.atomic
def move_applications(*, merger_id: int, by: Actor) -> int:
    """Give what a merged agency owned and used to its successor, on record in the history of each application; a
    second run moves nothing."""
    merger = Merger.objects.select_for_update().select_related("predecessor", "successor").get(pk=merger_id)
    if merger.undone_at is not None:
        return 0
    rows = list(Application.objects.filter(owner_id=merger.predecessor_id).order_by("pk"))
    if rows:
        _give(rows, merger.successor, _by_decree(merger.source, merger.source_url), by, uuid.uuid4())
        note_moved(merger=merger, kind=MOVED, keys=[one.pk for one in rows])
    uses = _move_uses(merger.predecessor_id, merger.successor_id)
    if uses:
        note_moved(merger=merger, kind=MOVED_USES, keys=uses)
    if rows or uses:
        _tell(merger, [one.pk for one in rows], "applications.move_applications", by)
    return len(rows)


@transaction.atomic
def move_applications_back(*, merger_id: int, by: Actor) -> int:
    """Give back what had moved with a merger that was taken back."""
    merger = Merger.objects.select_for_update().select_related("predecessor", "successor").get(pk=merger_id)
    if merger.undone_at is None:
        return 0
    moves = {one.kind: one.keys for one in merger.moves.filter(kind__in=(MOVED, MOVED_USES))}
    rows = list(Application.objects.filter(pk__in=moves.get(MOVED, []), owner_id=merger.successor_id))
    if rows:
        provenance = Provenance(by.name, _("Penggabungan dibatalkan"))
        _give(rows, merger.predecessor, provenance, by, uuid.uuid4())
    ApplicationUse.objects.filter(pk__in=moves.get(MOVED_USES, []), agency_id=merger.successor_id).update(
        agency_id=merger.predecessor_id
    )
    if rows:
        _tell(merger, [one.pk for one in rows], "applications.move_applications_back", by)
    return len(rows)


@transaction.atomic
def split_owner(
    *,
    predecessor: Agency,
    successor: Agency,
    since: datetime.date,
    source: str,
    applications: Sequence[int],
    by: Actor,
    source_url: str = "",
    successor_is_new: bool = False,
) -> OwnerSplit:
    """An agency gives these applications to another, by a decree; each keeps its history. Uses by the agency of what
    moves go along. Raises SplitError."""
    rows = list(Application.objects.filter(pk__in=applications, owner=predecessor).order_by("pk"))
    if not rows:
        raise SplitError("nothing")
    if len(rows) != len(set(applications)):
        raise SplitError("not_owned")
    row = OwnerSplit.objects.create(
        predecessor=predecessor,
        successor=successor,
        since=since,
        source=source,
        source_url=source_url,
        successor_is_new=successor_is_new,
        applications=[one.pk for one in rows],
        made_by=by.name[:120],
    )
    _give(rows, successor, _by_decree(source, source_url), by, row.batch)
    row.uses = _move_uses(predecessor.pk, successor.pk, only=row.applications)
    row.save(update_fields=["uses"])
    record(by=by, action="applications.split_owner", target=row, after=snapshot(row))
    return row


@transaction.atomic
def undo_split(*, split: OwnerSplit, by: Actor) -> None:
    """Take a split back within a day. Raises SplitError when it is too late or an owner was changed since."""
    row = OwnerSplit.objects.select_for_update().get(pk=split.pk)
    if row.undone_at is not None or timezone.now() - row.made_at > UNDO:
        raise SplitError("too_late")
    try:
        undo_batch(batch=row.batch, by=by, stated_by=by.name)
    except CannotUndoValuesError:
        raise SplitError("changed") from None
    ApplicationUse.objects.filter(pk__in=row.uses, agency_id=row.successor_id).update(
        agency_id=row.predecessor_id
    )
    row.undone_at = timezone.now()
    row.save(update_fields=["undone_at"])
    record(
        by=by, action="applications.undo_split", target=row, after={"undone_at": row.undone_at.isoformat()}
    )


def _by_decree(source: str, source_url: str) -> Provenance:
    return Provenance(source[:200], source, source_url, grade=Grade.PROVEN)


def _give(
    rows: Sequence[Application], to: Agency, provenance: Provenance, by: Actor, batch: uuid.UUID
) -> None:
    set_many(rows=[(one, {"owner": to.pk}) for one in rows], by=by, provenance=provenance, batch=batch)


def _move_uses(old: int, new: int, *, only: Sequence[int] | None = None) -> list[int]:
    """Uses by the old agency become uses by the new one, unless that one has its own already."""
    uses = ApplicationUse.objects.select_for_update().filter(agency_id=old)
    if only is not None:
        uses = uses.filter(application__in=only)
    there = ApplicationUse.objects.filter(agency_id=new).values("application")
    keys = list(uses.exclude(application__in=there).order_by("pk").values_list("pk", flat=True))
    ApplicationUse.objects.filter(pk__in=keys).update(agency_id=new)
    return keys


def _tell(merger: Merger, keys: list[int], action: str, by: Actor) -> None:
    record(by=by, action=action, target=merger, after={MOVED: keys})
    publish(ApplicationsChanged())
    content.changed()
