"""Merging agencies: a form, a dry run in words, the act, and the way back within a day."""

from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache

from jendela.people.access.actor import actor_of
from jendela.people.access.choices import Audience, Permission
from jendela.people.access.screens import screen
from jendela.people.agencies import actions as agencies
from jendela.people.agencies.models import Agency, Merger
from jendela.people.agencies.reads import UNDO, merger, mergers
from jendela.portal.agency import reads
from jendela.portal.agency.forms import MergerForm
from jendela.ui.templatetags.ui import path

PAGE = "portal/agency/pages/merge_agencies.html"


@screen(audience=Audience.STAFF, needs=Permission.MANAGE_AGENCIES)
@never_cache
def merge_agencies(request: HttpRequest) -> HttpResponse:
    form = MergerForm(request.POST or None)
    if request.method != "POST":
        return _page(request, form)
    if not form.is_valid():
        return _page(request, form)
    if "sungguh" not in request.POST:
        return _page(request, form, dry_run=_dry_run(form.cleaned_data))
    try:
        row = _merge(request, form.cleaned_data)
    except agencies.MergerError as error:
        words = {
            "merged_before": ("predecessor", _("Instansi ini sudah digabung. Muat ulang halaman.")),
            "chain": ("successor", _("Pengganti ini sendiri sudah dilebur. Pilih yang masih ada.")),
            "name_taken": (
                "short_name",
                _("Singkatan ini sudah dipakai. Pilih dari daftar, atau tulis lain."),
            ),
        }
        form.add_error(*words[error.reason])
        return _page(request, form)
    return redirect(f"{path('/kelola/instansi/gabung/')}?selesai={row.pk}")


@transaction.atomic
def _merge(request: HttpRequest, data: dict[str, Any]) -> Merger:
    by = actor_of(request)
    successor = data["successor"] or agencies.make_successor(
        predecessor=data["predecessor"], short_name=data["short_name"], name=data["name"], by=by
    )
    return agencies.merge_agencies(
        predecessor=data["predecessor"],
        successor=successor,
        since=data["since"],
        source=data["source"],
        source_url=data["source_url"],
        successor_is_new=data["successor"] is None,
        by=by,
    )


def _dry_run(data: dict[str, Any]) -> dict[str, Any]:
    """What would move, in words."""
    old: Agency = data["predecessor"]
    new = data["successor"].name if data["successor"] else data["name"]
    found = reads.moving(old)
    counts = [
        (found.services, ngettext("%(n)s layanan", "%(n)s layanan", found.services), _("layanan")),
        (found.applications, ngettext("%(n)s aplikasi", "%(n)s aplikasi", found.applications), _("aplikasi")),
        (found.offices, ngettext("%(n)s kantor", "%(n)s kantor", found.offices), _("kantor")),
        (
            found.people,
            ngettext("%(n)s orang dengan perannya", "%(n)s orang dengan perannya", found.people),
            _("orang dengan peran"),
        ),
        (
            found.drafts,
            ngettext("%(n)s rancangan standar", "%(n)s rancangan standar", found.drafts),
            _("rancangan standar"),
        ),
    ]
    return {
        "old": old,
        "new": new,
        "since": date_format(data["since"], "j F Y"),
        "source": data["source"],
        "lines": [words % {"n": number} for number, words, _name in counts if number],
        "none": ", ".join(name for number, _words, name in counts if not number),
        "decreed": str(found.decreed) if found.decreed else "",
    }


def _page(request: HttpRequest, form: MergerForm, *, dry_run: dict[str, Any] | None = None) -> HttpResponse:
    now = timezone.now()
    shown: list[dict[str, Any]] = [
        {
            "row": row,
            "since": date_format(row.since, "j F Y"),
            "undo": row.undone_at is None and now - row.made_at <= UNDO,
        }
        for row in mergers()
    ]
    context = {
        "form": form,
        "dry_run": dry_run,
        "own": path("/kelola/instansi/gabung/"),
        "done": next((one for one in shown if request.GET.get("selesai") == str(one["row"].pk)), None),
        "mergers": shown,
        "crumbs": [
            {"label": _("Ruang kelola"), "url": path("/kelola/")},
            {"label": _("Instansi"), "url": path("/kelola/instansi/")},
        ],
    }
    return render(request, PAGE, context)


@screen(audience=Audience.STAFF, needs=Permission.MANAGE_AGENCIES)
@never_cache
def undo_merger(request: HttpRequest, number: int) -> HttpResponse:
    """Take a merger back; too late, the page says what to do instead."""
    row = merger(number) if number < 2**31 else None
    if row is None:
        raise Http404
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    try:
        agencies.undo_merger(merger=row, by=actor_of(request))
    except agencies.CannotUndoError:
        context = {
            "agency": row.predecessor,
            "merger": row,
            "home": path("/kelola/instansi/gabung/"),
            "crumbs": [{"label": _("Ruang kelola"), "url": path("/kelola/")}],
        }
        return render(request, "portal/agency/pages/cannot_undo.html", context, status=409)
    return redirect(f"{path('/kelola/instansi/gabung/')}?selesai={row.pk}")
