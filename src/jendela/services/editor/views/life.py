"""The life cycle of a standard: discussion, decree, interim target, charter."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from jendela.common.dates import today
from jendela.people.access.actor import actor_of
from jendela.people.access.choices import Audience, Module, Permission
from jendela.people.access.policy import has_permission
from jendela.people.access.screens import screen
from jendela.people.agencies.models import Agency
from jendela.services.catalogue import actions as catalogue
from jendela.services.catalogue.reads import standards
from jendela.services.editor import actions
from jendela.services.editor.forms.life import CharterForm, ConsultationForm, DecreeForm, TargetForm
from jendela.services.editor.reads import draft as reads
from jendela.services.editor.views.bench import comparison, open_gate
from jendela.services.editor.views.common import crumbs, service_for

BOTH = ["GET", "HEAD", "POST"]


def signer(request: HttpRequest, agency: Agency) -> str:
    """Name and place of the person who fills the form, as a first proposal of who signs."""
    return f"{actor_of(request).name}, {agency.short_name}"


@screen(audience=Audience.STAFF, needs=Permission.WRITE_STANDARDS, module=Module.STANDARDS)
@never_cache
@require_http_methods(BOTH)
def record_consultation(request: HttpRequest, slug: str) -> HttpResponse:
    service = service_for(request, slug)
    bench = reads.workbench(service)
    draft = bench.draft
    initial = {}
    if draft is not None and draft.consulted_on is not None:
        initial = {
            "consulted_on": draft.consulted_on,
            "participants": draft.consultation_participants,
            "minutes": draft.consultation_note,
        }
    form = ConsultationForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        actions.record_consultation(service=service, by=actor_of(request), **form.cleaned_data)
        return redirect("show_draft", slug=slug)
    context = {"service": service, "form": form, "bench": bench, "crumbs": crumbs(service)}
    page = "services/editor/pages/record_consultation.html"
    return render(request, page, context, status=422 if form.errors else 200)


@screen(audience=Audience.STAFF, needs=Permission.DECREE_STANDARDS, module=Module.STANDARDS)
@never_cache
@require_http_methods(BOTH)
def decree_draft(request: HttpRequest, slug: str) -> HttpResponse:
    """The SK of the head. What is missing is named with the page where it is filled; nothing else hinders."""
    service = service_for(request, slug, Permission.DECREE_STANDARDS)
    posted = request.method == "POST"
    initial = {"valid_from": today(), "signed_by": signer(request, service.owner)}
    form = DecreeForm(request.POST if posted else None, initial=initial)
    problem = ""
    if posted and form.is_valid():
        try:
            standard = actions.decree_draft(
                service=service,
                seen=request.POST.get("seen", ""),
                by=actor_of(request),
                **form.cleaned_data,
            )
            made = standard.publications.latest("pk")
            return redirect("show_publication", slug=slug, number=made.pk)
        except actions.DraftChangedError:
            problem = _("Isinya berubah sejak halaman ini dibuka. Baca lagi, lalu tetapkan.")
        except catalogue.GateIsShut as error:
            problem = _("Belum bisa ditetapkan. Lengkapi dulu yang disebut di bawah.")
            _tell(form, error)
        except catalogue.PartIsWrong:
            problem = _("Ada bagian yang perlu diperbaiki dulu.")  # the page names them below
    bench = reads.with_checks(reads.workbench(service))
    context = {
        "service": service,
        "form": form,
        "bench": bench,
        "gate": open_gate(bench),
        "rows": comparison(bench),
        "wrong": [line for line in bench.lines.values() if line.errors],
        "seen": bench.seen(),
        "problem": problem,
        "crumbs": crumbs(service),
    }
    status = 422 if problem or form.errors else 200
    return render(request, "services/editor/pages/decree_draft.html", context, status=status)


def _tell(form: forms.Form, error: catalogue.GateIsShut) -> None:
    """What the gate says of the SK itself belongs to its field."""
    for one in error.missing:
        if one.key in form.fields:
            form.add_error(one.key, one.words)


@screen(audience=Audience.STAFF, needs=Permission.SIGN_TARGETS, module=Module.STANDARDS)
@never_cache
@require_http_methods(BOTH)
def sign_target(request: HttpRequest, slug: str) -> HttpResponse:
    """A head's word on how long it takes, where no time is decreed or known."""
    service = service_for(request, slug, Permission.SIGN_TARGETS)
    known = standards.time_is_known(service)
    initial = {"signed_by": signer(request, service.owner)}
    form = TargetForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid() and not known:
        try:
            catalogue.sign_target(service=service, by=actor_of(request), **form.cleaned_data)
            return redirect("show_draft", slug=slug)
        except catalogue.TimeIsKnown:
            known = True
    context: dict[str, Any] = {
        "service": service,
        "form": form,
        "known": known,
        "target": standards.target_of(service),
        "crumbs": crumbs(service),
    }
    status = 409 if known and request.method == "POST" else 422 if form.errors else 200
    return render(request, "services/editor/pages/sign_target.html", context, status=status)


@screen(audience=Audience.STAFF, needs=Permission.SIGN_TARGETS, module=Module.STANDARDS)
@never_cache
@require_POST
def withdraw_target(request: HttpRequest, slug: str) -> HttpResponse:
    service = service_for(request, slug, Permission.SIGN_TARGETS)
    catalogue.withdraw_target(service=service, why=request.POST.get("alasan", "")[:300], by=actor_of(request))
    return redirect("sign_target", slug=slug)


@screen(audience=Audience.STAFF, needs=Permission.DECREE_STANDARDS, module=Module.STANDARDS)
@never_cache
@require_http_methods(BOTH)
def edit_charter(request: HttpRequest, slug: str) -> HttpResponse:
    """The agency's maklumat: the usual wording to begin with, signed by the head, public at once."""
    agency = Agency.objects.filter(slug=slug).first()
    if agency is None or not has_permission(request.user, Permission.DECREE_STANDARDS, agency.pk):
        raise Http404
    now = standards.charter_of(agency)
    initial = {
        "text": now.text if now else standards.CHARTER_TEXT,
        "signed_by": signer(request, agency),
        "signed_on": today(),
    }
    form = CharterForm(request.POST if request.method == "POST" else None, initial=initial)
    if now is None:
        form.fields["text"].help_text = _(
            "Kalimat ini lazim dipakai. Belum kami pastikan bahwa kalimat itu wajib."
        )
    if request.method == "POST" and form.is_valid():
        catalogue.publish_charter(agency=agency, by=actor_of(request), **form.cleaned_data)
        return redirect(reverse("edit_charter", args=[slug]) + "?terbit=1")
    context = {
        "agency": agency,
        "form": form,
        "charter": now,
        "published": request.GET.get("terbit") == "1",
        "crumbs": [*crumbs(), {"label": _("Standar pelayanan"), "url": reverse("list_standards")}],
    }
    page = "services/editor/pages/edit_charter.html"
    return render(request, page, context, status=422 if form.errors else 200)
