"""What readers say of a page, and what is answered."""

import datetime
import re
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from jendela.common.audit import Actor, record
from jendela.people.access.personal import note_reading
from jendela.services.catalogue.choices import FeedbackState
from jendela.services.catalogue.models import Feedback, Service
from jendela.services.catalogue.reads.feedback import carried_feedback

_PAGE_OF_SERVICE = re.compile(r"^(?:/en)?/layanan/([a-z0-9-]+)/")
KEEP_CONTACT = datetime.timedelta(days=90)  # after it was marked as done; the page /privasi/ names both
KEEP_TEXT = datetime.timedelta(days=2 * 365)
_IDENTITY = re.compile(r"(?<!\d)\d(?:[ .-]?\d){15}(?!\d)")


@transaction.atomic
def record_feedback(*, page: str, topic: str, text: str, contact: str = "", by: Actor) -> Feedback:
    """Keep what a reader says of a page, with the service it is about. Identity numbers are masked; the audit row
    names neither the text nor the contact."""
    match = _PAGE_OF_SERVICE.match(page)
    row = Feedback.objects.create(
        service=Service.objects.filter(slug=match.group(1)).first() if match else None,
        page=page[:200],
        topic=topic,
        text=mask_identity(text),
        contact=mask_identity(contact),
    )
    after = {"page": row.page, "topic": row.topic, "service": row.service_id, "letters": len(row.text)}
    record(by=by, action="catalogue.record_feedback", target=row, after=after)
    return row


def mask_identity(text: str) -> str:
    """Numbers of 16 digits, also with spaces, dots or dashes between, as sixteen crosses."""
    return _IDENTITY.sub("x" * 16, text)


@transaction.atomic
def answer_feedback(*, number: int, state: FeedbackState, answer: str, by: Actor) -> bool:
    """Mark feedback as done with a short answer, or as new again; False when there is none of this number. What the
    reader wrote stays out of the audit trail, which is never deleted."""
    feedback = Feedback.objects.select_for_update().filter(pk=number).first()
    if feedback is None:
        return False
    before = {"state": feedback.state, "answer": feedback.answer}
    feedback.state = state
    feedback.answer = answer.strip() if state == FeedbackState.DONE else feedback.answer
    feedback.answered_at = timezone.now() if state == FeedbackState.DONE else None
    feedback.save(update_fields=["state", "answer", "answered_at"])
    after = {"state": feedback.state, "answer": feedback.answer}
    record(by=by, action="catalogue.answer_feedback", target=feedback, before=before, after=after)
    return True


@transaction.atomic
def read_contact(*, number: int, reason: str, by: Actor) -> str:
    """The whole contact that a reader left, with a row that says who saw it and why; '' when there is none any more.
    Whether `by` may see it is asked by the caller. Raises ValueError without a reason."""
    feedback = Feedback.objects.filter(pk=number).first()
    if feedback is None or not feedback.contact:
        return ""
    note_reading(by, feedback, ["contact"], mask_identity(reason))
    return str(feedback.contact)


@transaction.atomic
def assign_feedback(*, number: int, to: Any, by: Actor) -> bool:
    """Give feedback to a colleague (None: to nobody); False when there is none of this number. Whether the colleague
    may read it is asked by the caller."""
    feedback = Feedback.objects.select_for_update().filter(pk=number).first()
    if feedback is None:
        return False
    before = {"assigned_to": feedback.assigned_to_id}
    feedback.assigned_to = to
    feedback.save(update_fields=["assigned_to"])
    after = {"assigned_to": feedback.assigned_to_id}
    record(by=by, action="catalogue.assign_feedback", target=feedback, before=before, after=after)
    return True


@transaction.atomic
def hand_over_feedback(*, from_user: int, to_user: int, agency: int | None, by: Actor) -> int:
    """Give all open feedback that one person carries at an agency (None: of no agency) to another; how many."""
    rows = carried_feedback(from_user, agency).select_for_update(of=("self",)).order_by("pk")
    keys = list(rows.values_list("pk", flat=True))
    for row in Feedback.objects.filter(pk__in=keys):
        row.assigned_to_id = to_user
        row.save(update_fields=["assigned_to"])
        before, after = {"assigned_to": from_user}, {"assigned_to": to_user}
        record(by=by, action="catalogue.assign_feedback", target=row, before=before, after=after)
    return len(keys)


@transaction.atomic
def forget_feedback(*, by: Actor) -> tuple[int, int]:
    """Delete contacts 90 days after the feedback was marked as done, and contact and text of all that is two years
    old; the answer and the counts stay. Returns how many contacts and texts."""
    now = timezone.now()
    done = Q(state=FeedbackState.DONE, answered_at__lt=now - KEEP_CONTACT)
    old = Q(created_at__lt=now - KEEP_TEXT)
    contacts = Feedback.objects.filter(done | old).exclude(contact="").update(contact="")
    texts = Feedback.objects.filter(old).exclude(text="").update(text="")
    if contacts or texts:
        target = ("services_catalogue.feedback", "*")
        after = {"contacts": contacts, "texts": texts}
        record(by=by, action="catalogue.forget_feedback", target=target, after=after)
    return contacts, texts
