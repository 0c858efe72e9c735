"""One dataset with its parts, those of an application, and what a verification still needs."""

import datetime
from collections.abc import Collection
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.utils import timezone

from jendela.common.dates import today
from jendela.common.models import AuditEntry
from jendela.common.tables import read_table
from jendela.people.access.audit_words import Target
from jendela.people.access.choices import Permission
from jendela.people.access.policy import agencies_for
from jendela.people.agencies.reads import UNDO
from jendela.registry.applications.choices import RecordState
from jendela.registry.applications.models import Application
from jendela.registry.datasets.models import Dataset, Element, Resource, StandardElement
from jendela.registry.datasets.policy import visible_to
from jendela.registry.datasets.values import BY_NAME

EDITS = ("datasets.set_dataset", "datasets.undo_dataset")
RULE = Path(__file__).resolve().parents[1] / "verification.csv"


def of_application(application_id: int) -> list[Dataset]:
    """Datasets that an application holds, by name, with their producers: one query."""
    return list(
        Dataset.objects.filter(application=application_id).select_related("producer").order_by("name")
    )


def dataset(viewer: Any, slug: str) -> Dataset | None:
    rows = visible_to(viewer).select_related("producer", "steward", "application__owner")
    return rows.filter(slug=slug).first()


def elements(row: Dataset) -> list[Element]:
    return list(row.elements.select_related("standard"))


def resources(row: Dataset) -> list[Resource]:
    return list(row.resources.all())


def standards() -> list[StandardElement]:
    """The standard list of elements, by name: one query."""
    return list(StandardElement.objects.order_by("name"))


def applications_of(viewer: Any, *, most: int = 300) -> list[Application]:
    """Applications whose data the viewer may record, by name: one query."""
    rows = Application.objects.filter(record_state__in=[RecordState.REGISTERED, RecordState.CONCEPT])
    own = agencies_for(viewer, Permission.EDIT_REGISTRY)
    rows = rows if own is None else rows.filter(owner__in=own)
    return list(rows.select_related("owner").order_by("name")[:most])


@lru_cache(maxsize=1)
def _rule() -> tuple[tuple[str, str, datetime.date, datetime.date | None], ...]:
    """What a verification asks for: field, citation, from when, until when."""
    rows = read_table(RULE, ("field", "citation", "valid_from", "valid_to"))
    return tuple(
        (
            row["field"],
            row["citation"],
            datetime.date.fromisoformat(row["valid_from"]),
            datetime.date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
        )
        for row in rows
    )


def missing_for_verification(row: Dataset, day: datetime.date | None = None) -> list[str]:
    """Labels of what the walidata still needs, by verification.csv: the five attributes of the data standard and the
    metadata. 'No' to the metadata is missing too."""
    now = day or today()
    wanting = []
    for name, _citation, since, until in _rule():
        value = getattr(row, name)
        if (
            since <= now
            and (until is None or now <= until)
            and (not BY_NAME[name].is_known(value) or value is False)
        ):
            wanting.append(str(BY_NAME[name].label))
    return wanting


def last_edit(row: Dataset) -> AuditEntry | None:
    """The edit that can still be taken back: the last one, at most a day old, and no undoing."""
    entry = (
        AuditEntry.objects.filter(
            target_type=Dataset._meta.label_lower, target_key=str(row.pk), action__in=EDITS
        )
        .order_by("-id")
        .first()
    )
    if entry is None or entry.action != EDITS[0] or timezone.now() - entry.at > UNDO:
        return None
    return entry


def dataset_targets(keys: Collection[str]) -> dict[str, Target]:
    rows = Dataset.objects.filter(pk__in=[key for key in keys if key.isdigit()]).only("name", "slug")
    return {str(one.pk): Target(one.name, f"/kelola/data/{one.slug}/") for one in rows}
