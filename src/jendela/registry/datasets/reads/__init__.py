"""Every query on datasets: one of them (single.py), lists (lists.py), the same data kept twice (twice.py)."""

from jendela.registry.datasets.reads.lists import Chosen, Found, agencies, counts, number_of, page
from jendela.registry.datasets.reads.single import (
    applications_of,
    dataset,
    dataset_targets,
    elements,
    last_edit,
    missing_for_verification,
    of_application,
    resources,
    standards,
)
from jendela.registry.datasets.reads.twice import DataOverlap, data_overlaps, held_codes

__all__ = [
    "Chosen",
    "DataOverlap",
    "Found",
    "agencies",
    "applications_of",
    "counts",
    "data_overlaps",
    "dataset",
    "dataset_targets",
    "elements",
    "held_codes",
    "last_edit",
    "missing_for_verification",
    "number_of",
    "of_application",
    "page",
    "resources",
    "standards",
]
