"""Screens of requests for new applications: the register answers first."""

from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from jendela.common.documents import PdfMissingError, pdf_missing, to_docx, to_pdf
from jendela.common.money import full
from jendela.people.access.actor import actor_of
from jendela.people.access.choices import Audience, Module, Permission
from jendela.people.access.paths import address, crumbs
from jendela.people.access.policy import agencies_for, has_permission
from jendela.people.access.screens import screen
from jendela.people.agencies.models import Agency
from jendela.registry.applications.choices import CostKind, Hosting
from jendela.registry.overlap import papers, reads, request_actions
from jendela.registry.overlap.choices import RefusalReason, RequestState
from jendela.registry.overlap.models import Request
from jendela.registry.overlap.request_forms import COST_ROWS, DecisionForm, RequestForm
from jendela.ui.templatetags.ui import path

edits = screen(audience=Audience.STAFF, needs=Permission.EDIT_REGISTRY, module=Module.REGISTRY)
manages = screen(audience=Audience.STAFF, needs=Permission.MANAGE_REGISTRY, module=Module.REGISTRY)
HOME = "/kelola/usulan-aplikasi/"
TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}
LABELS = {
    "name": gettext_lazy("Nama"),
    "problem": gettext_lazy("Masalah"),
    "without_app": gettext_lazy("Yang sudah dicoba"),
    "users": gettext_lazy("Pemakai"),
    "purpose": gettext_lazy("Gunanya"),
    "data_needed": gettext_lazy("Data"),
    "why_not_existing": gettext_lazy("Mengapa yang ada tidak cukup"),
    "integration": gettext_lazy("Integrasi"),
    "legal_basis": gettext_lazy("Dasar hukum"),
    "cost_plan": gettext_lazy("Rencana biaya"),
}


def _request(request: HttpRequest, number: int) -> Request:
    row = reads.request(request.user, number)
    if row is None:
        raise Http404
    return row


def may_write(viewer: Any, row: Request) -> bool:
    return row.state in request_actions.OPEN and has_permission(
        viewer, Permission.EDIT_REGISTRY, row.agency_id
    )


@edits
@never_cache
def list_requests(request: HttpRequest) -> HttpResponse:
    asked = request.GET.get("keadaan", "")
    state = asked if asked in RequestState.values else ""
    after = request.GET.get("setelah", "")
    found = reads.request_page(request.user, state=state, after=after)
    context = {
        "rows": [{"row": one, "state": RequestState(one.state).label} for one in found.rows],
        "states": [
            {
                "label": one.label,
                "url": address(HOME, keadaan="" if one == state else one.value),
                "chosen": one == state,
            }
            for one in RequestState
        ],
        "next_url": address(HOME, keadaan=state, setelah=found.next_key) if found.next_key else "",
        "first_url": address(HOME, keadaan=state) if after else "",
        "crumbs": crumbs(),
    }
    return render(request, "registry/overlap/pages/list_requests.html", context)


def _agencies(viewer: Any) -> list[Agency]:
    own = agencies_for(viewer, Permission.EDIT_REGISTRY)
    rows = Agency.objects.filter(level="kabupaten").order_by("short_name")
    return list(rows if own is None else rows.filter(pk__in=own))


@edits
@never_cache
def create_request(request: HttpRequest) -> HttpResponse:
    agencies = _agencies(request.user)
    form = RequestForm(request.POST if request.method == "POST" else None)
    chosen = next((one for one in agencies if one.slug == request.POST.get("agency", "")), None)
    if chosen is None and len(agencies) == 1:
        chosen = agencies[0]
    if request.method == "POST" and form.is_valid() and chosen is not None:
        row = request_actions.save_request(agency=chosen, values=form.values(), by=actor_of(request))
        return redirect(f"{path(f'{HOME}{row.pk}/')}?tersimpan#jawaban")
    wrong = request.method == "POST"
    context = {
        "form": form,
        "agencies": agencies if len(agencies) != 1 else [],
        "agency": chosen,
        "agency_missing": wrong and chosen is None,
        "crumbs": crumbs((_("Usulan aplikasi"), HOME)),
    }
    return render(
        request, "registry/overlap/pages/create_request.html", context, status=400 if wrong else 200
    )


@edits
@never_cache
def show_request(request: HttpRequest, number: int) -> HttpResponse:
    """Write on while it is open; read it afterwards."""
    row = _request(request, number)
    writes = may_write(request.user, row)
    form = RequestForm(request.POST if request.method == "POST" else None, initial=_initial(row))
    if request.method == "POST":
        if not writes:
            raise Http404
        if form.is_valid():
            saved = request_actions.save_request(
                agency=row.agency, values=form.values(), by=actor_of(request), request=row
            )
            if "kirim" in request.POST:
                return _send(request, saved)
            return redirect(f"{path(f'{HOME}{row.pk}/')}?tersimpan#jawaban")
    decides = agencies_for(request.user, Permission.MANAGE_REGISTRY) is None
    context = {
        "row": row,
        "state": RequestState(row.state).label,
        "form": form,
        "writes": writes,
        "decides": decides and row.state == RequestState.SENT,
        "decision": DecisionForm(found=row.found),
        "missing": [LABELS[name] for name in request_actions.missing(row)],
        "reasons": [RefusalReason(one).label for one in row.reasons],
        "cited": [one for one in row.found if (one["slug"] or one["name"]) in row.cited],
        "costs": [
            {"year": one["year"], "kind": CostKind(one["kind"]).label, "amount": full(Decimal(one["amount"]))}
            for one in row.cost_plan
        ],
        "hosting": Hosting(row.hosting).label if row.hosting else "",
        "saved": "tersimpan" in request.GET,
        "sent": "terkirim" in request.GET,
        "lacking": "belum" in request.GET,
        "pdf_missing": pdf_missing(),
        "crumbs": crumbs((_("Usulan aplikasi"), HOME)),
    }
    status = 400 if form.errors else 200
    return render(request, "registry/overlap/pages/show_request.html", context, status=status)


def _initial(row: Request) -> dict[str, Any]:
    names = ("without_app", "problem", "name", "purpose", "users", "why_not_existing", "data_needed", "integration",
             "legal_basis", "hosting")  # fmt: skip
    found: dict[str, Any] = {name: getattr(row, name) for name in names}
    found["function"] = row.function_id or ""
    for number, one in enumerate(row.cost_plan[:COST_ROWS]):
        amount = full(Decimal(one["amount"]))
        found |= {f"year-{number}": one["year"], f"kind-{number}": one["kind"], f"amount-{number}": amount}
    return found


def _send(request: HttpRequest, row: Request) -> HttpResponse:
    target = path(f"{HOME}{row.pk}/")
    try:
        request_actions.send_request(request=row, by=actor_of(request))
    except request_actions.IncompleteError:
        return redirect(f"{target}?belum")
    return redirect(f"{target}?terkirim")


@edits
@never_cache
def withdraw_request(request: HttpRequest, number: int) -> HttpResponse:
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    row = _request(request, number)
    if not has_permission(request.user, Permission.EDIT_REGISTRY, row.agency_id):
        raise Http404
    try:
        request_actions.withdraw_request(request=row, by=actor_of(request))
    except request_actions.NotOpenError:
        raise Http404 from None
    return redirect(path(f"{HOME}{row.pk}/"))


@manages
@never_cache
def decide_request(request: HttpRequest, number: int) -> HttpResponse:
    row = _request(request, number)
    if row.state != RequestState.SENT:
        raise Http404
    form = DecisionForm(request.POST if request.method == "POST" else None, found=row.found)
    if request.method == "POST" and form.is_valid():
        got = form.cleaned_data
        request_actions.decide_request(
            request=row, state=got["state"], reasons=got["reasons"], answer=got["answer"],
            cited=got.get("cited", []), number=got["number"], date=got["date"], by=actor_of(request),
        )  # fmt: skip
        return redirect(f"{path(f'{HOME}{row.pk}/')}?tersimpan")
    context = {
        "row": row,
        "form": form,
        "crumbs": crumbs((_("Usulan aplikasi"), HOME), (row.name, f"{HOME}{row.pk}/")),
    }
    status = 400 if form.errors else 200
    return render(request, "registry/overlap/pages/decide_request.html", context, status=status)


@edits
@never_cache
def download_request(request: HttpRequest, number: int, paper: str, form: str) -> HttpResponse:
    """The needs document, or the decision, as DOCX or PDF."""
    row = _request(request, number)
    decided = row.state in (RequestState.APPROVED, RequestState.REFUSED)
    if form not in TYPES or paper not in ("kebutuhan", "keputusan") or (paper == "keputusan" and not decided):
        raise Http404
    letter = papers.needs_document(row) if paper == "kebutuhan" else papers.decision_letter(row)
    try:
        data = to_docx(letter) if form == "docx" else to_pdf(letter)
    except PdfMissingError:
        raise Http404 from None
    response = HttpResponse(data, content_type=TYPES[form])
    response["Content-Disposition"] = f'attachment; filename="{paper}-usulan-{row.pk}.{form}"'
    return response
