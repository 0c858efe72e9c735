"""Rounds: made, changed, extended, closed; bundles withdrawn."""

import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.text import slugify

from jendela.common.audit import Actor, record, snapshot
from jendela.common.dates import today
from jendela.registry.campaigns.actions.sending import lengthen_links
from jendela.registry.campaigns.choices import BundleState, ItemState, RoundState
from jendela.registry.campaigns.ladder import UNANSWERED
from jendela.registry.campaigns.models import Bundle, PersonalLink, QuestionSet, Round
from jendela.registry.campaigns.targets import Filters


class BadDeadlineError(Exception):
    """The deadline lies in the past, or the second before the first."""


class NotADraftError(Exception):
    """It was sent: its targets and questions stay."""


class NotOpenError(Exception):
    """The round is not running."""


@transaction.atomic
def make_round(
    *,
    title: str,
    question_set: QuestionSet,
    filters: Filters,
    role: str,
    due_on: datetime.date,
    approval_due_on: datetime.date,
    attest_months: int,
    statement: str,
    by: Actor,
    text: str = "",
    simulated: bool = False,
) -> Round:
    """A draft; nobody hears of it. Raises BadDeadlineError."""
    _check(due_on, approval_due_on)
    row = Round.objects.create(
        slug=_free_slug(title),
        title=title,
        question_set=question_set,
        filters=filters.as_json(),
        role=role,
        due_on=due_on,
        approval_due_on=approval_due_on,
        attest_months=attest_months,
        statement=statement,
        text=text,
        simulated=simulated,
        made_by=by.name[:120],
    )
    record(by=by, action="campaigns.make_round", target=row, after=snapshot(row))
    return row


@transaction.atomic
def change_round(*, round_: Round, values: dict[str, Any], by: Actor) -> Round:
    """Change a draft. Raises NotADraftError, BadDeadlineError."""
    row = Round.objects.select_for_update().get(pk=round_.pk)
    if row.state != RoundState.DRAFT:
        raise NotADraftError
    before = snapshot(row)
    for name, value in values.items():
        setattr(row, name, value.as_json() if isinstance(value, Filters) else value)
    _check(row.due_on, row.approval_due_on)
    row.save(update_fields=list(values))
    record(by=by, action="campaigns.change_round", target=row, before=before, after=snapshot(row))
    return row


@transaction.atomic
def drop_round(*, round_: Round, by: Actor) -> None:
    """Throw a draft away. Raises NotADraftError."""
    row = Round.objects.select_for_update().get(pk=round_.pk)
    if row.state != RoundState.DRAFT:
        raise NotADraftError
    record(by=by, action="campaigns.drop_round", target=row, before=snapshot(row))
    row.delete()


@transaction.atomic
def extend_round(*, round_: Round, due_on: datetime.date, approval_due_on: datetime.date, by: Actor) -> Round:
    """Later deadlines for an open round: links live longer with it, reminders of what has no answer begin anew and
    count from them, and so does silence. Raises NotOpenError, BadDeadlineError."""
    row = Round.objects.select_for_update().get(pk=round_.pk)
    if row.state != RoundState.OPEN:
        raise NotOpenError
    _check(due_on, approval_due_on)
    if due_on < row.due_on:
        raise BadDeadlineError
    before = {"due_on": row.due_on.isoformat(), "approval_due_on": row.approval_due_on.isoformat()}
    row.due_on, row.approval_due_on, row.told_due_on = due_on, approval_due_on, None
    row.save(update_fields=["due_on", "approval_due_on", "told_due_on"])
    lengthen_links(Q(bundle__round=row), due_on)
    if due_on > datetime.date.fromisoformat(before["due_on"]):
        earlier = Q(due_on__isnull=True) | Q(due_on__lt=due_on)  # what came back may have more time already
        waiting = row.bundles.filter(earlier, state__in=UNANSWERED)
        waiting.update(turn=F("turn") + 1, silent_since=None)
    after = {"due_on": due_on.isoformat(), "approval_due_on": approval_due_on.isoformat()}
    record(by=by, action="campaigns.extend_round", target=row, before=before, after=after)
    return row


@transaction.atomic
def close_round(*, round_: Round, by: Actor) -> Round:
    """Nobody can answer any more; what was saved and not sent stays to be read. Raises NotOpenError."""
    row = Round.objects.select_for_update().get(pk=round_.pk)
    if row.state != RoundState.OPEN:
        raise NotOpenError
    row.state, row.closed_at = RoundState.CLOSED, timezone.now()
    row.save(update_fields=["state", "closed_at"])
    PersonalLink.objects.filter(bundle__round=row, revoked_at__isnull=True).update(
        revoked_at=row.closed_at, revoked_why="closed"
    )
    record(by=by, action="campaigns.close_round", target=row)
    return row


@transaction.atomic
def withdraw_bundle(*, bundle: Bundle, by: Actor, reason: str = "") -> None:
    """One request is taken back; its items may be asked again by another round."""
    row = Bundle.objects.select_for_update(of=("self",)).get(pk=bundle.pk)
    if row.state == BundleState.WITHDRAWN:
        return
    row.state = BundleState.WITHDRAWN
    row.save(update_fields=["state"])
    row.items.exclude(state=ItemState.APPROVED).update(state=ItemState.WITHDRAWN)
    row.links.filter(revoked_at__isnull=True).update(revoked_at=timezone.now(), revoked_why="withdrawn")
    record(by=by, action="campaigns.withdraw_bundle", target=row, after={"reason": reason})


def _check(due_on: datetime.date, approval_due_on: datetime.date) -> None:
    if due_on < today() or approval_due_on < due_on:
        raise BadDeadlineError


def _free_slug(title: str) -> str:
    base = slugify(title)[:70] or "pemutakhiran"
    taken = set(Round.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    slug, number = base, 1
    while slug in taken or slug in {"baru", "instansi", "pengecualian", "pertanyaan"}:
        number += 1
        slug = f"{base}-{number}"
    return slug
