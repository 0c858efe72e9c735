"""Services change hands when agencies are merged or get a new name."""

from django.db import transaction

from jendela.common import content
from jendela.common.audit import Actor, record
from jendela.common.events import publish
from jendela.common.models import AuditEntry
from jendela.people.agencies.actions import note_moved
from jendela.people.agencies.models import Merger
from jendela.services.catalogue.events import CatalogueChanged
from jendela.services.catalogue.models import Service, Way

MOVED = "services"


@transaction.atomic
def move_services(*, merger_id: int, by: Actor) -> int:
    """Give what a merged agency owned to its successor: standards, drafts and feedback go with the service. A second
    run moves nothing."""
    merger = Merger.objects.select_for_update().get(pk=merger_id)
    if merger.undone_at is not None:
        return 0
    rows = Service.objects.select_for_update().filter(owner_id=merger.predecessor_id)
    keys = list(rows.order_by("pk").values_list("pk", flat=True))
    if keys:
        Service.objects.filter(pk__in=keys).update(owner_id=merger.successor_id)
        note_moved(merger=merger, kind=MOVED, keys=keys)
        _tell(merger, keys, "catalogue.move_services", by)
    return len(keys)


@transaction.atomic
def move_services_back(*, merger_id: int, by: Actor) -> int:
    """Give back what had moved with a merger that was taken back, as far as the successor still owns it."""
    merger = Merger.objects.select_for_update().get(pk=merger_id)
    if merger.undone_at is None:
        return 0
    noted = [key for move in merger.moves.filter(kind=MOVED) for key in move.keys]
    rows = Service.objects.select_for_update().filter(pk__in=noted, owner_id=merger.successor_id)
    keys = list(rows.order_by("pk").values_list("pk", flat=True))
    if keys:
        Service.objects.filter(pk__in=keys).update(owner_id=merger.predecessor_id)
        _tell(merger, keys, "catalogue.move_services_back", by)
    return len(keys)


def _tell(merger: Merger, keys: list[int], action: str, by: Actor) -> None:
    record(by=by, action=action, target=merger, after={MOVED: keys})
    publish(CatalogueChanged())
    content.changed()


@transaction.atomic
def repoint_ways(*, gone: int, stays: int, by: Actor) -> int:
    """Two records of one application became one: ways that led to the one that is gone lead to the one that stays. A
    second run moves nothing."""
    keys = list(Way.objects.filter(application=gone).order_by("pk").values_list("pk", flat=True))
    if keys:
        Way.objects.filter(pk__in=keys).update(application=stays)
        _tell_ways(gone, keys, "catalogue.repoint_ways", by)
    return len(keys)


@transaction.atomic
def repoint_ways_back(*, gone: int, stays: int, by: Actor) -> int:
    """The records are two again: the ways that had moved lead to their own, as far as nobody changed them since."""
    last = AuditEntry.objects.filter(
        action="catalogue.repoint_ways", target_type="registry_applications.application", target_key=str(gone)
    ).order_by("-id")
    entry = last.first()
    noted = (entry.after or {}).get("ways", []) if entry else []
    keys = list(
        Way.objects.filter(pk__in=noted, application=stays).order_by("pk").values_list("pk", flat=True)
    )
    if keys:
        Way.objects.filter(pk__in=keys).update(application=gone)
        _tell_ways(gone, keys, "catalogue.repoint_ways_back", by)
    return len(keys)


def _tell_ways(application: int, keys: list[int], action: str, by: Actor) -> None:
    record(
        by=by,
        action=action,
        target=("registry_applications.application", str(application)),
        after={"ways": keys},
    )
    publish(CatalogueChanged())
    content.changed()
