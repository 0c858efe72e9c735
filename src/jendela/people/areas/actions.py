"""Every change of areas."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from jendela.common import content
from jendela.common.audit import Actor, record, record_many, snapshot
from jendela.common.events import publish
from jendela.people.areas.events import AreasChanged
from jendela.people.areas.models import Area, AreaBoundary, AreaPoint, PopulationFigure, SignalRecord


@transaction.atomic
def put_areas(
    *, areas: Sequence[Area], figures: Sequence[PopulationFigure], signals: Sequence[SignalRecord], by: Actor
) -> None:
    """Write a whole list of areas: known codes are renewed, figures and signal records are replaced."""
    Area.objects.bulk_create(
        areas,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name", "kind", "parent", "source"],
    )
    PopulationFigure.objects.all().delete()
    PopulationFigure.objects.bulk_create(figures)
    SignalRecord.objects.all().delete()
    SignalRecord.objects.bulk_create(signals)
    counts = {"wilayah": len(areas), "angka penduduk": len(figures), "catatan sinyal": len(signals)}
    record(by=by, action="areas.put_areas", target=("people_areas.area", "*"), after=counts)
    publish(AreasChanged())
    content.changed()


@transaction.atomic
def put_figures(
    *,
    new: Sequence[PopulationFigure],
    changed: Sequence[PopulationFigure],
    before: Mapping[int, Any],
    by: Actor,
) -> None:
    """Add and renew some population figures; `before` holds the values of changed ones by their key."""
    _put(
        PopulationFigure,
        new,
        changed,
        before,
        fields=["people", "men", "women", "density", "source_date", "note"],
        by=by,
    )


@transaction.atomic
def put_points(
    *, new: Sequence[AreaPoint], changed: Sequence[AreaPoint], before: Mapping[int, Any], by: Actor
) -> None:
    """Add and renew some points of the map."""
    _put(AreaPoint, new, changed, before, fields=["lat", "lon", "source_url", "source_date", "note"], by=by)


@transaction.atomic
def put_boundaries(
    *, new: Sequence[AreaBoundary], changed: Sequence[AreaBoundary], before: Mapping[str, Any], by: Actor
) -> None:
    """Add and renew the boundaries of some areas. The audit row keeps a hash in place of the drawing."""
    _put(
        AreaBoundary,
        new,
        changed,
        before,
        fields=["geometry", "source_url", "source_date", "licence", "note"],
        by=by,
    )


def _put(
    model: type[Any],
    new: Sequence[Any],
    changed: Sequence[Any],
    before: Mapping[Any, Any],
    *,
    fields: list[str],
    by: Actor,
) -> None:
    """Rows and their audit rows, in a few statements for any number."""
    model.objects.bulk_create(new)
    if changed:  # written by their key in one statement; bulk_update grows with the square of the rows
        model.objects.bulk_create(
            changed, update_conflicts=True, unique_fields=[model._meta.pk.name], update_fields=fields
        )
    written = [(row, None, snapshot(row)) for row in new]
    written += [(row, before[row.pk], snapshot(row)) for row in changed]
    record_many(by=by, action=f"areas.put_{model._meta.model_name}", changes=map(_shortened, written))


def _shortened(change: tuple[Any, Any, Any]) -> tuple[Any, Any, Any]:
    row, before, after = change
    for values in (before, after):
        if values and isinstance(values.get("geometry"), dict):
            text = json.dumps(values["geometry"])
            values["geometry"] = f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"
    return row, before, after


@transaction.atomic
def remove_rows(*, rows: Sequence[PopulationFigure | AreaPoint | AreaBoundary], by: Actor) -> None:
    """Take back rows of one table that an import added; nothing refers to them."""
    if not rows:
        return
    model = type(rows[0])
    gone = [(row, snapshot(row), None) for row in rows]
    record_many(by=by, action=f"areas.remove_{model._meta.model_name}", changes=map(_shortened, gone))
    model._default_manager.filter(pk__in=[row.pk for row in rows]).delete()


@transaction.atomic
def tell_areas_changed() -> None:
    """After the last batch of an import: the search and the public pages see it."""
    publish(AreasChanged())
    content.changed()
