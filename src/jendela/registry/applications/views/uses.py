"""What an agency uses: named by others, answered by it. Diskominfo sees answers and silence."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from jendela.people.access.actor import actor_of
from jendela.people.access.choices import Permission
from jendela.people.access.paths import address, crumbs
from jendela.people.access.policy import has_permission
from jendela.people.agencies.models import Agency
from jendela.registry.applications import reads
from jendela.registry.applications.actions import CannotUndoValuesError, undo_batch
from jendela.registry.applications.actions.uses import UseAnswer, UseGoneError, answer_uses, declare_use
from jendela.registry.applications.choices import RecordState, UseState
from jendela.registry.applications.models import Application, Change
from jendela.registry.applications.policy import may_manage
from jendela.registry.applications.reads import uses
from jendela.registry.applications.reads.reports import UNDO_WITHIN
from jendela.registry.applications.views.common import LIST, edits
from jendela.ui.templatetags.ui import path

BASE = "/kelola/pemakaian/"
ANSWERS = {"ya": UseState.CONFIRMED, "tidak": UseState.REJECTED, "berhenti": UseState.ENDED}
LONGEST = 300


@edits
@never_cache
def list_uses(request: HttpRequest) -> HttpResponse:
    """For Diskominfo every agency with its answers and silence; for others the way to their own."""
    own = uses.agencies(request.user)
    if not may_manage(request.user) and len(own) == 1:
        return redirect(path(f"{BASE}{own[0].slug}/"))
    rows, next_key = (
        uses.board(after=request.GET.get("sesudah", "")[:80].replace("\0", ""))
        if may_manage(request.user)
        else ([], "")
    )
    context = {
        "rows": rows,
        "agencies": own,
        "manages": may_manage(request.user),
        "next_url": address(BASE, sesudah=next_key) if next_key else "",
        "first_url": path(BASE) if request.GET.get("sesudah") else "",
        "own": path(BASE),
        "import_url": path("/kelola/impor/jenis/pemakaian-aplikasi/"),
        "crumbs": crumbs((_("Aplikasi"), LIST)),
    }
    return render(request, "registry/applications/pages/list_uses.html", context)


def _agency(request: HttpRequest, slug: str) -> Agency:
    row = Agency.objects.filter(slug=slug).first()
    if row is None or not has_permission(request.user, Permission.EDIT_REGISTRY, row.pk):
        raise Http404
    return row


@edits
@never_cache
def answer_agency_uses(request: HttpRequest, slug: str) -> HttpResponse:
    """'Pusat menyebut Anda memakai X': yes, no with a reason, stopped; all at once; one that nobody named."""
    agency = _agency(request, slug)
    own = f"{BASE}{slug}/"
    problems: dict[int, str] = {}
    typed: dict[int, tuple[str, str]] = {}
    if request.method == "POST":
        answers, typed, problems = _answers(request, agency)
        if not problems and answers:
            try:
                batch, number = answer_uses(
                    agency=agency,
                    answers=answers,
                    by=actor_of(request),
                    stated_by=reads.speaker(request.user, agency),
                )
            except UseGoneError:
                return redirect(address(own, selesai="sudah"))
            return redirect(address(own, selesai="jawab", jumlah=number, tindakan=batch if number else ""))
        if not problems:
            return redirect(address(own, selesai="kosong"))
    return _page(request, agency, problems, typed)


def _answers(
    request: HttpRequest, agency: Agency
) -> tuple[dict[int, UseAnswer], dict[int, tuple[str, str]], dict[int, str]]:
    """Answers of the form by the key of the use, what was typed, and what is missing."""
    answers: dict[int, UseAnswer] = {}
    typed: dict[int, tuple[str, str]] = {}
    problems: dict[int, str] = {}
    if request.POST.get("semua") == "ya":
        return {row.pk: UseAnswer(UseState.CONFIRMED) for row in uses.claimed(agency)}, typed, problems
    for name, said in request.POST.items():
        key = name.removeprefix("pakai-")
        if key == name or not (key.isascii() and key.isdigit() and len(key) <= 18) or said not in ANSWERS:
            continue
        number = int(key)
        reason = " ".join(str(request.POST.get(f"alasan-{key}", "")).replace("\x00", "").split())
        typed[number] = (str(said), reason)
        if ANSWERS[said] == UseState.REJECTED and not reason:
            problems[number] = _("Tulis alasannya, supaya daftar pusat dapat dibetulkan.")
        elif len(reason) > LONGEST:
            problems[number] = _("Terlalu panjang: paling banyak 300 huruf.")
        else:
            answers[number] = UseAnswer(ANSWERS[said], reason if ANSWERS[said] != UseState.CONFIRMED else "")
    return answers, typed, problems


def _page(
    request: HttpRequest,
    agency: Agency,
    problems: dict[int, str],
    typed: dict[int, tuple[str, str]],
) -> HttpResponse:
    own, text = f"{BASE}{agency.slug}/", request.GET.get("cari", "")[:100]
    after = request.GET.get("sesudah", "")
    page = uses.answered(
        agency, after=after if after.isascii() and after.isdigit() and len(after) <= 18 else ""
    )
    claimed = [
        {
            "use": row,
            "problem": problems.get(row.pk, ""),
            "said": typed.get(row.pk, ("", ""))[0],
            "reason": typed.get(row.pk, ("", ""))[1],
        }
        for row in uses.claimed(agency)
    ]
    batch = request.GET.get("tindakan", "")
    context = {
        "agency": agency,
        "claimed": claimed,
        "problems": [one for one in claimed if one["problem"]],
        "answered": page.rows,
        "next_url": address(own, sesudah=page.next_key) if page.next_key else "",
        "first_url": path(own) if after else "",
        "text": text,
        "found": uses.found(text, agency) if text else [],
        "own": path(own),
        "report_url": path("/kelola/aplikasi/lapor/"),
        "done": request.GET.get("selesai", ""),
        "number": request.GET.get("jumlah", "")[:6],
        "undo_url": path(f"{own}batalkan/{batch}/") if _is_batch(batch) else "",
        "crumbs": crumbs((_("Aplikasi"), LIST), (_("Pemakaian"), BASE)),
    }
    status = 400 if problems else 200
    return render(request, "registry/applications/pages/answer_agency_uses.html", context, status=status)


def _is_batch(text: str) -> bool:
    try:
        uuid.UUID(text)
    except ValueError:
        return False
    return True


@edits
@never_cache
def add_agency_use(request: HttpRequest, slug: str) -> HttpResponse:
    """The agency uses one that nobody named."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    agency = _agency(request, slug)
    code = request.POST.get("aplikasi", "").replace("\x00", "")[:120]
    row = Application.objects.filter(slug=code, record_state=RecordState.REGISTERED).first()
    own = f"{BASE}{slug}/"
    if row is None:
        return redirect(address(own, selesai="sudah"))
    stated_by = reads.speaker(request.user, agency)
    batch, _use = declare_use(agency=agency, application=row, by=actor_of(request), stated_by=stated_by)
    return redirect(address(own, selesai="tambah", tindakan=batch))


@edits
@never_cache
def undo_agency_uses(request: HttpRequest, slug: str, batch: uuid.UUID) -> HttpResponse:
    """Take the last answers back: the own act, within a day, while nothing has changed since."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    agency = _agency(request, slug)
    own, mine = (
        f"{BASE}{slug}/",
        Change.objects.filter(batch=batch, by_id=request.user.pk, at__gte=timezone.now() - UNDO_WITHIN),
    )
    answers = list(mine.values_list("field", "after__agency"))
    if not answers or any(field != "part.uses" or key != agency.pk for field, key in answers):
        return redirect(address(own, selesai="sudah"))
    try:
        undo_batch(batch=batch, by=actor_of(request), stated_by=reads.speaker(request.user, agency))
    except CannotUndoValuesError:
        return redirect(address(own, selesai="sudah"))
    return redirect(address(own, selesai="batal"))
