"""Datasets declared, edited, verified and taken back. What each was before stands in the audit trail, from which the
history of a dataset is read."""

import datetime
import uuid
from collections.abc import Collection, Mapping
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from jendela.common import content
from jendela.common.audit import Actor, record
from jendela.people.agencies.models import Agency
from jendela.registry.applications.actions import Provenance
from jendela.registry.applications.models import Application
from jendela.registry.datasets import reads
from jendela.registry.datasets.events import tell
from jendela.registry.datasets.models import Dataset
from jendela.registry.datasets.origins import note_sources, put_sources_back
from jendela.registry.datasets.values import BY_NAME, PLACED, STANDARD, known

SEALED = {
    *STANDARD,
    "definition",
    "has_metadata",
    "metadata_url",
    "producer",
}  # a change ends the verification
WRITTEN = ["search_text", "stated_by", "stated_at", "grade", "source", "source_url", "sources", "changed_at"]


class CannotUndoDatasetError(Exception):
    """Too late, changed again since, or nothing to take back."""


class NotReadyError(Exception):
    """Something that the rule asks for is missing; the argument is the list of it in words."""


@transaction.atomic
def declare_dataset(
    *,
    application: Application | None,
    name: str,
    by: Actor,
    provenance: Provenance,
    batch: uuid.UUID | None = None,
    **values: Any,
) -> Dataset:
    """The dataset of this name that an application holds: found (in any letter case) or made. Values that say
    something are written, the others stay. Without an application `producer` must be given. Raises KeyError for an
    unknown value, ValueError for an empty name or a missing producer."""
    wanted = " ".join(name.split())[:200]
    if not wanted:
        raise ValueError("a dataset needs a name")
    said = {key: value for key, value in values.items() if known(key, value)}
    producer = values.get("producer") or (application.owner if application else None)
    if producer is None:
        raise ValueError("a dataset without an application needs a producer")
    if application is not None:  # two who declare the same at once wait for each other here
        Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
    held = Dataset.objects.select_for_update(of=("self",)).select_related("producer", "application")
    row = held.filter(application=application, name__iexact=wanted, **_without(application, producer)).first()
    if row is not None:
        said.pop("producer", None)
        set_dataset(dataset=row, values=said, by=by, provenance=provenance, batch=batch)
        return row
    row = Dataset(application=application, name=wanted, producer=producer, slug=free_slug(wanted))
    for key, value in said.items():
        put_dataset_value(row, key, value)
    _say_who(row, provenance)
    note_sources(row, ["name", *said], provenance)
    row.save()
    after = {
        "name": row.name,
        "producer": row.producer_id,
        "application": row.application_id,
        **_plain(row, said),
    }
    record(by=by, action="datasets.declare_dataset", target=row, after=after)
    tell([row.application_id], by=by, batch=batch)
    content.changed()
    return row


@transaction.atomic
def give_to_application(*, name: str, producer: Agency, application: Application, by: Actor) -> bool:
    """A dataset that stood without an application, and is known now to be held by this one, is given to it instead of
    being made twice; nothing when it holds one of that name."""
    held = Dataset.objects.filter(application=application, name__iexact=name).exists()
    alone = Dataset.objects.select_for_update(of=("self",)).filter(
        application=None, producer=producer, name__iexact=name
    )
    row = None if held else alone.first()
    if row is None:
        return False
    row.application = application
    row.save(update_fields=["application"])
    record(by=by, action="datasets.give_to_application", target=row, after={"application": application.pk})
    tell([application.pk], by=by)
    content.changed()
    return True


def _without(application: Application | None, producer: Agency) -> dict[str, Any]:
    """Datasets of no application are told apart by their producer."""
    return {} if application else {"producer": producer}


@transaction.atomic
def set_dataset(
    *,
    dataset: Dataset,
    values: Mapping[str, Any],
    by: Actor,
    provenance: Provenance,
    reason: str = "",
    batch: uuid.UUID | None = None,
) -> dict[str, Any]:
    """Write the values that differ; returns what they were before ({} when nothing differs). A change of what was
    verified ends the verification. Raises KeyError for an unknown value."""
    row = Dataset.objects.select_for_update().get(pk=dataset.pk)
    before: dict[str, Any] = {}
    for key, value in values.items():
        if key not in BY_NAME and key not in PLACED:
            raise KeyError(key)
        if (now := dataset_json(row, key)) != _json(value):
            before[key] = now
            put_dataset_value(row, key, value)
            put_dataset_value(dataset, key, value)
    if not before:
        return {}
    after = _plain(row, before)
    changed = set(before)
    if row.verified_at and changed & SEALED:
        before["verified_at"], after["verified_at"] = row.verified_at.isoformat(), None
        before["verified_by"], after["verified_by"] = row.verified_by, ""
        row.verified_at, row.verified_by = None, ""
        dataset.verified_at, dataset.verified_by = None, ""
    said = {
        name: _json(getattr(row, name))
        for name in ("stated_by", "stated_at", "grade", "source", "source_url")
    }
    _say_who(row, provenance)
    note_sources(row, changed, provenance)
    row.save(update_fields=[*changed, "verified_at", "verified_by", *WRITTEN])
    if reason:
        after["reason"] = reason
    record(by=by, action="datasets.set_dataset", target=row, before={**before, "_said": said}, after=after)
    tell([row.application_id, before.get("application")], by=by, batch=batch)
    content.changed()
    return before


@transaction.atomic
def undo_dataset(*, dataset: Dataset, by: Actor) -> None:
    """Put back what the last edit changed, within a day. Raises CannotUndoDatasetError."""
    row = Dataset.objects.select_for_update().get(pk=dataset.pk)
    edit = reads.last_edit(row)
    if edit is None or edit.before is None:
        raise CannotUndoDatasetError
    said = edit.before.get("_said", {})
    before = {key: value for key, value in edit.before.items() if key != "_said"}
    after = {key: value for key, value in (edit.after or {}).items() if key in before}
    if any(dataset_json(row, key) != value for key, value in after.items()):
        raise CannotUndoDatasetError
    for key, value in {**before, **said}.items():
        put_dataset_value(row, key, value)
    put_sources_back(row, after)
    row.search_text = search_words(row)
    row.save()
    record(by=by, action="datasets.undo_dataset", target=row, before=after, after=before)
    tell([row.application_id, after.get("application")], by=by)
    content.changed()


@transaction.atomic
def verify_dataset(*, dataset: Dataset, by: Actor, verified_by: str) -> Dataset:
    """The walidata has checked it. Raises NotReadyError with what is missing."""
    row = Dataset.objects.select_for_update().get(pk=dataset.pk)
    if wanting := reads.missing_for_verification(row):
        raise NotReadyError(wanting)
    row.verified_at, row.verified_by = timezone.now(), verified_by[:200]
    row.save(update_fields=["verified_at", "verified_by"])
    record(by=by, action="datasets.verify_dataset", target=row, after={"verified_by": row.verified_by})
    content.changed()
    return row


@transaction.atomic
def end_verification(*, dataset: Dataset, by: Actor) -> None:
    """The walidata takes the verification back; a second call changes nothing."""
    row = Dataset.objects.select_for_update().get(pk=dataset.pk)
    if row.verified_at is None:
        return
    before = {"verified_at": row.verified_at.isoformat(), "verified_by": row.verified_by}
    row.verified_at, row.verified_by = None, ""
    row.save(update_fields=["verified_at", "verified_by"])
    record(by=by, action="datasets.end_verification", target=row, before=before)
    content.changed()


def search_words(row: Dataset) -> str:
    """All words by which lists find a dataset; producer and application must be loaded or are read."""
    holder = row.application.name if row.application else ""
    parts = (row.name, row.name_en, row.description, row.topic, row.code, row.producer.short_name, holder)
    return " ".join(part for part in parts if part).lower()


def _say_who(row: Dataset, provenance: Provenance) -> None:
    row.stated_by, row.stated_at = provenance.stated_by[:200], timezone.now()
    row.grade, row.source = provenance.grade, provenance.source[:300]
    row.source_url = provenance.source_url
    row.search_text = search_words(row)


def put_dataset_value(row: Dataset, key: str, value: Any) -> None:
    """A value as forms, tables and the trail carry it."""
    if key in PLACED and not isinstance(value, Agency | Application):
        setattr(row, f"{key}_id", value)
        return
    if key in {"last_update"} and isinstance(value, str):
        value = datetime.date.fromisoformat(value) if value else None
    if key in {"stated_at", "verified_at"} and isinstance(value, str):
        value = datetime.datetime.fromisoformat(value)
    if key == "personal":
        value = list(value or [])
    if key == "priority":
        value = bool(value)
    setattr(row, key, value)


def dataset_json(row: Dataset, key: str) -> Any:
    return getattr(row, f"{key}_id") if key in PLACED else _json(getattr(row, key))


def _json(value: Any) -> Any:
    if isinstance(value, Agency | Application):
        return value.pk
    if isinstance(value, datetime.datetime):
        return value.isoformat()
    if isinstance(value, datetime.date):
        return DjangoJSONEncoder().default(value)
    return list(value) if isinstance(value, tuple | list) else value


def _plain(row: Dataset, names: Mapping[str, Any]) -> dict[str, Any]:
    return {name: dataset_json(row, name) for name in names}


def free_slug(name: str, also_taken: Collection[str] = ()) -> str:
    """A name for addresses that no dataset has: "penimbangan-balita", then "penimbangan-balita-2"."""
    base = slugify(name)[:90] or "data"
    taken = {"baru", "serupa", "daftar", *also_taken}  # words of addresses
    taken |= set(Dataset.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    slug, number = base, 1
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug
