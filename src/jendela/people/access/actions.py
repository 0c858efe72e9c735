"""Every change of memberships and modules."""

import contextlib
import datetime
from collections.abc import Iterable
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from jendela.common import content
from jendela.common.audit import Actor, record, snapshot
from jendela.common.dates import today
from jendela.common.models import AuditEntry
from jendela.people.access.choices import Module, ModuleState
from jendela.people.access.models import Membership, ModuleOpening
from jendela.people.access.roles import ROLES, Administrator
from jendela.people.agencies.actions import note_moved
from jendela.people.agencies.models import Agency, Merger

UNDO_HOURS = 24


class AlreadyHeldError(Exception):
    """The person holds this role at this agency already in these days."""


class AlreadyEndedError(Exception):
    """The role holds no more, or it ends earlier than asked."""


class LastAdministratorError(Exception):
    """Without this role nobody could manage Jendela any more."""


class TooLateError(Exception):
    """What should be undone is too old, or something changed since."""


@transaction.atomic
def grant_role(
    *,
    user: Any,
    agency: Agency | None,
    role: str,
    by: Actor,
    valid_from: datetime.date | None = None,
    valid_to: datetime.date | None = None,
    substitutes: Membership | None = None,
    note: str = "",
) -> Membership:
    """A role from a day (today) until a day (none). Raises ValueError for a role that needs an agency and has none or
    the other way round, or ends before it begins; AlreadyHeldError. Whether `by` may give it is asked by the caller
    (policy.may_give); commands and seeds act as the system."""
    if (agency is None) is not ROLES[role].everywhere:
        raise ValueError(f"{role} and agency do not fit")
    first = valid_from or today()
    if valid_to is not None and valid_to < first:
        raise ValueError("ends before it begins")
    try:
        with transaction.atomic():
            row = Membership.objects.create(
                user=user,
                agency=agency,
                role=role,
                valid_from=first,
                valid_to=valid_to,
                substitutes=substitutes,
                note=note,
            )
    except IntegrityError as error:
        raise AlreadyHeldError from error
    record(by=by, action="access.grant_role", target=row, after=snapshot(row))
    return row


@transaction.atomic
def end_role(
    *, membership: Membership, by: Actor, last_day: datetime.date | None = None, note: str = ""
) -> None:
    """The role ends after `last_day`, or without one at this moment; those who substitute in it end no later. Raises
    AlreadyEndedError, LastAdministratorError."""
    row = Membership.objects.select_for_update().get(pk=membership.pk)
    _keep_an_administrator(row)
    _end(row, by, last_day, note)
    for other in Membership.objects.select_for_update().filter(substitutes=row, ended_at__isnull=True):
        if _holds_after(other, last_day):
            _end(other, by, last_day if last_day and last_day >= other.valid_from else None, note)


def _holds_after(row: Membership, last_day: datetime.date | None) -> bool:
    last = last_day or today() - datetime.timedelta(days=1)
    return row.valid_to is None or row.valid_to > last


def _end(row: Membership, by: Actor, last_day: datetime.date | None, note: str) -> None:
    if row.ended_at is not None or (row.valid_to is not None and row.valid_to < today()):
        raise AlreadyEndedError
    before = snapshot(row)
    if last_day is None:
        row.ended_at = timezone.now()
        row.valid_to = max(row.valid_from, today() - datetime.timedelta(days=1))
    elif last_day < max(today(), row.valid_from) or not _holds_after(row, last_day):
        raise AlreadyEndedError
    else:
        row.valid_to = last_day
    row.note = note or row.note
    row.save(update_fields=["valid_to", "ended_at", "note"])
    record(by=by, action="access.end_role", target=row, before=before, after=snapshot(row))


def _keep_an_administrator(row: Membership) -> None:
    """Raises LastAdministratorError when `row` is the last open role of an administrator. Locks them all, so that two
    who leave at the same moment do not both go."""
    if row.role != Administrator.code:
        return
    rows = Membership.objects.select_for_update(of=("self",)).select_related("user").holding()
    stay = [
        one
        for one in rows.filter(role=Administrator.code, valid_to__isnull=True)
        if one.pk != row.pk and one.user.is_active
    ]
    if not stay and row.ended_at is None:
        raise LastAdministratorError


@transaction.atomic
def restore_role(*, membership: Membership, by: Actor) -> None:
    """Take the end of a role back, as it was before. Raises TooLateError a day later or when it changed since,
    AlreadyHeldError when the person got the same role again."""
    row = Membership.objects.select_for_update().get(pk=membership.pk)
    ending = (
        AuditEntry.objects.filter(
            target_type=row._meta.label_lower, target_key=str(row.pk), action__startswith="access."
        )
        .order_by("-id")
        .first()
    )
    if ending is None or not undoable(ending) or ending.after != snapshot(row):
        raise TooLateError
    before = snapshot(row)
    was = ending.before or {}
    row.valid_to = datetime.date.fromisoformat(was["valid_to"]) if was.get("valid_to") else None
    row.ended_at = None
    row.note = was.get("note", "")
    if row.substitutes_id and not Membership.objects.holding().filter(pk=row.substitutes_id).exists():
        raise TooLateError
    try:
        with transaction.atomic():
            row.save(update_fields=["valid_to", "ended_at", "note"])
    except IntegrityError as error:
        raise AlreadyHeldError from error
    record(by=by, action="access.restore_role", target=row, before=before, after=snapshot(row))


def undoable(ending: AuditEntry) -> bool:
    """Is this audit row the end of a role that may still be taken back?"""
    limit = timezone.now() - datetime.timedelta(hours=UNDO_HOURS)
    return ending.action == "access.end_role" and ending.at > limit


@transaction.atomic
def set_module(*, module: Module, state: ModuleState, agencies: Iterable[Agency], by: Actor) -> bool:
    """Open a module for all, for some agencies on trial, or close it. The agencies are kept while it is open or
    closed, so that a trial can go on. False when nothing changed. Raises ValueError for a trial without an agency."""
    chosen = sorted(agencies, key=lambda one: one.pk)
    if state == ModuleState.TRIAL and not chosen:
        raise ValueError("a trial needs an agency")
    ModuleOpening.objects.get_or_create(module=module, defaults={"state": ModuleState.CLOSED})
    row = ModuleOpening.objects.select_for_update().get(module=module)
    before = _opening(row)
    row.state = state
    row.trial_agencies.set(chosen)
    after = _opening(row)
    if before == after:
        return False
    row.save()
    record(by=by, action="access.set_module", target=row, before=before, after=after)
    content.changed()  # public pages name only parts that are open
    return True


def _opening(row: ModuleOpening) -> dict[str, Any]:
    names = row.trial_agencies.order_by("pk").values_list("short_name", flat=True)
    return {"state": str(row.state), "trial_agencies": list(names)}


MOVED = "memberships"


@transaction.atomic
def move_memberships(*, merger_id: int, by: Actor) -> int:
    """People of a merged agency keep their roles at its successor, and who stands in for whom; a module on trial at
    the old agency is on trial at the new one. A second run moves nothing."""
    merger = Merger.objects.select_for_update().select_related("predecessor", "successor").get(pk=merger_id)
    if merger.undone_at is not None:
        return 0
    for opening in ModuleOpening.objects.filter(trial_agencies=merger.predecessor_id):
        opening.trial_agencies.add(merger.successor_id)
    rows = Membership.objects.select_for_update().filter(agency=merger.predecessor, ended_at__isnull=True)
    lasting = rows.exclude(valid_to__lt=today()).order_by("pk")
    new: dict[int, Membership] = {}
    keys: list[list[int | None]] = []
    for row in lasting:
        note = f"Dari {merger.predecessor.short_name}"[:200]
        before = snapshot(row)
        row.ended_at = timezone.now()
        row.save(update_fields=["ended_at"])
        record(by=by, action="access.end_role", target=row, before=before, after=snapshot(row))
        with contextlib.suppress(AlreadyHeldError):  # held at the successor before: that role stays
            new[row.pk] = grant_role(
                user=row.user,
                agency=merger.successor,
                role=row.role,
                by=by,
                valid_from=max(row.valid_from, today()),
                valid_to=row.valid_to,
                substitutes=new.get(row.substitutes_id) if row.substitutes_id else None,
                note=note,
            )
        keys.append([row.pk, new[row.pk].pk if row.pk in new else None])
    if keys:
        note_moved(merger=merger, kind=MOVED, keys=keys)
    return len(keys)


@transaction.atomic
def move_memberships_back(*, merger_id: int, by: Actor) -> int:
    """A merger was taken back: the roles it ended hold again, those it gave end. Roles that were ended or given again
    since are left."""
    merger = Merger.objects.select_for_update().get(pk=merger_id)
    if merger.undone_at is None:
        return 0
    moved = 0
    for old, new in (pair for move in merger.moves.filter(kind=MOVED) for pair in move.keys):
        given = Membership.objects.select_for_update().filter(pk=new, ended_at__isnull=True).first()
        if given is not None:
            _end(given, by, None, "")
        row = Membership.objects.select_for_update().get(pk=old)
        if row.ended_at is None or (new is not None and given is None):
            continue
        before = snapshot(row)
        row.ended_at = None
        try:
            with transaction.atomic():
                row.save(update_fields=["ended_at"])
        except IntegrityError:
            continue  # the person got the same role at the old agency again
        record(by=by, action="access.restore_role", target=row, before=before, after=snapshot(row))
        moved += 1
    return moved
