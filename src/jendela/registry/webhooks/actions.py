"""Every change of webhooks and of what is delivered to them. A delivery is written down before it is sent and has one
id for all its tries: it comes at least once, also when the worker dies in between."""

import datetime
import json
from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from jendela.common.audit import SYSTEM, Actor, record
from jendela.common.encryption import encrypt
from jendela.common.jobs import enqueue
from jendela.people.agencies.models import Agency
from jendela.registry.webhooks import limits
from jendela.registry.webhooks.choices import DeliveryState, EventType
from jendela.registry.webhooks.models import Delivery, Webhook
from jendela.registry.webhooks.signing import new_secret

GONE = 410  # the receiver wants to hear no more
CLAIMED = datetime.timedelta(minutes=10)  # a worker that died had it: then it is tried again


class StoppedError(Exception):
    """The webhook does not run any more."""


@dataclass(frozen=True)
class Outcome:
    """Of one try: the status of the answer, or why there was none."""

    status: int | None = None
    why: str = ""

    @property
    def is_good(self) -> bool:
        return self.status is not None and 200 <= self.status < 300


@transaction.atomic
def make_webhook(*, name: str, agency: Agency, address: str, by: Actor) -> tuple[Webhook, str]:
    """A new webhook and its secret, which is shown once."""
    if by.user is None:
        raise ValueError("a webhook is made by a person")
    secret = new_secret()
    row = Webhook.objects.create(
        name=name, agency=agency, address=address, secret=secret, made_by_id=by.user.pk
    )
    after = {"name": name, "agency": agency.pk, "address": address}
    record(by=by, action="webhooks.make_webhook", target=row, after=after)
    return row, secret


@transaction.atomic
def stop_webhook(*, webhook: Webhook, by: Actor, why: str = "") -> None:
    """From now on it is told nothing, also not what waits. A second time does nothing."""
    row = Webhook.objects.select_for_update().get(pk=webhook.pk)
    if row.stopped_at is not None:
        return
    row.stopped_at, row.stopped_why = timezone.now(), why[:200]
    row.save(update_fields=["stopped_at", "stopped_why"])
    waiting = row.deliveries.filter(state=DeliveryState.WAITING)
    waiting.update(state=DeliveryState.FAILED, next_at=None)
    record(by=by, action="webhooks.stop_webhook", target=row, after={"name": row.name, "why": why})


@transaction.atomic
def try_webhook(*, webhook: Webhook, by: Actor) -> Delivery:
    """Send a test at once. Raises StoppedError."""
    row = _running(webhook)
    made = _gather(row, EventType.TEST, [], wait=datetime.timedelta())
    record(by=by, action="webhooks.try_webhook", target=row)
    enqueue("registry_webhooks.deliver")
    return made


@transaction.atomic
def send_again(*, delivery: Delivery, by: Actor) -> None:
    """Try a failed one anew, with the same id. Raises StoppedError."""
    row = _running(delivery.webhook)
    again = Delivery.objects.select_for_update().get(pk=delivery.pk)
    if again.state != DeliveryState.FAILED:
        return
    again.state, again.next_at = DeliveryState.WAITING, timezone.now()
    again.attempts = max(again.attempts, 1)
    again.save(update_fields=["state", "next_at", "attempts"])
    record(by=by, action="webhooks.send_again", target=row, after={"event": str(again.event)})
    enqueue("registry_webhooks.deliver")


@transaction.atomic
def note_changes(*, type_: EventType, slugs: Collection[str]) -> int:
    """Write down for every running webhook that these applications changed; what comes within a minute is one message.
    How many webhooks."""
    if not slugs:
        return 0
    rows = list(Webhook.objects.select_for_update().filter(stopped_at__isnull=True).order_by("pk"))
    for row in rows:
        _gather(row, type_, slugs, wait=limits.gathering())
    return len(rows)


def _gather(
    webhook: Webhook, type_: EventType, slugs: Collection[str], *, wait: datetime.timedelta
) -> Delivery:
    """Into the message that still gathers, or a new one. Too many to name are not named."""
    gathering = Delivery.objects.select_for_update().filter(
        webhook=webhook, type=type_, state=DeliveryState.WAITING, attempts=0
    )
    now = timezone.now()
    row = gathering.first() or Delivery(webhook=webhook, type=type_, at=now, next_at=now + wait)
    named = {*row.slugs, *slugs}
    row.many = row.many or len(named) > limits.most()
    row.slugs = [] if row.many else sorted(named)
    row.save()
    return row


@transaction.atomic
def claim(*, now: datetime.datetime) -> Delivery | None:
    """The next one to be tried, taken so that no other worker tries it meanwhile."""
    due = Delivery.objects.select_for_update(skip_locked=True, of=("self",)).select_related("webhook")
    row = due.filter(state=DeliveryState.WAITING, next_at__lte=now).order_by("next_at", "pk").first()
    if row is not None:
        row.attempts += 1
        row.next_at, row.tried_at = now + CLAIMED, now
        row.save(update_fields=["attempts", "next_at", "tried_at"])
    return row


@transaction.atomic
def note_outcome(*, delivery: Delivery, outcome: Outcome, now: datetime.datetime) -> None:
    """Delivered, or tried again later, or given up; who made a webhook that fails for days is told that it stops."""
    hook = Webhook.objects.select_for_update().get(pk=delivery.webhook_id)
    row = Delivery.objects.select_for_update().get(pk=delivery.pk)
    if row.state != DeliveryState.WAITING:
        return
    row.status, row.why = outcome.status, outcome.why[:60]
    pause = limits.pause_after(row.attempts)
    if outcome.is_good:
        row.state, row.next_at, hook.failing_since = DeliveryState.DELIVERED, None, None
    else:
        hook.failing_since = hook.failing_since or now
        row.next_at = now + pause if pause else None
        if pause is None:
            row.state = DeliveryState.FAILED
    row.save(update_fields=["state", "status", "why", "next_at"])
    hook.save(update_fields=["failing_since"])
    since = hook.failing_since if row.state == DeliveryState.FAILED else None
    if outcome.status == GONE:
        _give_up(hook, "Alamatnya menjawab 410: tidak ada lagi.")
    elif since is not None and now - since >= limits.patience():
        _give_up(hook, "Alamatnya gagal berhari-hari.")


def _give_up(row: Webhook, why: str) -> None:
    stop_webhook(webhook=row, by=SYSTEM, why=why)
    _tell_maker(row)


def _tell_maker(row: Webhook) -> None:
    if row.made_by.email:
        values = encrypt(json.dumps({"name": row.name}))
        enqueue(
            "notify.send", channel="email", to=encrypt(row.made_by.email), template="webhook_stopped",
            values=values, language="id",
        )  # fmt: skip


@transaction.atomic
def forget_old(*, now: datetime.datetime) -> int:
    """Drop what is done with and old. How many."""
    rows = Delivery.objects.filter(at__lt=now - limits.kept()).exclude(state=DeliveryState.WAITING)
    number, _by_model = rows.delete()
    return number


def _running(webhook: Webhook) -> Webhook:
    row = Webhook.objects.select_for_update().get(pk=webhook.pk)
    if row.stopped_at is not None:
        raise StoppedError
    return row
