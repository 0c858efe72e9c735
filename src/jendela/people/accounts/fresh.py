"""Changes that a stranger at an open screen must not make ask again who is there."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

FRESH_SECONDS = 15 * 60
View = Callable[..., HttpResponse]


def is_fresh(request: HttpRequest) -> bool:
    """Has this person shown within a quarter of an hour who they are, with a second factor if the account has one?"""
    records = get_authentication_records(request, request.user)
    recent = [record for record in records if time.time() - record["at"] < FRESH_SECONDS]
    if not recent or any(record["method"] == "mfa" for record in recent):
        return bool(recent)
    return not is_mfa_enabled(request.user, [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN])


def fresh(view: View) -> View:
    """For such changes: leads over 'Pastikan ini Anda' and back to the page."""

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if is_fresh(request):
            return view(request, *args, **kwargs)
        return redirect(f"{reverse('confirm_identity')}?{urlencode({'next': request.path})}")

    return checked
