"""Background entry points of the register."""

from jendela.common.audit import SYSTEM
from jendela.common.jobs import job
from jendela.registry.applications import actions


@job("registry_applications.move_with_merger")
def move_with_merger(merger_id: int) -> None:
    """Applications of a merged agency go to its successor; safe to run twice."""
    actions.move_applications(merger_id=merger_id, by=SYSTEM)


@job("registry_applications.move_back")
def move_back(merger_id: int) -> None:
    """A merger was taken back: what it moved returns; safe to run twice."""
    actions.move_applications_back(merger_id=merger_id, by=SYSTEM)
