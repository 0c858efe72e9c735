"""Pages about Jendela itself: is it real, how it works, its data, privacy, accessibility, help."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from jendela.people.access.choices import Audience
from jendela.people.access.screens import screen
from jendela.portal.trust import reads
from jendela.portal.trust.data import data_page
from jendela.portal.trust.story import story_page


def _site() -> dict[str, Any]:
    host = urlsplit(settings.PUBLIC_URL).netloc
    return {"address": settings.PUBLIC_URL, "host": host, "is_go_id": host.endswith(".go.id")}


@screen(audience=Audience.PUBLIC)
@require_safe
def show_authenticity(request: HttpRequest) -> HttpResponse:
    context = {**_site(), "police": reads.police(), "office": reads.communication_office()}
    return render(request, "portal/trust/pages/show_authenticity.html", context)


@screen(audience=Audience.PUBLIC, cached=False)  # shows counts that rise without a change of content
@require_safe
def show_how_it_works(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/trust/pages/show_how_it_works.html", story_page())


@screen(audience=Audience.PUBLIC)
@require_safe
def show_data(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/trust/pages/show_data.html", data_page())


@screen(audience=Audience.PUBLIC)
@require_safe
def show_privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/trust/pages/show_privacy.html")


@screen(audience=Audience.PUBLIC)
@require_safe
def show_accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/trust/pages/show_accessibility.html")


@screen(audience=Audience.PUBLIC)
@require_safe
def show_help(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/trust/pages/show_help.html", _site())
