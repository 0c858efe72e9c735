"""The board of a round, its table, and one bundle as Kominfo looks at it."""

from io import BytesIO

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from openpyxl import Workbook

from jendela.common.dates import today
from jendela.common.exchange.formula import protect
from jendela.people.access.actor import actor_of
from jendela.people.access.paths import address
from jendela.registry.campaigns import reads
from jendela.registry.campaigns.actions import answering, chasing, reviewing, rounds, sending
from jendela.registry.campaigns.choices import BundleState, ItemState
from jendela.registry.campaigns.days import not_working
from jendela.registry.campaigns.forms import CallForm, DecideForm, HandOverForm, TextForm
from jendela.registry.campaigns.models import Bundle, Round
from jendela.registry.campaigns.policy import may_fill, may_manage
from jendela.registry.campaigns.reads import board as board_reads
from jendela.registry.campaigns.reads.sheet import sheet
from jendela.registry.campaigns.views.common import (
    HOME,
    board_round,
    bundle_url,
    fills,
    looks,
    posted,
    round_url,
    runs,
    said,
    the_bundle,
    way,
)
from jendela.ui.templatetags.ui import path

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DONE = {
    "dikirim": _("Putaran sudah dikirim. Surat sedang berangkat."),
    "diperpanjang": _("Batas waktu sudah diperpanjang."),
    "ditutup": _("Putaran sudah ditutup. Jawaban yang tersimpan tetap dapat dibaca."),
    "diingatkan": _("Pengingat hari ini sedang dikirim."),
    "terlalu-banyak": _("Penerima baru lebih dari batas aman. Buat putaran baru untuk mereka."),
    "diterima": _("Jawaban sudah diterima."),
    "dikembalikan": _("Jawaban dikembalikan. Pengisinya mendapat surat dengan catatan Anda."),
    "dijawab": _("Jawaban Anda sudah dikirim kepada pengisinya."),
    "ditelepon": _("Telepon sudah dicatat. Pengingat berhenti dua hari kerja."),
    "diserahkan": _("Isian sudah diserahkan. Pengisi baru mendapat surat."),
    "dikirim-lagi": _("Surat dengan tautan baru sedang dikirim."),
    "tanpa-surat": _("Sudah dicatat. Tidak ada surat, karena tautannya ditolak."),
    "ditarik": _("Permintaan ini sudah ditarik."),
}
NARROWS = [
    ("", _("Semua")),
    (board_reads.WAITS, _("Belum menjawab")),
    (board_reads.SENT, _("Menunggu diperiksa")),
    (board_reads.BACK, _("Dikembalikan")),
    (board_reads.DONE, _("Sudah diterima")),
    (board_reads.SWORN, _("Sudah dinyatakan")),
    (board_reads.SILENT, _("Tidak menjawab sampai akhir")),
    (board_reads.ASKS, _("Bertanya")),
    (board_reads.BOUNCED, _("Surat tidak sampai")),
    (board_reads.NOT_ME, _("Tautan ditolak")),
]

PAGE = 100  # agencies


def _chosen(request: HttpRequest, row: Round) -> tuple[board_reads.Board, str, str]:
    narrow = request.GET.get("keadaan", "")
    narrow = narrow if narrow in board_reads.NARROWS else ""
    text = " ".join(request.GET.get("instansi", "").replace("\x00", "").split())[:80]
    return board_reads.board(row, narrow=narrow, text=text), narrow, text


def _first(request: HttpRequest) -> int:
    """Number of the first row shown; rows stand by urgency, which no key follows."""
    asked = request.GET.get("mulai", "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 0


@looks
@never_cache
def show_round(request: HttpRequest, slug: str) -> HttpResponse:
    """The board; a draft is led to its simulation."""
    row = board_round(request, slug)
    may = may_manage(request.user)
    if row.sent_at is None:
        if not may:
            raise Http404
        return redirect(path(round_url(row, "simulasi/")))
    found, narrow, text = _chosen(request, row)
    kept = {"keadaan": narrow, "instansi": text}
    first = _first(request)
    later = first + PAGE
    context = {
        "round": row,
        "board": found,
        "rows": found.rows[first:later],
        "next_url": address(round_url(row), **kept, mulai=str(later)) if later < len(found.rows) else "",
        "first_url": address(round_url(row), **kept) if first else "",
        "free_days": _free_days(row),
        "narrow": narrow,
        "text": text,
        "narrows": NARROWS,
        "may": may,
        "rest": sending.rest_of(row) if may and row.is_open else None,
        "done": said(request, DONE),
        "xlsx_url": address(round_url(row, "papan.xlsx"), keadaan=narrow, instansi=text),
        "crumbs": way(),
    }
    return render(request, "registry/campaigns/pages/show_round.html", context)


def _free_days(row: Round) -> list[str]:
    """Deadlines to come that are no working days, in words."""
    coming = [one for one in (row.due_on, row.approval_due_on) if row.is_open and one >= today()]
    return [words for one in coming if (words := not_working(one))]


@looks
@never_cache
def export_round(request: HttpRequest, slug: str) -> HttpResponse:
    """The board as it is narrowed, as XLSX."""
    row = board_round(request, slug)
    found, _narrow, _text = _chosen(request, row)
    headings, rows = board_reads.board_table(found)
    book = Workbook(write_only=True)
    page = book.create_sheet("Papan")
    note = f"{row.title}, per {today():%d-%m-%Y}"
    page.append([f"CONTOH. {note}" if row.simulated else note])
    page.append(headings)
    for one in rows:
        page.append([protect(cell) if isinstance(cell, str) else cell for cell in one])
    stream = BytesIO()
    book.save(stream)
    response = HttpResponse(stream.getvalue(), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{row.slug}.xlsx"'
    return response


@looks
@never_cache
def show_bundle(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The answers of one person for one agency, with what Kominfo may do about them."""
    row = the_bundle(request, slug, number)
    return _bundle_page(request, row)


def _bundle_page(
    request: HttpRequest,
    row: Bundle,
    *,
    decide: DecideForm | None = None,
    call: CallForm | None = None,
    text: TextForm | None = None,
) -> HttpResponse:
    found = sheet(row)
    may = may_manage(request.user)
    waiting = [one.item for one in found.items if one.item.state == ItemState.SUBMITTED]
    decidable = may and row.state == BundleState.SUBMITTED and row.round.is_open
    decide = decide or (DecideForm(items=waiting) if decidable else None)
    items = [
        {
            "sheet": one,
            "back": decide[f"back_{one.item.pk}"] if decide and one.item in waiting else None,
            "note": decide[f"note_{one.item.pk}"] if decide and one.item in waiting else None,
        }
        for one in found.items
    ]
    wrong = next((one for one in (decide, call, text) if one is not None and one.errors), None)
    context = {
        "bundle": row,
        "round": row.round,
        "items": items,
        "decide": decide if decidable else None,
        "wrong": wrong,
        "call": call or CallForm(prefix="telepon"),
        "text": text or TextForm(prefix="jawab"),
        "story": reads.rounds.story(row),
        "may": may,
        "may_hand_over": row.round.is_open and may_fill(request.user, row.agency_id),
        "done": said(request, DONE),
        "crumbs": way((row.round.title, round_url(row.round)))
        if may
        else way((row.agency.short_name, f"{HOME}instansi/{row.agency.slug}/")),
    }
    status = 400 if wrong else 200
    return render(request, "registry/campaigns/pages/show_bundle.html", context, status=status)


@runs
@never_cache
def decide_bundle(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Approve, or return with notes."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    row = the_bundle(request, slug, number)
    items = list(row.items.filter(state=ItemState.SUBMITTED))
    form = DecideForm(request.POST, items=items)
    if not form.is_valid():
        return _bundle_page(request, row, decide=form)
    returned = form.returned()
    try:
        reviewing.decide(bundle=row, returned=returned, by=actor_of(request))
    except reviewing.NothingToReviewError:
        return redirect(path(bundle_url(row)))
    back = "tanpa-surat" if row.refused_at else "dikembalikan"
    return redirect(address(bundle_url(row), selesai=back if returned else "diterima"))


@runs
@never_cache
def answer_bundle(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Answer the holder's questions."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    row = the_bundle(request, slug, number)
    form = TextForm(request.POST, prefix="jawab")
    if not form.is_valid():
        return _bundle_page(request, row, text=form)
    reviewing.answer_question(bundle=row, text=form.cleaned_data["text"], by=actor_of(request))
    return redirect(address(bundle_url(row), selesai="tanpa-surat" if row.refused_at else "dijawab"))


@runs
@never_cache
def note_call(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """'Sudah ditelepon.'"""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    row = the_bundle(request, slug, number)
    form = CallForm(request.POST, prefix="telepon")
    if not form.is_valid():
        return _bundle_page(request, row, call=form)
    chasing.note_call(bundle=row, note=form.cleaned_data["note"], by=actor_of(request))
    return redirect(address(bundle_url(row), selesai="ditelepon"))


@fills
@never_cache
def hand_over_bundle(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """To a colleague: by Kominfo, or by who fills in for the agency."""
    row = the_bundle(request, slug, number)
    if (
        not may_fill(request.user, row.agency_id)
        or not row.round.is_open
        or row.state == BundleState.WITHDRAWN
    ):
        raise Http404
    form = HandOverForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            answering.hand_over(bundle=row, by=actor_of(request), **form.cleaned_data)
        except answering.AlreadyHeldError:
            form.add_error("email", _("Orang ini sudah memegang isian instansi yang sama."))
        else:
            return redirect(address(bundle_url(row), selesai="diserahkan"))
    context = {"form": form, "bundle": row, "crumbs": way((row.agency.short_name, bundle_url(row)))}
    status = 400 if form.errors else 200
    return render(request, "registry/campaigns/pages/hand_over_bundle.html", context, status=status)


@runs
@never_cache
def resend_bundle(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The request again, with a new link."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    row = the_bundle(request, slug, number)
    if not row.round.is_open or row.state == BundleState.WITHDRAWN:
        raise Http404
    sending.send_request(bundle=row, by=actor_of(request))
    return redirect(address(bundle_url(row), selesai="dikirim-lagi"))


@runs
@never_cache
def withdraw_bundle(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    row = the_bundle(request, slug, number)
    rounds.withdraw_bundle(bundle=row, by=actor_of(request))
    return redirect(address(round_url(row.round), selesai="ditarik"))
