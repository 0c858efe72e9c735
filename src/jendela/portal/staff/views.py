"""The staff window for everybody; the screens of administrators behind sign-in and permission."""

import csv
import re
from itertools import groupby
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.module_loading import import_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from jendela.people.access.actor import actor_of
from jendela.people.access.choices import Audience, Module, Permission
from jendela.people.access.menu import Entry, entries_for
from jendela.people.access.screens import screen
from jendela.portal.staff import reads
from jendela.portal.staff.forms import LONGEST_ANSWER, AnswerForm
from jendela.registry.applications import reads as register
from jendela.registry.applications.choices import OperatorLevel
from jendela.services.catalogue import actions as catalogue
from jendela.services.catalogue.choices import FeedbackState, Gap
from jendela.ui.templatetags.ui import path

LONGEST_TEXT = 80
ALL = "semua"
FORMULA = re.compile(r"\s*[=+\-@]|[\t\r\n]")


def _address(target: str, **values: str) -> str:
    kept = {name: value for name, value in values.items() if value}
    return f"{path(target)}?{urlencode(kept)}" if kept else path(target)


@screen(audience=Audience.PUBLIC)
def show_staff_window(request: HttpRequest) -> HttpResponse:
    text = " ".join(request.GET.get("q", "").replace("\x00", "").split())[:LONGEST_TEXT]
    level = request.GET.get("pengelola", "")
    level = level if level in (OperatorLevel.REGENCY, OperatorLevel.CENTRE) else ""
    tasks = register.tasks()
    task = next((one for one in tasks if one.slug and one.slug == request.GET.get("tugas")), None)
    tools = register.work_tools(register.Filters(level=level, text=text), task=task.value if task else "")
    groups = [(one, [tool for tool in tools if tool.task == one.value]) for one in tasks]
    return render(
        request,
        "portal/staff/pages/show_staff_window.html",
        {
            "text": text,
            "level": level,
            "task": task,
            "tasks": _task_chips(tasks, task, text, level),
            "levels": _level_chips(task, text, level),
            "groups": [(one, found) for one, found in groups if found],
            "found": str(len(tools)),
            "total": str(sum(one.count for one in tasks)),
            "narrowed": bool(text or level or task),
            "first": reads.first_to_ask(),
            "own": path("/pegawai/"),
            "directory": SafeString(path("/aplikasi/")),  # drawn once a row
            "agencies": SafeString(path("/instansi/")),
        },
    )


def _task_chips(
    tasks: list[register.Task], chosen: register.Task | None, text: str, level: str
) -> list[dict[str, object]]:
    return [
        {
            "label": one.label,
            "count": str(one.count),
            "chosen": one == chosen,
            "url": _address("/pegawai/", q=text, pengelola=level, tugas="" if one == chosen else one.slug),
        }
        for one in tasks
        if one.slug
    ]


def _level_chips(task: register.Task | None, text: str, level: str) -> list[dict[str, object]]:
    labels = {
        OperatorLevel.REGENCY.value: _("Dijalankan kabupaten"),
        OperatorLevel.CENTRE.value: _("Dijalankan pusat"),
    }
    tugas = task.slug if task else ""
    return [
        {
            "label": label,
            "chosen": value == level,
            "url": _address("/pegawai/", q=text, tugas=tugas, pengelola="" if value == level else value),
        }
        for value, label in labels.items()
    ]


@screen(audience=Audience.STAFF)
@never_cache
def show_management(request: HttpRequest) -> HttpResponse:
    """What this person may open, in groups, with how much waits there."""
    groups = [
        {"title": title, "tiles": [_tile(one, request.user) for one in entries]}
        for title, entries in groupby(entries_for(request.user), key=lambda one: one.group)
    ]
    return render(request, "portal/staff/pages/show_management.html", {"groups": groups})


def _tile(entry: Entry, viewer: object) -> dict[str, object]:
    number = import_string(entry.count)(viewer) if entry.count else None
    return {
        "title": entry.title,
        "text": entry.sentence,
        "icon": entry.icon,
        "url": path(entry.path),
        "number": None if number is None else str(number),
    }


@screen(audience=Audience.STAFF, needs=Permission.READ_FEEDBACK, module=Module.FEEDBACK)
@never_cache
def list_feedback(request: HttpRequest) -> HttpResponse:
    asked = request.GET.get("keadaan", FeedbackState.NEW)
    shown = asked if asked in {*FeedbackState.values, ALL} else FeedbackState.NEW.value
    before = _number(request.GET.get("sebelum", ""))
    page = reads.feedback_page(state="" if shown == ALL else shown, before=before)
    next_url = _address("/kelola/kabar/", keadaan=shown, sebelum=page.next_key) if page.next_key else ""
    first_url = _address("/kelola/kabar/", keadaan=shown) if before else ""
    context: dict[str, object] = {
        "rows": page.rows,
        "answered": _number(request.GET.get("dijawab", "")),
        "next_url": next_url,
        "first_url": first_url,
    }
    return _feedback_page(request, shown, context)


def _feedback_page(
    request: HttpRequest, shown: str, context: dict[str, object], status: int = 200
) -> HttpResponse:
    labels = {FeedbackState.NEW.value: _("Baru"), FeedbackState.DONE.value: _("Selesai"), ALL: _("Semua")}
    states = [
        {"label": label, "url": _address("/kelola/kabar/", keadaan=value), "chosen": value == shown}
        for value, label in labels.items()
    ]
    context |= {"state": shown, "states": states, "longest": str(LONGEST_ANSWER), "crumbs": _crumbs()}
    return render(request, "portal/staff/pages/list_feedback.html", context, status=status)


@screen(audience=Audience.STAFF, needs=Permission.READ_FEEDBACK, module=Module.FEEDBACK)
@never_cache
def answer_feedback(request: HttpRequest, number: int) -> HttpResponse:
    """Mark as done with a short answer, or take that back. What was typed is kept when it is too long."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    shown = request.POST.get("keadaan", "")
    shown = shown if shown in {*FeedbackState.values, ALL} else FeedbackState.NEW.value
    form = AnswerForm(request.POST)
    if not form.is_valid():
        row = reads.feedback(number)
        if row is None:
            raise Http404
        typed = request.POST.get("answer", "")[: 4 * LONGEST_ANSWER]
        return _feedback_page(request, shown, {"rows": [row], "typed": typed, "wrong": True}, status=400)
    state = FeedbackState(form.cleaned_data["state"])
    answer = form.cleaned_data["answer"]
    if not catalogue.answer_feedback(number=number, state=state, answer=answer, by=actor_of(request)):
        raise Http404
    done = str(number) if state == FeedbackState.DONE else ""
    return redirect(_address("/kelola/kabar/", keadaan=shown, dijawab=done))


@screen(audience=Audience.STAFF, needs=Permission.READ_INSIGHT, module=Module.FEEDBACK)
@never_cache
def list_unanswered(request: HttpRequest) -> HttpResponse:
    rows = reads.unanswered_searches()
    return render(
        request,
        "portal/staff/pages/list_unanswered.html",
        {
            "days": reads.by_day(rows),
            "full": len(rows) == reads.MOST_QUERIES,
            "most": reads.MOST_QUERIES,
            "crumbs": _crumbs(),
        },
    )


@screen(audience=Audience.STAFF, needs=Permission.READ_INSIGHT, module=Module.FEEDBACK)
@never_cache
def export_unanswered(request: HttpRequest) -> HttpResponse:
    """The same rows for a spreadsheet; no cell can start a formula there."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="pencarian-tanpa-jawaban.csv"'
    response.write("\ufeff")
    writer = csv.writer(response)
    writer.writerow(["hari", "pencarian", "kali", "layanan_terdekat", "alamat"])
    for row in reads.unanswered_searches(limit=reads.MOST_EXPORTED):
        cells = [row.day.isoformat(), row.query, str(row.count), row.nearest, row.nearest_url]
        writer.writerow([_harmless(cell) for cell in cells])
    return response


@screen(audience=Audience.STAFF, needs=Permission.READ_INSIGHT, module=Module.FEEDBACK)
@never_cache
def list_gaps(request: HttpRequest) -> HttpResponse:
    gap = request.GET.get("jenis", "")
    gap = gap if gap in Gap.values else ""
    kinds = [
        {
            "label": str(one.label),
            "url": _address("/kelola/kekurangan/", jenis="" if one == gap else one.value),
            "chosen": one == gap,
        }
        for one in Gap
    ]
    return render(
        request,
        "portal/staff/pages/list_gaps.html",
        {
            "rows": reads.met_gaps(gap=gap),
            "kinds": kinds,
            "gap": gap,
            "since": date_format(reads.since(), "j F Y"),
            "services": path("/layanan/"),
            "crumbs": _crumbs(),
        },
    )


def _crumbs() -> list[dict[str, str]]:
    return [{"label": _("Ruang kelola"), "url": path("/kelola/")}]


def _number(text: str) -> int | None:
    """A number from an address; None for anything that cannot be one."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 18 else None


def _harmless(cell: str) -> str:
    """A spreadsheet takes a cell that starts so for a formula; an apostrophe makes it text."""
    return f"'{cell}" if FORMULA.match(cell) else cell
