"""Applications that stand alone, data typed again by hand, and the matrix of the national evaluation."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from openpyxl import Workbook

from jendela.common.dates import today
from jendela.common.exchange.formula import protect
from jendela.people.access.actor import actor_of
from jendela.people.access.paths import address
from jendela.registry.applications.models import Application
from jendela.registry.links import actions, policy, reads
from jendela.registry.links.forms import StandAloneForm
from jendela.registry.links.models import Link
from jendela.registry.links.views.common import (
    LIST,
    edits_registry,
    link_crumbs,
    number_or_none,
    reads_registry,
    said,
)

ALONE = f"{LIST}sendiri/"
MATRIX = f"{LIST}matriks/"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@reads_registry
@never_cache
@require_safe
def list_isolated(request: HttpRequest) -> HttpResponse:
    owner = request.GET.get("instansi", "")[:80].replace("\x00", "")
    after = request.GET.get("sesudah", "")[:120].replace("\x00", "")
    found = reads.isolated_page(owner=owner, after=after)
    mine = policy.editors(request.user)
    context = {
        "rows": [(row, mine is None or row.owner_id in mine) for row in found.rows],
        "numbers": reads.isolated_numbers(owner=owner),
        "exempt": reads.stand_alone_page().rows if not after else [],
        "today": today(),
        "owner": owner,
        "done": said(request.GET.get("selesai", "")),
        "next_url": address(ALONE, instansi=owner, sesudah=found.next_key) if found.next_key else "",
        "first_url": address(ALONE, instansi=owner) if after else "",
        "crumbs": link_crumbs(),
    }
    return render(request, "registry/links/pages/list_isolated.html", context)


def _editable(request: HttpRequest, slug: str) -> Application:
    found = reads.application(slug)
    if found is None or not policy.may_edit(request.user, found):
        raise Http404
    return found


@edits_registry
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def exempt_application(request: HttpRequest, slug: str) -> HttpResponse:
    """Say why it needs no link, until a day on which that is looked at again."""
    application = _editable(request, slug)
    row = reads.stand_alone(application.pk)
    initial = {"reason": row.reason, "review_on": row.review_on} if row else None
    form = StandAloneForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        actions.set_stand_alone(
            application=application,
            reason=form.cleaned_data["reason"],
            review_on=form.cleaned_data["review_on"],
            by=actor_of(request),
        )
        return redirect(address(ALONE, selesai="dikecualikan"))
    context = {
        "application": application,
        "row": row,
        "form": form,
        "crumbs": link_crumbs((_("Berdiri sendiri"), ALONE)),
    }
    return render(
        request, "registry/links/pages/exempt_application.html", context, status=400 if form.errors else 200
    )


@edits_registry
@never_cache
@require_POST
def end_exemption(request: HttpRequest, slug: str) -> HttpResponse:
    actions.end_stand_alone(application=_editable(request, slug), by=actor_of(request))
    return redirect(address(ALONE, selesai="dihitung"))


@reads_registry
@never_cache
@require_safe
def list_retyped(request: HttpRequest) -> HttpResponse:
    """Who types what again, and how many hours a month that takes as far as known."""
    context = {"found": reads.retyped(), "crumbs": link_crumbs()}
    return render(request, "registry/links/pages/list_retyped.html", context)


@reads_registry
@never_cache
@require_safe
def show_link_matrix(request: HttpRequest) -> HttpResponse:
    """Application, target, method, status: indicator I16 of the national evaluation (PermenPANRB 8/2026)."""
    owner = request.GET.get("instansi", "")[:80].replace("\x00", "")
    after = number_or_none(request.GET.get("sesudah", ""))
    rows, next_key = reads.matrix(owner=owner, after=after)
    context = {
        "rows": rows,
        "owner": owner,
        "agencies": reads.agencies(),
        "file_url": address(f"{LIST}matriks.xlsx", instansi=owner),
        "next_url": address(MATRIX, instansi=owner, sesudah=next_key) if next_key else "",
        "first_url": address(MATRIX, instansi=owner) if after is not None else "",
        "today": today(),
        "crumbs": link_crumbs(),
    }
    return render(request, "registry/links/pages/show_link_matrix.html", context)


@reads_registry
@never_cache
@require_safe
def export_link_matrix(request: HttpRequest) -> HttpResponseBase:
    """The whole matrix as XLSX, on disk first, so that an error is an error and not half a table."""
    owner = request.GET.get("instansi", "")[:80].replace("\x00", "")
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Matriks integrasi"))
    sheet.freeze_panes = "A2"
    for line in _lines(reads.matrix_rows(owner=owner)):
        sheet.append(line)
    with tempfile.NamedTemporaryFile(suffix=".xlsx", delete=False) as spare:
        target = Path(spare.name)
    try:
        book.save(target)
        handle = target.open("rb")
    finally:
        target.unlink(missing_ok=True)  # the open file stays readable until it is sent
    name = f"matriks-integrasi-{today().isoformat()}.xlsx"
    response = FileResponse(handle, as_attachment=True, filename=name, content_type=XLSX)
    response["X-Robots-Tag"] = "noindex"
    return response


def _lines(rows: Iterator[Link]) -> Iterator[list[Any]]:
    yield [
        _("No"),
        _("Aplikasi"),
        _("Pemilik"),
        _("Aplikasi tujuan"),
        _("Pemilik tujuan"),
        _("Data"),
        _("Metode"),
        _("Arah"),
        _("Frekuensi"),
        _("Status"),
        _("Jawaban pihak lain"),
        _("Perjanjian"),
        _("Dinyatakan oleh"),
        _("Tanggal"),
    ]
    for number, one in enumerate(rows, start=1):
        texts = (
            one.source.name,
            one.source.owner.short_name,
            one.target.name,
            one.target.owner.short_name,
            one.data,
            one.get_method_display(),
            one.get_direction_display(),
            one.get_frequency_display(),
            one.get_state_display(),
            one.get_confirmation_display(),
            one.agreement,
            one.declared_words,
            date_format(timezone.localdate(one.declared_at), "j F Y"),
        )
        yield [number, *(protect(str(text)) for text in texts)]
