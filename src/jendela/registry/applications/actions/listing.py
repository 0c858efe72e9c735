"""Every change of the register of applications."""

import datetime
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from jendela.common import content
from jendela.common.audit import Actor, record
from jendela.common.events import publish
from jendela.people.agencies.actions import note_moved
from jendela.people.agencies.models import Merger
from jendela.registry.applications.events import ApplicationsChanged
from jendela.registry.applications.models import Application
from jendela.registry.applications.reads import last_address_edit
from jendela.registry.applications.values import search_words

FIELDS = [
    "name", "name_en", "purpose", "owner", "operator_level", "audience", "function", "task", "task_en", "url", "since",
    "state", "state_as_of", "evidence", "usage_note", "source_url", "note", "search_text",
]  # fmt: skip
MOVED = "applications"


class CannotUndoError(Exception):
    """Too late, or changed again since."""


@transaction.atomic
def put_applications(*, applications: Sequence[Application], by: Actor) -> list[str]:
    """Write a whole list: known applications (by name) are renewed. What is no longer listed stays, since others
    refer to it, and an address that its owner gave here stays too. Returns both in words."""
    for one in applications:
        one.search_text = search_words(one)
    said = dict(Application.objects.exclude(url_stated_at=None).values_list("name", "url"))
    kept = [one for one in applications if one.name in said and one.url != said[one.name]]
    for one in kept:
        one.url = said[one.name]
    Application.objects.bulk_create(
        applications, update_conflicts=True, unique_fields=["slug"], update_fields=FIELDS
    )
    counts = {"aplikasi": len(applications)}
    target = ("registry_applications.application", "*")
    record(by=by, action="applications.put_applications", target=target, after=counts)
    publish(ApplicationsChanged())
    content.changed()
    listed = [application.name for application in applications]
    gone = Application.objects.exclude(name__in=listed).values_list("name", flat=True)
    return [
        *(f"Tidak ada lagi di aplikasi.csv, dibiarkan: {name}" for name in gone),
        *(f"Alamat diisi instansinya sendiri, dibiarkan: {one.name}" for one in kept),
    ]


@transaction.atomic
def set_address(*, application: Application, url: str, stated_by: str, by: Actor) -> Application:
    """The web address as the owner gives it ('' for none); on the public pages at once."""
    row = Application.objects.select_for_update().get(pk=application.pk)
    before = _address(row)
    row.url, row.url_stated_by, row.url_stated_at = url, stated_by, timezone.now()
    _write(row)
    record(by=by, action="applications.set_address", target=row, before=before, after=_address(row))
    return row


@transaction.atomic
def undo_address(*, application: Application, by: Actor) -> None:
    """Put back the address before its last change, within a day. Raises CannotUndoError."""
    row = Application.objects.select_for_update().get(pk=application.pk)
    edit = last_address_edit(row)
    if edit is None or edit.before is None:
        raise CannotUndoError
    now = _address(row)
    at = edit.before["url_stated_at"]
    row.url, row.url_stated_by = edit.before["url"], edit.before["url_stated_by"]
    row.url_stated_at = datetime.datetime.fromisoformat(at) if at else None
    _write(row)
    record(by=by, action="applications.undo_address", target=row, before=now, after=_address(row))


def _write(row: Application) -> None:
    row.save(update_fields=["url", "url_stated_by", "url_stated_at"])
    publish(ApplicationsChanged())
    content.changed()


def _address(row: Application) -> dict[str, str | None]:
    at = row.url_stated_at
    return {
        "url": row.url,
        "url_stated_by": row.url_stated_by,
        "url_stated_at": at.isoformat() if at else None,
    }


@transaction.atomic
def move_applications(*, merger_id: int, by: Actor) -> int:
    """Give what a merged agency owned to its successor; a second run moves nothing."""
    merger = Merger.objects.select_for_update().get(pk=merger_id)
    if merger.undone_at is not None:
        return 0
    rows = Application.objects.filter(owner_id=merger.predecessor_id)
    keys = list(rows.order_by("pk").values_list("pk", flat=True))
    if keys:
        Application.objects.filter(pk__in=keys).update(owner_id=merger.successor_id)
        _note(merger, keys, "applications.move_applications", by)
    return len(keys)


@transaction.atomic
def move_applications_back(*, merger_id: int, by: Actor) -> int:
    """Give back what had moved with a merger that was taken back."""
    merger = Merger.objects.select_for_update().get(pk=merger_id)
    keys = [key for move in merger.moves.filter(kind=MOVED) for key in move.keys]
    rows = Application.objects.filter(pk__in=keys, owner_id=merger.successor_id)
    moved = rows.update(owner_id=merger.predecessor_id) if merger.undone_at is not None else 0
    if moved:
        _tell(merger, keys, "applications.move_applications_back", by)
    return moved


def _note(merger: Merger, keys: list[int], action: str, by: Actor) -> None:
    note_moved(merger=merger, kind=MOVED, keys=keys)
    _tell(merger, keys, action, by)


def _tell(merger: Merger, keys: list[int], action: str, by: Actor) -> None:
    record(by=by, action=action, target=merger, after={MOVED: keys})
    publish(ApplicationsChanged())
    content.changed()
