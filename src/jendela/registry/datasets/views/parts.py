"""Columns of a dataset and the addresses of its files."""

import tempfile
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from jendela.common.exchange.reading import FileRefusedError, open_table
from jendela.people.access.actor import actor_of
from jendela.people.access.paths import address
from jendela.registry.datasets import actions, elements, reads
from jendela.registry.datasets.forms import ColumnsForm, ElementsForm, ResourceForm
from jendela.registry.datasets.models import Dataset
from jendela.registry.datasets.views.common import (
    LIST,
    data_crumbs,
    editable_or_404,
    edits_registry,
    page_of,
    said,
)


def _columns_page(row: Dataset, **values: str) -> str:
    return address(f"{LIST}{row.slug}/kolom/", **values)


@edits_registry
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def edit_elements(request: HttpRequest, slug: str) -> HttpResponse:
    """Names of columns on the way in, and what each of them is in the standard list."""
    row = editable_or_404(request, slug)
    own = reads.elements(row)
    adding = request.method == "POST" and request.POST.get("isi") == "baru"
    columns = ColumnsForm(request.POST if adding else None, request.FILES if adding else None)
    form = ElementsForm(
        request.POST if request.method == "POST" and not adding else None,
        elements=own,
        standards=reads.standards() if own else [],
    )
    if adding and columns.is_valid():
        made = _add(request, row, columns)
        if made is not None:
            return redirect(_columns_page(row, selesai="kolom" if made else "tetap"))
    elif request.method == "POST" and not adding and form.is_valid():
        gone = [one.pk for one in own if f"buang{one.pk}" in request.POST]
        removed = actions.remove_elements(dataset=row, keys=gone, by=actor_of(request)) if gone else 0
        chosen = {key: code for key, code in form.chosen().items() if key not in gone}
        changed = actions.confirm_elements(dataset=row, chosen=chosen, by=actor_of(request))
        done = "padanan" if changed else "dibuang" if removed else ""
        return redirect(page_of(row, selesai=done))
    context = {
        "row": row,
        "columns": columns,
        "form": form,
        "pairs": [(one, form[f"e{one.pk}"]) for one in own],
        "done": said(request.GET.get("selesai", "")),
        "crumbs": data_crumbs(row),
    }
    bad = columns.errors or form.errors
    return render(request, "registry/datasets/pages/edit_elements.html", context, status=400 if bad else 200)


def _add(request: HttpRequest, row: Dataset, form: ColumnsForm) -> int | None:
    """How many names are new; None when the form says what is wrong."""
    names = elements.read_names(form.cleaned_data["names"] or "")
    if form.cleaned_data["table"]:
        try:
            names = [*names, *_headings(form.cleaned_data["table"])]
        except FileRefusedError as error:
            form.add_error("table", str(error))
            return None
    if not elements.unique(names):
        form.add_error("names", _("Belum ada nama kolom yang terbaca."))
        return None
    try:
        return len(actions.add_elements(dataset=row, names=names, by=actor_of(request)))
    except actions.TooManyElementsError:
        form.add_error("names", _("Satu data paling banyak %(most)s kolom.") % {"most": elements.MOST})
        return None


def _headings(file: "UploadedFile[Any]") -> list[str]:
    """The headings of an uploaded table; the file is gone afterwards. Raises FileRefusedError."""
    with tempfile.NamedTemporaryFile() as spare:
        for chunk in file.chunks():
            spare.write(chunk)
        spare.flush()
        with open_table(Path(spare.name)) as table:
            return list(table.headings)


@edits_registry
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def add_resource(request: HttpRequest, slug: str) -> HttpResponse:
    """Where the data can be had."""
    row = editable_or_404(request, slug)
    form = ResourceForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        actions.put_resource(dataset=row, values=form.cleaned_data, by=actor_of(request))
        return redirect(page_of(row, selesai="berkas"))
    context = {"row": row, "form": form, "crumbs": data_crumbs(row)}
    return render(
        request, "registry/datasets/pages/add_resource.html", context, status=400 if form.errors else 200
    )


@edits_registry
@never_cache
@require_POST
def remove_resource(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    row = editable_or_404(request, slug)
    found = next((one for one in reads.resources(row) if one.pk == number), None)
    if found is None:
        raise Http404
    actions.remove_resource(resource=found, by=actor_of(request))
    return redirect(page_of(row, selesai="berkas-dibuang"))
