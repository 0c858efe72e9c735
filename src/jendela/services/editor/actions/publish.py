"""The road of a draft to the public: publishing, discussing, decreeing, and the way back."""

import datetime
from collections.abc import Collection, Iterable
from typing import Any

from django.db import transaction

from jendela.common.audit import Actor, record, snapshot
from jendela.services.catalogue import actions as catalogue
from jendela.services.catalogue.models import Publication, Service, Standard
from jendela.services.editor.actions.parts import locked, note, settle, write
from jendela.services.editor.choices import DraftState, EditKind
from jendela.services.editor.models import Draft
from jendela.services.editor.reads.draft import Workbench, workbench


class NothingToPublishError(Exception):
    """None of the chosen parts differs from what is public."""


class DraftChangedError(Exception):
    """The draft, or what is public, is another one than the person read."""


@transaction.atomic
def publish_draft(*, service: Service, parts: Collection[str], seen: str | None, by: Actor) -> Publication:
    """Make the chosen changed parts public, except those that need a decree. `seen` is the mark of what the person
    read (Workbench.seen), None when the part was written in the same step. Raises DraftChangedError,
    NothingToPublishError, and what the catalogue raises (PartIsWrong)."""
    Service.objects.select_for_update(of=("self",)).get(pk=service.pk)
    bench = workbench(service, lock=True)
    if seen is not None and bench.seen() != seen:
        raise DraftChangedError
    changes = {line.part.key: line.value for line in bench.publishable if line.part.key in parts}
    if not changes:
        raise NothingToPublishError
    publication = catalogue.publish_interim(
        service=service, changes=changes, by=by, agency_name=service.owner.name
    )
    if publication is None:
        raise NothingToPublishError
    _published(bench, changes, by)
    return publication


def _published(bench: Workbench, parts: Iterable[str], by: Actor) -> None:
    """The drafted wording of these parts has become public: the draft of them ends."""
    for part in parts:
        row = bench.lines[part].row
        if row is not None and row.value is not None:
            value = row.value
            row.value, row.discarded = None, None
            write(row, by)
            note(row.draft, part, EditKind.PUBLISHED, before=row.base, after=value, by=by)
    if bench.draft is not None:
        settle(bench.draft)


@transaction.atomic
def withdraw_publication(*, service: Service, publication: Publication, by: Actor, why: str = "") -> None:
    """Take the last publication back within a day; what was published becomes a draft again, where nothing newer was
    drafted. Raises CannotWithdraw."""
    catalogue.withdraw(publication=publication, by=by, why=why)
    draft = locked(service)
    if draft is None:
        return
    user = by.user.pk if by.user is not None else None
    for row in draft.parts.select_for_update().filter(part__in=publication.changes, value__isnull=True):
        row.base, row.value = publication.before.get(row.part), publication.changes[row.part]
        write(row, by)
        note(draft, row.part, EditKind.RESTORED, before=None, after=row.value, by=by)
        draft.keeper_id = draft.keeper_id or user
    draft.save(update_fields=["keeper"])


@transaction.atomic
def record_consultation(
    *, service: Service, consulted_on: datetime.date, minutes: str, participants: str, by: Actor
) -> Draft:
    """Keep the minutes of the public discussion of the draft as it is now."""
    user = by.user.pk if by.user is not None else None
    draft, _new = Draft.objects.select_for_update(of=("self",)).get_or_create(
        service=service,
        defaults={"keeper_id": user, "started_by_id": user, "agency_at_start_id": service.owner_id},
    )
    before = snapshot(draft)
    draft.state = DraftState.CONSULTED
    draft.consulted_text = workbench(service).text_mark()
    draft.consulted_on = consulted_on
    draft.consultation_note = minutes
    draft.consultation_participants = participants
    draft.save()
    record(by=by, action="editor.record_consultation", target=draft, before=before, after=snapshot(draft))
    return draft


@transaction.atomic
def decree_draft(
    *,
    service: Service,
    decree_number: str,
    decree_date: datetime.date | None,
    signed_by: str,
    valid_from: datetime.date | None,
    seen: str,
    by: Actor,
) -> Standard:
    """The SK makes the draft, as the person read it, the standard. Raises DraftChangedError, GateIsShut and
    PartIsWrong."""
    Service.objects.select_for_update(of=("self",)).get(pk=service.pk)
    bench = workbench(service, lock=True)
    if bench.seen() != seen:
        raise DraftChangedError
    content: dict[str, Any] = bench.content
    standard = catalogue.decree(
        service=service,
        content={part: value for part, value in content.items() if part != "complaint"},
        decree_number=decree_number,
        decree_date=decree_date,
        signed_by=signed_by,
        valid_from=valid_from,
        complaint_officer=content["complaint"]["officer"],
        complaint_channel=content["complaint"]["channel"],
        minutes=bench.minutes(),
        by=by,
        agency_name=service.owner.name,
    )
    _published(bench, [line.part.key for line in bench.changed], by)
    if bench.draft is not None:
        bench.draft.state = DraftState.WRITING  # the minutes now belong to the decreed version
        bench.draft.consulted_on = None
        bench.draft.consultation_note = bench.draft.consultation_participants = ""
        bench.draft.consulted_text = ""
        bench.draft.save()
    return standard
