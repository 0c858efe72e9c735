"""What the screens of one application share."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from jendela.people.access.choices import Audience, Module, Permission
from jendela.people.access.paths import address, crumbs
from jendela.people.access.screens import screen
from jendela.registry.applications import reads
from jendela.registry.applications.models import Application
from jendela.registry.applications.paths import record_path
from jendela.registry.applications.policy import may_edit

LIST = "/kelola/aplikasi/"
edits = screen(audience=Audience.STAFF, needs=Permission.EDIT_REGISTRY, module=Module.REGISTRY)
manages = screen(audience=Audience.STAFF, needs=Permission.MANAGE_REGISTRY, module=Module.REGISTRY)


def editable(request: HttpRequest, slug: str) -> Application:
    """The application, when this viewer may edit it; anything else does not exist for them."""
    row = reads.record(slug)
    if row is None or not may_edit(request.user, row):
        raise Http404
    return row


def speaks(request: HttpRequest, row: Application) -> str:
    return reads.speaker(request.user, row.owner)


def posted(request: HttpRequest) -> QueryDict | None:
    """The data for a form: of a POST even when it is empty, None for a GET."""
    return request.POST if request.method == "POST" else None


def back(row: Application, done: str, *, act: Any = "", at: str = "") -> HttpResponse:
    """To the record, which says what was done and offers to take it back."""
    place = f"#{at}" if at else ""
    return redirect(f"{address(record_path(row.slug), selesai=done, tindakan=act)}{place}")


def form_page(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """A page with a form: 400 when what was typed came back."""
    status = 400 if request.method == "POST" and context["form"].errors else 200
    return render(request, template, context, status=status)


def way_back(row: Application) -> list[dict[str, str]]:
    return crumbs((_("Aplikasi"), LIST), (row.name, record_path(row.slug)))
