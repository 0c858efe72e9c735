"""The nota dinas of recommendations: a page to print, DOCX, PDF."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from jendela.common.documents import pdf_missing, to_docx, to_html, to_pdf
from jendela.insight.recommendations import reads
from jendela.insight.recommendations.letters import advice_letter
from jendela.insight.recommendations.models import Letter
from jendela.insight.recommendations.views.common import HOME, looks, way
from jendela.ui.templatetags.ui import path

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FORMS = {"docx": DOCX, "pdf": "application/pdf"}


def _letter(request: HttpRequest, number: int) -> Letter:
    found = reads.letter(request.user, number) if number < 2**31 else None
    if found is None:
        raise Http404
    return found


@looks
@never_cache
def show_advice_letter(request: HttpRequest, number: int) -> HttpResponse:
    row = _letter(request, number)
    context = {
        "title": _("Nota dinas untuk %(agency)s") % {"agency": row.agency.short_name},
        "row": row,
        "letter": to_html(advice_letter(row)),
        "docx_url": path(f"{HOME}surat/{row.pk}.docx"),
        "pdf_url": "" if pdf_missing() else path(f"{HOME}surat/{row.pk}.pdf"),
        "pdf_missing": pdf_missing(),
        "crumbs": way(),
    }
    return render(request, "insight/recommendations/pages/show_advice_letter.html", context)


@looks
@never_cache
def export_advice_letter(request: HttpRequest, number: int, form: str) -> HttpResponse:
    row = _letter(request, number)
    if form not in FORMS or (form == "pdf" and pdf_missing()):
        raise Http404
    letter = advice_letter(row)
    response = HttpResponse(to_docx(letter) if form == "docx" else to_pdf(letter), content_type=FORMS[form])
    name = f"{'contoh-' if letter.simulated else ''}rekomendasi-{row.agency.slug}-{row.pk}.{form}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
