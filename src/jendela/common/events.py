"""Events: frozen dataclasses of ids, written to the outbox in the transaction of the change.

The table of subscribers (settings.EVENT_SUBSCRIBERS, one explicit dict in config) maps an event class to job names.
"""

import dataclasses
from functools import cache
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string
from procrastinate.contrib.django.models import ProcrastinateJob

from jendela.common.jobs import enqueue, job
from jendela.common.models import OutboxEvent


def name_of(event: type[Any]) -> str:
    return f"{event.__module__}.{event.__qualname__}"


@cache
def subscribers() -> dict[str, tuple[str, ...]]:
    """Event name -> job names, from the wiring table."""
    table: dict[type[Any], tuple[str, ...]] = import_string(settings.EVENT_SUBSCRIBERS)
    return {name_of(event): jobs for event, jobs in table.items()}


def publish(event: Any) -> None:
    """Write an event (a frozen dataclass with JSON values) to the outbox. Must be inside a transaction."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("publish() outside a transaction")
    row = OutboxEvent.objects.create(name=name_of(type(event)), payload=dataclasses.asdict(event))
    enqueue("common.hand_out_event", event_id=row.pk)


@job("common.hand_out_event")
def hand_out_event(event_id: int) -> None:
    """Enqueue the jobs of an event's subscribers, once: a second run finds it handed out."""
    with transaction.atomic():
        row = OutboxEvent.objects.select_for_update().filter(pk=event_id).first()
        if row is None or row.handed_out_at is not None:
            return
        for job_name in subscribers().get(row.name, ()):
            if row.payload or not _waits(job_name):
                enqueue(job_name, **row.payload)
        row.handed_out_at = timezone.now()
        row.attempts += 1
        row.save(update_fields=["handed_out_at", "attempts"])


def _waits(job_name: str) -> bool:
    """Is the same job, without values, still to begin? It will then see this event's change, which is committed: a
    thousand changes of a load make the search anew once, and messages do not wait behind it."""
    waiting = ProcrastinateJob.objects.filter(task_name=job_name, status="todo", args={})
    return waiting.filter(attempts=0).exists()
