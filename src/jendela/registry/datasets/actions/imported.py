"""Datasets and columns as tables bring them: many at once, in a constant number of statements."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from jendela.common.audit import Actor, record_many
from jendela.registry.applications.actions import Provenance
from jendela.registry.datasets.actions.values import (
    SEALED,
    dataset_json,
    put_dataset_value,
    search_words,
)
from jendela.registry.datasets.events import tell
from jendela.registry.datasets.models import Dataset, Element, Resource
from jendela.registry.datasets.origins import note_sources, put_sources_back
from jendela.registry.datasets.values import BY_NAME, PLACED, known


@transaction.atomic
def create_many(
    *, rows: Sequence[tuple[str, Mapping[str, Any]]], by: Actor, provenance: Provenance
) -> list[Dataset]:
    """New datasets with their slugs; `values` hold name and producer (an Agency), and application (or None)."""
    made = []
    for slug, values in rows:
        row = Dataset(slug=slug)
        for name, value in values.items():
            put_dataset_value(row, name, value)
        _say(row, provenance)
        note_sources(row, [name for name, value in values.items() if known(name, value)], provenance)
        made.append(row)
    Dataset.objects.bulk_create(made)
    record_many(
        by=by,
        action="datasets.declare_dataset",
        changes=[
            (row, None, {name: dataset_json(row, name) for name in values})
            for row, (_s, values) in zip(made, rows, strict=True)
        ],
    )
    tell((row.application_id for row in made), by=by)
    return made


@transaction.atomic
def set_many(
    *,
    rows: Sequence[tuple[Dataset, Mapping[str, Any]]],
    by: Actor,
    provenance: Provenance,
    back: bool = False,
) -> None:
    """Write what differs; the rows come locked, with producer and application. A change of what was verified ends the
    verification. `back`: values from before an import, whose sources stand again."""
    changed, told = [], []
    for row, values in rows:
        before = {name: dataset_json(row, name) for name in values}
        for name, value in values.items():
            put_dataset_value(row, name, value)
        after = {name: dataset_json(row, name) for name in values}
        before = {name: value for name, value in before.items() if after[name] != value}
        if not before:
            continue
        if row.verified_at and set(before) & SEALED:
            before["verified_by"] = row.verified_by
            row.verified_at, row.verified_by = None, ""
        _say(row, provenance)
        names = [name for name in before if name != "verified_by"]
        if back:
            put_sources_back(row, names)
        else:
            note_sources(row, names, provenance)
        changed.append(row)
        told.append((row, before, {name: after.get(name, "") for name in before}))
    said = ["stated_by", "stated_at", "grade", "source", "source_url", "sources"]
    columns = [*BY_NAME, *PLACED, "verified_at", "verified_by", "search_text", *said]
    Dataset.objects.bulk_update(changed, columns, batch_size=500)
    record_many(by=by, action="datasets.set_dataset", changes=told)
    touched = [(row.application_id, before.get("application")) for row, before, _after in told]
    tell((key for pair in touched for key in pair), by=by)


@transaction.atomic
def put_resources(*, files: Sequence[tuple[Dataset, Mapping[str, str]]], by: Actor) -> None:
    """The files of each dataset are these formats by address: new ones are made under its name, others corrected or
    taken out; what else is known of a file stays."""
    there: dict[int, dict[str, Resource]] = {row.pk: {} for row, _files in files}
    for one in Resource.objects.select_for_update().filter(dataset__in=list(there)).order_by("pk"):
        there[one.dataset_id][one.url] = one
    new, changed, gone, told = [], [], [], []
    for row, named in files:
        now = there[row.pk]
        before = {url: one.format for url, one in now.items()}
        if before == dict(named):
            continue
        gone += [one.pk for url, one in now.items() if url not in named]
        for url, form in named.items():
            if url not in now:
                new.append(Resource(dataset=row, name=row.name, format=form, url=url))
            elif now[url].format != form:
                now[url].format = form
                changed.append(now[url])
        told.append((row, before, dict(named)))
    Resource.objects.bulk_create(new)
    Resource.objects.bulk_update(changed, ["format"], batch_size=500)
    Resource.objects.filter(pk__in=gone).delete()
    record_many(by=by, action="datasets.put_resource", changes=told)


@transaction.atomic
def remove_datasets(*, rows: Sequence[Dataset], by: Actor) -> None:
    """Take datasets back that an import made; whoever calls has seen that nothing points to them."""
    record_many(
        by=by,
        action="datasets.remove_dataset",
        changes=[(row, {"name": row.name, "producer": row.producer_id}, None) for row in rows],
    )
    Dataset.objects.filter(pk__in=[row.pk for row in rows]).delete()
    tell((row.application_id for row in rows), by=by)


@transaction.atomic
def put_elements(
    *, new: Sequence[Element], changed: Sequence[Element], removed: Sequence[Element], by: Actor
) -> None:
    """Columns with the standard element that a person named; one audit row a dataset."""
    Element.objects.bulk_create(new)
    Element.objects.bulk_update(changed, ["standard", "suggested"], batch_size=500)
    Element.objects.filter(pk__in=[one.pk for one in removed]).delete()
    told: dict[int, tuple[Dataset, dict[str, Any], dict[str, Any]]] = {}
    for one in [*new, *changed]:
        told.setdefault(one.dataset_id, (one.dataset, {}, {}))[2][one.name] = one.standard_id or ""
    for one in removed:
        told.setdefault(one.dataset_id, (one.dataset, {}, {}))[1][one.name] = one.standard_id or ""
    record_many(by=by, action="datasets.confirm_elements", changes=list(told.values()))


def _say(row: Dataset, provenance: Provenance) -> None:
    row.stated_by, row.stated_at = provenance.stated_by[:200], timezone.now()
    row.grade, row.source = provenance.grade, provenance.source[:300]
    row.source_url = provenance.source_url
    row.search_text = search_words(row)
