"""The same data kept twice, by confirmed standard elements."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Q

from jendela.registry.datasets.models import Dataset, Element
from jendela.registry.datasets.overlaps import LEAST_SCORE, MOST_PAIRS, alike


@dataclass(frozen=True)
class DataOverlap:
    """Two datasets that may hold the same; `shared` are codes of standard elements."""

    dataset_a: Dataset
    dataset_b: Dataset
    score: float
    shared: tuple[str, ...]


def held_codes() -> dict[int, frozenset[str]]:
    """Confirmed standard elements of each dataset: one query."""
    rows = Element.objects.filter(suggested=False, standard__isnull=False).order_by()
    found: dict[int, set[str]] = defaultdict(set)
    for dataset, code in rows.values_list("dataset_id", "standard_id"):
        found[dataset].add(str(code))
    return {key: frozenset(codes) for key, codes in found.items()}


def data_overlaps(
    agency: int | None = None, *, least: float = LEAST_SCORE, most: int = MOST_PAIRS
) -> list[DataOverlap]:
    """Pairs with the most in common first; of one agency those with a dataset of its own on either side. Elements of
    one application are parts of it and are no pair. Three queries, whatever their number."""
    holdings = held_codes()
    holders = dict(Dataset.objects.filter(pk__in=list(holdings)).values_list("pk", "application"))
    pairs = alike(holdings, holders, least=least, most=most if agency is None else MOST_PAIRS * 4)
    wanted = {key for one in pairs for key in (one.a, one.b)}
    rows = Dataset.objects.filter(Q(pk__in=wanted)).select_related("producer", "application__owner").in_bulk()
    found = [DataOverlap(rows[one.a], rows[one.b], one.score, one.shared) for one in pairs]
    if agency is not None:
        found = [one for one in found if agency in (one.dataset_a.producer_id, one.dataset_b.producer_id)]
    return found[:most]
