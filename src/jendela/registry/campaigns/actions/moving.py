"""Agencies that end while a round runs: what was asked of them goes to the successor, and back when the merger was
recorded in error."""

from django.db import transaction

from jendela.common.audit import Actor, record
from jendela.people.agencies.actions import note_moved
from jendela.people.agencies.models import Merger
from jendela.registry.campaigns.choices import BundleState
from jendela.registry.campaigns.models import Bundle

MOVED = "bundles"


@transaction.atomic
def move_bundles(*, merger_id: int, by: Actor) -> int:
    """Bundles of rounds that run go to the successor, with their answers; a second run moves nothing. A bundle stays
    where the successor has one of the same person already. Returns how many moved."""
    merger = Merger.objects.select_for_update().get(pk=merger_id)
    if merger.undone_at is not None:
        return 0
    rows = Bundle.objects.filter(agency_id=merger.predecessor_id).exclude(state=BundleState.WITHDRAWN)
    moved = []
    for row in rows.filter(round__closed_at__isnull=True).order_by("pk"):
        there = Bundle.objects.filter(round_id=row.round_id, agency_id=merger.successor_id)
        there = there.exclude(state=BundleState.WITHDRAWN)
        same = there.filter(holder_id=row.holder_id) if row.holder_id else there.none()
        if row.email_hash:
            same |= there.filter(email_hash=row.email_hash)
        target = same.order_by("pk").first()
        if target is not None:
            row.items.update(bundle=target)
            row.state = BundleState.WITHDRAWN
            row.save(update_fields=["state"])
            continue
        row.agency_id = merger.successor_id
        row.save(update_fields=["agency"])
        moved.append(row.pk)
    if moved:
        note_moved(merger=merger, kind=MOVED, keys=moved)
        record(by=by, action="campaigns.move_bundles", target=merger, after={MOVED: moved})
    return len(moved)


@transaction.atomic
def move_bundles_back(*, merger_id: int, by: Actor) -> int:
    """Give back what had moved with a merger that was taken back."""
    merger = Merger.objects.select_for_update().get(pk=merger_id)
    if merger.undone_at is None:
        return 0
    keys = [key for move in merger.moves.filter(kind=MOVED) for key in move.keys]
    moved = Bundle.objects.filter(pk__in=keys, agency_id=merger.successor_id).update(
        agency_id=merger.predecessor_id
    )
    if moved:
        record(by=by, action="campaigns.move_bundles_back", target=merger, after={MOVED: keys})
    return moved
