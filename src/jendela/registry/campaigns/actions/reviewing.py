"""Kominfo looks at what was sent: approves, returns with notes, answers questions."""

from collections.abc import Mapping

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from jendela.common.audit import Actor, record
from jendela.common.dates import today
from jendela.common.jobs import enqueue
from jendela.registry.campaigns.actions.naming import write_named
from jendela.registry.campaigns.actions.sending import lengthen_links
from jendela.registry.campaigns.choices import BundleState, ItemState, RoundState
from jendela.registry.campaigns.days import shifted
from jendela.registry.campaigns.models import Bundle, Item, ItemVersion, Message
from jendela.registry.campaigns.rules import RETURN_DAYS, rule


class NothingToReviewError(Exception):
    """No part of the bundle waits for a decision."""


class NoReasonError(Exception):
    """What is returned needs a note, so that its holder knows what to do."""


@transaction.atomic
def decide(*, bundle: Bundle, returned: Mapping[int, str], by: Actor) -> Bundle:
    """Decide on all items that were sent: those named (key of item -> note) go back, the others are approved. With
    the last one approved, applications that its answers name become concepts. Raises
    NothingToReviewError, NoReasonError."""
    row = Bundle.objects.select_for_update(of=("self",)).select_related("round", "agency").get(pk=bundle.pk)
    items = list(row.items.select_for_update(of=("self",)).filter(state=ItemState.SUBMITTED))
    if row.state != BundleState.SUBMITTED or row.round.state != RoundState.OPEN:
        raise NothingToReviewError
    if any(not note.strip() for note in returned.values()):
        raise NoReasonError
    now = timezone.now()
    for one in items:
        back = one.pk in returned
        one.state = ItemState.RETURNED if back else ItemState.APPROVED
        one.decision_note = returned.get(one.pk, "").strip()[:500]
        one.decided_at, one.decided_by = now, by.name[:120]
    Item.objects.bulk_update(items, ["state", "decision_note", "decided_at", "decided_by"])
    _note_versions(items)
    back_items = [one for one in items if one.state == ItemState.RETURNED]
    row.state = BundleState.RETURNED if back_items else BundleState.APPROVED
    row.approved_at = None if back_items else now
    if back_items:
        _begin_again(row)
    row.save(update_fields=["state", "approved_at", "due_on", "turn", "silent_since"])
    if back_items:
        notes = {str(one.application_id): one.decision_note for one in back_items}
        after = {"items": notes, "due_on": row.deadline.isoformat()}
        record(by=by, action="campaigns.return", target=row, after=after)
        enqueue("registry_campaigns.tell_returned", bundle_id=row.pk)
    else:
        said = {"items": [one.pk for one in items], "named": write_named(bundle=row, by=by)}
        record(by=by, action="campaigns.approve", target=row, after=said)
    return row


def _begin_again(row: Bundle) -> None:
    """Who gets it back has working days of his own, and the ladder of reminders begins anew."""
    row.due_on = shifted(today(), rule(RETURN_DAYS, today()))
    row.turn += 1
    row.silent_since = None
    lengthen_links(Q(bundle=row), row.deadline)


def _note_versions(items: list[Item]) -> None:
    numbers = {one.pk: one for one in items}
    rows = [
        one
        for one in ItemVersion.objects.filter(item__in=list(numbers))
        if one.number == numbers[one.item_id].version
    ]
    for one in rows:
        item = numbers[one.item_id]
        one.decision, one.note = item.state, item.decision_note
        one.decided_by, one.decided_at = item.decided_by, item.decided_at
    ItemVersion.objects.bulk_update(rows, ["decision", "note", "decided_by", "decided_at"])


@transaction.atomic
def answer_question(*, bundle: Bundle, text: str, by: Actor) -> Message:
    """Kominfo's answer; all open questions of the bundle count as answered, and the holder hears of it."""
    made = Message.objects.create(
        bundle=bundle, text=text.strip()[:2000], author=by.name[:120], from_kominfo=True
    )
    bundle.messages.filter(from_kominfo=False, answered_at__isnull=True).update(answered_at=timezone.now())
    record(by=by, action="campaigns.answer_question", target=bundle, after={"message": made.pk})
    enqueue("registry_campaigns.tell_answered", message_id=made.pk)
    return made
