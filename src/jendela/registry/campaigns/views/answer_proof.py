"""The proof to hang up, and the public page where its code is checked."""

import segno
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.views.decorators.cache import never_cache

from jendela.common import ratelimit
from jendela.people.access.choices import Audience
from jendela.people.access.screens import screen
from jendela.registry.campaigns import proof
from jendela.registry.campaigns.views.answer_gate import Holder, answers

CHECKS = (60, 600)  # codes typed from one address


@answers(closed=True)
def answer_proof(request: HttpRequest, holder: Holder) -> HttpResponse:
    """One page to print and hang up: agency, number of applications, date, code and its address as a QR drawing."""
    bundle = holder.bundle
    if not bundle.is_answered:
        return redirect(holder.url())
    code = proof.code_of(bundle)
    url = proof.url_of(code)
    drawing = segno.make(url, error="m").svg_inline(omitsize=True, border=2, dark="#000", light="#fff")
    context = {
        "link": holder,
        "bundle": bundle,
        "applications": proof.applications(bundle),
        "code": code,
        "url": url,
        "qr": mark_safe(drawing),  # noqa: S308  made by segno from our own address
    }
    return render(request, "registry/campaigns/pages/answer_proof.html", context)


@screen(audience=Audience.PUBLIC, cached=False)
@never_cache
def show_proof(request: HttpRequest, code: str) -> HttpResponse:
    """Is a printed proof ours? Names the agency, the number and the date, and no person."""
    limit, seconds = CHECKS
    where = ratelimit.address_of(request.META)
    if not ratelimit.hit("bukti", where, limit=limit, seconds=seconds).allowed:
        return render(request, "registry/campaigns/pages/show_proof.html", {"wait": True}, status=429)
    bundle = proof.bundle_of(code)
    context = {
        "bundle": bundle,
        "code": code.upper(),
        "stands": bundle is not None and proof.stands(bundle),
        "applications": proof.applications(bundle) if bundle else 0,
    }
    return render(request, "registry/campaigns/pages/show_proof.html", context, status=200 if bundle else 404)
