"""Screens about access itself: who may do what, modules, and the audit trail."""

from itertools import groupby
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from jendela.people.access import actions, audit_words, reads, screen_map
from jendela.people.access.actor import actor_of
from jendela.people.access.choices import Audience, Module, ModuleState, Permission
from jendela.people.access.forms import AuditForm, ModuleForm
from jendela.people.access.modules import BRINGS, FIRST
from jendela.people.access.paths import address, crumbs
from jendela.people.access.policy import has_permission, open_modules
from jendela.people.access.roles import ROLES
from jendela.people.access.screens import screen
from jendela.people.access.sheets import csv_answer
from jendela.ui.templatetags.ui import path


@screen(audience=Audience.STAFF)
@never_cache
def show_permissions(request: HttpRequest) -> HttpResponse:
    """Who may do what: every role with its sentence, and the table of roles and permissions."""
    counts = reads.role_counts()
    roles = [
        {
            "code": role.code,
            "label": role.label,
            "sentence": role.sentence,
            "everywhere": role.everywhere,
            "count": counts.get(role.code, 0),
            "may": [one.label for one in Permission if one in role.permissions],
        }
        for role in ROLES.values()
    ]
    table = [
        {"label": one.label, "cells": [one in role.permissions for role in ROLES.values()]}
        for one in Permission
    ]
    context = {
        "roles": roles,
        "table": table,
        "own": reads.own_memberships(request.user),
        "manages": has_permission(request.user, Permission.MANAGE_MEMBERS),
        "crumbs": crumbs(),
    }
    return render(request, "people/access/pages/show_permissions.html", context)


@screen(audience=Audience.STAFF)
@never_cache
def list_screens(request: HttpRequest) -> HttpResponse:
    """Every screen and what it needs, from the map of addresses; those of closed modules only for who opens modules."""
    modules = None if has_permission(request.user, Permission.MANAGE_MODULES) else open_modules(request.user)
    text = " ".join(request.GET.get("q", "").replace("\x00", "").split())[:80].lower()
    rows = [
        one
        for one in screen_map.screens()
        if (text in one.path.lower() or text in one.name.lower())
        and (modules is None or one.mark.module is None or one.mark.module in modules)
    ]
    context = {
        "rows": [{"screen": one, "for": _audience_words(one.mark.audience)} for one in rows],
        "text": text,
        "own_url": path("/kelola/izin/halaman/"),
        "crumbs": crumbs((_("Siapa boleh apa"), "/kelola/izin/")),
    }
    return render(request, "people/access/pages/list_screens.html", context)


def _audience_words(audience: Audience) -> str:
    words = {
        Audience.PUBLIC: _("semua orang"),
        Audience.SIGNED_IN: _("siapa pun yang sudah masuk"),
        Audience.STAFF: _("pegawai yang memegang peran"),
    }
    return words[audience]


@screen(audience=Audience.STAFF, needs=Permission.MANAGE_MODULES)
@never_cache
def list_modules(request: HttpRequest) -> HttpResponse:
    rows = [
        {"row": one, "brings": BRINGS[one.module], "first": FIRST[one.module], "number": str(number)}
        for number, one in enumerate(reads.modules(), start=1)
    ]
    changed = request.GET.get("diubah", "")
    context = {
        "rows": rows,
        "all_open": settings.ALL_MODULES_OPEN,
        "nothing_open": reads.nothing_open(),
        "changed": Module(changed).label if changed in Module.values else "",
        "crumbs": crumbs(),
    }
    return render(request, "people/access/pages/list_modules.html", context)


@screen(audience=Audience.STAFF, needs=Permission.MANAGE_MODULES)
@never_cache
def set_module(request: HttpRequest, module: str) -> HttpResponse:
    """Open, try or close one module. The button 'Saring' only narrows the list of agencies; ticks are kept."""
    row = next((one for one in reads.modules() if one.module == module), None)
    if row is None:
        raise Http404
    queryset = reads.agencies_to_choose()
    if request.method != "POST":
        first = {"state": row.state, "agencies": [one.pk for one in row.agencies]}
        return _module_page(request, row, ModuleForm(queryset=queryset, initial=first))
    form = ModuleForm(request.POST, queryset=queryset)
    if "saring" in request.POST:
        kept = {"state": request.POST.get("state"), "agencies": request.POST.getlist("agencies")}
        return _module_page(request, row, ModuleForm(queryset=queryset, initial=kept))
    if not form.is_valid():
        return _module_page(request, row, form, status=400)
    state = ModuleState(form.cleaned_data["state"])
    chosen = form.cleaned_data["agencies"]
    changed = actions.set_module(module=row.module, state=state, agencies=chosen, by=actor_of(request))
    return redirect(address("/kelola/modul/", diubah=row.module.value if changed else ""))


def _module_page(
    request: HttpRequest, row: reads.ModuleRow, form: ModuleForm, status: int = 200
) -> HttpResponse:
    text = " ".join(request.POST.get("cari", "").split())[:80]
    ticked = {str(one) for one in (form["agencies"].value() or [])}
    boxes = [
        {"agency": one, "ticked": str(one.pk) in ticked}
        for one in reads.agencies_to_choose()
        if str(one.pk) in ticked or text.lower() in f"{one.short_name} {one.name}".lower()
    ]
    context = {
        "row": row,
        "form": form,
        "brings": BRINGS[row.module],
        "boxes": sorted(boxes, key=lambda one: not one["ticked"]),
        "text": text,
        "all_open": settings.ALL_MODULES_OPEN,
        "crumbs": crumbs((_("Modul"), "/kelola/modul/")),
    }
    return render(request, "people/access/pages/set_module.html", context, status=status)


@screen(audience=Audience.STAFF, needs=Permission.READ_AUDIT)
@never_cache
def list_audit(request: HttpRequest) -> HttpResponse:
    form = AuditForm(_first_values(request))
    filters = form.filters()
    before = request.GET.get("sebelum", "")
    number = int(before) if before.isascii() and before.isdigit() and len(before) <= 18 else None
    page = reads.audit_page(filters, before=number)
    asked = _asked(filters)
    context: dict[str, Any] = {
        "form": form,
        "days": [
            {"date": day, "lines": list(lines)}
            for day, lines in groupby(page.lines, key=lambda line: localtime(line.entry.at).date())
        ],
        "filters": filters,
        "narrowed": bool(asked),
        "kind_words": audit_words.target_words(filters.kind) if filters.kind else "",
        "own_url": path("/kelola/catatan/"),
        "personal_url": address("/kelola/catatan/", **{**asked, "pribadi": "" if filters.personal else "1"}),
        "csv_url": address("/kelola/catatan.csv", **asked),
        "next_url": address("/kelola/catatan/", **asked, sebelum=page.next_key) if page.next_key else "",
        "first_url": address("/kelola/catatan/", **asked) if number is not None else "",
        "crumbs": crumbs(),
    }
    return render(request, "people/access/pages/list_audit.html", context)


@screen(audience=Audience.STAFF, needs=Permission.READ_AUDIT)
@never_cache
def export_audit(request: HttpRequest) -> HttpResponse:
    """The same entries for a spreadsheet, at most reads.MOST_EXPORTED of the newest."""
    header = ["nomor", "waktu", "siapa", "akun", "alamat", "tindakan", "kode", "jenis", "kunci", "perubahan"]
    lines = reads.audit_lines(AuditForm(_first_values(request)).filters())
    rows = [
        [
            line.entry.pk,
            localtime(line.entry.at).strftime("%Y-%m-%d %H:%M:%S"),
            line.entry.actor,
            line.entry.by_id,
            line.entry.address,
            line.what,
            line.entry.action,
            line.kind,
            line.entry.target_key,
            "; ".join(
                f"{one.field}: {one.old or '(kosong)'} -> {one.new or '(kosong)'}" for one in line.changes
            ),
        ]
        for line in lines
    ]
    return csv_answer("catatan-perubahan", header, rows)


def _first_values(request: HttpRequest) -> dict[str, str]:
    return {name: request.GET.get(name, "").replace("\x00", "") for name in AuditForm.base_fields}


def _asked(filters: reads.AuditFilters) -> dict[str, str]:
    """The filters as they stand in an address."""
    values = {
        "siapa": filters.who,
        "tindakan": filters.action,
        "jenis": filters.kind,
        "kunci": filters.key,
        "dari": filters.since.isoformat() if filters.since else "",
        "sampai": filters.until.isoformat() if filters.until else "",
        "alamat": filters.address,
        "pribadi": "1" if filters.personal else "",
    }
    return {name: value for name, value in values.items() if value}
