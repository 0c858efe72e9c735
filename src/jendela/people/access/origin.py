"""Public forms without a cookie: a POST must come from this site's own pages (Origin, Sec-Fetch-Site)."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt

View = Callable[..., HttpResponse]


def is_same_origin(request: HttpRequest) -> bool:
    """True when the browser says that the request was made by a page of this site."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None and site != "same-origin":
        return False
    source = request.headers.get("Origin") or request.headers.get("Referer")
    if not source or source == "null":
        return site == "same-origin"
    parts = urlsplit(source)
    return parts.netloc == request.get_host()


def public_post(view: View) -> View:
    """For public forms: replaces the CSRF cookie by the origin check, so that the page stays cacheable."""

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST" and not is_same_origin(request):
            return render(request, "ui/pages/error_origin.html", status=403)
        return view(request, *args, **kwargs)

    return csrf_exempt(checked)
