"""Background entry points of the catalogue."""

from jendela.common.audit import SYSTEM
from jendela.common.jobs import job
from jendela.services.catalogue import actions
from jendela.services.catalogue.actions import owners


@job("services_catalogue.put_in_force", every="*/10 * * * *")  # midnight in WIB is one of these minutes
def put_in_force() -> None:
    """Bring decreed standards in force whose day has come; safe to run twice."""
    actions.put_in_force()


@job("services_catalogue.move_with_merger")
def move_with_merger(merger_id: int) -> None:
    """Services of a merged agency go to its successor; safe to run twice."""
    owners.move_services(merger_id=merger_id, by=SYSTEM)


@job("services_catalogue.move_back")
def move_back(merger_id: int) -> None:
    """A merger was taken back: what it moved returns; safe to run twice."""
    owners.move_services_back(merger_id=merger_id, by=SYSTEM)


@job("services_catalogue.forget_feedback", every="20 19 * * *")  # 02.20 WIB
def forget_feedback() -> None:
    """Contacts and texts of feedback whose time is over are deleted; safe to run twice."""
    actions.forget_feedback(by=SYSTEM)


@job("services_catalogue.repoint_ways")
def repoint_ways(standing_id: int, merged_id: int) -> None:
    """Two records of one application became one; safe to run twice."""
    owners.repoint_ways(gone=merged_id, stays=standing_id, by=SYSTEM)


@job("services_catalogue.repoint_ways_back")
def repoint_ways_back(standing_id: int, merged_id: int) -> None:
    """They are two again; safe to run twice."""
    owners.repoint_ways_back(gone=merged_id, stays=standing_id, by=SYSTEM)
