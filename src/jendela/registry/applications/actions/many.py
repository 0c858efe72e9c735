"""Many rows of a part at once (uses, costs, versions of a list), each with its row of history, in a constant number of
statements."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone, translation

from jendela.common import content
from jendela.common.audit import Actor, record_many
from jendela.common.events import publish
from jendela.registry.applications.actions.parts import nearest
from jendela.registry.applications.actions.values import Provenance, set_many
from jendela.registry.applications.events import ApplicationsChanged, ValuesChanged
from jendela.registry.applications.models import Application, Change, Version
from jendela.registry.applications.parts import BY_KEY, Part, state_of
from jendela.registry.applications.values import PART


@dataclass
class Changed:
    """A row as it is to be, and as the history knew it (None for a new one). Its application must be loaded."""

    row: Any
    before: dict[str, Any] | None


def seen(part: str, rows: Iterable[Any]) -> list[Changed]:
    """Rows as they are now, to be changed and then put."""
    return [Changed(row, state_of(BY_KEY[part], row)) for row in rows]


@transaction.atomic
def put_many(
    *,
    part: str,
    rows: Sequence[Changed],
    by: Actor,
    provenance: Provenance,
    batch: uuid.UUID | None = None,
    reason: str = "",
    undoes: uuid.UUID | None = None,
    follow: bool = True,
) -> uuid.UUID:
    """Write rows of one part that were read under lock by the caller. Returns the batch, to take it back. Without
    `follow` the end of the contract stays."""
    spec, batch = BY_KEY[part], batch or uuid.uuid4()
    new = [one.row for one in rows if one.before is None]
    old = [one.row for one in rows if one.before is not None]
    spec.model._default_manager.bulk_create(new)
    columns = [one.name for one in spec.model._meta.concrete_fields if not one.primary_key]
    spec.model._default_manager.bulk_update(old, columns, batch_size=500)
    _note(spec, [(one.row, one.before, True) for one in rows], by, provenance, batch, reason, undoes)
    if follow:
        _follow(spec, [one.row.application for one in rows], by, provenance, batch)
    return batch


@transaction.atomic
def remove_many(
    *, part: str, rows: Sequence[Any], by: Actor, provenance: Provenance, batch: uuid.UUID, reason: str = ""
) -> None:
    """Take rows of one part out; the history keeps them."""
    spec = BY_KEY[part]
    before = [(row, state_of(spec, row), False) for row in rows]
    spec.model._default_manager.filter(pk__in=[row.pk for row in rows]).delete()
    _note(spec, before, by, provenance, batch, reason, None)


def _note(  # noqa: PLR0917  called in two places, one above another
    spec: Part,
    rows: Sequence[tuple[Any, dict[str, Any] | None, bool]],
    by: Actor,
    provenance: Provenance,
    batch: uuid.UUID,
    reason: str,
    undoes: uuid.UUID | None,
) -> None:
    now = timezone.now()
    with translation.override("id"):  # the words stay as they are written here
        told = [(row, before, state_of(spec, row) if stays else None) for row, before, stays in rows]
    Change.objects.bulk_create(
        [
            Change(
                application_id=row.application_id,
                field=f"{PART}{spec.key}",
                before=before,
                after=after,
                batch=batch,
                undoes=undoes,
                stated_by=provenance.stated_by,
                by_id=by.user.pk if by.user else None,
                at=now,
                source=provenance.source,
                source_url=provenance.source_url,
                grade=provenance.grade,
                reason=reason,
            )
            for row, before, after in told
        ],
        batch_size=1000,
    )
    Application.objects.filter(pk__in={row.application_id for row, _before, _after in told}).update(
        changed_at=now
    )
    stays, goes = [one for one in told if one[2]], [one for one in told if not one[2]]
    for action, part in (("applications.put_part", stays), ("applications.remove_part", goes)):
        record_many(
            by=by,
            action=action,
            changes=[
                (
                    row.application,
                    {spec.key: before} if before else None,
                    {spec.key: after} if after else None,
                )
                for row, before, after in part
            ],
        )
    publish(ApplicationsChanged())
    publish(ValuesChanged(batch=str(batch)))
    content.changed()


def _follow(
    spec: Part, applications: Sequence[Application], by: Actor, provenance: Provenance, batch: uuid.UUID
) -> None:
    """Contracts move the date until which an application is under contract."""
    if spec.key != "versions":
        return
    ends: dict[int, list[Any]] = {}
    rows = Version.objects.filter(
        application__in={one.pk for one in applications}, contract_until__isnull=False
    )
    for key, until in rows.values_list("application", "contract_until"):
        ends.setdefault(key, []).append(until)
    moved = {one.pk: one for one in applications if one.pk in ends}
    values = [(one, {"contract_until": nearest(ends[key])}) for key, one in moved.items()]
    set_many(rows=values, by=by, provenance=provenance, batch=batch)
