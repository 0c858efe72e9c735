"""The list of datasets, one of them, its groups of values, the walidata's check, the same data kept twice."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jendela.common.dates import today
from jendela.people.access.actor import actor_of
from jendela.people.access.paths import address
from jendela.people.access.policy import own_agencies
from jendela.registry.applications.actions import Provenance
from jendela.registry.applications.words import origin_words
from jendela.registry.datasets import actions, history, policy, promises, reads, values
from jendela.registry.datasets.forms import AddForm, GroupForm
from jendela.registry.datasets.models import Dataset
from jendela.registry.datasets.origins import origin_of
from jendela.registry.datasets.reads.lists import OWN, narrowing
from jendela.registry.datasets.views.common import (
    LIST,
    by_agency,
    data_crumbs,
    dataset_or_404,
    editable_or_404,
    edits_registry,
    manages_registry,
    page_of,
    reads_registry,
    said,
)


def _chip_labels() -> dict[str, str]:
    return {
        "": _("Semua"),
        "terbuka": _("terbuka"),
        "terbatas": _("terbatas"),
        "tertutup": _("tertutup"),
        "sifat-belum": _("sifatnya belum ditetapkan"),
        "pribadi": _("ada data pribadi"),
        "pribadi-belum": _("data pribadi belum diketahui"),
        "janji-lewat": _("janji pembaruan lewat"),
        "tanpa-janji": _("belum ada janji pembaruan"),
        "tanpa-metadata": _("belum ada metadata"),
        "diperiksa": _("sudah diperiksa walidata"),
    }


@reads_registry
@never_cache
@require_safe
def list_datasets(request: HttpRequest) -> HttpResponse:
    asked = request.GET
    narrow = asked.get("saring", "")
    chosen = reads.Chosen(
        narrow=narrow if narrow in narrowing() else "",
        agency=asked.get("instansi", "")[:80].replace("\x00", ""),
        text=asked.get("nama", "").strip()[:80],
    )
    after = asked.get("sesudah", "")[:100].replace("\x00", "")
    found = reads.page(request.user, chosen, after=after)
    numbers = reads.counts(request.user, chosen)
    kept = {"instansi": chosen.agency, "nama": chosen.text}
    here = {**kept, "saring": chosen.narrow}
    day = today()
    context = {
        "rows": [(row, promises.promise_of(row.update_promise, row.last_update, day)) for row in found.rows],
        "chosen": chosen,
        "chips": [
            {
                "label": label,
                "count": numbers[key],
                "url": address(LIST, **kept, saring=key),
                "chosen": key == chosen.narrow,
            }
            for key, label in _chip_labels().items()
            if numbers[key] or key in ("", chosen.narrow)
        ],
        "agencies": reads.agencies(request.user),
        "own": OWN if own_agencies(request.user) else "",
        "next_url": address(LIST, **here, sesudah=found.next_key) if found.next_key else "",
        "first_url": address(LIST, **here) if after else "",
        "may_add": bool(reads.applications_of(request.user, most=1)),
        "crumbs": data_crumbs()[:-1],
    }
    return render(request, "registry/datasets/pages/list_datasets.html", context)


@edits_registry
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def add_dataset(request: HttpRequest) -> HttpResponse:
    """Name a body of data that an application holds; the rest follows on its page."""
    applications = reads.applications_of(request.user, most=2000)
    initial = {"application": request.GET.get("aplikasi", "")}
    form = AddForm(
        request.POST if request.method == "POST" else None, initial=initial, applications=applications
    )
    if request.method == "POST" and form.is_valid():
        holder = next(one for one in applications if one.slug == form.cleaned_data["application"])
        row = actions.declare_dataset(
            application=holder,
            name=form.cleaned_data["name"],
            description=form.cleaned_data["description"],
            by=actor_of(request),
            provenance=Provenance(
                f"{getattr(request.user, 'name', '')}, {holder.owner.short_name}", _("isian di Jendela")
            ),
        )
        return redirect(page_of(row, selesai="dicatat"))
    context = {"form": form, "crumbs": data_crumbs()}
    return render(
        request, "registry/datasets/pages/add_dataset.html", context, status=400 if form.errors else 200
    )


@reads_registry
@never_cache
@require_safe
def show_dataset(request: HttpRequest, slug: str) -> HttpResponse:
    """All that is known, by group; what the walidata still needs; columns, files, history."""
    row = dataset_or_404(request, slug)
    editing = policy.may_edit(request.user, row)
    labels = {one.name: one.label for one in values.FIELDS} | {"verified_by": _("diperiksa oleh")}
    choices = {one.name: one.choices for one in values.FIELDS if one.choices}
    context = {
        "row": row,
        "groups": [(one, [_fact(row, field) for field in values.of_group(one.key)]) for one in values.GROUPS],
        "promise": promises.promise_of(row.update_promise, row.last_update, today()),
        "wanting": reads.missing_for_verification(row),
        "elements": reads.elements(row),
        "resources": reads.resources(row),
        "history": history.lines(Dataset._meta.label_lower, row.pk, labels, choices),
        "may_edit": editing,
        "may_undo": editing and reads.last_edit(row) is not None,
        "may_verify": policy.may_verify(request.user),
        "done": said(request.GET.get("selesai", "")),
        "refused": said(request.GET.get("tolak", "")),
        "crumbs": data_crumbs(),
    }
    return render(request, "registry/datasets/pages/show_dataset.html", context)


def _fact(row: Dataset, field: values.Field) -> dict[str, Any]:
    """A value in words; '' where nobody has said it."""
    value = getattr(row, field.name)
    if not field.is_known(value):
        words = ""
    elif field.kind == values.YES_NO:
        words = _("ya") if value else _("tidak")
    elif field.kind == values.CHOICES:
        words = "; ".join(str(field.choices(one).label) for one in value)
    elif field.kind == values.CHOICE:
        words = str(field.choices(value).label)
    elif field.kind == values.DATE:
        words = date_format(value, "j F Y")
    else:
        words = str(value)
    said = origin_of(row, field.name) if words else None
    return {
        "label": field.label,
        "value": words,
        "url": words if field.kind == values.URL else "",
        "source": origin_words(**vars(said)) if said else None,
    }


@edits_registry
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def edit_dataset(request: HttpRequest, slug: str, group: str) -> HttpResponse:
    """One group of values."""
    row = editable_or_404(request, slug)
    found = next((one for one in values.GROUPS if one.key == group), None)
    if found is None:
        raise Http404
    form = GroupForm(request.POST if request.method == "POST" else None, group=group, row=row)
    if request.method == "POST" and form.is_valid():
        before = actions.set_dataset(
            dataset=row, values=form.cleaned_data, by=actor_of(request), provenance=by_agency(request, row)
        )
        return redirect(page_of(row, selesai="diubah" if before else ""))
    context = {"row": row, "group": found, "form": form, "crumbs": data_crumbs(row)}
    return render(
        request, "registry/datasets/pages/edit_dataset.html", context, status=400 if form.errors else 200
    )


@edits_registry
@never_cache
@require_POST
def undo_dataset(request: HttpRequest, slug: str) -> HttpResponse:
    row = editable_or_404(request, slug)
    try:
        actions.undo_dataset(dataset=row, by=actor_of(request))
    except actions.CannotUndoDatasetError:
        return redirect(page_of(row, tolak="basi"))
    return redirect(page_of(row, selesai="dibatalkan"))


@manages_registry
@never_cache
@require_POST
def verify_dataset(request: HttpRequest, slug: str) -> HttpResponse:
    """The walidata has checked it; refused while something of the rule is missing."""
    row = dataset_or_404(request, slug)
    by = actor_of(request)
    try:
        actions.verify_dataset(dataset=row, by=by, verified_by=f"{by.name}, Diskominfo")
    except actions.NotReadyError:
        return redirect(page_of(row, tolak="kurang"))
    return redirect(page_of(row, selesai="diperiksa"))


@manages_registry
@never_cache
@require_POST
def end_verification(request: HttpRequest, slug: str) -> HttpResponse:
    row = dataset_or_404(request, slug)
    actions.end_verification(dataset=row, by=actor_of(request))
    return redirect(page_of(row, selesai="ditarik"))


@reads_registry
@never_cache
@require_safe
def list_data_overlaps(request: HttpRequest) -> HttpResponse:
    """Datasets that may hold the same, asked, never said."""
    context = {"pairs": _named(reads.data_overlaps(most=100)), "crumbs": data_crumbs()}
    return render(request, "registry/datasets/pages/list_data_overlaps.html", context)


def _named(pairs: list[reads.DataOverlap]) -> list[dict[str, Any]]:
    names = {one.code: one.name for one in reads.standards()}
    return [
        {
            "a": one.dataset_a,
            "b": one.dataset_b,
            "percent": round(100 * one.score),
            "shared": [names.get(code, code) for code in one.shared],
        }
        for one in pairs
    ]
