"""Messages of rounds, the daily reminders, seals that break, and what follows a merger."""

import datetime
import smtplib
import uuid
from collections.abc import Sequence

from django.conf import settings
from django.core.mail import send_mail
from django.db.models import Q, QuerySet
from django.utils import timezone, translation

from jendela.common.audit import SYSTEM
from jendela.common.dates import today
from jendela.common.encryption import lookup_hash
from jendela.common.jobs import PermanentError, TemporaryError, job
from jendela.notify.senders import phone_sender
from jendela.registry.campaigns import mails
from jendela.registry.campaigns.actions import calendar, chasing, moving, seal, sending
from jendela.registry.campaigns.choices import Channel, ItemState, MessageState, Recipient, RoundState
from jendela.registry.campaigns.ladder import UNANSWERED
from jendela.registry.campaigns.models import Attestation, Bundle, Item, Message, Reminder

ANSWERED = "Sudah dijawab sebelum pengingat dikirim."
GONE = "Sudah bukan pengisinya sebelum surat dikirim."


@job("registry_campaigns.send_message")
def send_message(reminder_id: int) -> None:
    """The request to one person, once; not for a round that was closed, nor a bundle that went to another."""
    row = _waiting([reminder_id]).first()
    if row is None or row.bundle.round.state != RoundState.OPEN:
        return
    bundle = row.bundle
    if _has_gone(row):
        _note([row], GONE)
        return
    with translation.override(settings.LANGUAGE_CODE):
        token = token_of(bundle)
        letter = mails.request(bundle, token, bundle.items.count())
        _deliver([row], bundle.email, bundle.phone, letter, mails.short(bundle, token, row.recipient))


@job("registry_campaigns.send_reminders")
def send_reminders(reminder_ids: list[int]) -> None:
    """One letter for several bundles; who has answered since is left out, and the whole letter when none is left."""
    rows = list(_waiting(reminder_ids))
    gone = [one for one in rows if _has_gone(one)]
    due = [
        one
        for one in rows
        if one.bundle.state in UNANSWERED and one.bundle.round.state == RoundState.OPEN and one not in gone
    ]
    _note(gone, GONE)
    _note([one for one in rows if one not in due and one not in gone], ANSWERED)
    if not due:
        return
    first = due[0]
    email, phone = (first.user.email or "", first.user.phone or "") if first.user else ("", "")
    if first.user is None or first.user_id == first.bundle.holder_id:
        email, phone = first.bundle.email, first.bundle.phone
    with translation.override(settings.LANGUAGE_CODE):
        parts = [_part(one) for one in due]
        letter = mails.reminder(parts, first.name, today())
        _deliver(due, email, phone, letter, mails.short(first.bundle, parts[0].token, first.recipient))


def _part(row: Reminder) -> mails.Part:
    """What a reminder says of one bundle; its link only to the person who holds it."""
    token = token_of(row.bundle) if row.recipient == Recipient.PERSON else ""
    return mails.Part(row.bundle, row.recipient, token, _left(row.bundle))


def _has_gone(row: Reminder) -> bool:
    """Was this message for someone who refused since, or from whom the bundle was handed over?"""
    bundle = row.bundle
    if row.recipient != Recipient.PERSON:
        return False
    return bundle.refused_at is not None or row.to_hash not in {
        bundle.email_hash,
        lookup_hash(bundle.email or bundle.phone),
    }


def _note(rows: Sequence[Reminder], why: str) -> None:
    """These messages are not sent, and say why."""
    if rows:
        keys = [one.pk for one in rows]
        Reminder.objects.filter(pk__in=keys).update(state=MessageState.NOTED, note=why)


def _waiting(keys: Sequence[int]) -> QuerySet[Reminder]:
    rows = Reminder.objects.filter(pk__in=keys, state=MessageState.WAITING)
    return rows.select_related("bundle__round", "bundle__agency", "bundle__holder", "user").order_by("pk")


def _left(bundle: Bundle) -> int:
    states = [ItemState.NOT_STARTED, ItemState.IN_PROGRESS, ItemState.RETURNED]
    return bundle.items.filter(state__in=states).count()


def token_of(bundle: Bundle) -> str:
    """The newest link of a bundle that was not taken away, or ''. A letter never makes one: only a request does."""
    standing = bundle.links.filter(Q(revoked_at__isnull=True) | Q(revoked_why="closed"))
    link = standing.order_by("-pk").first()
    return link.token if link else ""


def _deliver(rows: Sequence[Reminder], email: str, phone: str, letter: mails.Letter, short: str) -> None:
    """Hand a letter to the mail server, or a short text to the gateway; a refusal stays on the rows."""
    try:
        if rows[0].channel == Channel.PHONE and phone:
            phone_sender().send(phone, short)
        else:
            send_mail(letter[0], letter[1], None, [email])
    except smtplib.SMTPRecipientsRefused as error:
        codes = [code for code, _words in error.recipients.values()]
        if codes and all(400 <= code < 500 for code in codes):
            raise TemporaryError(f"the mail server answered {codes[0]}") from error
        sending.note_sent(reminders=rows, by=SYSTEM, failure="Server surat menolak alamat ini.")
        return
    except smtplib.SMTPResponseException as error:
        if 400 <= error.smtp_code < 500:
            raise TemporaryError(f"the mail server answered {error.smtp_code}") from error
        sending.note_sent(reminders=rows, by=SYSTEM, failure=f"Server surat menjawab {error.smtp_code}.")
        return
    except PermanentError as error:
        sending.note_sent(reminders=rows, by=SYSTEM, failure=str(error)[:200])
        return
    except (smtplib.SMTPException, OSError) as error:
        raise TemporaryError(f"the mail server did not take it: {type(error).__name__}") from error
    sending.note_sent(reminders=rows, by=SYSTEM)


@job("registry_campaigns.tell_returned")
def tell_returned(bundle_id: int) -> None:
    bundle = Bundle.objects.select_related("round", "agency").get(pk=bundle_id)
    items = Item.objects.filter(bundle=bundle, state=ItemState.RETURNED).select_related("application")
    notes = [(one.application.name, one.decision_note) for one in items]
    if notes and bundle.refused_at is None:
        with translation.override(settings.LANGUAGE_CODE):
            _mail(bundle.email, mails.returned(bundle, token_of(bundle), notes))


@job("registry_campaigns.tell_answered")
def tell_answered(message_id: int) -> None:
    row = Message.objects.select_related("bundle__round", "bundle__agency").get(pk=message_id)
    if row.bundle.refused_at is not None:
        return
    with translation.override(settings.LANGUAGE_CODE):
        _mail(row.bundle.email, mails.answered(row, token_of(row.bundle)))


@job("registry_campaigns.tell_broken")
def tell_broken(attestation_id: int) -> None:
    row = Attestation.objects.select_related("agency", "by").get(pk=attestation_id)
    with translation.override(settings.LANGUAGE_CODE):
        _mail(row.by.email or "", mails.broken(row))


def _mail(to: str, letter: mails.Letter) -> None:
    if not to:
        return
    try:
        send_mail(letter[0], letter[1], None, [to])
    except smtplib.SMTPRecipientsRefused as error:
        raise PermanentError("the mail server refused the address") from error
    except (smtplib.SMTPException, OSError) as error:
        raise TemporaryError(f"the mail server did not take it: {type(error).__name__}") from error


@job("registry_campaigns.remind", every="20 0 * * *")  # UTC: 07.20 WIB
def remind() -> None:
    """Every morning; on days that are no working days nothing is sent."""
    chasing.remind(by=SYSTEM)


@job("registry_campaigns.break_expired", every="10 17 * * *")  # UTC: 00.10 WIB
def break_expired() -> None:
    seal.break_expired(by=SYSTEM)


@job("registry_campaigns.check_seals")
def check_seals(batch: str) -> None:
    """Values of applications were changed: does a seal break?"""
    seal.check_seals(batch=uuid.UUID(batch), by=SYSTEM)


@job("registry_campaigns.check_seals_beside")
def check_seals_beside(applications: list[int], by: int | None = None, batch: str = "", at: str = "") -> None:
    """Data or links of applications were changed by an account: does a seal break?"""
    act = uuid.UUID(batch) if batch else None
    when = datetime.datetime.fromisoformat(at) if at else timezone.now()
    seal.check_beside(applications=applications, hand=by, batch=act, at=when, by=SYSTEM)


@job("registry_campaigns.move_deadlines")
def move_deadlines(first: str, last: str) -> None:
    """Holidays came, changed or went between these days."""
    day = datetime.date.fromisoformat
    calendar.move_deadlines(first=day(first), last=day(last), by=SYSTEM)


@job("registry_campaigns.move_with_merger")
def move_with_merger(merger_id: int) -> None:
    """What was asked of a merged agency goes to its successor; safe to run twice."""
    moving.move_bundles(merger_id=merger_id, by=SYSTEM)


@job("registry_campaigns.move_back")
def move_back(merger_id: int) -> None:
    """A merger was taken back; safe to run twice."""
    moving.move_bundles_back(merger_id=merger_id, by=SYSTEM)
