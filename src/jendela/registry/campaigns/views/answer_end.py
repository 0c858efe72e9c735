"""The end of a personal link: look over it all, send, take it back, hand over, ask, work in a spreadsheet."""

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jendela.common import ratelimit
from jendela.common.dates import today
from jendela.registry.campaigns import proof, reads
from jendela.registry.campaigns.actions import answering
from jendela.registry.campaigns.actions.offline import Result, take_workbook
from jendela.registry.campaigns.choices import BundleState
from jendela.registry.campaigns.forms import HandOverForm, WorkbookForm
from jendela.registry.campaigns.models import Bundle
from jendela.registry.campaigns.views.answer_gate import Holder, answers, refused
from jendela.registry.campaigns.views.offline import TOO_MANY, may_upload, workbook_answer
from jendela.registry.campaigns.workbook import NotAWorkbookError
from jendela.ui.forms import PlainForm

QUESTIONS_A_DAY = (20, 86_400)  # to Kominfo, by one link
HAND_OVERS_A_DAY = (5, 86_400)


class AskForm(PlainForm):
    text = forms.CharField(
        label=gettext_lazy("Pertanyaan Anda"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("Tulis dulu pertanyaannya.")},
    )


class SendForm(PlainForm):
    note = forms.CharField(
        label=gettext_lazy("Catatan untuk Diskominfo"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


@answers()
def answer_review(request: HttpRequest, holder: Holder) -> HttpResponse:
    """All answers once more, before they are sent; a POST sends them."""
    bundle = holder.bundle
    if bundle.is_answered:
        return redirect(holder.url("terkirim/"))
    form = SendForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            answering.submit(bundle=bundle, note=form.cleaned_data["note"], by=holder.by)
        except answering.NotReadyError:
            form.add_error(None, _("Masih ada pertanyaan yang belum dijawab. Lengkapi dulu yang di bawah."))
        except answering.ClosedError:
            return redirect(holder.url())
        else:
            return redirect(holder.url("terkirim/"))
    found = reads.sheet.sheet(bundle)
    context = {
        "link": holder,
        "bundle": bundle,
        "sheet": found,
        "rows": [{"sheet": one, "url": holder.url(f"{one.item.pk}/")} for one in found.items],
        "left": sum(not (one.is_complete or one.is_locked) for one in found.items),
        "form": form,
        "late": bundle.deadline < today(),
    }
    return render(
        request, "registry/campaigns/pages/answer_review.html", context, status=400 if form.errors else 200
    )


@answers(closed=True)
def answer_done(request: HttpRequest, holder: Holder) -> HttpResponse:
    """Sent: when, what comes next, the proof, the way back."""
    bundle = holder.bundle
    if not bundle.is_answered:
        return redirect(holder.url())
    context = {
        "link": holder,
        "bundle": bundle,
        "applications": proof.applications(bundle),
        "code": proof.code_of(bundle),
        "may_reopen": _may_reopen(bundle),
        "late": bundle.submitted_at is not None and timezone.localdate(bundle.submitted_at) > bundle.deadline,
    }
    return render(request, "registry/campaigns/pages/answer_done.html", context)


def _may_reopen(bundle: Bundle) -> bool:
    early = bundle.round.is_open and bundle.deadline >= today()
    return early and bundle.state == BundleState.SUBMITTED


@answers()
def answer_reopen(request: HttpRequest, holder: Holder) -> HttpResponse:
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    try:
        answering.reopen(bundle=holder.bundle, by=holder.by)
    except answering.ClosedError:
        return redirect(holder.url("terkirim/"))
    return redirect(holder.url())


@answers()
def answer_hand_over(request: HttpRequest, holder: Holder) -> HttpResponse:
    """A colleague goes on; this link ends and a new one goes to him."""
    form = HandOverForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        limit, seconds = HAND_OVERS_A_DAY
        if not ratelimit.hit("isi_hand_over", str(holder.bundle.pk), limit=limit, seconds=seconds).allowed:
            form.add_error(None, _("Sudah diserahkan beberapa kali hari ini. Tanyakan kepada Diskominfo."))
        else:
            try:
                answering.hand_over(bundle=holder.bundle, by=holder.by, **form.cleaned_data)
            except answering.AlreadyHeldError:
                form.add_error("email", _("Orang ini sudah memegang isian instansi yang sama."))
            except answering.ClosedError:
                return redirect(holder.url())
            else:
                return refused(request, "given", 200)
    context = {"link": holder, "bundle": holder.bundle, "form": form}
    return render(
        request, "registry/campaigns/pages/answer_hand_over.html", context, status=400 if form.errors else 200
    )


@answers()
def answer_ask(request: HttpRequest, holder: Holder) -> HttpResponse:
    """A question to Kominfo, and the talk so far."""
    form = AskForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        limit, seconds = QUESTIONS_A_DAY
        if not ratelimit.hit("isi_ask", str(holder.bundle.pk), limit=limit, seconds=seconds).allowed:
            form.add_error(None, _("Pertanyaan Anda hari ini sudah banyak. Lanjutkan besok."))
        else:
            try:
                answering.ask(bundle=holder.bundle, text=form.cleaned_data["text"], by=holder.by)
            except answering.ClosedError:
                return redirect(holder.url())
            return redirect(f"{holder.url()}?selesai=tanya")
    story = reads.rounds.story(holder.bundle)
    context = {"link": holder, "bundle": holder.bundle, "form": form, "messages": story.messages}
    return render(
        request, "registry/campaigns/pages/answer_ask.html", context, status=400 if form.errors else 200
    )


@answers()
def answer_workbook(request: HttpRequest, holder: Holder) -> HttpResponse:
    """The same questions as XLSX, to fill in without a signal."""
    return workbook_answer(holder.bundle)


@answers()
def answer_upload(request: HttpRequest, holder: Holder) -> HttpResponse:
    form = WorkbookForm(request.POST if request.method == "POST" else None, request.FILES or None)
    result: Result | None = None
    if request.method == "POST" and form.is_valid():
        if not may_upload(str(holder.bundle.pk)):
            form.add_error("file", TOO_MANY)
        else:
            data = form.cleaned_data["file"].read()
            try:
                result = take_workbook(bundle=holder.bundle, data=data, by=holder.by)
            except NotAWorkbookError as error:
                form.add_error("file", str(error))
            except answering.ClosedError:
                return redirect(holder.url())
    context = {"link": holder, "bundle": holder.bundle, "form": form, "result": result}
    return render(
        request, "registry/campaigns/pages/answer_upload.html", context, status=400 if form.errors else 200
    )
