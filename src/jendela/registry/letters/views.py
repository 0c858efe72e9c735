"""'Buat jawaban surat': choose the asker, get cover letter and annex; letters that were made; forms of askers."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from jendela.common.documents import pdf_missing, to_docx, to_html, to_pdf
from jendela.people.access.actor import actor_of
from jendela.people.access.choices import Audience, Module, Permission
from jendela.people.access.paths import address, crumbs
from jendela.people.access.screens import screen
from jendela.registry.applications.choices import Visibility
from jendela.registry.letters import actions, headers, reads
from jendela.registry.letters.forms import HeadersForm, LetterForm, TemplateForm, of_template
from jendela.registry.letters.models import LetterIssue, LetterTemplate
from jendela.registry.letters.papers import is_on_paper, letter_of, workbook_of
from jendela.registry.letters.policy import may_keep_templates, may_open, may_write, sees_owners_cells
from jendela.ui.templatetags.ui import path

HOME = "/kelola/surat/"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FILES = {"docx": DOCX, "pdf": "application/pdf", "xlsx": XLSX}
writes = screen(audience=Audience.STAFF, needs=Permission.READ_REGISTRY, module=Module.REGISTRY)
keeps = screen(audience=Audience.STAFF, needs=Permission.MANAGE_REGISTRY, module=Module.REGISTRY)


def way(*more: tuple[str, str]) -> list[dict[str, str]]:
    return crumbs((_("Jawaban surat"), HOME), *more)


@writes
@never_cache
def list_letters(request: HttpRequest) -> HttpResponse:
    """Askers to choose from, and what was answered before."""
    text = request.GET.get("sebelum", "")
    before = int(text) if text.isascii() and text.isdigit() and len(text) < 15 else None
    rows, next_key = reads.issues(request.user, before=before)
    agencies = reads.agencies(request.user)
    everywhere = reads.writes_for_all(request.user)
    context = {
        "templates": reads.templates(),
        "rows": rows,
        "one_click": len(agencies) == 1 and not everywhere,
        "agency": agencies[0] if len(agencies) == 1 else None,
        "may_keep": may_keep_templates(request.user),
        "said": {
            "dibuat": _("Bentuk jawaban tersimpan."),
            "dihapus": _("Bentuk itu tidak ditawarkan lagi."),
        }.get(request.GET.get("selesai", "")),
        "undo": request.GET.get("bentuk", "") if request.GET.get("selesai") == "dihapus" else "",
        "next_url": address(HOME, sebelum=next_key) if next_key else "",
        "first_url": path(HOME) if before is not None else "",
        "crumbs": way()[:1],
    }
    return render(request, "registry/letters/pages/list_letters.html", context)


def _template(slug: str) -> LetterTemplate:
    row = reads.template(slug)
    if row is None:
        raise Http404
    return row


@writes
@never_cache
def write_letter(request: HttpRequest, template: str) -> HttpResponse:
    """One click where one agency is meant; else it asks which, and for the letter that came in."""
    row = _template(template)
    agencies = reads.agencies(request.user)
    everywhere = reads.writes_for_all(request.user)
    if not agencies and not everywhere:
        raise Http404
    form = LetterForm(
        request.POST if request.method == "POST" else None,
        agencies=agencies,
        everywhere=everywhere,
        initial={"to": row.to, "to_place": row.to_place},
    )
    if request.method == "POST" and form.is_valid():
        agency = form.agency()
        if not may_write(request.user, agency.pk if agency else None):
            raise Http404
        made = actions.issue_letter(
            template=row,
            agency=agency,
            visible=_visible(request, agency.pk if agency else None),
            asked=form.asked(),
            by=actor_of(request),
        )
        return redirect(path(f"{HOME}{made.pk}/"))
    context = {"form": form, "template": row, "crumbs": way()}
    status = 400 if form.errors else 200
    return render(request, "registry/letters/pages/write_letter.html", context, status=status)


def _visible(request: HttpRequest, agency_id: int | None) -> set[str]:
    seen: set[str] = {Visibility.PUBLIC, Visibility.GOVERNMENT}
    return seen | {Visibility.OWNER} if sees_owners_cells(request.user, agency_id) else seen


def _issue(request: HttpRequest, number: int) -> LetterIssue:
    row = reads.issue(number)
    if row is None or not may_open(request.user, row):
        raise Http404
    return row


@writes
@never_cache
def show_letter(request: HttpRequest, number: int) -> HttpResponse:
    row = _issue(request, number)
    context = {
        "row": row,
        "letter": to_html(letter_of(row)),
        "on_paper": is_on_paper(row),
        "own": path(f"{HOME}{row.pk}/"),
        "pdf_missing": pdf_missing(),
        "again_url": path(f"{HOME}tulis/{row.template.slug}/") if row.template.retired_at is None else "",
        "crumbs": way(),
    }
    return render(request, "registry/letters/pages/show_letter.html", context)


@writes
@never_cache
def export_letter(request: HttpRequest, number: int, form: str) -> HttpResponse:
    return file_of(_issue(request, number), form)


def file_of(row: LetterIssue, form: str) -> HttpResponse:
    """The letter as DOCX or PDF, its list as XLSX. Raises Http404 for another form, or where PDF cannot be made."""
    if form not in FILES or (form == "pdf" and pdf_missing()):
        raise Http404
    response = HttpResponse(MAKERS[form](row), content_type=FILES[form])
    whose = row.agency.slug if row.agency else "kabupaten"
    name = f"{'lampiran' if form == 'xlsx' else 'jawaban'}-{row.template.slug}-{whose}-{row.date.isoformat()}.{form}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


MAKERS: dict[str, Callable[[LetterIssue], bytes]] = {
    "xlsx": workbook_of,
    "docx": lambda row: to_docx(letter_of(row)),
    "pdf": lambda row: to_pdf(letter_of(row)),
}


@keeps
@never_cache
def make_template(request: HttpRequest) -> HttpResponse:
    """A new asker, without code; the empty form of the asker may be read for its headings."""
    upload = HeadersForm()
    columns: list[dict[str, str]] = []
    if request.method == "POST" and request.POST.get("lakukan") == "baca":
        upload = HeadersForm(request.POST, request.FILES)
        if upload.is_valid():
            try:
                columns = headers.propose(upload.cleaned_data["file"])
            except headers.NoHeadersError as error:
                upload.add_error("file", str(error))
        form = TemplateForm(columns=columns, initial={"kind": "surat"})
        return _template_page(request, form, None, upload, read=bool(columns))
    form = TemplateForm(_posted(request), columns=[], initial={"kind": "surat"})
    if _is_sent(request) and form.is_valid():
        actions.make_template(values=form.values(), by=actor_of(request))
        return redirect(address(HOME, selesai="dibuat"))
    return _template_page(request, form, None, upload)


@keeps
@never_cache
def edit_template(request: HttpRequest, template: str) -> HttpResponse:
    row = _template(template)
    form = TemplateForm(_posted(request), columns=row.columns, initial=of_template(row))
    if _is_sent(request) and form.is_valid():
        actions.change_template(template=row, values=form.values(), by=actor_of(request))
        return redirect(address(HOME, selesai="dibuat"))
    return _template_page(request, form, row, None)


def _posted(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _is_sent(request: HttpRequest) -> bool:
    return request.method == "POST" and request.POST.get("lakukan") != "tambah"


def _template_page(
    request: HttpRequest,
    form: TemplateForm,
    row: LetterTemplate | None,
    upload: HeadersForm | None,
    *,
    read: bool = False,
) -> HttpResponse:
    wrong = _is_sent(request) and bool(form.errors or (upload and upload.errors))
    if form.is_bound and not _is_sent(request):
        form.errors.clear()
    context = {"form": form, "template": row, "upload": upload, "read": read, "crumbs": way()}
    return render(request, "registry/letters/pages/edit_template.html", context, status=400 if wrong else 200)


@keeps
@never_cache
def retire_template(request: HttpRequest, template: str) -> HttpResponse:
    """Offered no more; letters stay. With `lakukan=kembali` it is taken back."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    back = request.POST.get("lakukan") == "kembali"
    row = reads.any_template(template) if back else reads.template(template)
    if row is None:
        raise Http404
    actions.retire_template(template=row, by=actor_of(request), back=back)
    return redirect(path(HOME) if back else address(HOME, selesai="dihapus", bentuk=row.slug))
