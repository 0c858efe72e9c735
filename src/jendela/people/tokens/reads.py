"""Questions about tokens."""

import hashlib
from collections.abc import Collection, Sequence

from django.db.models import F

from jendela.common.dates import today
from jendela.people.access.audit_words import Target
from jendela.people.tokens.models import Token
from jendela.ui.templatetags.ui import path

MOST = 200
PREFIX = "jdl_"


def digest_of(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def list_tokens() -> Sequence[Token]:
    """The newest tokens, those in force first: one query."""
    rows = Token.objects.select_related("agency", "made_by")
    return list(rows.order_by(F("revoked_at").asc(nulls_first=True), "-id")[:MOST])


def valid_token(secret: str) -> Token | None:
    """The token in force with this secret."""
    if not secret.startswith(PREFIX) or len(secret) > 100:
        return None
    found = Token.objects.select_related("agency").filter(digest=digest_of(secret), revoked_at__isnull=True)
    return found.filter(valid_to__gte=today()).first()


def token_targets(keys: Collection[str]) -> dict[str, Target]:
    """How the trail names tokens, and where they are listed."""
    rows = Token.objects.filter(pk__in=[int(key) for key in keys if key.isdecimal()])
    return {str(row.pk): Target(row.name, path("/kelola/token/")) for row in rows}
