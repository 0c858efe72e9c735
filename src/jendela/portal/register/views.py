"""Screens of the register: the list, one record, its whole history."""

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from jendela.people.access.choices import Audience, Module, Permission
from jendela.people.access.paths import address, crumbs
from jendela.people.access.policy import has_permission
from jendela.people.access.screens import screen
from jendela.portal.register import listing, record_page
from jendela.registry.applications import reads
from jendela.registry.applications.models import Application
from jendela.registry.applications.paths import record_path
from jendela.registry.applications.policy import may_edit, may_manage, visible_to
from jendela.ui.templatetags.ui import path

DONE: dict[str, Any] = {  # what was done a moment ago, by the word in the address
    "tersimpan": gettext_lazy("Tersimpan. Sumber dan riwayatnya ikut tercatat."),
    "sama": gettext_lazy("Tidak ada yang berubah. Isinya sama seperti sebelumnya."),
    "benar": gettext_lazy("Tercatat: semua isi bagian ini masih benar."),
    "batal": gettext_lazy("Perubahan sudah dibatalkan. Isinya kembali seperti semula."),
    "tidak-batal": gettext_lazy("Belum dibatalkan: isinya sudah berubah lagi, atau sudah lewat 24 jam."),
    "dicabut": gettext_lazy("Sudah dicabut. Riwayatnya tetap ada."),
    "baru": gettext_lazy("Aplikasi sudah tercatat. Lengkapi yang belum diketahui."),
    "persetujuan": gettext_lazy("Persetujuan sudah tercatat."),
}


@screen(audience=Audience.STAFF, needs=Permission.READ_REGISTRY, module=Module.REGISTRY)
@never_cache
def list_register(request: HttpRequest) -> HttpResponse:
    """Every application on record; people of an agency begin with their own."""
    asked = listing.asked(request.GET, request.user)
    after = request.GET.get("setelah", "").replace("\x00", "")[:400]
    counts = reads.register_counts(asked.filters)
    page = reads.register_page(asked.filters, after=after)
    found = counts.total if page.found is None else page.found
    everyone = replace(asked, filters=reads.RegisterFilters(text=asked.filters.text))
    context = {
        "filters": asked.filters,
        "hidden": listing.hidden(asked),
        "narrowed": any(
            (asked.filters.life_cycle, asked.filters.state, asked.filters.app_class, asked.filters.level)
        ),
        "total": number_format(counts.total, use_l10n=True, force_grouping=True),
        "found": number_format(found, use_l10n=True, force_grouping=True),
        "own": asked.seen == listing.OWN,
        "has_own": bool(asked.own),
        "own_url": everyone.url(lihat=listing.OWN if not asked.own else ""),
        "all_url": everyone.url(lihat=listing.ALL if asked.own else ""),
        "tabs": listing.record_tabs(asked, counts),
        "chips": listing.chip_rows(asked, counts),
        "orders": listing.orders(asked),
        "rows": [listing.row_of(one) for one in page.rows],
        "base": path(listing.LIST),
        "plain_url": replace(asked, filters=reads.RegisterFilters()).url(),
        "next_url": asked.url(setelah=page.next_key) if page.next_key else "",
        "first_url": asked.url() if after else "",
        "may_add": has_permission(request.user, Permission.EDIT_REGISTRY),
        "may_export": has_permission(request.user, Permission.EXPORT_DATA),
        "crumbs": crumbs(),
    }
    return render(request, "portal/register/pages/list_register.html", context)


def _record(slug: str) -> Application | HttpResponse:
    """The record, or the way to the one that stands at an old address."""
    row = reads.record(slug)
    if row is not None:
        return row
    there = reads.leads_to(slug)
    if not there:
        raise Http404
    return redirect(path(record_path(there)))  # not for ever: a merge may be taken back


@screen(audience=Audience.STAFF, needs=Permission.READ_REGISTRY, module=Module.REGISTRY)
@never_cache
def show_record(request: HttpRequest, slug: str) -> HttpResponse:
    """All that is known of one application, by whom it was said, and what is missing."""
    row = _record(slug)
    if isinstance(row, HttpResponse):
        return row
    done = request.GET.get("selesai", "")
    context = record_page.context(row, request.user) | {
        "done": DONE.get(done, ""),
        "done_kind": "warning" if done == "tidak-batal" else "success",
        "undo": request.GET.get("tindakan", "") if done in ("tersimpan", "dicabut", "persetujuan") else "",
        "crumbs": crumbs((_("Aplikasi"), listing.LIST)),
    }
    return render(request, "portal/register/pages/show_record.html", context)


@screen(audience=Audience.STAFF, needs=Permission.READ_REGISTRY, module=Module.REGISTRY)
@never_cache
def show_record_history(request: HttpRequest, slug: str) -> HttpResponse:
    """Every change of one application, newest first."""
    row = _record(slug)
    if isinstance(row, HttpResponse):
        return row
    before = request.GET.get("sebelum", "")
    number = int(before) if before.isascii() and before.isdigit() and len(before) < 18 else None
    visible = visible_to(request.user, row)
    extras = reads.extra_fields(retired=True)
    acts, more = reads.history(row, visible=visible, extras=extras, before=number, size=30)
    own = f"{record_path(row.slug)}riwayat/"
    context = {
        "application": row,
        "base": path(record_path(row.slug)),
        "acts": record_page.acts_in_words(
            acts, request.user, manages=may_manage(request.user), editable=may_edit(request.user, row)
        ),
        "next_url": address(own, sebelum=more) if more else "",
        "first_url": path(own) if number else "",
        "crumbs": crumbs((_("Aplikasi"), listing.LIST), (row.name, record_path(row.slug))),
    }
    return render(request, "portal/register/pages/show_record_history.html", context)
