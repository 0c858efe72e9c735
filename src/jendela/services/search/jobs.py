"""Background entry points of the search."""

from jendela.common.jobs import job
from jendela.services.search import actions


@job("services_search.refresh")
def refresh() -> None:
    """Make the documents anew after a change; safe to run twice."""
    actions.refresh_documents()
