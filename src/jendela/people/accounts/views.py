"""Signing in by a one-time link, and signing out. No password, and no cookie before the link is opened."""

from django.conf import settings
from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from jendela.common import ratelimit
from jendela.common.audit import Actor
from jendela.people.access.choices import Audience
from jendela.people.access.screens import screen
from jendela.people.accounts import actions
from jendela.people.accounts.models import User
from jendela.ui.templatetags.ui import path

SESSION_SECONDS = 12 * 3600
BACKEND = "django.contrib.auth.backends.ModelBackend"


@screen(audience=Audience.PUBLIC)
def show_sign_in(request: HttpRequest) -> HttpResponse:
    return render(
        request,
        "people/accounts/pages/show_sign_in.html",
        {"minutes": actions.MINUTES_VALID, "command": "./jendela manage sign_in_link"},
    )


@screen(audience=Audience.PUBLIC, cached=False)
@never_cache
def use_sign_in_link(request: HttpRequest, token: str) -> HttpResponse:
    """A GET only shows a button, the same for every token: programs that look at links in messages use none up."""
    if request.method == "POST":
        return _enter(request, token)
    return _page(request, state="ask")


def _enter(request: HttpRequest, token: str) -> HttpResponse:
    address = ratelimit.address_of(request.META)
    limit, seconds = settings.RATE_SIGN_IN
    verdict = ratelimit.hit("sign_in", address, limit=limit, seconds=seconds)
    if not verdict.allowed:
        response = _page(request, state="wait", status=429, minutes=str(-(-verdict.reset // 60)))
        response["Retry-After"] = str(verdict.reset)
        return response
    user = actions.use_sign_in_link(token=token, address=address or None)
    if user is None:
        return _page(request, state="refused", status=403)
    login(request, user, backend=BACKEND)  # gives the session a new key
    request.session.set_expiry(SESSION_SECONDS)
    return redirect(path(settings.LOGIN_REDIRECT_URL))


def _page(request: HttpRequest, *, state: str, status: int = 200, minutes: str = "") -> HttpResponse:
    context = {"state": state, "minutes": minutes}
    response = render(request, "people/accounts/pages/use_sign_in_link.html", context, status=status)
    response["Referrer-Policy"] = (
        "same-origin"  # the address is the key; "no-referrer" would hide the Origin of the POST
    )
    return response


@screen(audience=Audience.SIGNED_IN, cached=False)
def sign_out(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    user = request.user
    if isinstance(user, User):
        address = ratelimit.address_of(request.META) or None
        actions.end_session(user=user, by=Actor(user.name, user=user, address=address))
    logout(request)
    return redirect(path("/"))
