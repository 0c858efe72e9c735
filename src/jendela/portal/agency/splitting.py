"""A part of an agency becomes another: applications that were ticked go, with the data they hold; the rest stays."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction

from jendela.common.audit import Actor
from jendela.people.agencies import actions as agencies
from jendela.people.agencies.models import Agency
from jendela.registry.applications import actions as register
from jendela.registry.applications.models import Application, ApplicationUse, OwnerSplit
from jendela.registry.datasets import actions as datasets
from jendela.registry.datasets.models import Dataset


@dataclass(frozen=True)
class Going:
    """What would go along; the numbers of a dry run."""

    applications: list[Application]
    uses: int
    datasets: int
    stay: int  # applications that stay


def owned(agency: Agency) -> list[Application]:
    return list(Application.objects.filter(owner=agency).order_by("name", "pk"))


def going(agency: Agency, keys: list[int]) -> Going:
    """Four queries."""
    rows = list(Application.objects.filter(owner=agency, pk__in=keys).order_by("name", "pk"))
    return Going(
        applications=rows,
        uses=ApplicationUse.objects.filter(agency=agency, application__in=keys).count(),
        datasets=Dataset.objects.filter(application__in=keys, producer=agency).count(),
        stay=Application.objects.filter(owner=agency).exclude(pk__in=keys).count(),
    )


@transaction.atomic
def split(data: dict[str, Any], by: Actor) -> OwnerSplit:
    """Do it: one act. Raises agencies.MergerError('name_taken') and register.SplitError."""
    old: Agency = data["predecessor"]
    new = data["successor"] or agencies.make_successor(
        predecessor=old, short_name=data["short_name"], name=data["name"], by=by
    )
    keys = [int(key) for key in data["applications"]]
    row = register.split_owner(
        predecessor=old,
        successor=new,
        since=data["since"],
        source=data["source"],
        source_url=data["source_url"],
        successor_is_new=data["successor"] is None,
        applications=keys,
        by=by,
    )
    _give_data(keys, old, new, row, by)
    return row


@transaction.atomic
def undo(row: OwnerSplit, by: Actor) -> None:
    """Take it back within a day. Raises register.SplitError."""
    register.undo_split(split=row, by=by)
    _give_data(row.applications, row.successor, row.predecessor, row, by)


def _give_data(keys: list[int], old: Agency, new: Agency, row: OwnerSplit, by: Actor) -> None:
    """What these applications hold and the old agency produced is produced by the new one."""
    provenance = register.Provenance(row.source[:200], row.source, row.source_url)
    for one in Dataset.objects.filter(application__in=keys, producer=old).order_by("pk"):
        datasets.set_dataset(dataset=one, values={"producer": new}, by=by, provenance=provenance)


def splits(limit: int = 50) -> list[OwnerSplit]:
    """Splits recorded here, newest first."""
    return list(OwnerSplit.objects.select_related("predecessor", "successor")[:limit])
