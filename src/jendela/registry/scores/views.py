"""Screens of scores: the list, the scorecard of an application, cost per function, due dates."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from jendela.common.dates import today
from jendela.people.access.choices import Audience, Module, Permission
from jendela.people.access.paths import address, crumbs
from jendela.people.access.screens import screen
from jendela.registry.applications.fields import BY_NAME, GROUPS
from jendela.registry.applications.paths import edit_path, record_path
from jendela.registry.applications.policy import may_edit
from jendela.registry.scores.actions import judgement
from jendela.registry.scores.choices import RANKS, Due, Rank, Result, Side, Time
from jendela.registry.scores.completeness import PARTS, Completeness, part_path
from jendela.registry.scores.facts import gather
from jendela.registry.scores.judging import difference, fit
from jendela.registry.scores.reads import costs, dues, lists
from jendela.registry.scores.tables import thresholds, weights
from jendela.ui.templatetags.ui import path

reads_register = screen(audience=Audience.STAFF, needs=Permission.READ_REGISTRY, module=Module.REGISTRY)
HOME = "/kelola/nilai/"
LONGEST_TEXT = 80
RANK_WORDS = {
    Rank.BASIC: "rank-basic",
    Rank.GOOD: "rank-good",
    Rank.BEST: "rank-best",
    Rank.NONE: "rank-none",
}


def _known(request: HttpRequest, name: str, values: Iterable[str]) -> str:
    value = request.GET.get(name, "")
    return value if value in values else ""


@reads_register
@never_cache
def list_scores(request: HttpRequest) -> HttpResponse:
    chosen = lists.Chosen(
        rank=_known(request, "tingkat", Rank.values),
        time=_known(request, "kelas", Time.values),
        agency=request.GET.get("instansi", "").replace("\x00", "")[:LONGEST_TEXT],
        text=" ".join(request.GET.get("q", "").replace("\x00", "").split())[:LONGEST_TEXT],
    )
    after = request.GET.get("setelah", "")
    ranks, times, total, mean = lists.numbers()
    agencies = lists.agencies()
    found = lists.page(chosen, after=after)
    kept = {"q": chosen.text, "instansi": chosen.agency, "tingkat": chosen.rank, "kelas": chosen.time}
    context = {
        "chosen": chosen,
        "rows": [
            {"row": one, "rank": Rank(one.rank).label, "time": Time(one.time).label} for one in found.rows
        ],
        "total": total,
        "mean": None if mean is None else round(mean),
        "ranks": [_chip(kept, "tingkat", rank, ranks[rank], chosen.rank) for rank in RANKS],
        "times": [_chip(kept, "kelas", time, times[time], chosen.time) for time in Time],
        "agencies": agencies,
        "next_url": address(HOME, **kept, setelah=found.next_key) if found.next_key else "",
        "first_url": address(HOME, **kept) if after else "",
        "crumbs": crumbs(),
    }
    return render(request, "registry/scores/pages/list_scores.html", context)


def _chip(kept: dict[str, str], name: str, choice: Rank | Time, number: int, chosen: str) -> dict[str, Any]:
    value = "" if choice == chosen else choice.value
    return {
        "label": choice.label,
        "count": str(number),
        "url": address(HOME, **{**kept, name: value}),
        "chosen": choice == chosen,
    }


@reads_register
@never_cache
def show_scorecard(request: HttpRequest, slug: str) -> HttpResponse:
    """Judged now, from the facts as they stand."""
    application = lists.application(slug)
    if application is None:
        raise Http404
    day = today()
    [facts] = gather([application], day)
    found = judgement(facts)
    functional, technical = (fit(found.judged, side, day) for side in (Side.FUNCTION, Side.TECHNIQUE))
    editable = may_edit(request.user, application)
    levels = [
        {
            "rank": rank,
            "label": rank.label,
            "reached": RANKS.index(Rank(found.score.rank)) >= RANKS.index(rank),
            "checks": [
                {"check": check, "found": one, "fix": path(check.fix_path(slug)), "open": one.result in _OPEN}
                for check, one in found.judged
                if check.rank is rank
            ],
        }
        for rank in RANKS[1:]
    ]
    context = {
        "application": application,
        "rank": Rank(found.score.rank).label,
        "percent": found.completeness.percent,
        "groups": _groups(slug, found.completeness),
        "levels": levels,
        "editable": editable,
        "passed": found.score.passed,
        "failed": found.score.failed,
        "unknown": found.score.unknown,
        "time": Time(found.score.time).label,
        "difference": difference(Time(found.score.time), application.wish),
        "fits": [(Side.FUNCTION.label, functional), (Side.TECHNIQUE.label, technical)],
        "limit": thresholds(day)["cocok_persen"],
        "record": path(record_path(slug)),
        "crumbs": crumbs((_("Kelengkapan dan nilai"), HOME)),
    }
    return render(request, "registry/scores/pages/show_scorecard.html", context)


_OPEN = (Result.FAILED, Result.UNKNOWN)


def _groups(slug: str, found: Completeness) -> list[dict[str, Any]]:
    """Each group with what is missing in it, linked to where it is filled in."""
    labels = {group.key: group.label for group in GROUPS} | {
        PARTS: _("Orang, pemakai, dasar hukum, biaya dan data")
    }
    parts = {
        "@people": _("Orang"), "@functions": _("Kode fungsi"), "@costs": _("Biaya"), "@datasets": _("Data"),
        "@links": _("Integrasi"), "@legal_bases": _("Dasar hukum"), "@uses": _("Pemakai"),
        "@interfaces": _("Antarmuka (API)"),
    }  # fmt: skip
    held = weights(today())
    return [
        {
            "label": labels[group.key],
            "percent": group.percent,
            "weight": held.groups[group.key].value,
            "missing": [
                {
                    "label": parts[name] if name in parts else BY_NAME[name].label,
                    "url": path(part_path(slug, name) if name in parts else edit_path(slug, name)),
                }
                for name in group.missing
            ],
        }
        for group in found.groups
    ]


def _year(request: HttpRequest) -> tuple[int, list[int]]:
    years = costs.years()
    asked = request.GET.get("tahun", "")
    year = int(asked) if asked.isdecimal() and int(asked) in years else (years[0] if years else today().year)
    return year, years


def rupiah(amount: Any) -> str:
    return "Rp" + number_format(amount, 0, use_l10n=True, force_grouping=True)


@reads_register
@never_cache
def list_function_costs(request: HttpRequest) -> HttpResponse:
    year, years = _year(request)
    with_cost, with_function = costs.coverage(year)
    rows = [
        {"row": one, "amount": rupiah(one.amount) if one.amount is not None else ""}
        for one in costs.per_function(year)
    ]
    context = {
        "rows": rows,
        "year": year,
        "years": years,
        "with_cost": with_cost,
        "with_function": with_function,
        "total": lists.numbers()[2],
        "crumbs": crumbs((_("Kelengkapan dan nilai"), HOME)),
    }
    return render(request, "registry/scores/pages/list_function_costs.html", context)


@reads_register
@never_cache
def show_function_cost(request: HttpRequest, code: str) -> HttpResponse:
    year, years = _year(request)
    node, rows = costs.of_function(code.replace("\x00", "")[:30], year)
    if node is None:
        raise Http404
    context = {
        "node": node,
        "year": year,
        "years": years,
        "rows": [
            {"application": one.application, "amount": rupiah(amount) if amount is not None else ""}
            for one, amount in rows
        ],
        "crumbs": crumbs((_("Kelengkapan dan nilai"), HOME), (_("Biaya setiap fungsi"), f"{HOME}biaya/")),
    }
    return render(request, "registry/scores/pages/show_function_cost.html", context)


@reads_register
@never_cache
def list_dues(request: HttpRequest) -> HttpResponse:
    day = today()
    kind = _known(request, "jenis", Due.values)
    found = dues.dues(request.user, on=day)
    numbers = {one: sum(row.kind is one for row in found) for one in Due}
    shown = [row for row in found if not kind or row.kind == kind]
    months = [
        {
            "over": over,
            "label": _("Sudah lewat") if over else label,
            "rows": [{"row": row, "days": abs(row.days(day)), "url": _due_path(row)} for row in group],
        }
        for (over, label), group in groupby(shown[: dues.MOST], key=lambda row: _when(row, day))
    ]
    context = {
        "months": months,
        "found": len(shown),
        "kinds": [
            {
                "label": one.label,
                "count": str(number),
                "url": address(f"{HOME}tenggat/", jenis="" if one == kind else one.value),
                "chosen": one == kind,
            }
            for one, number in numbers.items()
            if number
        ],
        "days": thresholds(day)["tenggat_hari"].value,
        "crumbs": crumbs((_("Kelengkapan dan nilai"), HOME)),
    }
    return render(request, "registry/scores/pages/list_dues.html", context)


def _when(row: dues.Deadline, day: Any) -> tuple[bool, str]:
    left = row.days(day)
    if left < 0:
        return True, ""
    for limit in (30, 60):
        if left <= limit:
            return False, _("Dalam %(days)s hari") % {"days": limit}
    return False, _("Dalam %(days)s hari") % {"days": thresholds(day)["tenggat_hari"].value}


def _due_path(row: dues.Deadline) -> str:
    if row.kind is Due.ATTESTATION:
        return path("/kelola/pemutakhiran/")
    if row.kind is Due.CERTIFICATE:
        return path(f"/kelola/pemeriksaan/{row.slug}/")
    return path(record_path(row.slug))
