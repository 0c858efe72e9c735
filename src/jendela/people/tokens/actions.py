"""Every change of tokens."""

import datetime
import secrets
from collections.abc import Iterable

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from jendela.common.audit import Actor, record
from jendela.common.dates import today
from jendela.common.spool import Row
from jendela.people.agencies.models import Agency
from jendela.people.tokens.models import Token
from jendela.people.tokens.reads import PREFIX, digest_of

LONGEST_DAYS = 400


@transaction.atomic
def create_token(*, name: str, agency: Agency, valid_to: datetime.date, by: Actor) -> tuple[Token, str]:
    """A new token and its secret, which is shown once and kept nowhere."""
    if by.user is None:
        raise ValueError("a token is made by a person")
    secret = PREFIX + secrets.token_urlsafe(32)
    row = Token.objects.create(
        name=name,
        agency=agency,
        digest=digest_of(secret),
        hint=secret[:10],
        made_by_id=by.user.pk,
        valid_to=valid_to,
    )
    after = {"name": name, "agency": agency.pk, "valid_to": valid_to.isoformat()}
    record(by=by, action="tokens.create_token", target=row, after=after)
    return row, secret


@transaction.atomic
def revoke_token(*, token: Token, by: Actor) -> None:
    """From now on it opens nothing. A second time does nothing."""
    row = Token.objects.select_for_update().get(pk=token.pk)
    if row.revoked_at is None:
        row.revoked_at = timezone.now()
        row.save(update_fields=["revoked_at"])
        record(by=by, action="tokens.revoke_token", target=row, after={"name": row.name})


def note_used(pairs: Iterable[tuple[Row, int]]) -> None:
    """Add the uses that requests counted (common/spool.py)."""
    for (key,), number in pairs:
        if key.isdigit():
            Token.objects.filter(pk=int(key)).update(uses=F("uses") + number, last_used_on=today())
