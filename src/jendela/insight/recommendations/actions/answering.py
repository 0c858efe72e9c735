"""Advice given, answered, followed up, left or taken back."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from jendela.common import content
from jendela.common.audit import Actor, record, record_many
from jendela.common.dates import months_after, today
from jendela.common.jobs import enqueue
from jendela.common.workdays.counting import add_working_days
from jendela.insight.recommendations.actions.finding import find_batch
from jendela.insight.recommendations.choices import OPEN, RUNNING, Action, AnswerKind, NoteKind, State
from jendela.insight.recommendations.models import Answer, Letter, Note, Recommendation
from jendela.insight.recommendations.thresholds import thresholds
from jendela.people.agencies.models import Agency
from jendela.registry.applications.actions import Provenance, add_approval
from jendela.registry.applications.choices import ApprovalStep
from jendela.registry.applications.models import Application

REMIND_BEFORE = 2  # working days before the last day
REMIND_EVERY = 3  # days between two reminders of one agency


class TooManyError(Exception):
    """More than the flood guard lets out in one act; holds how many and the limit."""

    def __init__(self, number: int, limit: int) -> None:
        super().__init__(f"{number} > {limit}")
        self.number, self.limit = number, limit


class ChangedError(Exception):
    """Somebody else was faster: the recommendation is no longer in the state the act needs."""


@transaction.atomic
def give(*, recommendations: Iterable[int], by: Actor, sure: bool = False) -> list[Letter]:
    """Give findings to their agencies: one letter an agency, a deadline in working days, a message to its head. Raises
    TooManyError beyond the flood guard unless `sure`, ChangedError when one is no longer a finding."""
    keys, day, now = set(recommendations), today(), timezone.now()
    limit = thresholds(day)["banjir"].value
    if len(keys) > limit and not sure:
        raise TooManyError(len(keys), limit)
    rows = list(
        Recommendation.objects.select_for_update(of=("self",))
        .filter(pk__in=keys, state=State.FOUND)
        .select_related("agency")
        .order_by("agency", "-weight", "pk")
    )
    if not rows or len(rows) != len(keys):
        raise ChangedError
    due = add_working_days(day, thresholds(day)["jawab"].value)
    for row in rows:
        row.state, row.given_at, row.due_on = State.GIVEN, now, due
    Recommendation.objects.bulk_update(rows, ["state", "given_at", "due_on"])
    content.changed()
    _note(rows, NoteKind.GIVEN, "", by)
    record_many(
        by=by,
        action="recommendations.give",
        changes=[(one, None, {"due_on": due.isoformat()}) for one in rows],
    )
    return [_letter(agency, rows, due, by) for agency in dict.fromkeys(row.agency for row in rows)]


def _letter(agency: Agency, rows: Sequence[Recommendation], due: datetime.date, by: Actor) -> Letter:
    own = [row for row in rows if row.agency_id == agency.pk]
    letter = Letter.objects.create(agency=agency, made_by=by.name[:120], made_at=timezone.now(), due_on=due)
    letter.recommendations.set(own)
    enqueue("insight_recommendations.tell", letter_id=letter.pk)
    return letter


@transaction.atomic
def answer(
    *,
    recommendation: Recommendation,
    kind: str,
    text: str,
    planned_on: datetime.date | None,
    name: str,
    by: Actor,
) -> Answer:
    """The head answers; a later answer replaces the state, and both stay. Raises ChangedError when it is not running,
    ValueError when an accept has no date."""
    row = _locked(recommendation, RUNNING)
    if kind == AnswerKind.ACCEPT and planned_on is None:
        raise ValueError("an accept names a date")
    if by.user is None:
        raise ValueError("a person answers")
    now = timezone.now()
    made = Answer.objects.create(
        recommendation=row,
        kind=kind,
        text=text,
        planned_on=planned_on,
        by_id=by.user.pk,
        name=name[:120],
        at=now,
    )
    row.state = {
        AnswerKind.ACCEPT: State.ACCEPTED, AnswerKind.PARTLY: State.PARTLY, AnswerKind.NO: State.DECLINED,
    }[AnswerKind(kind)]  # fmt: skip
    row.answered_at, row.planned_on = now, planned_on
    if row.state == State.DECLINED:
        row.review_on = months_after(today(), thresholds(today())["tinjau_lagi"].value)
        row.closed_at, row.closed_why = now, text[:500]
    row.save(update_fields=["state", "answered_at", "planned_on", "review_on", "closed_at", "closed_why"])
    content.changed()
    _note([row], NoteKind.ANSWERED, f"{AnswerKind(kind).label}: {text}", by)
    record(
        by=by,
        action="recommendations.answer",
        target=row,
        after={"kind": kind, "planned_on": str(planned_on or "")},
    )
    return made


@transaction.atomic
def retire(
    *,
    recommendation: Recommendation,
    decision: Mapping[str, Any],
    replacement: Application | None,
    no_replacement: str,
    name: str,
    by: Actor,
) -> None:
    """The head answers with the decision itself (`decision`: date, number, decided_by, reason): it stands in the
    record, the application is retired, and what its changed facts finish is done. Raises ChangedError (also when the
    application belongs to another agency by now), NoReplacementError."""
    rows = Application.objects.select_for_update(of=("self",)).select_related("owner")
    row = rows.get(pk=recommendation.application_id)
    current = _locked(recommendation, RUNNING)
    if current.action != Action.RETIRE or current.agency_id != row.owner_id:
        raise ChangedError
    answer(
        recommendation=recommendation, kind=AnswerKind.ACCEPT, text=decision["reason"],
        planned_on=decision["date"], name=name, by=by,
    )  # fmt: skip
    add_approval(
        application=row,
        values={"step": ApprovalStep.RETIRE, "positive": True, "document_url": "", **decision},
        by=by,
        provenance=Provenance(row.owner.name, decision["number"]),
        replacement=replacement,
        no_replacement=no_replacement,
    )
    find_batch(keys=[row.pk], by=by)


@transaction.atomic
def remind(*, by: Actor) -> int:
    """One message an agency about what its head has to answer within REMIND_BEFORE working days, or is late with; at
    most once in REMIND_EVERY days. Returns how many agencies are told."""
    day = today()
    rows = Recommendation.objects.select_for_update(of=("self",)).filter(
        state=State.GIVEN, due_on__lte=add_working_days(day, REMIND_BEFORE)
    )
    rows = rows.exclude(reminded_on__gt=day - datetime.timedelta(days=REMIND_EVERY))
    due: dict[int, list[Recommendation]] = {}
    for row in rows.order_by("agency", "pk"):
        row.reminded_on = day
        due.setdefault(row.agency_id, []).append(row)
    told = [row for own in due.values() for row in own]
    if not told:
        return 0
    Recommendation.objects.bulk_update(told, ["reminded_on"])
    _note(told, NoteKind.REMINDED, "", by)
    for agency_id, own in due.items():
        first = min(row.due_on for row in own if row.due_on)
        enqueue(
            "insight_recommendations.tell_late",
            agency_id=agency_id,
            number=len(own),
            due_on=first.isoformat(),
        )
    record_many(
        by=by,
        action="recommendations.remind",
        changes=[(one, None, {"due_on": str(one.due_on)}) for one in told],
    )
    return len(due)


@transaction.atomic
def follow_up(*, recommendation: Recommendation, text: str, done: bool, by: Actor) -> None:
    """A note of Kominfo; with `done` it is finished and its effect is looked at after six months."""
    row = _locked(recommendation, (*RUNNING, State.DONE))
    _note([row], NoteKind.FOLLOWED, text, by)
    if done and row.state != State.DONE:
        row.state, row.closed_at, row.closed_why = State.DONE, timezone.now(), text[:500]
        row.measure_on = months_after(today(), thresholds(today())["ukur_lagi"].value)
    elif row.measure_on is not None and row.measure_on <= today():
        row.measure_on = _second_look(row)
    row.save(update_fields=["state", "closed_at", "closed_why", "measure_on"])
    content.changed()
    record(by=by, action="recommendations.follow_up", target=row, after={"done": done, "text": text[:300]})


def _second_look(row: Recommendation) -> datetime.date | None:
    """After the first look comes one more, twice as long after it was done; then none."""
    months = 2 * thresholds(today())["ukur_lagi"].value
    last = months_after(timezone.localdate(row.closed_at), months) if row.closed_at else today()
    return last if last > today() else None


@transaction.atomic
def keep(*, recommendation: Recommendation, reason: str, review_on: datetime.date, by: Actor) -> None:
    """Leave it as it is, with a reason, until a day: it is not asked again before."""
    row = _locked(recommendation, OPEN)
    row.state, row.closed_at, row.closed_why, row.review_on = (
        State.KEPT,
        timezone.now(),
        reason[:500],
        review_on,
    )
    row.save(update_fields=["state", "closed_at", "closed_why", "review_on"])
    content.changed()
    _note([row], NoteKind.CLOSED, reason, by)
    record(
        by=by,
        action="recommendations.keep",
        target=row,
        after={"reason": reason, "review_on": str(review_on)},
    )


@transaction.atomic
def withdraw(*, recommendation: Recommendation, reason: str, by: Actor) -> None:
    """Kominfo takes it back, with a reason the agency reads."""
    row = _locked(recommendation, RUNNING)
    row.state, row.closed_at, row.closed_why = State.WITHDRAWN, timezone.now(), reason[:500]
    row.review_on = months_after(today(), thresholds(today())["tinjau_lagi"].value)
    row.save(update_fields=["state", "closed_at", "closed_why", "review_on"])
    content.changed()
    _note([row], NoteKind.CLOSED, reason, by)
    record(by=by, action="recommendations.withdraw", target=row, after={"reason": reason})


def _locked(given: Recommendation, states: Iterable[str]) -> Recommendation:
    rows: QuerySet[Recommendation] = Recommendation.objects.select_for_update(of=("self",))
    row = rows.select_related("application__owner", "agency").get(pk=given.pk)
    if row.state not in set(states):
        raise ChangedError
    return row


def _note(rows: Sequence[Recommendation], kind: NoteKind, text: str, by: Actor) -> None:
    now = timezone.now()
    Note.objects.bulk_create(
        Note(recommendation=one, kind=kind, text=text, by=by.name[:120], at=now) for one in rows
    )
