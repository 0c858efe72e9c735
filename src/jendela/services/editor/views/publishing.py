"""Publishing parts of a draft, the page that says what became public, and taking it back."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jendela.people.access.actor import actor_of
from jendela.people.access.choices import Audience, Module, Permission
from jendela.people.access.screens import screen
from jendela.services.catalogue.actions import CannotWithdraw, PartIsWrong
from jendela.services.catalogue.models import Publication, Service
from jendela.services.catalogue.reads import standards
from jendela.services.catalogue.reads.parts import BY_KEY
from jendela.services.editor import actions, reading
from jendela.services.editor.policy import may
from jendela.services.editor.reads import draft as reads
from jendela.services.editor.views.bench import side_by_side
from jendela.services.editor.views.common import crumbs, public_page, service_for


@screen(audience=Audience.STAFF, needs=Permission.PUBLISH_INTERIM, module=Module.STANDARDS)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def publish_draft(request: HttpRequest, slug: str) -> HttpResponse:
    """What will be public, part by part; asked once, then done."""
    service = service_for(request, slug, Permission.PUBLISH_INTERIM)
    problem, chosen = "", None
    if request.method == "POST":
        chosen = [part for part in request.POST.getlist("bagian") if part in BY_KEY]
        try:
            done = actions.publish_draft(
                service=service, parts=chosen, seen=request.POST.get("seen", ""), by=actor_of(request)
            )
            return redirect("show_publication", slug=slug, number=done.pk)
        except actions.DraftChangedError:
            problem = _("Isinya berubah sejak halaman ini dibuka. Baca lagi, lalu terbitkan.")
        except actions.NothingToPublishError:
            problem = _("Pilih sedikitnya satu bagian.")
        except PartIsWrong:
            problem = _("Ada bagian yang perlu diperbaiki dulu. Tidak ada yang diterbitkan.")
    bench = reads.with_checks(reads.workbench(service))
    places = reads.places([value for line in bench.changed for value in (line.value, line.published)])
    rows: list[dict[str, Any]] = [
        side_by_side(line, places) | {"chosen": line.filled if chosen is None else line.part.key in chosen}
        for line in bench.publishable
    ]
    context = {
        "service": service,
        "bench": bench,
        "rows": rows,
        "held": [line for line in bench.changed if line not in bench.publishable],
        "waiting": standards.waiting_decrees(service),
        "seen": bench.seen(),
        "problem": problem,
        "crumbs": crumbs(service),
    }
    page = "services/editor/pages/publish_draft.html"
    return render(request, page, context, status=409 if problem else 200)


def _publication(service: Service, number: int) -> Publication:
    found = next((one for one in standards.publications(service) if one.pk == number), None)
    if found is None:
        raise Http404
    return found


def _to_withdraw(publication: Publication) -> Permission:
    decreed = publication.standard is not None and publication.standard.decree_number
    return Permission.DECREE_STANDARDS if decreed else Permission.PUBLISH_INTERIM


@screen(audience=Audience.STAFF, needs=Permission.WRITE_STANDARDS, module=Module.STANDARDS)
@never_cache
@require_safe
def show_publication(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """What became public, where to see it, and the way back while there is one."""
    service = service_for(request, slug)
    publication = _publication(service, number)
    last = standards.undoable(service)
    needed = _to_withdraw(publication)
    values = list(publication.changes.values())
    places = reads.places(values)
    context = {
        "service": service,
        "publication": publication,
        "standard": publication.standard,
        "parts": [
            (BY_KEY[key], reading.plain(key, value, places))
            for key, value in publication.changes.items()
            if key in BY_KEY
        ],
        "undoable": last is not None and last.pk == publication.pk and may(request.user, needed, service),
        "hours": standards.UNDO_HOURS,
        "too_late": request.GET.get("terlambat") == "1",
        "public_url": public_page(service),
        "crumbs": crumbs(service),
    }
    return render(request, "services/editor/pages/show_publication.html", context)


@screen(audience=Audience.STAFF, needs=Permission.PUBLISH_INTERIM, module=Module.STANDARDS)
@never_cache
@require_POST
def withdraw_publication(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Take the last publication back; a decree only by those who may decree."""
    service = service_for(request, slug, Permission.PUBLISH_INTERIM)
    publication = _publication(service, number)
    if not may(request.user, _to_withdraw(publication), service):
        raise Http404
    try:
        actions.withdraw_publication(
            service=service,
            publication=publication,
            by=actor_of(request),
            why=request.POST.get("alasan", "")[:300],
        )
    except CannotWithdraw:
        response = redirect("show_publication", slug=slug, number=number)
        response["Location"] += "?terlambat=1"
        return response
    return redirect("show_publication", slug=slug, number=number)
