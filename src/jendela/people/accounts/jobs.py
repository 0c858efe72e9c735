"""Background entry points of the accounts."""

from jendela.common.jobs import job
from jendela.people.accounts import actions


@job("people_accounts.forget_codes", every="23 * * * *")
def forget_codes() -> None:
    """Codes of yesterday go, with the addresses they were sent to."""
    actions.forget_codes()


@job("people_accounts.forget_sessions", every="12 3 * * *")
def forget_sessions() -> None:
    """Ended sessions go each night, with the addresses and browsers noted for them."""
    actions.forget_sessions()
