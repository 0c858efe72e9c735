"""Imports of applications that are taken back: what stood before stands again with its source, new records go."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from jendela.common import content
from jendela.common.audit import Actor, record_many
from jendela.common.events import publish
from jendela.registry.applications.actions.values import Provenance, put_sources_back, set_many
from jendela.registry.applications.events import ApplicationsChanged
from jendela.registry.applications.models import Application, Change, ValueSource
from jendela.registry.applications.values import known, value_of

OWN = (Change, ValueSource)  # go with the record that an import made


@transaction.atomic
def restore_imported(
    *, rows: Sequence[tuple[Application, Mapping[str, Any]]], batch: uuid.UUID, by: Actor, stated_by: str
) -> None:
    """Put values back that the import `batch` changed, and the sources that stood before it."""
    set_many(
        rows=rows,
        by=by,
        provenance=Provenance(stated_by),
        batch=uuid.uuid5(batch, "undo"),
        undoes=batch,
    )
    done = Change.objects.filter(batch=batch, application__in=[one.pk for one, _values in rows])
    wanted = {one.pk: set(values) for one, values in rows}
    put_sources_back([one for one in done if one.field in wanted[one.application_id]])


@transaction.atomic
def remove_imported(*, rows: Sequence[Application], by: Actor) -> None:
    """Delete records that an import had made and that nothing refers to."""
    record_many(
        by=by,
        action="applications.remove_imported",
        changes=[(row, {"name": row.name, "owner": row.owner_id}, None) for row in rows],
    )
    Application.objects.filter(pk__in=[row.pk for row in rows]).delete()
    publish(ApplicationsChanged())
    content.changed()


def used_elsewhere(rows: Sequence[Application], batch: uuid.UUID) -> set[int]:
    """Ids of records that something refers to, or that changed after the import `batch` made them. One query for each
    relation."""
    keys = [row.pk for row in rows]
    found = set(
        Change.objects.filter(application__in=keys).exclude(batch=batch).values_list("application", flat=True)
    )
    for relation in Application._meta.get_fields(include_hidden=True):
        model, column = getattr(relation, "related_model", None), getattr(relation, "field", None)
        if not relation.auto_created or model is None or column is None or model in OWN:
            continue
        others = model._default_manager.filter(**{f"{column.name}__in": keys})
        derived = getattr(model, "DERIVED", None)  # what other rooms made from it by themselves goes with it
        if derived is not None:
            others = others.exclude(**derived) if derived else others.none()
        found.update(others.values_list(column.name, flat=True).distinct())
    return found


@transaction.atomic
def first_sources(*, rows: Sequence[tuple[Application, Iterable[str], Provenance]]) -> None:
    """Give values that stand without a source the one that is known now; no value and no other source changes."""
    now = timezone.now()
    ValueSource.objects.bulk_create(
        [
            ValueSource(application=row, field=name, stated_at=now, **vars(provenance))
            for row, names, provenance in rows
            for name in names
            if known(name, value_of(row, name))
        ],
        ignore_conflicts=True,
        batch_size=1000,
    )
