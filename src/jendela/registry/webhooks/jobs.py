"""Background entry points: what happened is written down, then delivered. All may run twice."""

import uuid

from django.utils import timezone

from jendela.common.jobs import job
from jendela.registry.webhooks import actions, reads
from jendela.registry.webhooks.choices import EventType
from jendela.registry.webhooks.sending import send

AT_ONCE = 50  # deliveries of one run


@job("registry_webhooks.note_values")
def note_values(batch: str) -> None:
    slugs = reads.slugs_changed(uuid.UUID(batch))
    actions.note_changes(type_=EventType.APPLICATION, slugs=slugs)


@job("registry_webhooks.note_datasets")
def note_datasets(applications: list[int], by: int | None = None, batch: str = "", at: str = "") -> None:
    actions.note_changes(type_=EventType.DATASET, slugs=reads.slugs_of(applications))


@job("registry_webhooks.note_links")
def note_links(applications: list[int], by: int | None = None, batch: str = "", at: str = "") -> None:
    actions.note_changes(type_=EventType.LINK, slugs=reads.slugs_of(applications))


@job("registry_webhooks.note_merger")
def note_merger(standing_id: int, merged_id: int) -> None:
    slugs = reads.slugs_of_merger(standing_id, merged_id)
    actions.note_changes(type_=EventType.APPLICATION, slugs=slugs)


@job("registry_webhooks.deliver", every="* * * * *")
def deliver() -> None:
    """All that is due, one after the other."""
    for _turn in range(AT_ONCE):
        row = actions.claim(now=timezone.now())
        if row is None:
            return
        outcome = send(row, now=timezone.now())
        actions.note_outcome(delivery=row, outcome=outcome, now=timezone.now())


@job("registry_webhooks.forget", every="20 19 * * *")  # 02.20 WIB
def forget() -> None:
    actions.forget_old(now=timezone.now())
