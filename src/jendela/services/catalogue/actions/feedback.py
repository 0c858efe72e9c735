"""What readers say of a page, and what is answered."""

import re

from django.db import transaction
from django.utils import timezone

from jendela.common.audit import Actor, record
from jendela.services.catalogue.choices import FeedbackState
from jendela.services.catalogue.models import Feedback, Service

_PAGE_OF_SERVICE = re.compile(r"^(?:/en)?/layanan/([a-z0-9-]+)/")
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
