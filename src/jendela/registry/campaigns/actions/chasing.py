"""Reminders: planned once a day, bundled for each recipient, with a guard against floods; calls noted; silence made a
finding."""

import datetime
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from jendela.common.audit import SYSTEM, Actor, record, record_many
from jendela.common.dates import today
from jendela.common.encryption import lookup_hash
from jendela.common.jobs import enqueue
from jendela.registry.campaigns import ladder
from jendela.registry.campaigns.actions.answering import AlreadyHeldError, hand_over
from jendela.registry.campaigns.choices import Channel, MessageState, Recipient
from jendela.registry.campaigns.days import is_working_day
from jendela.registry.campaigns.models import Bundle, Reminder, Round
from jendela.registry.campaigns.rules import FLOOD, rule


@dataclass
class Run:
    """What a run of a day did."""

    messages: int = 0  # letters, each for one recipient
    reminders: int = 0  # bundles reminded of
    held: int = 0  # recipients who would get their first message, too many to send unasked
    moved: int = 0  # bundles of people who left
    nobody: list[Bundle] = field(default_factory=list)  # nobody holds the role of the step


@transaction.atomic
def remind(*, by: Actor = SYSTEM, many: bool = False) -> Run:
    """Send what is due today. Nothing on a day that is no working day. `many`: Kominfo saw how many new recipients
    there are. A second run on the same day sends nothing again."""
    day, run = today(), Run()
    if not is_working_day(day):
        return run
    bundles = ladder.unanswered()
    people = ladder.people_of(bundles)
    moved = _move_left(bundles, people, by)
    run.moved = len(moved)
    found = [one for one in ladder.due(day, bundles, people) if one.bundle.pk not in moved]
    letters = _letters(found, day, by)
    known = set(Reminder.objects.filter(to_hash__in=list(letters)).values_list("to_hash", flat=True))
    new = [to for to in letters if to and to not in known]
    if len(new) > rule(FLOOD, day) and not many:
        run.held = len(new)
        letters = {to: rows for to, rows in letters.items() if to not in new}
    _hold(bundles, run.held)
    busy = set(Reminder.objects.filter(to_hash__in=list(letters), day=day).values_list("to_hash", flat=True))
    for to, rows in letters.items():
        if to and to in busy:
            continue  # never twice a day to one person: tomorrow
        Reminder.objects.bulk_create(rows)
        if not to:
            run.nobody += [one.bundle for one in rows]
            continue
        run.messages, run.reminders = run.messages + 1, run.reminders + len(rows)
        enqueue("registry_campaigns.send_reminders", reminder_ids=[one.pk for one in rows])
    for row in {one.bundle.round_id: one.bundle.round for one in found}.values():
        after = {"messages": run.messages, "bundles": run.reminders, "held": run.held}
        record(by=by, action="campaigns.remind", target=row, after=after)
    mark_silent(bundles=bundles, by=by)
    return run


def _letters(found: Sequence[ladder.Due], day: datetime.date, by: Actor) -> dict[str, list[Reminder]]:
    """Reminders by the hash of the address they go to; '' for those that reach nobody."""
    letters: dict[str, list[Reminder]] = defaultdict(list)
    now = timezone.now()
    for one in found:
        if one.is_person:
            email, phone, name = one.bundle.email, one.bundle.phone, one.bundle.name
        else:
            email, phone = (one.user.email or "", one.user.phone or "") if one.user else ("", "")
            name = one.user.name if one.user else ""
        to = lookup_hash(email or phone)
        letters[to].append(
            Reminder(
                bundle=one.bundle,
                step=one.step,
                turn=one.bundle.turn,
                recipient=one.step.recipient,
                user=one.user,
                name=name[:120],
                to_hash=to,
                channel=Channel.EMAIL if email or not phone else Channel.PHONE,
                state=MessageState.WAITING if to else MessageState.NO_ADDRESS,
                day=day,
                at=now,
                by=by.name[:120],
            )
        )
    return letters


def _move_left(bundles: Sequence[Bundle], people: ladder.People, by: Actor) -> set[int]:
    """Bundles of people who work there no more go to the next in line, with a letter; their keys."""
    moved = set()
    for bundle in bundles:
        if not people.has_left(bundle):
            continue
        user = ladder.successor_of(bundle, people)
        if user is None:
            continue
        try:
            hand_over(
                bundle=bundle,
                name=user.name or user.email or "",
                email=user.email or "",
                phone=user.phone or "",
                holder=user,
                by=by,
                reason="Pengisi sebelumnya tidak lagi bekerja di instansi ini.",
            )
        except AlreadyHeldError:
            continue
        moved.add(bundle.pk)
    return moved


def _hold(bundles: Sequence[Bundle], held: int) -> None:
    rounds = {one.round_id for one in bundles}
    Round.objects.filter(pk__in=rounds).exclude(held=held).update(held=held)


@transaction.atomic
def note_call(*, bundle: Bundle, note: str, by: Actor) -> Reminder:
    """'Sudah ditelepon': reminders pause for some working days."""
    made = Reminder.objects.create(
        bundle=bundle,
        recipient=Recipient.PERSON,
        name=bundle.name,
        channel=Channel.CALL,
        state=MessageState.NOTED,
        day=today(),
        at=timezone.now(),
        note=note.strip()[:300],
        by=by.name[:120],
    )
    record(by=by, action="campaigns.note_call", target=bundle, after={"note": made.note})
    return made


@transaction.atomic
def mark_silent(*, bundles: Sequence[Bundle], by: Actor) -> int:
    """No answer after the last step: a finding with a date. How many are new."""
    found = ladder.silent(today(), bundles)
    for bundle, since in found:
        bundle.silent_since = since
    Bundle.objects.bulk_update([one for one, _since in found], ["silent_since"])
    record_many(
        by=by,
        action="campaigns.mark_silent",
        changes=[(one, None, {"silent_since": since.isoformat()}) for one, since in found],
    )
    return len(found)
