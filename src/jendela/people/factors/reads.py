"""Questions to the second factors of an account."""

from collections.abc import Sequence
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from django.http import HttpRequest

REAL = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)  # recovery codes stand in for one of these


def has_factor(user: Any) -> bool:
    return bool(Authenticator.objects.filter(user_id=user.pk, type__in=REAL).exists())


def has_shown_factor(request: HttpRequest) -> bool:
    """Did this session show a second factor, or a passkey, which is both?"""
    return any(one["method"] == "mfa" for one in get_authentication_records(request, request.user))


def factors_of(user: Any) -> Sequence[Any]:
    """All factors of an account, oldest first."""
    return list(Authenticator.objects.filter(user_id=user.pk).order_by("created_at", "pk"))
