"""The resident's core pages: home, results, a service with its poster and QR code, a word to us, short links."""

import dataclasses
import datetime
import re

import segno
from django.conf import settings
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.shortcuts import render
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_http_methods, require_safe

from jendela.common import marks
from jendela.common.audit import Actor
from jendela.common.dates import today
from jendela.common.ratelimit import address_of, hit
from jendela.people.access.choices import Audience
from jendela.people.access.origin import public_post
from jendela.people.access.screens import Screen, screen
from jendela.portal.public import home_page, reads, results_page, service_page
from jendela.portal.public.forms import FeedbackForm
from jendela.portal.public.words import link, own, plain
from jendela.services.catalogue import actions
from jendela.services.catalogue.reads import service as catalogue

LONGEST_PAGE = 200
_SERVICE_PAGE = re.compile(r"^(?:/en)?/layanan/([-a-z0-9]+)/")


@screen(audience=Audience.PUBLIC)
@require_safe
def show_home(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/public/pages/show_home.html", home_page.context())


@screen(
    audience=Audience.PUBLIC, cached=False
)  # each question passes the limit, so that no robot makes up demand
@require_safe
@gzip_page
def show_results(request: HttpRequest) -> HttpResponse:
    raw = request.GET.get("q", "")
    limit, seconds = settings.RATE_SEARCH
    verdict = hit("search", address_of(request.META), limit=limit, seconds=seconds)
    if not verdict.allowed:
        context = {"query": raw[: results_page.LONGEST_SHOWN], "seconds": verdict.reset, "kind": "search"}
        return render(request, "portal/public/pages/too_many.html", context, status=429)
    context = results_page.context(raw, request.GET.get("jenis", ""), request.GET.get("wilayah", ""))
    counted = results_page.counted(context)
    if counted:
        marks.count(request, "query", *counted)
    return render(request, "portal/public/pages/show_results.html", context)


@screen(audience=Audience.PUBLIC)
@require_safe
def show_service(request: HttpRequest, slug: str) -> HttpResponse:
    date = _day(request)
    sheet = catalogue.sheet(slug, on=date)
    if sheet is None:
        raise Http404
    area, districts = reads.area_and_districts(request.GET.get("wilayah", ""))
    context = service_page.context(sheet, area)
    context |= {"area": area, "districts": districts, "canonical": settings.PUBLIC_URL + request.path}
    if date is None:
        marks.count(request, "view", slug)
        for gap in context["gaps"]:
            marks.count(request, "gap", slug, gap)
    else:
        context["dated"] = service_page.dated(sheet, date)
    return render(request, "portal/public/pages/show_service.html", context)


def _day(request: HttpRequest) -> datetime.date | None:
    """The day of `?pada=`, None for today. What is past and what is to come changes at midnight, not with the content:
    such a page is not kept in the cache."""
    raw = request.GET.get("pada", "")
    if not raw:
        return None
    mark: Screen = request.jendela_screen  # type: ignore[attr-defined]
    request.jendela_screen = dataclasses.replace(mark, cached=False)  # type: ignore[attr-defined]
    try:
        date = datetime.datetime.strptime(raw, "%Y-%m-%d").date()
    except ValueError as error:
        raise Http404 from error
    return None if date == today() else date


@screen(audience=Audience.PUBLIC)
@require_safe
def show_service_poster(request: HttpRequest, slug: str) -> HttpResponse:
    sheet = catalogue.sheet(slug)
    if sheet is None:
        raise Http404
    area = reads.find_area(request.GET.get("wilayah", ""))
    context = service_page.poster_context(sheet, area)
    return render(request, "portal/public/pages/show_service_poster.html", context)


@screen(audience=Audience.PUBLIC)
@require_safe
def show_service_qr(request: HttpRequest, slug: str) -> HttpResponse:
    number = catalogue.number_of(slug)
    if number is None:
        raise Http404
    drawing = segno.make(f"{settings.PUBLIC_URL}/l/{number}/", error="m")
    image = drawing.svg_inline(omitsize=True, border=4, dark="#000", light="#fff")
    image = image.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    return HttpResponse(image, content_type="image/svg+xml")


@screen(audience=Audience.PUBLIC)
@require_safe
def follow_service_link(request: HttpRequest, number: int) -> HttpResponse:
    slug = catalogue.slug_of(number) if number < 2**31 else None
    if slug is None:
        raise Http404
    return HttpResponsePermanentRedirect(link(f"/layanan/{slug}/"))


@screen(audience=Audience.PUBLIC)
@require_safe
def follow_village_link(request: HttpRequest, code: str) -> HttpResponse:
    if not reads.area_exists(code):
        raise Http404
    return HttpResponsePermanentRedirect(link(f"/desa/{code}/"))


@screen(audience=Audience.PUBLIC)
@public_post
@require_http_methods(["GET", "HEAD", "POST"])
def show_feedback_form(request: HttpRequest) -> HttpResponse:
    posted = request.method == "POST"
    page = own_page((request.POST if posted else request.GET).get("halaman", ""))
    form = FeedbackForm(request.POST if posted else None)
    status = 200
    if posted and form.is_valid():
        limit, seconds = settings.RATE_FEEDBACK
        verdict = hit("feedback", address_of(request.META), limit=limit, seconds=seconds)
        if verdict.allowed:
            row = actions.record_feedback(
                page=page,
                topic=form.cleaned_data["topic"],
                text=form.cleaned_data["text"],
                contact=form.cleaned_data["contact"],
                by=Actor("warga"),
            )
            return HttpResponseRedirect(link(f"/salah/terima-kasih/{row.pk}/"))
        status = 429
    context = {"form": form, "page": page, "about": about(page), "too_many": status == 429}
    return render(request, "portal/public/pages/show_feedback_form.html", context, status=status)


@screen(audience=Audience.PUBLIC)
@require_safe
def show_feedback_thanks(request: HttpRequest, number: int) -> HttpResponse:
    if number >= 2**63 or not reads.feedback_exists(number):
        raise Http404
    return render(request, "portal/public/pages/show_feedback_thanks.html", {"number": str(number)})


@screen(audience=Audience.PUBLIC)
@require_safe
def show_sitemap(request: HttpRequest) -> HttpResponse:
    context = {"site": settings.PUBLIC_URL, "pages": reads.public_paths()}
    page = "portal/public/pages/show_sitemap.xml"
    return render(request, page, context, content_type="application/xml")


@screen(audience=Audience.PUBLIC)
@require_safe
def show_robots(request: HttpRequest) -> HttpResponse:
    closed = ("/cari/", "/salah/", "/pegawai/", "/kelola/", "/akun/")
    lines = ["User-agent: *", *(f"Disallow: {prefix}{path}" for path in closed for prefix in ("", "/en"))]
    lines += ["", f"Sitemap: {settings.PUBLIC_URL}/sitemap.xml", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


def own_page(raw: str) -> str:
    """The path of one of our pages, without its query (it may hold what somebody searched); '/' for all else."""
    path = raw.split("?", maxsplit=1)[0].split("#", maxsplit=1)[0].strip()
    if not path.startswith("/") or path.startswith("//") or "\\" in path or not path.isprintable():
        return "/"
    return path[:LONGEST_PAGE]


def about(page: str) -> dict[str, str]:
    """The page a reader writes about, by the name of its service where it is one."""
    match = _SERVICE_PAGE.match(page)
    row = reads.service_name(match.group(1)) if match else None
    if row is None:
        return {"name": "", "plain": ""}
    return {"name": own(*row), "plain": plain(*row)}
