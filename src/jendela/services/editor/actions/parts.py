"""Changes of the draft itself. Each save has its entry in the history; the audit row stands for one sitting of one
person at one part, since a draft keeps itself every few seconds."""

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from jendela.common.audit import Actor, record, snapshot
from jendela.services.catalogue.models import Service
from jendela.services.catalogue.reads.content import clean, content_of
from jendela.services.editor.choices import EditKind
from jendela.services.editor.models import Draft, DraftEdit, DraftPart

ONE_SITTING = datetime.timedelta(minutes=10)


class PartChangedError(Exception):
    """Another person saved this part since the writer opened it; nothing was written."""

    def __init__(self, part: DraftPart) -> None:
        self.part = part
        super().__init__(part.editor_name)


@transaction.atomic
def save_part(*, service: Service, part: str, value: Any, revision: int, by: Actor) -> DraftPart:
    """Keep a part of the draft. `revision` is the one the writer started from (0 for none). The same value again
    changes nothing, whatever the revision: a save that is sent twice is harmless. Raises PartChangedError."""
    value = clean(part, value)
    draft = locked(service)
    published = content_of(service)[part]
    known = draft is not None and draft.parts.filter(part=part).exists()
    if not known and value == published:
        return DraftPart(part=part, base=published)
    draft = _draft(service, by)
    row, _new = DraftPart.objects.select_for_update().get_or_create(
        draft=draft, part=part, defaults={"base": published, "edited_at": timezone.now()}
    )
    shown = published if row.value is None else row.value
    if value == shown:
        return row
    if row.revision != revision:
        raise PartChangedError(row)
    if row.value is None:
        row.base = published
    row.value, row.discarded = (None if value == published else value), None
    write(row, by)
    note(draft, part, EditKind.WRITTEN, before=shown, after=value, by=by)
    settle(draft)
    return row


def locked(service: Service) -> Draft | None:
    """The draft, held until the end of the transaction. Every change takes it before the parts, so that a part never
    changes while it is being published."""
    return Draft.objects.select_for_update(of=("self",)).filter(service=service).first()


def _draft(service: Service, by: Actor) -> Draft:
    """The draft of the service, held, made by the first who writes; that person carries it."""
    user = by.user.pk if by.user is not None else None
    draft, new = Draft.objects.select_for_update(of=("self",)).get_or_create(
        service=service,
        defaults={"keeper_id": user, "started_by_id": user, "agency_at_start_id": service.owner_id},
    )
    if new:
        record(by=by, action="editor.start_draft", target=draft, after=snapshot(draft))
    elif draft.keeper_id is None and user is not None:
        draft.keeper_id = user
        draft.save(update_fields=["keeper"])
    return draft


def write(row: DraftPart, by: Actor) -> None:
    row.revision += 1
    row.edited_by_id = by.user.pk if by.user is not None else None
    row.editor_name = by.name[:120]
    row.edited_at = timezone.now()
    row.save()


def note(draft: Draft, part: str, kind: EditKind, *, before: Any, after: Any, by: Actor) -> None:
    """One entry of the history; further saves of the same person and part within a sitting become one with it."""
    now = timezone.now()
    user = by.user.pk if by.user is not None else None
    last = DraftEdit.objects.filter(draft=draft, part=part).order_by("-id").first()
    if (
        last is not None
        and kind == EditKind.WRITTEN
        and (last.kind, last.by_id, last.by_name) == (kind, user, by.name[:120])
        and now - last.ended_at < ONE_SITTING
    ):
        last.after, last.ended_at = after, now
        last.save(update_fields=["after", "ended_at"])
        return
    DraftEdit.objects.create(
        draft=draft,
        part=part,
        kind=kind,
        before=before,
        after=after,
        by_id=user,
        by_name=by.name[:120],
        started_at=now,
        ended_at=now,
    )
    record(
        by=by,
        action=f"editor.{kind.name.lower()}_part",
        target=draft,
        before={"part": part, "value": before},
        after={"part": part, "value": after},
    )


def settle(draft: Draft) -> None:
    """An empty draft is nobody's work."""
    if draft.keeper_id is not None and not draft.parts.filter(value__isnull=False).exists():
        draft.keeper_id = None
        draft.save(update_fields=["keeper"])


@transaction.atomic
def set_aside(*, service: Service, part: str, value: Any, by: Actor) -> None:
    """A writer takes the other's wording: the own one stays in the history."""
    draft = _draft(service, by)
    note(draft, part, EditKind.SET_ASIDE, before=None, after=value, by=by)


@transaction.atomic
def discard_draft(*, service: Service, by: Actor, part: str = "") -> int:
    """Throw away the draft wording of one part, or of all; it can be brought back. Returns how many parts."""
    locked(service)
    rows = (
        DraftPart.objects.select_for_update(of=("self",))
        .select_related("draft")
        .filter(draft__service=service, value__isnull=False)
    )
    found = list(rows.filter(part=part) if part else rows)
    for row in found:
        before = row.value
        row.discarded, row.value = row.value, None
        write(row, by)
        note(row.draft, row.part, EditKind.DISCARDED, before=before, after=None, by=by)
    if found:
        settle(found[0].draft)
    return len(found)


@transaction.atomic
def restore_draft(*, service: Service, by: Actor) -> int:
    """Bring back what was thrown away, where nothing new was written since. Returns how many parts."""
    if locked(service) is None:
        return 0
    rows = (
        DraftPart.objects.select_for_update(of=("self",))
        .select_related("draft")
        .filter(draft__service=service, value__isnull=True, discarded__isnull=False)
    )
    found = list(rows)
    if found:
        _draft(service, by)
    for row in found:
        row.value, row.discarded = row.discarded, None
        write(row, by)
        note(row.draft, row.part, EditKind.RESTORED, before=None, after=row.value, by=by)
    return len(found)


@transaction.atomic
def take_over_draft(*, service: Service, by: Actor) -> bool:
    """The person carries the draft from now on; False when there is none."""
    draft = Draft.objects.select_for_update().filter(service=service).first()
    if draft is None:
        return False
    before = {"keeper": draft.keeper_id}
    draft.keeper_id = by.user.pk if by.user is not None else None
    draft.save(update_fields=["keeper"])
    record(
        by=by,
        action="editor.take_over_draft",
        target=draft,
        before=before,
        after={"keeper": draft.keeper_id},
    )
    return True


@transaction.atomic
def hand_over_drafts(from_user_id: int, to_user_id: int, agency_id: int | None, by: Actor) -> int:
    """A leaver's drafts at an agency (None: all of them) go to another person."""
    rows = Draft.objects.select_for_update(of=("self",)).filter(keeper_id=from_user_id)
    if agency_id is not None:
        rows = rows.filter(service__owner_id=agency_id)
    found = list(rows)
    for draft in found:
        draft.keeper_id = to_user_id
        draft.save(update_fields=["keeper"])
        record(
            by=by,
            action="editor.hand_over_draft",
            target=draft,
            before={"keeper": from_user_id},
            after={"keeper": to_user_id},
        )
    return len(found)
