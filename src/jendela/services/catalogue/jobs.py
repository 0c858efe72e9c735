"""Background entry points of the catalogue."""

from jendela.common.jobs import job
from jendela.services.catalogue import actions


@job("services_catalogue.put_in_force", every="*/10 * * * *")  # midnight in WIB is one of these minutes
def put_in_force() -> None:
    """Bring decreed standards in force whose day has come; safe to run twice."""
    actions.put_in_force()
