"""What was found and given, one recommendation with its facts, and why a rule applies to an application or not."""

import csv
import io
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from jendela.common.dates import today
from jendela.common.workdays.counting import working_days_between
from jendela.insight.recommendations import reads
from jendela.insight.recommendations.choices import OPEN, RUNNING, State, Verdict
from jendela.insight.recommendations.models import Letter, Recommendation
from jendela.insight.recommendations.rules import RULES
from jendela.insight.recommendations.thresholds import thresholds
from jendela.insight.recommendations.views.common import (
    HOME,
    looks,
    may_give,
    own_url,
    said,
    the_recommendation,
    way,
)
from jendela.people.access.choices import Permission
from jendela.people.access.paths import address, crumbs
from jendela.people.access.policy import has_permission
from jendela.registry.applications.choices import RecordState
from jendela.registry.applications.models import Application
from jendela.registry.applications.paths import record_path
from jendela.ui.templatetags.ui import path

DONE = {
    "diberikan": gettext_lazy("Sudah diberikan. Kepala instansi menerima pesan. Cetak suratnya di bawah."),
    "dijawab": gettext_lazy("Jawaban tersimpan. Diskominfo membacanya dan menindaklanjuti."),
    "dihentikan": gettext_lazy("Keputusan tersimpan. Aplikasi ini tercatat dihentikan."),
    "ditindaklanjuti": gettext_lazy("Catatan tersimpan. Instansi dapat membacanya."),
    "dibiarkan": gettext_lazy("Dibiarkan seperti sekarang. Tidak ditanyakan lagi sebelum hari tinjauannya."),
    "ditarik": gettext_lazy("Rekomendasi ditarik. Instansi membaca alasannya."),
}
TAGS = {
    State.FOUND: "", State.GIVEN: "tag-blue", State.ACCEPTED: "tag-honey", State.PARTLY: "tag-honey",
    State.DECLINED: "tag-warn", State.DONE: "tag-ok", State.KEPT: "", State.WITHDRAWN: "", State.GONE: "",
}  # fmt: skip
LONGEST = 80


def _chosen(request: HttpRequest) -> reads.Chosen:
    def known(name: str, values: Iterable[str]) -> str:
        value = request.GET.get(name, "")
        return value if value in values else ""

    return reads.Chosen(
        state=known("keadaan", State.values),
        rule=known("aturan", RULES),
        agency=request.GET.get("instansi", "").replace("\x00", "")[:LONGEST],
        late=request.GET.get("lihat") == "terlambat",
        measure=request.GET.get("lihat") == "akibat",
    )


def _kept(chosen: reads.Chosen) -> dict[str, str]:
    look = "terlambat" if chosen.late else "akibat" if chosen.measure else ""
    return {"keadaan": chosen.state, "aturan": chosen.rule, "instansi": chosen.agency, "lihat": look}


@looks
@never_cache
def list_recommendations(request: HttpRequest) -> HttpResponse:
    """Those who give see what was found first, grouped; then what was given, for everybody who reads it."""
    chosen, after, gives = _chosen(request), request.GET.get("setelah", ""), may_give(request.user)
    findings, more, number = [], 0, 0
    if gives and not after and not (chosen.state or chosen.late or chosen.measure):
        pairs, more, number = reads.findings_by_agency(chosen)
        findings = [_agency(agency, groups) for agency, groups in pairs]
    found = reads.page(request.user, chosen, after=after)
    numbers = reads.states(request.user)
    kept = _kept(chosen)
    context = {
        "gives": gives,
        "findings": findings,
        "more": more,
        "found_number": number,
        "lines": [_line(one) for one in found.rows],
        "chips": _chips(request, chosen, kept, numbers),
        "chosen": chosen,
        "agencies": reads.agencies_with_advice(request.user),
        "rules": [(rule.key, rule.name) for rule in RULES.values()],
        "done": said(request, DONE),
        "letters": _letters(request),
        "next_url": address(HOME, **kept, setelah=found.next_key) if found.next_key else "",
        "first_url": address(HOME, **kept) if after else "",
        "csv_url": address(f"{HOME}unduh.csv", **kept),
        "decisions": reads.decisions() if gives else None,
        "rule": RULES[chosen.rule] if chosen.rule else None,
        "reached": reads.reached(chosen.rule) if gives and chosen.rule else None,
        "crumbs": crumbs(),
    }
    return render(request, "insight/recommendations/pages/list_recommendations.html", context)


def _agency(agency: Any, groups: list[reads.Group]) -> dict[str, Any]:
    return {
        "agency": agency,
        "number": sum(one.number for one in groups),
        "groups": [
            {
                "key": one.key,
                "name": RULES[one.rule].name if one.rule in RULES else one.rule,
                "number": one.number,
                "names": ", ".join(one.names),
                "rest": one.number - len(one.names) if one.number > reads.NAMED else 0,
            }
            for one in groups
        ],
    }


def _letters(request: HttpRequest) -> list[Letter]:
    """The letters of the act that just ended, to print."""
    keys = [
        int(one) for one in request.GET.get("surat", "").split(",")[:20] if one.isdecimal() and len(one) < 10
    ]
    return reads.letters(request.user, keys) if keys else []


def _line(row: Recommendation) -> dict[str, Any]:
    late = 0
    if row.state == State.GIVEN and row.due_on and row.due_on < today():
        late = working_days_between(row.due_on, today())
    return {
        "row": row,
        "sentence": reads.words(row),
        "tag": TAGS[State(row.state)],
        "late": late,
        "waits": row.state == State.GIVEN,
        "done": row.state == State.DONE,
        "url": path(own_url(row)),
    }


def _chips(
    request: HttpRequest, chosen: reads.Chosen, kept: dict[str, str], numbers: dict[str, int]
) -> list[dict[str, Any]]:
    shown = [one for one in State if one is not State.FOUND and (numbers.get(one) or one == chosen.state)]
    chips = [
        {
            "label": one.label,
            "count": str(numbers.get(one, 0)),
            "url": address(
                HOME, **{**kept, "keadaan": "" if one == chosen.state else one.value, "lihat": ""}
            ),
            "chosen": one == chosen.state,
        }
        for one in shown
    ]
    late, measure = reads.late_and_measure(request.user)
    for word, label, number, on in (
        ("terlambat", gettext_lazy("belum menjawab, lewat batas"), late, chosen.late),
        ("akibat", gettext_lazy("akibatnya perlu dilihat lagi"), measure, chosen.measure),
    ):
        if number or on:
            url = address(HOME, **{**kept, "keadaan": "", "lihat": "" if on else word})
            chips.append({"label": label, "count": str(number), "url": url, "chosen": on})
    return chips


@looks
@never_cache
def export_recommendations(request: HttpRequest) -> HttpResponse:
    """What the list shows, as a table: one row a recommendation, at most EXPORT rows."""
    chosen = _chosen(request)
    rows = reads.page(request.user, chosen, size=reads.EXPORT).rows
    out = io.StringIO()
    writer = csv.writer(out)
    if settings.DEMO:
        writer.writerow(["CONTOH, bukan data sungguhan"])
    writer.writerow(
        ["nomor", "instansi", "aplikasi", "aturan", "rekomendasi", "keadaan", "diberikan", "dijawab_paling_lambat",
         "dijawab", "direncanakan_selesai", "ditutup", "alasan_ditutup"]
    )  # fmt: skip
    for row in rows:
        days = (row.given_at, row.due_on, row.answered_at, row.planned_on, row.closed_at)
        cells = [f"{day:%Y-%m-%d}" if day else "" for day in days]
        texts = [
            row.agency.short_name,
            row.application.name,
            row.rule,
            reads.words(row),
            row.get_state_display(),
        ]
        writer.writerow([row.pk, *map(_cell, texts), *cells, _cell(row.closed_why)])
    response = HttpResponse(out.getvalue(), content_type="text/csv; charset=utf-8")
    name = f"{'contoh-' if settings.DEMO else ''}rekomendasi-{today():%Y-%m-%d}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _cell(text: str) -> str:
    """A spreadsheet takes what begins so for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


@looks
@never_cache
def show_recommendation(request: HttpRequest, number: int) -> HttpResponse:
    row = the_recommendation(request, number)
    rule, day, gives = reads.rule_of(row), today(), may_give(request.user)
    limits = thresholds(day)
    line = _line(row)
    context = {
        **line,
        "line": line,
        "rule": rule,
        "facts": [
            {**one, "own": path(one["url"]) if one.get("url", "").startswith("/") else ""}
            for one in row.facts
        ],
        "limits": [limits[key] for key in (*rule.limits, *(("baru",) if rule.spares_young else ()))]
        if rule
        else [],
        "now": reads.now(row) if gives and row.state in (*OPEN, State.DONE) else None,
        "answers": list(row.answers.all()),
        "notes": list(row.notes.all()),
        "letters": list(row.letters.all()),
        "may_answer": row.state in RUNNING
        and has_permission(request.user, Permission.ANSWER_ADVICE, row.agency_id),
        "may_follow": gives and row.state in (*RUNNING, State.DONE),
        "may_close": gives and row.state in OPEN,
        "finding": row.state == State.FOUND,
        "give_url": address(f"{HOME}beri/", g=f"{row.agency_id}:{row.rule}"),
        "record": path(record_path(row.application.slug)),
        "said": said(request, DONE),
        "crumbs": way(),
    }
    return render(request, "insight/recommendations/pages/show_recommendation.html", context)


VERDICTS = {Verdict.APPLIES: "tag-warn", Verdict.LACKS: "tag-honey", Verdict.YOUNG: "", Verdict.NOT: "tag-ok"}


@looks
@never_cache
def show_reasons(request: HttpRequest, slug: str) -> HttpResponse:
    """What every rule says of one application, and why."""
    rows = Application.objects.filter(record_state=RecordState.REGISTERED).select_related("owner")
    application = get_object_or_404(rows, slug=slug)
    if not reads.may_read_reasons(request.user, application):
        raise Http404
    lines = [
        {"rule": rule, "found": found, "tag": VERDICTS[found.verdict], "label": found.verdict.label}
        for rule, found in reads.why(application)
    ]
    context = {
        "application": application,
        "lines": lines,
        "given": reads.of_application(application.pk),
        "record": path(record_path(application.slug)),
        "crumbs": way(),
    }
    return render(request, "insight/recommendations/pages/show_reasons.html", context)
