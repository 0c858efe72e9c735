"""'Buat jawaban surat' from the end of a personal link: for the own agency alone, and only after its list was sent."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from jendela.common import ratelimit
from jendela.common.documents import pdf_missing
from jendela.registry.applications.choices import Visibility
from jendela.registry.campaigns.views.answer_gate import Holder, answers
from jendela.registry.letters import actions
from jendela.registry.letters import reads as letters
from jendela.registry.letters.forms import AskedForm
from jendela.registry.letters.models import LetterIssue
from jendela.registry.letters.views import file_of

LETTERS_AN_HOUR = (30, 3600)


@answers(closed=True)
def answer_letters(request: HttpRequest, holder: Holder) -> HttpResponse:
    """Askers to choose from; a POST makes the letter of today."""
    if not holder.bundle.is_answered:
        return redirect(holder.url())
    form = AskedForm(request.POST if request.method == "POST" else None)
    wait = False
    if request.method == "POST" and form.is_valid():
        template = letters.template(request.POST.get("template", ""))
        if template is None:
            raise Http404
        limit, seconds = LETTERS_AN_HOUR
        wait = not ratelimit.hit("isi_letters", str(holder.bundle.pk), limit=limit, seconds=seconds).allowed
        if not wait:
            made = actions.issue_letter(
                template=template,
                agency=holder.bundle.agency,
                visible={Visibility.PUBLIC, Visibility.GOVERNMENT, Visibility.OWNER},
                asked=form.asked(),
                bundle=holder.bundle.pk,
                simulated=holder.bundle.round.simulated,
                by=holder.by,
            )
            return redirect(holder.url(f"surat/{made.pk}/"))
    context = {
        "link": holder,
        "bundle": holder.bundle,
        "templates": letters.templates(),
        "issues": letters.issues_of_bundle(holder.bundle.pk),
        "form": form,
        "wait": wait,
    }
    status = 429 if wait else 400 if form.errors else 200
    return render(request, "registry/campaigns/pages/answer_letters.html", context, status=status)


def _own(holder: Holder, number: int) -> LetterIssue:
    row = letters.issue(number)
    if row is None or row.bundle != holder.bundle.pk or row.agency_id != holder.bundle.agency_id:
        raise Http404
    return row


@answers(closed=True)
def answer_letter(request: HttpRequest, holder: Holder, number: int) -> HttpResponse:
    """One letter that this link made, to download."""
    row = _own(holder, number)
    context = {
        "link": holder,
        "bundle": holder.bundle,
        "row": row,
        "own": holder.url(f"surat/{row.pk}/"),
        "pdf_missing": pdf_missing(),
    }
    return render(request, "registry/campaigns/pages/answer_letter.html", context)


@answers(closed=True)
def answer_letter_file(request: HttpRequest, holder: Holder, number: int, form: str) -> HttpResponse:
    return file_of(_own(holder, number), form)
