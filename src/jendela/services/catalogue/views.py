"""Pages to look through services: the list, a category, life events."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from jendela.people.access.choices import Audience
from jendela.people.access.screens import screen
from jendela.people.agencies.models import Agency
from jendela.people.agencies.reads import wording
from jendela.people.areas import reads as areas
from jendela.people.areas.models import Area
from jendela.services.catalogue.models import LifeEvent
from jendela.services.catalogue.reads import browse, life_event
from jendela.services.catalogue.reads.life_event import EventStep, Paper
from jendela.services.catalogue.reads.short import PUBLIC_STATES, Short, in_words
from jendela.ui.templatetags.ui import path


@dataclass(frozen=True)
class Link:
    label: str
    url: str
    count: str = ""


@dataclass(frozen=True)
class Tile:
    name: str
    url: str
    icon: str
    note: str = ""


@dataclass(frozen=True)
class Item:
    label: str | SafeString
    note: str


def _area(request: HttpRequest) -> Area | None:
    return areas.find(request.GET.get("wilayah", ""))


def _ask(short: Short, agency: Agency) -> SafeString:
    """What is not known of a service, and who to ask; empty when all is known."""
    if not short.missing:
        return SafeString("")
    return format_html(
        _("Belum kami ketahui: {what}. Tanyakan ke {agency} sebelum berangkat."),
        what=short.missing,
        agency=format_html('<a href="{}">{}</a>', path(f"/instansi/{agency.slug}/"), agency.short_name),
    )


def _number(number: int) -> str:
    return ngettext("%(number)s layanan", "%(number)s layanan", number) % {"number": number}


def _event_tiles(events: Sequence[LifeEvent], area: Area | None) -> list[Tile]:
    return [
        Tile(
            wording(event.name, event.name_en).text,
            areas.carry(f"/peristiwa/{event.slug}/", area),
            event.icon,
        )
        for event in events
    ]


@screen(audience=Audience.PUBLIC)
def list_services(request: HttpRequest) -> HttpResponse:
    choice = browse.Choice(
        category=request.GET.get("kategori", ""),
        agency=request.GET.get("instansi", ""),
        state=request.GET.get("keadaan", ""),
        office=request.GET.get("kantor", ""),
        text=request.GET.get("untuk", "").strip()[: browse.LONGEST_TEXT],
    )
    area = _area(request)
    groups, number = browse.all_services(choice)
    carried = {"wilayah": area.code} if area else {}
    categories = browse.categories()
    owners = browse.owners()
    context = {
        "choice": choice,
        "groups": groups,
        "number": number,
        "found": _number(number),
        "area": area,
        "tail": f"?{urlencode(carried)}" if carried else "",
        "categories": [(row.slug, wording(row.name, row.name_en).text, row.number) for row in categories],
        "owners": owners,
        "narrowed_by": _narrowed_by(choice, categories, owners),
        "states": [(str(state.value), state.label) for state in PUBLIC_STATES],
        "search_url": path("/cari/") + "?" + urlencode({"q": choice.text, **carried}),
    }
    return render(request, "services/catalogue/pages/list_services.html", context)


def _narrowed_by(
    choice: browse.Choice, categories: Sequence[browse.CountedCategory], owners: Sequence[Agency]
) -> str:
    """What the list is narrowed by, in words."""
    parts = [wording(row.name, row.name_en).text for row in categories if row.slug == choice.category]
    parts += [owner.short_name for owner in owners if owner.slug == choice.agency]
    parts += [str(state.label) for state in PUBLIC_STATES if state == choice.state]
    if choice.office:
        parts.append(browse.office_name(choice.office))
    if choice.text:
        parts.append(f"“{choice.text}”")
    return ", ".join(part for part in parts if part)


@screen(audience=Audience.PUBLIC)
def show_category(request: HttpRequest, slug: str) -> HttpResponse:
    area = _area(request)
    rows = browse.categories()
    category = next((row for row in rows if row.slug == slug), None)
    if category is None:
        raise Http404
    services = browse.services_of_category(category.pk)
    context = {
        "category": category,
        "name": wording(category.name, category.name_en).text,
        "services": [(service, _ask(service.short, service.agency)) for service in services],
        "found": _number(len(services)),
        "area": area,
        "tail": f"?wilayah={area.code}" if area else "",
        "crumbs": [Link(_("Semua layanan"), areas.carry("/layanan/", area))],
        "others": [
            Link(
                wording(row.name, row.name_en).text,
                areas.carry(f"/kategori/{row.slug}/", area),
                _number(row.number),
            )
            for row in rows
            if row.pk != category.pk and row.number
        ],
    }
    return render(request, "services/catalogue/pages/show_category.html", context)


@screen(audience=Audience.PUBLIC)
def list_life_events(request: HttpRequest) -> HttpResponse:
    area = _area(request)
    events = browse.life_events()
    context = {
        "home": _event_tiles([event for event in events if event.on_home], area),
        "more": _event_tiles([event for event in events if not event.on_home], area),
        "area": area,
        "all_services": areas.carry("/layanan/", area),
    }
    return render(request, "services/catalogue/pages/list_life_events.html", context)


@screen(audience=Audience.PUBLIC)
def show_life_event(request: HttpRequest, slug: str) -> HttpResponse:
    area = _area(request)
    event = life_event.find(slug)
    if event is None:
        raise Http404
    name = wording(event.row.name, event.row.name_en).text
    address = settings.PUBLIC_URL + areas.carry(f"/peristiwa/{slug}/", area)
    context = {
        "event": event.row,
        "name": name,
        "intro": wording(event.row.intro, event.row.intro_en),
        "steps": [(step, _ask(step.short, step.agency)) for step in event.steps],
        "ways_out": [Link(_("Lihat semua layanan"), areas.carry("/layanan/", area))],
        "papers": _checklist(event.papers),
        "paper_title": _("Bawa ini untuk semua langkah"),
        "share_text": _share_text(name, event.papers, event.steps, address),
        "address": address,
        "area": area,
        "tail": f"?wilayah={area.code}" if area else "",
        "slot_url": path(f"/peristiwa/{slug}/"),
        "area_url": path(f"/desa/{area.code}/") if area else "",
        "area_name": str(area) if area else "",
        "crumbs": [Link(_("Ada kejadian apa?"), areas.carry("/peristiwa/", area))],
    }
    return render(request, "services/catalogue/pages/show_life_event.html", context)


def _checklist(papers: Sequence[Paper]) -> list[Item]:
    foreign = (get_language() or "id").startswith("en")
    return [
        Item(
            format_html('<span lang="id">{}</span>', paper.text) if foreign else paper.text,
            _paper_note(paper),
        )
        for paper in papers
    ]


def _paper_note(paper: Paper) -> str:
    steps = in_words([str(step) for step in paper.steps])
    note = ngettext("Untuk langkah %(steps)s.", "Untuk langkah %(steps)s.", len(paper.steps))
    note %= {"steps": steps}
    if paper.from_step is not None:
        note += " " + _("Anda dapat dari langkah %(step)s.") % {"step": paper.from_step}
    if paper.only_if and paper.only_if.lower() not in paper.text.lower():
        note += " " + _("Hanya %(condition)s.") % {"condition": paper.only_if}
    return note


def _share_text(name: str, papers: Sequence[Paper], steps: Sequence[EventStep], address: str) -> str:
    lines = [f"{step.number}. {step.name.text}" for step in steps]
    if papers:
        lines += [_("Bawa:"), *(f"- {paper.text}" for paper in papers)]
    return "\n".join([name, *lines, address])
