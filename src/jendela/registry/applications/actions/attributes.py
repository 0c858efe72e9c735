"""Extra attributes that Kominfo adds without code: added, described, ordered, retired. Values stay."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.text import slugify

from jendela.common import content
from jendela.common.audit import Actor, record, snapshot
from jendela.registry.applications.models import AttributeDefinition


@transaction.atomic
def add_attribute(*, values: Mapping[str, Any], by: Actor) -> AttributeDefinition:
    """A new attribute at the end of the list; its key is made from the label and never changes."""
    last = AttributeDefinition.objects.aggregate(last=Max("position"))["last"]
    row = AttributeDefinition.objects.create(
        **values, key=_key(str(values["label"])), position=0 if last is None else last + 1
    )
    record(by=by, action="applications.add_attribute", target=row, after=snapshot(row))
    content.changed()
    return row


@transaction.atomic
def change_attribute(*, attribute: AttributeDefinition, values: Mapping[str, Any], by: Actor) -> None:
    """Its label, hint, words and who sees it; its kind and key stay, since values were said under them."""
    row = AttributeDefinition.objects.select_for_update().get(pk=attribute.pk)
    before = snapshot(row)
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    record(by=by, action="applications.change_attribute", target=row, before=before, after=snapshot(row))
    content.changed()


@transaction.atomic
def retire_attribute(*, attribute: AttributeDefinition, by: Actor, again: bool = False) -> None:
    """No longer asked; with `again` it is asked once more. Values stay."""
    row = AttributeDefinition.objects.select_for_update().get(pk=attribute.pk)
    row.retired_at = None if again else timezone.now()
    row.save(update_fields=["retired_at"])
    record(by=by, action="applications.retire_attribute", target=row, after={"again": again})
    content.changed()


@transaction.atomic
def move_attribute(*, attribute: AttributeDefinition, up: bool, by: Actor) -> None:
    """One place up or down; the first stays first."""
    rows = list(AttributeDefinition.objects.select_for_update().order_by("position", "label", "pk"))
    at = next(place for place, one in enumerate(rows) if one.pk == attribute.pk)
    to = at - 1 if up else at + 1
    if 0 <= to < len(rows):
        rows[at], rows[to] = rows[to], rows[at]
        for place, one in enumerate(rows):
            one.position = place
        AttributeDefinition.objects.bulk_update(rows, ["position"])
        record(by=by, action="applications.move_attribute", target=attribute, after={"up": up})


def _key(label: str) -> str:
    base = slugify(label).replace("-", "_")[:24] or "atribut"
    key, number = base, 1
    while AttributeDefinition.objects.filter(key=key).exists():
        number += 1
        key = f"{base}_{number}"
    return key
