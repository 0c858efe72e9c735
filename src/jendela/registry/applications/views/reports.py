"""Applications on no list: reported by officials and residents, taken over by their owners, sorted by Diskominfo."""

import uuid
from typing import Any

from django.conf import settings
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from jendela.common.audit import Actor
from jendela.common.ratelimit import address_of, hit
from jendela.people.access.actor import actor_of
from jendela.people.access.choices import Audience, Module, Permission
from jendela.people.access.origin import public_post
from jendela.people.access.paths import address, crumbs
from jendela.people.access.policy import own_agencies
from jendela.people.access.screens import screen
from jendela.people.agencies.models import Agency
from jendela.people.agencies.reads import living
from jendela.registry.applications import reads
from jendela.registry.applications.actions import CannotUndoValuesError, undo_batch
from jendela.registry.applications.actions import reports as actions
from jendela.registry.applications.choices import ReportOrigin, ReportState
from jendela.registry.applications.forms.reports import (
    HandOnForm,
    KnownForm,
    PublicReportForm,
    RefuseForm,
    StaffReportForm,
)
from jendela.registry.applications.models import Application, ApplicationReport
from jendela.registry.applications.policy import may_manage
from jendela.registry.applications.reads import reports as queue
from jendela.registry.applications.views.common import LIST, edits, form_page, manages, posted
from jendela.ui.templatetags.ui import path

QUEUE = "/kelola/aplikasi/usulan/"


def own_name(viewer: object) -> str:
    """In whose name a viewer reports: the own agency, else the team that keeps this."""
    name = (
        Agency.objects.filter(pk__in=own_agencies(viewer))
        .order_by("pk")
        .values_list("name", flat=True)
        .first()
    )
    return name or _("Pengelola Jendela")


@screen(audience=Audience.STAFF, needs=Permission.SEE_AGENCY, module=Module.REGISTRY)
@never_cache
def report_application(request: HttpRequest) -> HttpResponse:
    """Anyone in government: an application that is used and on no list."""
    form = StaffReportForm(posted(request), owners=living())
    alike: list[Application] = []
    if request.method == "POST" and form.is_valid():
        values: dict[str, Any] = form.values()
        alike = [] if form.cleaned_data["beda"] else reads.named(values["name"])
        if not alike:
            row = actions.report_application(
                **values,
                owner=form.cleaned_data["pemilik"],
                origin=ReportOrigin.STAFF,
                said_by=own_name(request.user),
                by=actor_of(request),
            )
            return redirect(address("/kelola/aplikasi/lapor/", terlapor=row.pk))
    said = request.GET.get("terlapor", "")
    mine = queue.report(int(said)) if said.isascii() and said.isdigit() and len(said) <= 18 else None
    context = {
        "form": form,
        "alike": alike,
        "reported": mine if mine and mine.by_id == request.user.pk else None,
        "list_url": path(LIST),
        "own": path("/kelola/aplikasi/lapor/"),
        "crumbs": crumbs((_("Aplikasi"), LIST)),
    }
    return form_page(request, "registry/applications/pages/report_application.html", context)


@screen(audience=Audience.PUBLIC)
@public_post
@require_http_methods(["GET", "HEAD", "POST"])
def report_unlisted(request: HttpRequest) -> HttpResponse:
    """A resident: an application of the regency that is not on the list. No account, no cookie."""
    form = PublicReportForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        if form.is_valid():
            limit, seconds = settings.RATE_FEEDBACK
            if hit("report", address_of(request.META), limit=limit, seconds=seconds).allowed:
                said: dict[str, Any] = form.values()
                actions.report_application(
                    **said, origin=ReportOrigin.PUBLIC, said_by="warga", by=Actor("warga")
                )
                return HttpResponseRedirect(path("/aplikasi/lapor/terima-kasih/"))
            status = 429
        else:
            status = 400
    context = {"form": form, "too_many": status == 429}
    return render(request, "registry/applications/pages/report_unlisted.html", context, status=status)


@screen(audience=Audience.PUBLIC)
@require_safe
def thank_for_report(request: HttpRequest) -> HttpResponse:
    return render(request, "registry/applications/pages/thank_for_report.html")


@edits
@never_cache
def list_reports(request: HttpRequest) -> HttpResponse:
    """Concepts that wait for their owner; for Diskominfo also the reports without one."""
    manages_all = may_manage(request.user)
    after = request.GET.get("sesudah", "")
    page = queue.concepts(request.user, after=after if after.isascii() and after.isdigit() else "")
    context = {
        "concepts": page.rows,
        "next_url": address(QUEUE, sesudah=page.next_key) if page.next_key else "",
        "first_url": path(QUEUE) if after else "",
        "reports": queue.waiting_reports().rows if manages_all else [],
        "decided": queue.decided_concepts(request.user),
        "decided_reports": queue.decided_reports() if manages_all else [],
        "manages": manages_all,
        "own": path(QUEUE),
        "list_url": path(LIST),
        "done": request.GET.get("selesai", ""),
        "crumbs": crumbs((_("Aplikasi"), LIST)),
    }
    return render(request, "registry/applications/pages/list_reports.html", context)


@edits
@never_cache
def decide_concept(request: HttpRequest, slug: str) -> HttpResponse:
    """The owner's word about a concept: ours, another's, no application."""
    row = queue.concept(request.user, slug)
    if row is None:
        raise Http404
    asked, by = request.POST.get("putusan", ""), actor_of(request)
    data = request.POST if request.method == "POST" else None
    stated_by = reads.speaker(request.user, row.owner)
    others = HandOnForm(data if asked == "lain" else None, owners=living().exclude(pk=row.owner_id))
    refuse = RefuseForm(data if asked == "bukan" else None)
    try:
        if asked == "ambil":
            actions.take_over(application=row, by=by, stated_by=stated_by)
        elif asked == "lain" and others.is_valid():
            owner, reason = others.cleaned_data["pemilik"], others.cleaned_data["alasan"]
            actions.hand_on(application=row, owner=owner, by=by, stated_by=stated_by, reason=reason)
        elif asked == "bukan" and refuse.is_valid():
            reason = refuse.cleaned_data["alasan"]
            actions.refuse_concept(application=row, by=by, stated_by=stated_by, reason=reason)
        else:
            context = {"application": row, "others": others, "refuse": refuse, "own": path(f"{QUEUE}{slug}/")}
            return _decision_page(
                request,
                "registry/applications/pages/decide_concept.html",
                context,
                others if asked == "lain" else refuse,
            )
    except actions.ReportClosedError:
        asked = "sudah"
    return redirect(address(QUEUE, selesai=asked))


def _decision_page(request: HttpRequest, page: str, context: dict[str, object], form: Form) -> HttpResponse:
    """The ways to decide; 400 with a summary when one came back."""
    more = {
        "form": form,
        "queue_url": path(QUEUE),
        "crumbs": crumbs((_("Aplikasi"), LIST), (_("Usulan"), QUEUE)),
    }
    status = 400 if request.method == "POST" else 200
    return render(request, page, context | more, status=status)


@edits
@never_cache
def undo_concept(request: HttpRequest, batch: uuid.UUID) -> HttpResponse:
    """Take a decision about a concept back, within a day."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    one = next((each for each in queue.decided_concepts(request.user) if each.batch == batch), None)
    if one is None:
        raise Http404
    try:
        undo_batch(
            batch=batch, by=actor_of(request), stated_by=reads.speaker(request.user, one.application.owner)
        )
    except CannotUndoValuesError:
        return redirect(address(QUEUE, selesai="sudah"))
    return redirect(address(QUEUE, selesai="batal"))


def _report(number: int) -> ApplicationReport:
    row = queue.report(number) if number < 2**63 else None
    if row is None:
        raise Http404
    return row


@manages
@never_cache
def decide_report(request: HttpRequest, number: int) -> HttpResponse:
    """Diskominfo sorts a report: its owner, the record that is there already, or no application."""
    row, asked, by = _report(number), request.POST.get("putusan", ""), actor_of(request)
    data = request.POST if request.method == "POST" else None
    stated_by = own_name(request.user)
    given = {"pemilik": row.owner.slug} if row.owner else {}
    owner = HandOnForm(data if asked == "pemilik" else None, owners=living(), initial=given)
    known = KnownForm(data if asked == "ada" else None)
    refuse = RefuseForm(data if asked == "bukan" else None)
    try:
        if asked == "pemilik" and owner.is_valid():
            actions.place_report(report=row, owner=owner.cleaned_data["pemilik"], by=by, stated_by=stated_by)
        elif asked == "ada" and known.is_valid() and (one := known.application(reads.named)):
            actions.close_report(
                report=row, state=ReportState.KNOWN, application=one, by=by, stated_by=stated_by
            )
        elif asked == "bukan" and refuse.is_valid():
            reason = refuse.cleaned_data["alasan"]
            actions.close_report(
                report=row, state=ReportState.NONE, by=by, stated_by=stated_by, reason=reason
            )
        else:
            context = {"report": row, "owner": owner, "known": known, "refuse": refuse,
                       "alike": reads.named(row.name), "own": path(f"{QUEUE}laporan/{number}/"),
                       "list_url": path(LIST)}  # fmt: skip
            form = {"pemilik": owner, "ada": known}.get(asked, refuse)
            return _decision_page(request, "registry/applications/pages/decide_report.html", context, form)
    except actions.ReportClosedError:
        return redirect(address(QUEUE, selesai="sudah"))
    return redirect(address(QUEUE, selesai=f"laporan-{asked}"))


@manages
@never_cache
def reopen_report(request: HttpRequest, number: int) -> HttpResponse:
    """Take a decision about a report back, within a day."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    try:
        actions.reopen_report(report=_report(number), by=actor_of(request))
    except actions.ReportClosedError:
        return redirect(address(QUEUE, selesai="sudah"))
    return redirect(address(QUEUE, selesai="batal"))
