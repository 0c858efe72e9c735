"""The staff window for everybody; the screens of administrators behind sign-in and permission."""

import csv
import re
from itertools import groupby
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format, number_format
from django.utils.module_loading import import_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from jendela.people.access.choices import Audience, Module, Permission
from jendela.people.access.menu import Entry, entries_for
from jendela.people.access.policy import agencies_for, has_permission
from jendela.people.access.reads import nothing_open
from jendela.people.access.screens import screen
from jendela.portal.staff import reads
from jendela.registry.applications import reads as register
from jendela.registry.applications.choices import OperatorLevel
from jendela.services.catalogue.choices import Gap
from jendela.ui.templatetags.ui import path

LONGEST_TEXT = 80
FORMULA = re.compile(r"\s*[=+\-@]|[\t\r\n]")


def address(target: str, **values: str) -> str:
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
            "url": address("/pegawai/", q=text, pengelola=level, tugas="" if one == chosen else one.slug),
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
            "url": address("/pegawai/", q=text, tugas=tugas, pengelola="" if value == level else value),
        }
        for value, label in labels.items()
    ]


@screen(audience=Audience.STAFF)
@never_cache
def show_management(request: HttpRequest) -> HttpResponse:
    """This person's agencies, then what they may open, in groups, with how much waits there."""
    viewer = request.user
    narrow = agencies_for(viewer, Permission.SEE_AGENCY) is not None  # all of them stand on top
    shown = [one for one in entries_for(viewer) if not (narrow and one.key == "agencies")]
    groups = [
        {"title": title, "tiles": [_tile(one, viewer) for one in entries]}
        for title, entries in groupby(shown, key=lambda one: one.group)
    ]
    first_run = has_permission(viewer, Permission.MANAGE_MODULES) and nothing_open()
    context = {
        "groups": groups,
        "agencies": reads.agencies_of(viewer),
        "home": path("/kelola/instansi/"),
        "modules": path("/kelola/modul/") if first_run else "",
    }
    return render(request, "portal/staff/pages/show_management.html", context)


def _tile(entry: Entry, viewer: object) -> dict[str, object]:
    number = import_string(entry.count)(viewer) if entry.count else None
    return {
        "title": entry.title,
        "text": entry.sentence,
        "icon": entry.icon,
        "url": path(entry.path),
        "number": number_format(number, use_l10n=True, force_grouping=True) if number else "",
        "unit": entry.unit,
        "none": entry.none if number == 0 else "",
    }


@screen(audience=Audience.STAFF, needs=Permission.READ_INSIGHT, module=Module.FEEDBACK)
@never_cache
def list_unanswered(request: HttpRequest) -> HttpResponse:
    rows = reads.unanswered_searches(request.user)
    return render(
        request,
        "portal/staff/pages/list_unanswered.html",
        {
            "days": reads.by_day(rows),
            "full": len(rows) == reads.MOST_QUERIES,
            "most": reads.MOST_QUERIES,
            "crumbs": crumbs(),
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
    for row in reads.unanswered_searches(request.user, limit=reads.MOST_EXPORTED):
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
            "url": address("/kelola/kekurangan/", jenis="" if one == gap else one.value),
            "chosen": one == gap,
        }
        for one in Gap
    ]
    return render(
        request,
        "portal/staff/pages/list_gaps.html",
        {
            "rows": reads.met_gaps(request.user, gap=gap),
            "kinds": kinds,
            "gap": gap,
            "since": date_format(reads.since(), "j F Y"),
            "services": path("/layanan/"),
            "crumbs": crumbs(),
        },
    )


def crumbs() -> list[dict[str, str]]:
    return [{"label": _("Ruang kelola"), "url": path("/kelola/")}]


def _harmless(cell: str) -> str:
    """A spreadsheet takes a cell that starts so for a formula; an apostrophe makes it text."""
    return f"'{cell}" if FORMULA.match(cell) else cell
