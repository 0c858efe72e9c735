"""Requests go out: bundles, items and personal links are made in one transaction, messages are queued in it."""

import datetime
import hashlib
import secrets
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from jendela.common.audit import Actor, record, record_many
from jendela.common.dates import today
from jendela.common.encryption import lookup_hash
from jendela.common.jobs import enqueue
from jendela.registry.campaigns.choices import Channel, MessageState, Recipient, RoundState
from jendela.registry.campaigns.models import Bundle, Item, PersonalLink, QuestionSet, Reminder, Round
from jendela.registry.campaigns.rules import FLOOD, rule
from jendela.registry.campaigns.targets import Filters, Plan, plan

DAYS_AFTER_DEADLINE = 60  # a personal link lives so long after the deadline, for what comes late or back


class NotADraftError(Exception):
    """The round was sent before."""


class NobodyError(Exception):
    """Nobody would get anything."""


class NoQuestionError(Exception):
    """The set of questions is empty."""


class FloodError(Exception):
    """More new recipients than the guard lets through unasked."""

    def __init__(self, recipients: int, limit: int) -> None:
        super().__init__(f"{recipients} recipients, {limit} at most without being asked")
        self.recipients, self.limit = recipients, limit


class DeadlineOverError(Exception):
    """The deadline lies before today."""


def digest_of(token: str) -> str:
    return hashlib.blake2b(token.encode(), digest_size=32, person=b"jendela-round").hexdigest()


@transaction.atomic
def send_round(*, round_: Round, by: Actor, many: bool = False) -> Plan:
    """Ask everyone: what the plan of this moment says. `many`: the sender saw how many they are. Raises NotADraftError,
    NobodyError, FloodError, DeadlineOverError, NoQuestionError."""
    row = Round.objects.select_for_update().get(pk=round_.pk)
    if row.state != RoundState.DRAFT:
        raise NotADraftError
    asked = QuestionSet.objects.select_for_update().get(pk=row.question_set_id)  # nobody changes it meanwhile
    if not asked.questions.exists():
        raise NoQuestionError
    if row.due_on < today():
        raise DeadlineOverError
    planned = plan(Filters.of(row.filters), row.role, but=row.pk)
    if not planned.bundles:
        raise NobodyError
    limit = rule(FLOOD, today())
    if planned.recipients > limit and not many:
        raise FloodError(planned.recipients, limit)
    bundles = _make_bundles(row, planned)
    row.state, row.sent_at = RoundState.OPEN, timezone.now()
    row.save(update_fields=["state", "sent_at"])
    round_.state, round_.sent_at = row.state, row.sent_at
    record(
        by=by,
        action="campaigns.send_round",
        target=row,
        after={"bundles": len(bundles), "items": planned.applications, "nobody": len(planned.nobody)},
    )
    _send(bundles)
    return planned


def rest_of(row: Round) -> Plan:
    """Who of the targets was not asked yet by an open round: agencies where somebody holds the role only now, and
    those where still nobody does."""
    asked = set(row.bundles.values_list("agency_id", flat=True))
    found = plan(Filters.of(row.filters), row.role, but=row.pk)
    return Plan(
        bundles=[one for one in found.bundles if one.agency.pk not in asked],
        nobody=[one for one in found.nobody if one[0].pk not in asked],
        busy=found.busy,
    )


@transaction.atomic
def send_rest(*, round_: Round, by: Actor) -> int:
    """Ask those of an open round who could not be asked before; how many bundles. Raises NotADraftError when it is
    not open, FloodError."""
    row = Round.objects.select_for_update().get(pk=round_.pk)
    if row.state != RoundState.OPEN:
        raise NotADraftError
    found = rest_of(row)
    limit = rule(FLOOD, today())
    if found.recipients > limit:
        raise FloodError(found.recipients, limit)
    bundles = _make_bundles(row, found)
    if bundles:
        after = {"bundles": len(bundles), "items": found.applications, "nobody": len(found.nobody)}
        record(by=by, action="campaigns.send_round", target=row, after=after)
        _send(bundles)
    return len(bundles)


def _make_bundles(row: Round, planned: Plan) -> list[Bundle]:
    bundles = [
        Bundle(
            round=row,
            agency=one.agency,
            holder=one.user,
            name=one.name[:120],
            email=one.user.email or "",
            email_hash=lookup_hash(one.user.email or ""),
            phone=one.user.phone or "",
        )
        for one in planned.bundles
    ]
    Bundle.objects.bulk_create(bundles)
    Item.objects.bulk_create(
        [
            Item(bundle=bundle, round=row, application=application)
            for bundle, one in zip(bundles, planned.bundles, strict=True)
            for application in one.applications
        ],
        batch_size=2000,
    )
    return bundles


@transaction.atomic
def send_request(*, bundle: Bundle, by: Actor) -> None:
    """The request again, with a new link: to a new holder, or because the letter did not arrive. A refusal of the one
    before counts no more."""
    if bundle.refused_at is not None:
        bundle.refused_at = None
        bundle.save(update_fields=["refused_at"])
    _send([bundle])
    link = bundle.links.latest("pk")
    record(by=by, action="campaigns.send_request", target=bundle, after={"link": link.pk})


def _send(bundles: Sequence[Bundle]) -> None:
    make_links(bundles)
    now, day = timezone.now(), today()
    letters = [
        Reminder(
            bundle=bundle,
            recipient=Recipient.PERSON,
            user_id=bundle.holder_id,
            name=bundle.name,
            to_hash=bundle.email_hash or lookup_hash(bundle.phone),
            channel=Channel.EMAIL if bundle.email else Channel.PHONE,
            state=MessageState.WAITING if bundle.email or bundle.phone else MessageState.NO_ADDRESS,
            day=day,
            at=now,
        )
        for bundle in bundles
    ]
    Reminder.objects.bulk_create(letters, batch_size=2000)
    for letter in letters:
        if letter.state == MessageState.WAITING:
            enqueue("registry_campaigns.send_message", reminder_id=letter.pk)


def make_links(bundles: Sequence[Bundle]) -> list[str]:
    """A personal link for each; the tokens."""
    tokens = [secrets.token_urlsafe(24) for _one in bundles]
    PersonalLink.objects.bulk_create(
        [
            PersonalLink(
                bundle=bundle, digest=digest_of(token), token=token, expires_at=expiry(bundle.deadline)
            )
            for bundle, token in zip(bundles, tokens, strict=True)
        ],
        batch_size=2000,
    )
    return tokens


def expiry(due_on: datetime.date) -> datetime.datetime:
    """Until when a personal link opens its bundle."""
    day = due_on + datetime.timedelta(days=DAYS_AFTER_DEADLINE)
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time(23, 59)))


def lengthen_links(bundles: Q, due_on: datetime.date) -> None:
    """Links of bundles live at least as long after this deadline."""
    until = expiry(due_on)
    rows = PersonalLink.objects.filter(bundles, revoked_at__isnull=True, expires_at__lt=until)
    rows.update(expires_at=until)


@transaction.atomic
def revoke_links(*, bundle: Bundle, why: str, by: Actor) -> int:
    """End all links of a bundle; how many there were."""
    ended = bundle.links.filter(revoked_at__isnull=True).update(
        revoked_at=timezone.now(), revoked_why=why[:200]
    )
    if ended:
        record(by=by, action="campaigns.revoke_links", target=bundle, after={"links": ended, "why": why})
    return ended


def note_sent(*, reminders: Sequence[Reminder], by: Actor, failure: str = "") -> None:
    """What became of messages, with the trail of those that nobody took."""
    now = timezone.now()
    for one in reminders:
        one.state = MessageState.REFUSED if failure else MessageState.SENT
        one.sent_at = None if failure else now
        one.failure = failure[:200]
    Reminder.objects.bulk_update(reminders, ["state", "sent_at", "failure"])
    if failure:
        record_many(
            by=by,
            action="campaigns.message_refused",
            changes=[(one, None, {"failure": failure}) for one in reminders],
        )
