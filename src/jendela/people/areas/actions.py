"""Every change of areas."""

from collections.abc import Sequence

from django.db import transaction

from jendela.common import content
from jendela.common.audit import Actor, record
from jendela.common.events import publish
from jendela.people.areas.events import AreasChanged
from jendela.people.areas.models import Area, PopulationFigure, SignalRecord


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
