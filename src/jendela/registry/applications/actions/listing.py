"""Every change of the register of applications."""

import datetime
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from jendela.common import content
from jendela.common.audit import Actor, record
from jendela.common.events import publish
from jendela.registry.applications.actions.values import Provenance, set_values
from jendela.registry.applications.events import ApplicationsChanged
from jendela.registry.applications.models import Application
from jendela.registry.applications.reads import last_address_edit
from jendela.registry.applications.values import search_words

FIELDS = [
    "name", "name_en", "purpose", "owner", "operator_level", "audience", "function", "task", "task_en", "url", "since",
    "state", "state_as_of", "evidence", "usage_note", "source_url", "note", "search_text",
]  # fmt: skip


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
    set_values(application=row, values={"url": url}, by=by, provenance=Provenance(stated_by))
    _say(row, stated_by, timezone.now())
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
    at, said = edit.before["url_stated_at"], edit.before["url_stated_by"]
    values = {"url": edit.before["url"]}
    set_values(application=row, values=values, by=by, provenance=Provenance(said or by.name))
    _say(row, said, datetime.datetime.fromisoformat(at) if at else None)
    record(by=by, action="applications.undo_address", target=row, before=now, after=_address(row))


def _say(row: Application, stated_by: str, at: datetime.datetime | None) -> None:
    row.url_stated_by, row.url_stated_at = stated_by, at
    row.save(update_fields=["url_stated_by", "url_stated_at"])


def _address(row: Application) -> dict[str, str | None]:
    at = row.url_stated_at
    return {
        "url": row.url,
        "url_stated_by": row.url_stated_by,
        "url_stated_at": at.isoformat() if at else None,
    }
