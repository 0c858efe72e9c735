"""Every change of the register of applications."""

import datetime

from django.db import transaction
from django.utils import timezone

from jendela.common.audit import Actor, record
from jendela.registry.applications.actions.values import Provenance, set_values
from jendela.registry.applications.models import Application
from jendela.registry.applications.reads import last_address_edit


class CannotUndoError(Exception):
    """Too late, or changed again since."""


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
