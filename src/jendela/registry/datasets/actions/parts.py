"""Elements, files and the standard list."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from jendela.common import content
from jendela.common.audit import Actor, record, snapshot
from jendela.registry.datasets import elements as naming
from jendela.registry.datasets.models import Dataset, Element, Resource, StandardElement


class TooManyElementsError(Exception):
    """A dataset has at most elements.MOST columns."""


@transaction.atomic
def add_elements(*, dataset: Dataset, names: Sequence[str], by: Actor) -> list[Element]:
    """New column names, each with what it may be; known ones (in any letter case) stay as they are. Raises
    TooManyElementsError."""
    Dataset.objects.select_for_update().get(pk=dataset.pk)
    known = {one.casefold() for one in dataset.elements.values_list("name", flat=True)}
    fresh = [name for name in naming.unique(names) if name.casefold() not in known]
    if len(known) + len(fresh) > naming.MOST:
        raise TooManyElementsError
    rows = [
        Element(
            dataset=dataset, name=one.name, standard_id=one.standard or None, suggested=bool(one.standard)
        )
        for one in naming.suggest(fresh, list(StandardElement.objects.all()))
    ]
    made = Element.objects.bulk_create(rows)
    if made:
        record(
            by=by,
            action="datasets.add_elements",
            target=dataset,
            after={"elements": [one.name for one in made]},
        )
    return made


@transaction.atomic
def confirm_elements(*, dataset: Dataset, chosen: Mapping[int, str], by: Actor) -> int:
    """Say which standard element each column is ('' for none of the list); returns how many changed. Raises KeyError
    for a column of another dataset or an unknown code."""
    rows = {one.pk: one for one in dataset.elements.select_for_update()}
    known = set(StandardElement.objects.values_list("code", flat=True))
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    changed = []
    for key, code in chosen.items():
        row = rows[key]
        if code and code not in known:
            raise KeyError(code)
        if row.suggested or (row.standard_id or "") != code:
            before[row.name] = "" if row.suggested else row.standard_id or ""
            after[row.name] = code
            row.standard_id, row.suggested = code or None, False
            changed.append(row)
    if changed:
        Element.objects.bulk_update(changed, ["standard", "suggested"])
        record(by=by, action="datasets.confirm_elements", target=dataset, before=before, after=after)
    return len(changed)


@transaction.atomic
def remove_elements(*, dataset: Dataset, keys: Sequence[int], by: Actor) -> int:
    """Take columns out; returns how many. Columns of another dataset are left alone."""
    rows = list(dataset.elements.filter(pk__in=keys))
    if rows:
        Element.objects.filter(pk__in=[one.pk for one in rows]).delete()
        gone = {one.name: one.standard_id or "" for one in rows}
        record(by=by, action="datasets.remove_elements", target=dataset, before=gone)
    return len(rows)


@transaction.atomic
def put_resource(*, dataset: Dataset, values: Mapping[str, Any], by: Actor) -> Resource:
    """A file or address of the data: found by its address, else made. `values`: name, format, url, and media_type,
    licence, last_update if known."""
    row = dataset.resources.select_for_update().filter(url=values["url"]).first()
    before = snapshot(row) if row else None
    row = row or Resource(dataset=dataset)
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    after = snapshot(row)
    if after != before:
        record(by=by, action="datasets.put_resource", target=dataset, before=before, after=after)
        content.changed()
    return row


@transaction.atomic
def remove_resource(*, resource: Resource, by: Actor) -> None:
    before = snapshot(resource)
    dataset = resource.dataset
    resource.delete()
    record(by=by, action="datasets.remove_resource", target=dataset, before=before)
    content.changed()


@transaction.atomic
def put_standard_elements(*, rows: Sequence[StandardElement], by: Actor) -> None:
    """The standard list from its table: known codes are renewed, none is taken out, since columns point to them."""
    StandardElement.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name", "definition", "synonyms", "personal", "citation"],
    )
    target = (StandardElement._meta.label_lower, "*")
    record(by=by, action="datasets.put_standard_elements", target=target, after={"unsur": len(rows)})
