"""The workbench of one service: all its parts on one page, the comparison, throwing away and bringing back."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from jendela.common.dates import today
from jendela.people.access.actor import actor_of
from jendela.people.access.choices import Audience, Module, Permission
from jendela.people.access.screens import screen
from jendela.services.catalogue.models import Service, Standard
from jendela.services.catalogue.reads import standards
from jendela.services.catalogue.reads.parts import BY_KEY, COMPONENTS, GROUP_NAMES, PARTS, Group
from jendela.services.editor import actions, diff, reading
from jendela.services.editor.policy import may
from jendela.services.editor.reads import draft as reads
from jendela.services.editor.reads.draft import Line, Workbench
from jendela.services.editor.views.common import crumbs, public_page, service_for
from jendela.ui.templatetags.ui import path


@dataclass(frozen=True)
class Stage:
    """A step of the life cycle, in plain words."""

    title: str
    text: str
    done: bool
    url: str = ""
    action: str = ""
    next: bool = False


@screen(audience=Audience.STAFF, needs=Permission.WRITE_STANDARDS, module=Module.STANDARDS)
@never_cache
@require_safe
def show_draft(request: HttpRequest, slug: str) -> HttpResponse:
    service = service_for(request, slug)
    bench = reads.with_gaps(reads.with_checks(reads.workbench(service)))
    missing = open_gate(bench)
    draft = bench.draft
    may_decree = may(request.user, Permission.DECREE_STANDARDS, service)
    waiting = standards.waiting_decrees(service)
    stages = _stages(bench, missing, waiting, may_decree=may_decree)
    context = {
        "service": service,
        "bench": bench,
        "groups": _groups(bench),
        "stages": stages,
        "next": next((stage for stage in stages if stage.next), None),
        "gate": [] if _settled(bench, waiting) else missing,
        "waiting": waiting,
        "undoable": standards.undoable(service),
        "target": standards.target_of(service),
        "edits": _history(service),
        "restorable": reads.can_restore(service),
        "discarded": request.GET.get("dibuang", "") if not bench.changed else "",
        "moved_from": draft.agency_at_start
        if draft and draft.agency_at_start_id != service.owner_id
        else None,
        "may_publish": may(request.user, Permission.PUBLISH_INTERIM, service),
        "may_sign": may(request.user, Permission.SIGN_TARGETS, service) and not bench.decreed,
        "mine": draft is not None and draft.keeper_id == request.user.pk,
        "public_url": public_page(service),
        "preview_url": path(f"/kelola/standar/{slug}/pratinjau/"),
        "crumbs": crumbs(service)[:-1],
    }
    return render(request, "services/editor/pages/show_draft.html", context)


def _groups(bench: Workbench) -> list[dict[str, Any]]:
    """The parts under three headings, in the order of the work."""
    titles = {
        Group.DELIVERY: GROUP_NAMES[Group.DELIVERY],
        Group.COMPLAINT: GROUP_NAMES[Group.DELIVERY],
        Group.ACCESS: _("Cara mengurus dan kata warga"),
        Group.TEXTS: _("Cara mengurus dan kata warga"),
        Group.MANAGEMENT: GROUP_NAMES[Group.MANAGEMENT],
    }
    groups: dict[str, list[Line]] = {}
    for part in PARTS:
        groups.setdefault(str(titles[part.group]), []).append(bench.lines[part.key])
    return [{"title": title, "lines": lines} for title, lines in groups.items()]


def _history(service: Service) -> list[dict[str, Any]]:
    """Who did what to which part, with the wording it was about, so that nothing that was set aside is lost."""
    edits = [one for one in reads.edits(service) if one.part in BY_KEY]
    values = {one.pk: one.before if one.after is None else one.after for one in edits}
    places = reads.places(list(values.values()))
    return [
        {
            "edit": one,
            "label": BY_KEY[one.part].label,
            "text": reading.plain(one.part, values[one.pk], places),
        }
        for one in edits
    ]


PLACE_OF = {
    "complaint_officer": "complaint",
    "complaint_channel": "complaint",
    "consulted_on": "record_consultation",
    "consultation_note": "record_consultation",
    "consultation_participants": "record_consultation",
}
TOGETHER = {
    "complaint": gettext_lazy("Sebutkan petugas dan sarana pengaduan."),
    "record_consultation": gettext_lazy("Catat pembahasan rancangan bersama warga."),
}


def open_gate(bench: Workbench) -> list[dict[str, str]]:
    """What is missing before an SK can be recorded, each place named once with the way to it. The SK itself has its
    own form."""
    slug = bench.service.slug
    found: dict[str, str] = {}
    for one in bench.missing():
        place = PLACE_OF.get(one.key, one.key)
        if place in found:
            found[place] = str(TOGETHER[place])
        elif place in BY_KEY or place in TOGETHER:
            found[place] = one.words
    return [
        {
            "words": words,
            "url": reverse("edit_part", args=[slug, place])
            if place in BY_KEY
            else reverse(place, args=[slug]),
        }
        for place, words in found.items()
    ]


def _settled(bench: Workbench, waiting: list[Standard]) -> bool:
    """Is the standard decreed, and nothing drafted that would need another SK?"""
    return (bench.decreed or bool(waiting)) and not any(line.part.key in COMPONENTS for line in bench.changed)


def _stages(
    bench: Workbench, gate: list[dict[str, str]], waiting: list[Standard], *, may_decree: bool
) -> list[Stage]:
    """The five steps of rules 1.2 with the next one marked; a decreed standard without changes has done three. A
    review is never done: it comes round, and is next when its day has come."""
    slug, standard = bench.service.slug, bench.standard
    settled = _settled(bench, waiting)
    charter = standards.charter_of(bench.service.owner)
    open_parts = [one for one in gate if "/konsultasi/" not in one["url"]]
    written = settled or not open_parts
    due = standard.review_due if standard is not None else None
    decree = ""
    if bench.decreed and standard is not None and standard.decree_date is not None:
        decree = _("SK %(number)s, %(date)s.") % {
            "number": standard.decree_number,
            "date": date_format(standard.decree_date, "j F Y"),
        }
    elif waiting and waiting[0].valid_from is not None:
        decree = _("Sudah ditetapkan. Berlaku mulai %(date)s.") % {
            "date": date_format(waiting[0].valid_from, "j F Y")
        }
    review = _("Sesudah standar berlaku, tinjau menurut jadwalnya.")
    if due is not None:
        review = _("Tinjau sebelum %(date)s.") % {"date": date_format(due, "j F Y")}
    charter_url = reverse("edit_charter", args=[bench.service.owner.slug])
    consultation = reverse("record_consultation", args=[slug])
    stages = [
        Stage(_("Tulis"), _written(bench, waiting, [] if settled else open_parts), written),
        Stage(
            _("Bahas bersama warga"), _discussed(bench, waiting, settled), settled or bench.consulted, consultation,
            _("Catat pembahasan"),
        ),
        Stage(
            _("Tetapkan dengan SK"), decree or _("Kepala instansi mencatat nomor dan tanggal SK."),
            settled or bool(waiting), reverse("decree_draft", args=[slug]) if may_decree else "", _("Catat SK"),
        ),
        Stage(
            _("Umumkan maklumat"),
            _("Maklumat instansi ini sudah terbit.") if charter else _("Kepala menyatakan sanggup menepati standar."),
            charter is not None, charter_url if may_decree else "", _("Tulis maklumat"),
        ),
        Stage(_("Tinjau ulang"), review, done=False),
    ]  # fmt: skip
    last = len(stages) if due is not None and due <= today() else len(stages) - 1
    first = next((at for at, stage in enumerate(stages[:last]) if not stage.done), None)
    return [
        Stage(stage.title, stage.text, stage.done, stage.url, stage.action, at == first)
        for at, stage in enumerate(stages)
    ]


def _written(bench: Workbench, waiting: list[Standard], open_parts: list[Any]) -> str:
    if open_parts:
        number = len(open_parts)
        return ngettext(
            "%(number)s hal wajib belum terisi.", "%(number)s hal wajib belum terisi.", number
        ) % {"number": number}
    known = waiting[-1].known if waiting and not bench.changed else bench.known  # type: ignore[attr-defined]
    return _("%(known)s dari %(total)s komponen terisi.") % {"known": known, "total": bench.total}


def _discussed(bench: Workbench, waiting: list[Standard], settled: bool) -> str:
    draft, standard = bench.draft, waiting[-1] if waiting else bench.standard
    if bench.consulted and draft is not None and draft.consulted_on is not None:
        return _("Dibahas %(date)s.") % {"date": date_format(draft.consulted_on, "j F Y")}
    if settled and standard is not None and standard.consulted_on is not None:
        return _("Dibahas %(date)s.") % {"date": date_format(standard.consulted_on, "j F Y")}
    if draft is not None and draft.consulted_on is not None:
        return _("Isinya berubah sesudah dibahas. Bahas lagi.")
    return _("Undang warga dan pihak terkait, lalu catat hasilnya.")


def side_by_side(line: Line, places: reading.Places) -> dict[str, Any]:
    """A part's published and drafted text with the words marked that differ."""
    old = reading.plain(line.part.key, line.published, places)
    new = reading.plain(line.part.key, line.value, places)
    pieces = diff.words(old, new)
    return {
        "line": line,
        "part": line.part,
        "old": diff.side(pieces, diff.GONE),
        "new": diff.side(pieces, diff.NEW),
        "stale": line.stale,
    }


def comparison(bench: Workbench) -> list[dict[str, Any]]:
    places = reads.places([value for line in bench.changed for value in (line.value, line.published)])
    return [side_by_side(line, places) for line in bench.changed]


@screen(audience=Audience.STAFF, needs=Permission.WRITE_STANDARDS, module=Module.STANDARDS)
@never_cache
@require_safe
def compare_draft(request: HttpRequest, slug: str) -> HttpResponse:
    service = service_for(request, slug)
    bench = reads.workbench(service)
    context = {
        "service": service,
        "bench": bench,
        "rows": comparison(bench),
        "may_publish": may(request.user, Permission.PUBLISH_INTERIM, service),
        "crumbs": crumbs(service),
    }
    return render(request, "services/editor/pages/compare_draft.html", context)


@screen(audience=Audience.STAFF, needs=Permission.WRITE_STANDARDS, module=Module.STANDARDS)
@never_cache
@require_POST
def discard_draft(request: HttpRequest, slug: str) -> HttpResponse:
    """Throw away the draft of one part or of all; the page that follows offers the way back."""
    service = service_for(request, slug)
    part = request.POST.get("bagian", "")
    number = actions.discard_draft(service=service, part=part if part in BY_KEY else "", by=actor_of(request))
    return redirect(reverse("show_draft", args=[slug]) + (f"?dibuang={number}" if number else ""))


@screen(audience=Audience.STAFF, needs=Permission.WRITE_STANDARDS, module=Module.STANDARDS)
@never_cache
@require_POST
def restore_draft(request: HttpRequest, slug: str) -> HttpResponse:
    service = service_for(request, slug)
    actions.restore_draft(service=service, by=actor_of(request))
    return redirect("show_draft", slug=slug)


@screen(audience=Audience.STAFF, needs=Permission.WRITE_STANDARDS, module=Module.STANDARDS)
@never_cache
@require_POST
def take_over_draft(request: HttpRequest, slug: str) -> HttpResponse:
    service = service_for(request, slug)
    if not actions.take_over_draft(service=service, by=actor_of(request)):
        raise Http404
    return redirect("show_draft", slug=slug)
