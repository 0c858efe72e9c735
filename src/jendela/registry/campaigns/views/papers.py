"""The official letters of a round: a page to print, DOCX, PDF."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from jendela.common.documents import Letter, pdf_missing, to_docx, to_html, to_pdf
from jendela.registry.campaigns import reads
from jendela.registry.campaigns.models import Round
from jendela.registry.campaigns.papers import reminder_letter, request_letter
from jendela.registry.campaigns.reads.board import board
from jendela.registry.campaigns.views.common import round_url, runs, the_round, way
from jendela.ui.templatetags.ui import path

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FORMS = {"docx": DOCX, "pdf": "application/pdf"}


def _sent(slug: str) -> Round:
    row = the_round(slug)
    if row.sent_at is None:
        raise Http404
    return row


def _request(row: Round) -> Letter:
    return request_letter(row, board(row).rows, reads.rounds.questions(row))


def _reminder(row: Round, agency: str) -> Letter:
    found = next((one for one in board(row).rows if one.agency.slug == agency), None)
    if found is None:
        raise Http404
    return reminder_letter(row, found)


def _page(request: HttpRequest, row: Round, letter: Letter, own: str, title: str) -> HttpResponse:
    context = {
        "title": title,
        "letter": to_html(letter),
        "docx_url": path(f"{own}surat.docx"),
        "pdf_url": "" if pdf_missing() else path(f"{own}surat.pdf"),
        "pdf_missing": pdf_missing(),
        "crumbs": way((row.title, round_url(row))),
    }
    return render(request, "registry/campaigns/pages/show_round_letter.html", context)


def _file(letter: Letter, form: str, name: str) -> HttpResponse:
    if form not in FORMS or (form == "pdf" and pdf_missing()):
        raise Http404
    data = to_docx(letter) if form == "docx" else to_pdf(letter)
    response = HttpResponse(data, content_type=FORMS[form])
    response["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return response


@runs
@never_cache
def show_round_letter(request: HttpRequest, slug: str) -> HttpResponse:
    """Nota dinas that asks all agencies."""
    row = _sent(slug)
    return _page(request, row, _request(row), round_url(row, "surat/"), _("Nota dinas permintaan"))


@runs
@never_cache
def export_round_letter(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    row = _sent(slug)
    return _file(_request(row), form, f"nota-dinas-{row.slug}")


@runs
@never_cache
def show_reminder_letter(request: HttpRequest, slug: str, agency: str) -> HttpResponse:
    """Nota dinas to the head of an agency that has not answered."""
    row = _sent(slug)
    own = round_url(row, f"surat/{agency}/")
    return _page(request, row, _reminder(row, agency), own, _("Surat pengingat"))


@runs
@never_cache
def export_reminder_letter(request: HttpRequest, slug: str, agency: str, form: str) -> HttpResponse:
    row = _sent(slug)
    return _file(_reminder(row, agency), form, f"pengingat-{agency}")
