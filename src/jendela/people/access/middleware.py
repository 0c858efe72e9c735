"""Obeys the mark of each screen: sign-in by default, permission or 404, read-only GET, page cache mark."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ImproperlyConfigured
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from jendela.common import marks
from jendela.common.readonly import readonly
from jendela.people.access.choices import Audience
from jendela.people.access.policy import has_permission
from jendela.people.access.screens import Screen

SAFE = {"GET", "HEAD", "OPTIONS"}


class ScreenMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.READONLY_GET and request.method in SAFE:
            with readonly():
                response = self.get_response(request)
        else:
            response = self.get_response(request)
        mark: Screen | None = getattr(request, "jendela_screen", None)
        if mark is not None and mark.cached and request.method in ("GET", "HEAD"):
            marks.keep(request)
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        mark: Screen | None = getattr(view, "screen", None)
        if mark is None:
            raise ImproperlyConfigured(f"{view.__module__}.{view.__qualname__} has no @screen")
        request.jendela_screen = mark  # type: ignore[attr-defined]
        if mark.audience is Audience.PUBLIC:
            return None
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if mark.audience is Audience.STAFF and not getattr(request.user, "role", ""):
            raise Http404
        if mark.needs is not None and not has_permission(request.user, mark.needs):
            raise Http404
        return None
