"""Background entry points of links."""

from jendela.common.audit import SYSTEM
from jendela.common.jobs import job
from jendela.registry.links import actions


@job("registry_links.move_with_merger")
def move_with_merger(merger_id: int) -> None:
    """Links that a merged agency declared are its successor's; safe to run twice."""
    actions.move_links(merger_id=merger_id, by=SYSTEM)


@job("registry_links.move_back")
def move_back(merger_id: int) -> None:
    """A merger was taken back: what it moved returns; safe to run twice."""
    actions.move_links_back(merger_id=merger_id, by=SYSTEM)
