"""Datasets when agencies merge, and when two records of one application become one."""

from django.db import transaction

from jendela.common import content
from jendela.common.audit import Actor, record
from jendela.people.agencies.actions import note_moved
from jendela.people.agencies.models import Merger
from jendela.registry.applications.models import Application
from jendela.registry.datasets.events import tell
from jendela.registry.datasets.models import Dataset

PRODUCED, STEWARDED = "datasets_produced", "datasets_stewarded"
FIELDS = {PRODUCED: "producer", STEWARDED: "steward"}


@transaction.atomic
def move_datasets(*, merger_id: int, by: Actor) -> int:
    """What a merged agency produced or kept is its successor's; a second run moves nothing."""
    merger = Merger.objects.select_for_update().get(pk=merger_id)
    if merger.undone_at is not None:
        return 0
    moved: dict[str, list[int]] = {}
    for kind, field in FIELDS.items():
        rows = Dataset.objects.filter(**{field: merger.predecessor_id})
        keys = list(rows.order_by("pk").values_list("pk", flat=True))
        if keys:
            Dataset.objects.filter(pk__in=keys).update(**{field: merger.successor_id})
            note_moved(merger=merger, kind=kind, keys=keys)
            moved[kind] = keys
    if moved:
        record(by=by, action="datasets.move_datasets", target=merger, after=moved)
        content.changed()
    return sum(len(keys) for keys in moved.values())


@transaction.atomic
def move_datasets_back(*, merger_id: int, by: Actor) -> int:
    """Give back what had moved with a merger that was taken back."""
    merger = Merger.objects.select_for_update().get(pk=merger_id)
    if merger.undone_at is None:
        return 0
    moved = 0
    for move in merger.moves.filter(kind__in=list(FIELDS)):
        field = FIELDS[move.kind]
        rows = Dataset.objects.filter(pk__in=move.keys, **{field: merger.successor_id})
        moved += rows.update(**{field: merger.predecessor_id})
    if moved:
        record(by=by, action="datasets.move_datasets_back", target=merger, after={"data": moved})
        content.changed()
    return moved


@transaction.atomic
def repoint_datasets(*, gone: Application, stays: Application, by: Actor) -> list[int]:
    """Of two records of one application: datasets of `gone` are held by `stays`. Returns the keys, by which the caller
    may put them back. Two of the same name stay two until a person looks at them."""
    keys = list(Dataset.objects.filter(application=gone).order_by("pk").values_list("pk", flat=True))
    if keys:
        Dataset.objects.filter(pk__in=keys).update(application=stays)
        record(by=by, action="datasets.repoint_datasets", target=stays, after={"gone": gone.pk, "data": keys})
        tell([gone.pk, stays.pk], by=by)
        content.changed()
    return keys
