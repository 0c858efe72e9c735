"""The way of a file into Jendela, one screen a step. Nothing is written before the person has seen the difference."""

from contextlib import suppress
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from jendela.common.exchange import actions
from jendela.common.exchange import reads as imports
from jendela.common.exchange.choices import WORKING, ImportState, Outcome, Recognised, RowState
from jendela.common.exchange.kinds import Column, Kind, kinds
from jendela.common.exchange.models import ImportRun
from jendela.common.exchange.reading import FileRefusedError
from jendela.people.access.actor import actor_of
from jendela.people.access.choices import Audience, Module, Permission
from jendela.people.access.screens import screen
from jendela.portal.exchange import reads
from jendela.portal.exchange.forms import MappingForm, UploadForm, decisions_of, initial, samples_of
from jendela.ui.templatetags.ui import path

import_screen = screen(audience=Audience.STAFF, needs=Permission.IMPORT_DATA, module=Module.EXCHANGE)
FIRST_SHOWN = (
    RowState.WRONG, RowState.WAITING, RowState.CHANGED, RowState.NEW, RowState.SAME, RowState.SKIPPED, RowState.ABSENT,
)  # fmt: skip


def _crumbs(*more: tuple[str, str]) -> list[dict[str, str]]:
    steps = [(_("Ruang kelola"), "/kelola/"), *more]
    return [{"label": label, "url": path(target)} for label, target in steps]


def _import_crumb() -> tuple[str, str]:
    return _("Impor tabel"), "/kelola/impor/"


def _own(run: ImportRun, step: str = "") -> str:
    return path(f"/kelola/impor/{run.pk}/{step}")


@import_screen
@never_cache
def list_import_kinds(request: HttpRequest) -> HttpResponse:
    """What can be imported, and the newest imports."""
    usable = reads.usable_kinds(request.user)
    tiles = [
        {
            "title": kind.title,
            "text": kind.sentence,
            "icon": kind.icon,
            "url": path(f"/kelola/impor/jenis/{kind.key}/"),
        }
        for kind in usable
    ]
    newest = reads.own_imports(request.user, kind="", before=None).rows[:3]
    context = {"tiles": tiles, "runs": [_listed(run) for run in newest], "crumbs": _crumbs()}
    return render(request, "portal/exchange/pages/list_import_kinds.html", context)


@import_screen
@never_cache
def list_imports(request: HttpRequest) -> HttpResponse:
    """Imports of this person; of everybody for those who import for all."""
    usable = reads.usable_kinds(request.user)
    chosen = request.GET.get("jenis", "")
    chosen = chosen if any(kind.key == chosen for kind in usable) else ""
    before = request.GET.get("sebelum", "")
    number = int(before) if before.isascii() and before.isdigit() and len(before) <= 18 else None
    page = reads.own_imports(request.user, kind=chosen, before=number)

    def address(**values: str) -> str:
        kept = {name: value for name, value in values.items() if value}
        own = path("/kelola/impor/riwayat/")
        return f"{own}?{urlencode(kept)}" if kept else own

    context = {
        "runs": [_listed(run) for run in page.rows],
        "kinds": [
            {
                "label": kind.title,
                "chosen": kind.key == chosen,
                "url": address(jenis="" if kind.key == chosen else kind.key),
            }
            for kind in usable
        ],
        "next_url": address(jenis=chosen, sebelum=page.next_key) if page.next_key else "",
        "first_url": address(jenis=chosen) if number else "",
        "crumbs": _crumbs(_import_crumb()),
    }
    return render(request, "portal/exchange/pages/list_imports.html", context)


def _listed(run: ImportRun) -> dict[str, object]:
    kind = kinds().get(run.kind)
    return {
        "name": run.file_name,
        "kind": kind.title if kind else run.kind,
        "actor": run.actor,
        "at": run.created_at,
        "state": run.get_state_display(),
        "tone": {"selesai": "ok", "gagal": "danger", "siap": "honey"}.get(run.state, ""),
        "url": _own(run),
    }


@import_screen
@never_cache
def show_import_kind(request: HttpRequest, key: str) -> HttpResponse:
    """Columns in words, templates to fill in, and the upload."""
    kind = reads.usable_kind(request.user, key)
    form = UploadForm()
    if request.method == "POST":
        form = UploadForm(request.POST, request.FILES)
        if form.is_valid():
            file = form.cleaned_data["file"]
            try:
                run = actions.take_in(
                    kind=kind,
                    name=file.name or "",
                    chunks=file.chunks(),
                    by=actor_of(request),
                    scope=reads.scope(request.user, kind),
                )
            except FileRefusedError as error:
                form.add_error("file", str(error))
            else:
                return redirect(_own(run, "kolom/"))
    context = {
        "kind": kind,
        "form": form,
        "own": path(f"/kelola/impor/jenis/{kind.key}/"),
        "with_sheet": "xlsx" in kind.formats,
        "columns": [
            {"column": column, "example": column.example[:80], "is_key": column.key in kind.key_columns}
            for column in kind.columns
        ],
        "crumbs": _crumbs(_import_crumb()),
    }
    return render(request, "portal/exchange/pages/show_import_kind.html", context)


@import_screen
@never_cache
def map_columns(request: HttpRequest, number: int) -> HttpResponse:
    """Which column of the file is which: guessed or remembered, the person has the last word."""
    run, kind = reads.own_import(request.user, number)
    if run.state not in (ImportState.MAPPING, ImportState.CHECKED):
        return redirect(_own(run))
    values = request.POST if request.method == "POST" else None
    scope = reads.scope(request.user, kind)
    questions = kind.options(scope)
    first = initial(run.mapping, questions, run.options)
    form = MappingForm(kind, run.headings, run.samples, values, questions=questions, initial=first)
    if values is not None and form.is_valid():
        with suppress(actions.NotNowError):  # another window was faster; the page says where the import is
            actions.match_columns(
                run=run,
                kind=kind,
                mapping=form.mapping(),
                options=form.options(),
                scope=scope,
                by=actor_of(request),
            )
        return redirect(_own(run))
    rows = [_column_row(column, run, form) for column in kind.columns]
    chosen = set(run.mapping.values())
    context = {
        "run": run,
        "kind": kind,
        "form": form,
        "own": _own(run, "kolom/"),
        "sheet_url": _own(run, "lembar/"),
        "stop_url": _own(run, "hentikan/"),
        "matched": [row for row in rows if row["matched"]],
        "others": [row for row in rows if not row["matched"]],
        "left": ", ".join(text for place, text in enumerate(run.headings) if text and place not in chosen),
        "options": form.option_fields(),
        "before": imports.imported_before(run),
        "unreadable": request.GET.get("lembar") == "gagal",
        "crumbs": _crumbs(_import_crumb(), (str(kind.title), f"/kelola/impor/jenis/{kind.key}/")),
    }
    return render(request, "portal/exchange/pages/map_columns.html", context)


def _column_row(column: Column, run: ImportRun, form: MappingForm) -> dict[str, object]:
    field = form[column.key]
    place = run.mapping.get(column.key)
    is_key = column.key in form.kind.key_columns and column.required
    return {
        "field": field,
        "matched": place is not None or is_key or bool(field.errors),
        "samples": samples_of(run.samples, place) if place is not None else [],
        "how": Recognised(run.recognised[column.key]).label
        if run.mapping.get(column.key) is not None and column.key in run.recognised
        else "",
        "tag": _("kunci baris") if is_key else _("wajib untuk baris baru") if column.required else "",
    }


@import_screen
@never_cache
def choose_sheet(request: HttpRequest, number: int) -> HttpResponse:
    """Read another sheet of the same workbook."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    run, kind = reads.own_import(request.user, number)
    try:
        actions.choose_sheet(
            run=run,
            kind=kind,
            sheet=request.POST.get("lembar", ""),
            by=actor_of(request),
            scope=reads.scope(request.user, kind),
        )
    except actions.NotNowError:
        pass
    except FileRefusedError:
        return redirect(_own(run, "kolom/") + "?lembar=gagal")
    return redirect(_own(run, "kolom/"))


@import_screen
@never_cache
def show_import(request: HttpRequest, number: int) -> HttpResponse:
    """Where the import is: at work, the difference with the choice, or what became of it."""
    run, kind = reads.own_import(request.user, number)
    if run.state == ImportState.MAPPING:
        return redirect(_own(run, "kolom/"))
    context = {
        "run": run,
        "kind": kind,
        "own": _own(run),
        "again": path(f"/kelola/impor/jenis/{kind.key}/"),
        "crumbs": _crumbs(_import_crumb(), (_("Riwayat impor"), "/kelola/impor/riwayat/")),
        "working": run.state in WORKING,
        "moved": "sudah" in request.GET,
    }
    if run.state in WORKING:
        context["progress"] = run.progress
        context["ahead"] = imports.ahead_of(run)
    elif run.state in (ImportState.CHECKED, ImportState.APPLIED, ImportState.UNDONE):
        context |= _difference(request, run, kind)
    return render(request, "portal/exchange/pages/show_import.html", context)


def _difference(request: HttpRequest, run: ImportRun, kind: Kind) -> dict[str, object]:
    counts = {state: run.counts.get(state, 0) for state in RowState.values}
    asked = request.GET.get("tampil", "")
    order = (
        FIRST_SHOWN if run.state == ImportState.CHECKED else (RowState.CHANGED, RowState.NEW, *FIRST_SHOWN)
    )
    first = next((state.value for state in order if counts[state]), RowState.NEW.value)
    shown = asked if asked in RowState.values else first
    after = request.GET.get("sesudah", "")
    position = int(after) if after.isascii() and after.isdigit() and len(after) <= 9 else None
    page = imports.rows(run, state=shown, after=position)
    own = _own(run)
    return {
        "counts": counts,
        "writes": counts[RowState.NEW] + counts[RowState.CHANGED],
        "wrong": counts[RowState.WRONG],
        "waiting": counts[RowState.WAITING],
        "states": [
            {
                "label": state.label,
                "count": counts[state],
                "chosen": state == shown,
                "url": f"{own}?tampil={state.value}#baris",
            }
            for state in FIRST_SHOWN
            if counts[state]
        ],
        "shown": shown,
        "asking": run.state == ImportState.CHECKED and any(row.asks for row in page.rows),
        "next_key": page.next_key,
        "lines": [reads.in_words(row, kind) for row in page.rows],
        "next_url": f"{own}?tampil={shown}&sesudah={page.next_key}#baris" if page.next_key else "",
        "first_url": f"{own}?tampil={shown}#baris" if position is not None else "",
        "left": [reads.in_words(row, kind) for row in imports.left_rows(run)]
        if run.state == ImportState.UNDONE
        else [],
        "undone": run.counts.get(Outcome.UNDONE, 0),
        "moved_on": run.counts.get(Outcome.MOVED_ON, 0),
        "in_use": run.counts.get(Outcome.IN_USE, 0),
        "with_sheet": "xlsx" in kind.formats,
    } | (imports.asked(run) if kind.matches and run.state == ImportState.CHECKED else {})


@import_screen
@never_cache
def show_import_progress(request: HttpRequest, number: int) -> HttpResponse:
    """How far the worker is, for the script of the page."""
    run, _kind = reads.own_import(request.user, number)
    values = {"done": run.progress.done, "total": run.progress.total, "working": run.state in WORKING}
    return JsonResponse(values)


def _step(request: HttpRequest, number: int, ask: str, **values: bool) -> HttpResponse:
    """A button of the import; where the state has moved on meanwhile, the page says so."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    run, _kind = reads.own_import(request.user, number)
    try:
        getattr(actions, ask)(run=run, by=actor_of(request), **values)
    except actions.NotNowError:
        return redirect(_own(run) + "?sudah=1")
    return redirect(_own(run))


@import_screen
@never_cache
def check_import_again(request: HttpRequest, number: int) -> HttpResponse:
    return _step(request, number, "check_again")


@import_screen
@never_cache
def decide_import(request: HttpRequest, number: int) -> HttpResponse:
    """What the person decided about the rows of a page; a new check goes by it at once, or after the last page."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    run, _kind = reads.own_import(request.user, number)
    found = decisions_of(request.POST)
    check = request.POST.get("lalu") != "halaman"
    try:
        actions.decide(run=run, decisions=found, check=check, by=actor_of(request))
    except actions.NotNowError:
        return redirect(_own(run) + "?sudah=1")
    after = request.POST.get("sesudah", "")
    onward = after if not check and after.isascii() and after.isdigit() else ""
    return redirect(_own(run) + (f"?tampil=menunggu&sesudah={onward}#baris" if onward else ""))


@import_screen
@never_cache
def carry_on_import(request: HttpRequest, number: int) -> HttpResponse:
    """The rows that still waited when the rest was written, as an import of their own."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    run, _kind = reads.own_import(request.user, number)
    try:
        new = actions.carry_on(run=run, by=actor_of(request))
    except actions.NotNowError:
        return redirect(_own(run) + "?sudah=1")
    return redirect(_own(new))


@import_screen
@never_cache
def apply_import(request: HttpRequest, number: int) -> HttpResponse:
    """Write; wrong rows are left out only when the button that says so was pressed."""
    return _step(request, number, "apply_import", skip_wrong=request.POST.get("lewati") == "ya")


@import_screen
@never_cache
def undo_import(request: HttpRequest, number: int) -> HttpResponse:
    return _step(request, number, "undo_import", also_moved=request.POST.get("juga") == "ya")


@import_screen
@never_cache
def stop_import(request: HttpRequest, number: int) -> HttpResponse:
    return _step(request, number, "stop_import")
