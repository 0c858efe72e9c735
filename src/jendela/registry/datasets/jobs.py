"""Background entry points of datasets."""

from jendela.common.audit import SYSTEM
from jendela.common.jobs import job
from jendela.registry.datasets import actions


@job("registry_datasets.move_with_merger")
def move_with_merger(merger_id: int) -> None:
    """Datasets of a merged agency go to its successor; safe to run twice."""
    actions.move_datasets(merger_id=merger_id, by=SYSTEM)


@job("registry_datasets.move_back")
def move_back(merger_id: int) -> None:
    """A merger was taken back: what it moved returns; safe to run twice."""
    actions.move_datasets_back(merger_id=merger_id, by=SYSTEM)
