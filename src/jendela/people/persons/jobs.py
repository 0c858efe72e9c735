"""Background entry points of the persons."""

from jendela.common.jobs import job
from jendela.people.persons import actions


@job("people_persons.forget_removed", every="41 * * * *")
def forget_removed() -> None:
    """Persons whose day of grace is over are deleted."""
    actions.forget_removed()
