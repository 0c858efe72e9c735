"""One part: its page, and the address where a draft keeps itself."""

import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timesince import timesince
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from jendela.people.access.actor import actor_of
from jendela.people.access.choices import Audience, Module, Permission
from jendela.people.access.screens import screen
from jendela.services.catalogue.actions import PartIsWrong
from jendela.services.catalogue.models import Service
from jendela.services.catalogue.reads.content import check
from jendela.services.editor import actions, diff, reading
from jendela.services.editor.forms.parts import PartForm
from jendela.services.editor.models import DraftPart
from jendela.services.editor.policy import may, publishable
from jendela.services.editor.reads import draft as reads
from jendela.services.editor.reads.draft import Workbench
from jendela.services.editor.views.common import crumbs, service_for


def _options(service: Service, part: str) -> reads.Options:
    return reads.options(service) if part in ("ways", "events") else reads.Options()


def _revision(request: HttpRequest) -> int:
    typed = request.POST.get("revision", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0


@screen(audience=Audience.STAFF, needs=Permission.WRITE_STANDARDS, module=Module.STANDARDS)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def edit_part(request: HttpRequest, slug: str, part: str) -> HttpResponse:
    service = service_for(request, slug)
    options = _options(service, part)
    if request.method == "POST":
        return _posted(request, service, part, options)
    bench = reads.workbench(service)
    form = PartForm(part, bench.lines[part].value, options)
    return _page(request, bench, part, form)


def _page(
    request: HttpRequest, bench: Workbench, part: str, form: PartForm, *, errors: Any = (), status: int = 200
) -> HttpResponse:
    """The page of a part. `errors` are what was refused; what only keeps it from being published is told apart."""
    service, line = bench.service, bench.lines[part]
    bench = reads.with_gaps(bench)
    places = reads.places([line.value, line.published])
    before, after = reads.neighbours(part)
    free = publishable(part, bench.standard)
    direct = request.GET.get("langsung") == "1" and free
    revision = request.POST.get("revision") or (line.row.revision if line.row else 0)
    context = {
        "service": service,
        "part": line.part,
        "line": line,
        "form": form,
        "revision": str(revision),
        "refused": errors,
        "wrong": check(part, line.value) if line.changed and not errors else [],
        "reading": reading.of(part, line.value, places),
        "published": reading.plain(part, line.published, places),
        "before": before,
        "after": after,
        "free": free,
        "direct": direct,
        "may_publish": free and may(request.user, Permission.PUBLISH_INTERIM, service),
        "saved": _said(line.row) if line.row is not None and line.row.value is not None else "",
        "same": request.GET.get("sama") == "1" and not line.changed,
        "just_saved": request.GET.get("tersimpan") == "1",
        "save_url": reverse("save_part", args=[service.slug, part]),
        "crumbs": crumbs(service),
    }
    return render(request, "services/editor/pages/edit_part.html", context, status=status)


def _said(row: DraftPart) -> str:
    return _("Tersimpan %(time)s WIB") % {"time": date_format(localtime(row.edited_at), "H.i")}


def _ago(when: datetime.datetime) -> str:
    if (timezone.now() - when).total_seconds() < 60:
        return _("Itu baru saja.")
    return _("Itu %(time)s yang lalu.") % {"time": timesince(when, depth=1)}


def _posted(request: HttpRequest, service: Service, part: str, options: reads.Options) -> HttpResponse:
    """Save, or do what the pressed button says; what was typed is never lost."""
    form = PartForm(part, None, options, data=request.POST)
    asked = request.POST.get("lakukan", "")
    if not form.is_valid():
        return _page(request, reads.workbench(service), part, form, errors=form.problems(), status=422)
    at = form.rows.move(asked) if form.rows is not None else None
    value, by = form.value(), actor_of(request)
    if asked == "punya-mereka":
        actions.set_aside(service=service, part=part, value=value, by=by)
        return redirect("edit_part", slug=service.slug, part=part)
    try:
        actions.save_part(service=service, part=part, value=value, revision=_revision(request), by=by)
    except actions.PartChangedError as error:
        return _conflict(request, service, part, form, error.part)
    if asked == "terbit" and may(request.user, Permission.PUBLISH_INTERIM, service):
        return _published_at_once(request, service, part)
    return _next(request, service, part, asked, at)


def _next(request: HttpRequest, service: Service, part: str, asked: str, at: int | None) -> HttpResponse:
    _before, after = reads.neighbours(part)
    if asked == "lanjut" and after is not None:
        return redirect("edit_part", slug=service.slug, part=after.key)
    if asked == "selesai":
        return redirect("show_draft", slug=service.slug)
    query = "?langsung=1&tersimpan=1" if request.GET.get("langsung") == "1" else "?tersimpan=1"
    anchor = {"ways": "cara", "events": "peristiwa", "A4": "biaya"}.get(part, "")
    if asked == "tambah":
        anchor += "-baru"
    elif at is not None:
        anchor += f"-{at}"
    else:
        anchor = ""
    here = reverse("edit_part", args=[service.slug, part]) + query
    return redirect(f"{here}#{anchor}" if anchor else here)


def _published_at_once(request: HttpRequest, service: Service, part: str) -> HttpResponse:
    """'Simpan dan terbitkan': this part only, in one step."""
    try:
        publication = actions.publish_draft(service=service, parts=[part], seen=None, by=actor_of(request))
    except actions.NothingToPublishError:
        return redirect(reverse("edit_part", args=[service.slug, part]) + "?langsung=1&sama=1")
    except PartIsWrong:
        return redirect(reverse("edit_part", args=[service.slug, part]) + "?langsung=1&tersimpan=1")
    return redirect("show_publication", slug=service.slug, number=publication.pk)


def _conflict(
    request: HttpRequest, service: Service, part: str, form: PartForm, theirs: DraftPart
) -> HttpResponse:
    """Both texts side by side; the form below holds the writer's own and starts from the newest revision."""
    bench = reads.workbench(service)
    line = bench.lines[part]
    mine = form.value()
    places = reads.places([mine, line.value])
    old = reading.plain(part, line.value, places)
    pieces = diff.words(old, reading.plain(part, mine, places))
    context = {
        "service": service,
        "part": line.part,
        "line": line,
        "form": PartForm(part, mine, _options(service, part)),
        "revision": str(line.row.revision if line.row else 0),
        "theirs": diff.side(pieces, diff.GONE),
        "mine": diff.side(pieces, diff.NEW),
        "who": theirs.editor_name,
        "ago": _ago(theirs.edited_at),
        "published": theirs.value is None,
        "crumbs": crumbs(service),
    }
    return render(request, "services/editor/pages/edit_part_conflict.html", context, status=409)


@screen(audience=Audience.STAFF, needs=Permission.WRITE_STANDARDS, module=Module.STANDARDS)
@never_cache
@require_POST
def save_part(request: HttpRequest, slug: str, part: str) -> JsonResponse:
    """A draft that keeps itself: the same form, answered in JSON. 409 says that another person was faster, 422 that
    something cannot be kept; nothing was written then."""
    service = service_for(request, slug)
    form = PartForm(part, None, _options(service, part), data=request.POST)
    if not form.is_valid():
        said = " ".join(f"{one.label}: {one.message}" for one in form.problems())
        return JsonResponse({"said": _("Belum tersimpan. %(why)s") % {"why": said}}, status=422)
    value = form.value()
    try:
        row = actions.save_part(
            service=service, part=part, value=value, revision=_revision(request), by=actor_of(request)
        )
    except actions.PartChangedError as error:
        said = _("Belum tersimpan. %(name)s menyimpan tulisan lain. Tekan Simpan untuk membandingkan.")
        return JsonResponse({"said": said % {"name": error.part.editor_name}}, status=409)
    shown = reading.of(part, value, reads.places([value]))
    return JsonResponse(
        {
            "said": _said(row) if row.pk else _("Sama dengan yang terbit."),
            "revision": row.revision,
            "lines": list(shown.lines),
            "note": shown.note,
            "wrong": check(part, value),
        }
    )
