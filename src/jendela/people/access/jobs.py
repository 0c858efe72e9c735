"""Background entry points of access."""

from jendela.common.audit import SYSTEM
from jendela.common.jobs import job
from jendela.people.access import actions


@job("people_access.move_with_merger")
def move_with_merger(merger_id: int) -> None:
    """People of a merged agency keep their roles at its successor; safe to run twice."""
    actions.move_memberships(merger_id=merger_id, by=SYSTEM)


@job("people_access.move_back")
def move_back(merger_id: int) -> None:
    """A merger was taken back: the roles are as before; safe to run twice."""
    actions.move_memberships_back(merger_id=merger_id, by=SYSTEM)
