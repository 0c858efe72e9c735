"""Parts of an application (parts.py): said, changed, taken out, and brought back; each with its row of history."""

import datetime
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone, translation

from jendela.common import content
from jendela.common.audit import SEALED, Actor, record
from jendela.common.dates import today
from jendela.common.events import publish
from jendela.registry.applications.actions.values import Provenance, set_values
from jendela.registry.applications.choices import UseState
from jendela.registry.applications.events import ApplicationsChanged, ValuesChanged
from jendela.registry.applications.models import Application, Change, Version
from jendela.registry.applications.parts import BY_KEY, Part, state_of
from jendela.registry.applications.policy import may_write_use
from jendela.registry.applications.values import PART

STAMPED = ("stated_by", "stated_at", "said_by", "said_at", "confirmed_by", "confirmed_at", "answered_at")


class PartError(Exception):
    """A part that cannot be: `reason` is 'not_there', 'taken' (another row says it already), 'ends', 'answered' (the
    agency said it, and others do not write over it), or 'not_main' (only a business process is the main function)."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


FOLLOWS = {"follows": True}  # in place of the source before, which rows of parts do not have


@dataclass(frozen=True)
class Act:
    """What the steps of one act share."""

    application: Application
    by: Actor
    provenance: Provenance
    batch: uuid.UUID
    reason: str = ""
    undoes: uuid.UUID | None = None


@transaction.atomic
def put_part(
    *,
    application: Application,
    part: str,
    values: Mapping[str, Any],
    by: Actor,
    provenance: Provenance,
    key: int | None = None,
    reason: str = "",
    batch: uuid.UUID | None = None,
) -> Any:
    """Say one row of a part ('costs', 'uses' … of parts.py). Without `key` a row of the same natural key (a cost: year
    and kind) is changed, else one is added; the same again changes nothing. Raises PartError."""
    spec, act = BY_KEY[part], Act(application, by, provenance, batch or uuid.uuid4(), reason)
    Application.objects.select_for_update().get(pk=application.pk)
    row = _row(spec, application, values, key)
    _ask(spec, row, by)
    before = state_of(spec, row) if row.pk else None
    for name, value in values.items():
        setattr(row, name, value)
    if before is not None and not _differs(spec, row, before):
        return row
    if spec.key == "functions" and row.main and not row.node.is_business:
        raise PartError("not_main")
    _stamp(spec, row, provenance, new=before is None, sourced="source" in values)
    if spec.only and getattr(row, spec.only):
        _only_one(spec, row, act)
    if _taken(spec, row):
        raise PartError("taken")
    row.save()
    row.refresh_from_db()  # as the table holds it: 5 is 5.00
    note(spec, row, before, act)
    _follow(spec, act)
    return row


@transaction.atomic
def remove_part(
    *,
    application: Application,
    part: str,
    key: int,
    by: Actor,
    provenance: Provenance,
    reason: str = "",
    batch: uuid.UUID | None = None,
) -> None:
    """Take one row out; the history keeps it. People end (`put_part` with `until`), approvals stay. Raises
    PartError."""
    spec, act = BY_KEY[part], Act(application, by, provenance, batch or uuid.uuid4(), reason)
    if spec.ends or part == "approvals":
        raise PartError("ends")
    Application.objects.select_for_update().get(pk=application.pk)
    row = _row(spec, application, {}, key)
    _ask(spec, row, by)
    before = state_of(spec, row)
    row.delete()
    note(spec, None, before, act)
    _follow(spec, act)


def _row(spec: Part, application: Application, values: Mapping[str, Any], key: int | None) -> Any:
    rows = spec.model._default_manager.select_for_update().filter(application=application)
    if key is not None:
        found = rows.filter(pk=key).first()
        if found is None:
            raise PartError("not_there")
        return found
    if spec.natural:
        same = {name: values[name] for name in spec.natural}
        found = rows.filter(**same).first()
        if found is not None:
            return found
    return spec.model(application=application)


def _ask(spec: Part, row: Any, by: Actor) -> None:
    """An agency's answer to whether it uses the application is not written over by people of others."""
    if spec.key == "uses" and row.pk and by.user is not None and not may_write_use(by.user, row):
        raise PartError("answered")


def _differs(spec: Part, row: Any, before: Mapping[str, Any]) -> bool:
    now = state_of(spec, row)
    sealed = any(value == SEALED for value in (*now.values(), *before.values()))
    passed = {*STAMPED, "words"}
    return sealed or any(now[name] != before.get(name) for name in now if name not in passed)


def _stamp(spec: Part, row: Any, provenance: Provenance, *, new: bool, sourced: bool) -> None:
    """Who says it, where the part has columns for that. `sourced`: the row came with a source of its own."""
    now = timezone.now()
    if spec.key == "costs":
        row.stated_by, row.stated_at = provenance.stated_by, now
        row.grade = provenance.grade
        row.source = (row.source if sourced else "") or provenance.source
    elif spec.key == "uses":
        if new or not row.said_by:
            row.said_by, row.said_at = provenance.stated_by, now
            row.source, row.source_url = provenance.source, provenance.source_url
        if row.state in (UseState.CONFIRMED, UseState.REJECTED, UseState.ENDED):
            row.answered_by, row.answered_at = provenance.stated_by, now
        elif not row.state:
            row.state = UseState.CLAIMED
    elif spec.key == "functions":
        row.confirmed_by, row.confirmed_at = provenance.stated_by, now
    elif spec.key == "people" and row.since is None:
        row.since = today()


def _taken(spec: Part, row: Any) -> bool:
    if not spec.natural:
        return False
    same = {name: getattr(row, name) for name in spec.natural}
    return (
        spec.model._default_manager.filter(application=row.application_id, **same).exclude(pk=row.pk).exists()
    )


def _only_one(spec: Part, row: Any, act: Act) -> None:
    """The main function, the version in use: what was it before is no longer."""
    rows = spec.model._default_manager.filter(application=act.application, **{spec.only: True})
    for other in rows.exclude(pk=row.pk):
        before = state_of(spec, other)
        setattr(other, spec.only, False)
        other.save(update_fields=[spec.only])
        note(spec, other, before, act, follows=True)


def note(spec: Part, row: Any, before: dict[str, Any] | None, act: Act, *, follows: bool = False) -> None:
    """The row of history, the audit row and the events of one changed row of a part; `row` None: taken out. `follows`:
    it changed because another row did, and nobody spoke of it."""
    now = timezone.now()
    with translation.override("id"):  # the words stay as they are written here
        after = state_of(spec, row) if row is not None else None
    Change.objects.create(
        application=act.application,
        field=f"{PART}{spec.key}",
        before=before,
        after=after,
        source_before=FOLLOWS if follows else None,
        batch=act.batch,
        undoes=act.undoes,
        stated_by=act.provenance.stated_by,
        by_id=act.by.user.pk if act.by.user else None,
        at=now,
        source=act.provenance.source,
        source_url=act.provenance.source_url,
        grade=act.provenance.grade,
        reason=act.reason,
    )
    Application.objects.filter(pk=act.application.pk).update(changed_at=now)
    record(
        by=act.by,
        action="applications.put_part" if after is not None else "applications.remove_part",
        target=act.application,
        before={spec.key: before} if before else None,
        after={spec.key: after} if after else None,
    )
    publish(ApplicationsChanged())
    publish(ValuesChanged(batch=str(act.batch)))
    content.changed()


def _follow(spec: Part, act: Act) -> None:
    if spec.key == "versions":
        follow_contracts(application=act.application, by=act.by, provenance=act.provenance, batch=act.batch)


def follow_contracts(
    *, application: Application, by: Actor, provenance: Provenance, batch: uuid.UUID
) -> Sequence[Change]:
    """The contracts of its versions move the date until which the application is under contract."""
    ends = Version.objects.filter(application=application, contract_until__isnull=False)
    until = nearest([one for one in ends.values_list("contract_until", flat=True) if one])
    if until is None:
        return []
    return set_values(
        application=application, values={"contract_until": until}, by=by, provenance=provenance, batch=batch
    )


def nearest(ends: list[datetime.date]) -> datetime.date | None:
    """The next end that is still to come, else the last one that was."""
    coming = [one for one in sorted(ends) if one >= today()]
    return coming[0] if coming else max(ends, default=None)
