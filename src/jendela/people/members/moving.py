"""Invitations of an agency that was merged: what was offered is offered by its successor."""

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from jendela.common.audit import Actor, record
from jendela.people.agencies.actions import note_moved
from jendela.people.agencies.models import Merger
from jendela.people.members.models import Invitation

MOVED = "invitations"


@transaction.atomic
def move_invitations(*, merger_id: int, by: Actor) -> int:
    """Open invitations go to the successor; one that it made too is withdrawn here. A second run moves nothing."""
    merger = Merger.objects.select_for_update().get(pk=merger_id)
    if merger.undone_at is not None:
        return 0
    rows = _open().filter(agency_id=merger.predecessor_id)
    keys = [row.pk for row in rows if _move(row, merger.successor_id, by)]
    if keys:
        note_moved(merger=merger, kind=MOVED, keys=keys)
    return len(keys)


@transaction.atomic
def move_invitations_back(*, merger_id: int, by: Actor) -> int:
    """A merger was taken back: its open invitations return."""
    merger = Merger.objects.select_for_update().get(pk=merger_id)
    if merger.undone_at is None:
        return 0
    keys = [key for move in merger.moves.filter(kind=MOVED) for key in move.keys]
    rows = _open().filter(pk__in=keys, agency_id=merger.successor_id)
    return sum(_move(row, merger.predecessor_id, by) for row in rows)


def _open() -> QuerySet[Invitation]:
    rows = Invitation.objects.filter(accepted_at__isnull=True, withdrawn_at__isnull=True)
    return rows.select_for_update(of=("self",)).order_by("pk")


def _move(row: Invitation, agency: int, by: Actor) -> bool:
    before = {"agency": row.agency_id}
    row.agency_id = agency
    try:
        with transaction.atomic():
            row.save(update_fields=["agency"])
    except IntegrityError:  # the same role is offered there already
        row.agency_id, row.withdrawn_at = before["agency"], timezone.now()
        row.save(update_fields=["withdrawn_at"])
        record(by=by, action="members.withdraw_invitation", target=row, before=before)
        return False
    record(by=by, action="members.move_invitation", target=row, before=before, after={"agency": agency})
    return True
