"""Pages for what does not exist and for our own mistakes: humane, and with a way on."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def show_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "ui/pages/error_not_found.html", status=404)


def show_server_error(request: HttpRequest) -> HttpResponse:
    """Nothing here may need the database."""
    return render(request, "ui/pages/error_server.html", status=500)


def show_csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose secret does not fit, often because cookies are off."""
    return render(request, "ui/pages/error_origin.html", status=403)
