"""Links as tables bring them: many at once, in a constant number of statements."""

from collections.abc import Sequence

from django.db import transaction

from jendela.common.audit import Actor, record_many
from jendela.registry.links.actions.declaring import count_again, snapshot_of
from jendela.registry.links.events import tell
from jendela.registry.links.models import Link


@transaction.atomic
def declare_many(*, rows: Sequence[Link], by: Actor) -> None:
    """New links, made ready by the caller; the pairs are known to be free."""
    Link.objects.bulk_create(rows)
    record_many(by=by, action="links.declare_link", changes=[(row, None, snapshot_of(row)) for row in rows])
    keys = {key for row in rows for key in (row.source_id, row.target_id)}
    count_again(keys)
    tell(keys, by=by)


@transaction.atomic
def correct_many(*, rows: Sequence[tuple[Link, dict[str, object]]], by: Actor) -> None:
    """Write what differs, apart from the key of a link; the rows come locked."""
    told = []
    for row, values in rows:
        before = snapshot_of(row)
        for name, value in values.items():
            setattr(row, name, value)
        told.append((row, before, snapshot_of(row)))
    names = ["direction", "frequency", "state", "agreement", "agreement_until", "hours_a_month"]
    Link.objects.bulk_update([row for row, _values in rows], names, batch_size=500)
    record_many(by=by, action="links.set_link", changes=told)
    changed = [row for row, before, after in told if before != after]
    tell((key for row in changed for key in (row.source_id, row.target_id)), by=by)


@transaction.atomic
def remove_many(*, rows: Sequence[Link], by: Actor) -> None:
    """Take links back that an import made."""
    keys = {key for row in rows for key in (row.source_id, row.target_id)}
    record_many(by=by, action="links.remove_link", changes=[(row, snapshot_of(row), None) for row in rows])
    Link.objects.filter(pk__in=[row.pk for row in rows]).delete()
    count_again(keys)
    tell(keys, by=by)
