"""Pages for what does not exist and for our own mistakes: humane, and with a way on."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from jendela.people.access.middleware import session_ended
from jendela.people.access.origin import is_same_origin


def show_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "ui/pages/error_not_found.html", status=404)


def show_server_error(request: HttpRequest) -> HttpResponse:
    """Nothing here may need the database."""
    return render(request, "ui/pages/error_server.html", status=500)


def show_csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose secret does not fit: the person signed in again elsewhere, or cookies are off. From our own page
    everything typed comes back, with a fresh secret; from another site nothing does."""
    if is_same_origin(request) and request.POST:
        return session_ended(request)
    return render(request, "ui/pages/error_origin.html", status=403)
