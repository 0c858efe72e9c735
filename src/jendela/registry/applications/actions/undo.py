"""An act is taken back: its values and its parts, where nothing has changed since."""

import uuid
from collections.abc import Sequence
from typing import Any

from django.db import transaction

from jendela.common.audit import SEALED, Actor
from jendela.registry.applications.actions.parts import Act, note
from jendela.registry.applications.actions.values import (
    CannotUndoValuesError,
    Provenance,
    put_sources_back,
    set_many,
)
from jendela.registry.applications.models import Application, Change
from jendela.registry.applications.parts import BY_KEY, put_back, state_of
from jendela.registry.applications.values import PART, value_of


@transaction.atomic
def undo_batch(*, batch: uuid.UUID, by: Actor, stated_by: str) -> list[Change]:
    """Take back every change of one act, where nothing has changed since. Raises CannotUndoValuesError."""
    done = list(Change.objects.filter(batch=batch).select_related("application").order_by("-id"))
    if not done or Change.objects.filter(undoes=batch).exists():
        raise CannotUndoValuesError
    parts = [one for one in done if one.field.startswith(PART)]
    values = [one for one in done if not one.field.startswith(PART)]
    ids = {one.application_id for one in done}
    locked = Application.objects.select_for_update().filter(pk__in=ids).order_by("pk").in_bulk()
    stale = [one for one in values if value_of(locked[one.application_id], one.field) != one.after]
    if stale:
        raise CannotUndoValuesError(", ".join(sorted({one.field for one in stale})))
    new, provenance = uuid.uuid4(), Provenance(stated_by)
    for one in parts:
        _undo_part(one, by, provenance, new)
    undone = _undo_values(values, by, provenance, new)
    put_sources_back(values)
    return [*undone, *Change.objects.filter(batch=new, field__startswith=PART)]


def _undo_values(done: Sequence[Change], by: Actor, provenance: Provenance, batch: uuid.UUID) -> list[Change]:
    again: dict[int, tuple[Application, dict[str, Any]]] = {}
    for one in done:
        values = again.setdefault(one.application_id, (one.application, {}))[1]
        values[one.field] = one.before
    if not again:
        return []
    return set_many(
        rows=list(again.values()), by=by, provenance=provenance, undoes=done[0].batch, batch=batch
    )


def _undo_part(change: Change, by: Actor, provenance: Provenance, batch: uuid.UUID) -> None:
    spec = BY_KEY[change.field.removeprefix(PART)]
    state = change.after or change.before or {}
    row: Any = spec.model._default_manager.select_for_update().filter(pk=state["id"]).first()
    if (row is not None) != (change.after is not None):
        raise CannotUndoValuesError(change.field)
    before = state_of(spec, row) if row is not None else None
    if before is not None and not _is_still(before, change.after or {}):
        raise CannotUndoValuesError(change.field)
    if change.before is None:
        row.delete()
        row = None
    else:
        row = row or spec.model(pk=state["id"], application_id=change.application_id)
        put_back(row, change.before)
        row.save()
    note(spec, row, before, Act(change.application, by, provenance, batch, undoes=change.batch))


def _is_still(now: dict[str, Any], then: dict[str, Any]) -> bool:
    """Columns that a part got since then do not count."""
    said = _plain(then)
    return {name: now.get(name) for name in said if now.get(name) != SEALED} == {
        name: value for name, value in said.items() if now.get(name) != SEALED
    }


def _plain(state: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in state.items() if name != "words" and value != SEALED}
