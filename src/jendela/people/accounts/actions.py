"""Every change of accounts, and their one-time sign-in links. A link's token is never kept, only its digest."""

import datetime
import hashlib
import logging
import secrets

from django.db import transaction
from django.utils import timezone

from jendela.common.audit import Actor, record
from jendela.people.accounts.models import SignInLink, User

MINUTES_VALID = 30
log = logging.getLogger("jendela.accounts")


@transaction.atomic
def create_account(*, email: str, name: str, by: Actor) -> User:
    """A new account without a password and without a role. Raises ValidationError."""
    user = User.objects.create_user(email, name=name)
    record(by=by, action="accounts.create_account", target=user, after={"email": user.email})
    return user


@transaction.atomic
def make_sign_in_link(*, user: User, by: Actor) -> str:
    """The token of a new one-time link. Older links of this account that were not used end now."""
    now = timezone.now()
    user.sign_in_links.filter(used_at__isnull=True, expires_at__gt=now).update(expires_at=now)
    token = secrets.token_urlsafe(32)
    link = SignInLink.objects.create(
        user=user, digest=digest_of(token), expires_at=now + datetime.timedelta(minutes=MINUTES_VALID)
    )
    record(by=by, action="accounts.make_sign_in_link", target=user, after={"link": link.pk})
    return token


@transaction.atomic
def use_sign_in_link(*, token: str, address: str | None) -> User | None:
    """Use a link up and return its account; None for one that is unknown, used, too old, or of a closed account."""
    now = timezone.now()
    link = (
        SignInLink.objects.select_for_update(of=("self",))
        .select_related("user")
        .filter(digest=digest_of(token), used_at__isnull=True, expires_at__gt=now, user__is_active=True)
        .first()
    )
    if link is None:
        log.warning("a sign-in link was refused")
        return None
    link.used_at = now
    link.save(update_fields=["used_at"])
    by = Actor(link.user.name, user=link.user, address=address)
    record(by=by, action="accounts.use_sign_in_link", target=link.user, after={"link": link.pk})
    return link.user


@transaction.atomic
def end_session(*, user: User, by: Actor) -> None:
    """Note that an account signed out; the session itself ends with the request."""
    record(by=by, action="accounts.end_session", target=user)


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
