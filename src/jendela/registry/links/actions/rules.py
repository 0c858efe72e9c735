"""Exemptions of applications that need no link, and rules of the right source."""

import datetime

from django.db import transaction
from django.utils import timezone

from jendela.common.audit import Actor, record, snapshot
from jendela.common.dates import today
from jendela.registry.applications.models import Application
from jendela.registry.datasets.models import StandardElement
from jendela.registry.links.events import tell
from jendela.registry.links.models import SourceRule, StandAlone


@transaction.atomic
def set_stand_alone(
    *, application: Application, reason: str, review_on: datetime.date, by: Actor
) -> StandAlone:
    """It needs no link, with the reason, until the day on which that is looked at again. Raises ValueError without a
    reason or with a day that is not ahead."""
    if not reason.strip() or review_on <= today():
        raise ValueError("an exemption has a reason and a day ahead")
    row = StandAlone.objects.select_for_update().filter(application=application).first()
    before = snapshot(row) if row else None
    row = row or StandAlone(application=application)
    row.reason, row.review_on = reason.strip()[:300], review_on
    row.by, row.at = by.name[:200], timezone.now()
    row.save()
    record(by=by, action="links.set_stand_alone", target=application, before=before, after=snapshot(row))
    tell([application.pk], by=by)
    return row


@transaction.atomic
def end_stand_alone(*, application: Application, by: Actor) -> None:
    """It counts as isolated again; a second call changes nothing."""
    row = StandAlone.objects.select_for_update().filter(application=application).first()
    if row is None:
        return
    before = snapshot(row)
    row.delete()
    record(by=by, action="links.end_stand_alone", target=application, before=before)
    tell([application.pk], by=by)


@transaction.atomic
def put_rule(
    *,
    words: str,
    application: Application,
    valid_from: datetime.date,
    citation: str,
    by: Actor,
    element: StandardElement | None = None,
    topic: str = "",
    rule: SourceRule | None = None,
) -> SourceRule:
    """A new rule, or another wording of one. Raises ValueError for a rule of neither element nor topic, or of both."""
    if bool(element) == bool(topic):
        raise ValueError("a rule is of an element or of a topic")
    row = rule or SourceRule()
    before = snapshot(row) if rule else None
    row.words, row.application, row.valid_from = words.strip()[:200], application, valid_from
    row.element, row.topic, row.citation = element, topic.strip()[:30], citation.strip()[:300]
    row.save()
    record(by=by, action="links.put_rule", target=row, before=before, after=snapshot(row))
    return row


@transaction.atomic
def end_rule(*, rule: SourceRule, by: Actor) -> None:
    """The rule holds through yesterday; what it judged before stays judged. One that began today is deleted, since it
    never held a whole day."""
    row = SourceRule.objects.select_for_update().get(pk=rule.pk)
    before = snapshot(row)
    yesterday = today() - datetime.timedelta(days=1)
    if row.valid_from > yesterday:
        key = row.pk
        row.delete()
        record(by=by, action="links.end_rule", target=("registry_links.sourcerule", str(key)), before=before)
        return
    row.valid_to = yesterday
    row.save(update_fields=["valid_to"])
    record(by=by, action="links.end_rule", target=row, before=before, after=snapshot(row))
