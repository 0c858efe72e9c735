"""Who comes in by a personal link: every page of `/isi/<token>/` goes through here."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from jendela.common import ratelimit
from jendela.common.audit import Actor
from jendela.people.access.choices import Audience, Module
from jendela.people.access.origin import public_post
from jendela.people.access.policy import is_open_for_anyone
from jendela.people.access.screens import screen
from jendela.registry.campaigns import links
from jendela.registry.campaigns.models import Bundle, PersonalLink
from jendela.ui.templatetags.ui import path

COOKIE = "jendela_isi"  # a secret of this device, the same for all its links
SALT = "registry.campaigns.device"
UNKNOWN_LINKS = (60, 600)  # links that do not exist, asked from one address
VISITS = (600, 600)  # of one link: a person presses fewer buttons

View = Callable[..., HttpResponse]


@dataclass
class Holder:
    """The person of a link. `known`: on a device that may see the bundle; `secret` is in that device's cookie."""

    link: PersonalLink
    token: str
    secret: str
    known: bool
    by: Actor
    base: str = field(init=False)

    def __post_init__(self) -> None:
        self.base = path(f"/isi/{self.token}/")

    @property
    def bundle(self) -> Bundle:
        return self.link.bundle

    def url(self, tail: str = "") -> str:
        return f"{self.base}{tail}"


def answers(*, closed: bool = False, stranger: bool = False) -> Callable[[View], View]:
    """Mark a page of the personal link; the view gets a Holder. `closed`: also when the round is over. `stranger`: also
    from a device that is not known yet (`holder.known` is then False)."""

    def mark(inner: View) -> Callable[..., HttpResponse]:
        @screen(audience=Audience.PUBLIC, cached=False)
        @never_cache
        @public_post
        @wraps(inner)
        def guarded(request: HttpRequest, token: str, **values: Any) -> HttpResponse:
            response = _answer(inner, request, token, values, closed=closed, stranger=stranger)
            # the address holds the key: no search engine, no other site is to learn it. Not 'no-referrer': forms would
            # then lose the origin by which older browsers show that they are ours
            response["Referrer-Policy"] = "same-origin"
            response["X-Robots-Tag"] = "noindex, nofollow"
            return response

        return guarded

    return mark


def _answer(
    view: View, request: HttpRequest, token: str, values: dict[str, Any], *, closed: bool, stranger: bool
) -> HttpResponse:
    if not is_open_for_anyone(Module.ROUNDS):
        raise Http404
    where = ratelimit.address_of(request.META)
    found = links.find(token)
    if found.link is None:
        limit, seconds = UNKNOWN_LINKS
        allowed = ratelimit.hit("isi_unknown", where, limit=limit, seconds=seconds).allowed
        return refused(request, "unknown" if allowed else "wait", 404 if allowed else 429)
    limit, seconds = VISITS
    if not ratelimit.hit("isi", str(found.link.pk), limit=limit, seconds=seconds).allowed:
        return refused(request, "wait", 429)
    if found.why and not (found.why == "closed" and closed):
        return refused(request, found.why, 410)
    secret = request.get_signed_cookie(COOKIE, default="", salt=SALT) or ""
    own = request.user.is_authenticated and request.user.pk == found.link.bundle.holder_id
    known = own or links.is_known_device(found.link, secret)
    if not known and not stranger:
        return _to_door(request, token)
    holder = Holder(found.link, token, secret, known, links.holder_of(found.link, where or None))
    return view(request, holder, **values)


def _to_door(request: HttpRequest, token: str) -> HttpResponse:
    """A page asked from a device that is not known: first the door. What a script had typed stays on the device."""
    if "application/json" in request.headers.get("Accept", ""):
        return JsonResponse({"said": ""}, status=401)
    return redirect(path(f"/isi/{token}/"))


def refused(request: HttpRequest, why: str, status: int) -> HttpResponse:
    return render(request, "registry/campaigns/pages/answer_refused.html", {"why": why}, status=status)


def device_secret(request: HttpRequest) -> str:
    """The secret of this device: the one it has, or a new one."""
    return request.get_signed_cookie(COOKIE, default="", salt=SALT) or secrets.token_urlsafe(24)


def remember(request: HttpRequest, response: HttpResponse, holder: Holder, secret: str) -> HttpResponse:
    """Put the device's secret into its cookie, until the link ends."""
    response.set_signed_cookie(
        COOKIE,
        secret,
        salt=SALT,
        expires=holder.link.expires_at,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )
    return response
