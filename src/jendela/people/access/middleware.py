"""Obeys the mark of each screen: sign-in by default, permission or 404, read-only GET, page cache mark."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ImproperlyConfigured
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from jendela.common import marks
from jendela.common.readonly import readonly
from jendela.people.access.choices import Audience
from jendela.people.access.policy import has_permission, is_open, is_open_for_anyone, is_staff
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
        viewer = request.user
        if mark.audience is not Audience.PUBLIC and not viewer.is_authenticated:
            if request.method == "POST":
                return session_ended(request)
            if mark.module is not None and not is_open_for_anyone(mark.module):
                raise Http404  # a closed module leaves no trace, not even a demand to sign in
            return redirect_to_login(request.get_full_path())
        if mark.module is not None and not is_open(mark.module, viewer):
            return refuse(request, mark)
        if mark.audience is Audience.STAFF and not is_staff(viewer):
            return refuse(request, mark)
        if mark.needs is not None and not has_permission(viewer, mark.needs):
            return refuse(request, mark)
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A form that a view refuses (a role of this agency is gone) gives back what was typed as well."""
        mark: Screen | None = getattr(request, "jendela_screen", None)
        if isinstance(exception, Http404) and mark is not None:
            return refused_form(request, mark)
        return None


HIDDEN = {"csrfmiddlewaretoken"}
NEVER_SHOWN = ("code", "kode", "token", "secret")


def refuse(request: HttpRequest, mark: Screen) -> HttpResponse:
    """404 for what is not yours; a form someone filled in comes back with its text. Raises Http404."""
    answer = refused_form(request, mark)
    if answer is None:
        raise Http404
    return answer


def refused_form(request: HttpRequest, mark: Screen) -> HttpResponse | None:
    """The page that shows what was typed, for a signed-in person whose role ended while working; None when there is
    nothing to give back."""
    if request.method != "POST" or mark.audience is Audience.PUBLIC or not request.user.is_authenticated:
        return None
    typed = [
        (name, value)
        for name in request.POST
        if name not in HIDDEN and not any(word in name.lower() for word in NEVER_SHOWN)
        for value in request.POST.getlist(name)
        if value.strip()
    ]
    long = [
        value for _name, value in typed if len(value) > 60 or any(sign.isspace() for sign in value.strip())
    ]
    if not long:
        return None
    short = [one for one in typed if one[1] not in long]
    context = {"long": long, "short": short, "has_role": is_staff(request.user)}
    response = render(request, "people/access/pages/refused_form.html", context, status=404)
    response["Cache-Control"] = "no-store"
    return response


def session_ended(request: HttpRequest) -> HttpResponse:
    """A form sent after its session had ended: everything typed comes back in a page that can send it again."""
    typed = [
        (name, value) for name in request.POST if name not in HIDDEN for value in request.POST.getlist(name)
    ]
    context = {
        "typed": [(name, value, len(value) > 60 or "\n" in value) for name, value in typed],
        "target": request.get_full_path(),
        "sign_in": f"{settings.LOGIN_URL}",
        "has_files": bool(request.FILES),
    }
    response = render(request, "ui/pages/error_session_ended.html", context, status=401)
    response["Cache-Control"] = "no-store"
    return response
