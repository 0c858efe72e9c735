"""Questions to the accounts."""

from jendela.people.accounts.models import User


def active_account(email: str) -> User | None:
    """The active account of an address, written in any case."""
    return User.objects.filter(email=email.strip().lower(), is_active=True).first()
