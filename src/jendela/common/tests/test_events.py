"""Events and jobs live and die with the transaction of the change."""

from dataclasses import dataclass

import pytest
from django.db import connection, transaction

from jendela.common import events, jobs
from jendela.common.models import OutboxEvent


@dataclass(frozen=True)
class ThingDone:
    thing_id: int


def waiting_jobs() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name FROM procrastinate_jobs WHERE status = 'todo' ORDER BY id")
        return [name for (name,) in cursor.fetchall()]


@pytest.mark.django_db
def test_an_event_is_kept_with_its_job() -> None:
    with transaction.atomic():
        events.publish(ThingDone(thing_id=7))
    row = OutboxEvent.objects.get()
    assert row.payload == {"thing_id": 7}
    assert waiting_jobs() == ["common.hand_out_event"]


@pytest.mark.django_db
def test_a_rolled_back_change_leaves_no_event_and_no_job() -> None:
    with transaction.atomic():
        events.publish(ThingDone(thing_id=7))
        transaction.set_rollback(True)
    assert not OutboxEvent.objects.exists()
    assert waiting_jobs() == []


@pytest.mark.django_db(transaction=True)
def test_publishing_needs_a_transaction() -> None:
    with pytest.raises(RuntimeError, match="outside a transaction"):
        events.publish(ThingDone(thing_id=7))


@pytest.mark.django_db
def test_handing_out_twice_enqueues_once(monkeypatch: pytest.MonkeyPatch) -> None:
    table = {events.name_of(ThingDone): ("services_search.refresh",)}
    monkeypatch.setattr(events, "subscribers", lambda: table)
    monkeypatch.setattr(events, "enqueue", lambda name, **values: asked.append((name, values)))
    asked: list[tuple[str, dict[str, int]]] = []
    with transaction.atomic():
        events.publish(ThingDone(thing_id=7))
    row = OutboxEvent.objects.get()
    asked.clear()
    events.hand_out_event(row.pk)
    events.hand_out_event(row.pk)
    assert asked == [("services_search.refresh", {"thing_id": 7})]


@dataclass(frozen=True)
class AllDone:
    """An event that says only that something changed."""


@pytest.mark.django_db
def test_a_job_without_values_waits_once_however_many_events_ask(monkeypatch: pytest.MonkeyPatch) -> None:
    table = {
        events.name_of(AllDone): ("services_search.refresh",),
        events.name_of(ThingDone): ("services_search.refresh",),
    }
    monkeypatch.setattr(events, "subscribers", lambda: table)
    with transaction.atomic():
        for _one in range(3):
            events.publish(AllDone())
        events.publish(ThingDone(thing_id=7))
    for row in OutboxEvent.objects.order_by("pk"):
        events.hand_out_event(row.pk)
    assert waiting_jobs().count("services_search.refresh") == 2  # one for all, one with a value
    assert not OutboxEvent.objects.filter(handed_out_at=None).exists()
    with connection.cursor() as cursor:  # the worker has begun it: what comes later needs another
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'doing' WHERE task_name = 'services_search.refresh'"
        )
    with transaction.atomic():
        events.publish(AllDone())
    events.hand_out_event(OutboxEvent.objects.latest("pk").pk)
    assert waiting_jobs().count("services_search.refresh") == 1


@pytest.mark.django_db
def test_an_unknown_job_cannot_be_asked_for() -> None:
    with pytest.raises(KeyError):
        jobs.enqueue("nobody.knows")
