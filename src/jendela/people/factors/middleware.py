"""Whoever holds a role shows a second factor before any screen of staff (settings.STAFF_SECOND_FACTOR)."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from jendela.people.access.choices import Audience
from jendela.people.access.middleware import session_ended
from jendela.people.factors.reads import has_factor, has_shown_factor


class SecondFactorMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        mark = getattr(request, "jendela_screen", None)
        if not settings.STAFF_SECOND_FACTOR or mark is None or mark.audience is not Audience.STAFF:
            return None
        if not request.user.is_authenticated or has_shown_factor(request):
            return None
        if request.method not in ("GET", "HEAD"):
            return session_ended(request)  # what was typed comes back
        target = "confirm_identity" if has_factor(request.user) else "list_factors"
        return redirect(f"{reverse(target)}?{urlencode({'next': request.get_full_path()})}")
