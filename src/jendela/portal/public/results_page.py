"""What the results of a search show: finds with their kind and why, or the nearest things and whom to ask."""

from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from jendela.portal.public import reads
from jendela.portal.public.words import link, own
from jendela.registry.applications.choices import ApplicationState
from jendela.services.catalogue.choices import StandardState
from jendela.services.search import reads as search
from jendela.services.search.choices import Kind
from jendela.services.search.models import Topic
from jendela.services.search.privacy import UNKNOWN, anonymised

SHOWN = 10
NEAREST = 4
FEWEST = 3
NEAR_THE_BEST = 0.55
MOST = 50
LONGEST_SHOWN = 200

ICONS = {
    Kind.SERVICE: "file-text",
    Kind.LIFE_EVENT: "calendar",
    Kind.APPLICATION: "apps",
    Kind.AGENCY: "building",
    Kind.AREA: "map-pin",
    Kind.HELP: "help-circle",
}


def context(raw: str, kind: str, area_code: str) -> dict[str, Any]:
    kind = kind if kind in ICONS else ""
    area_code = area_code if reads.AREA_CODE.match(area_code) else ""
    base: dict[str, Any] = {"area": area_code, "kind": kind, "examples": examples(), "counted": ()}
    if not raw.strip():
        return base | {"query": "", "asked": False}
    found = search.search(raw, limit=MOST)
    shown = _worth_showing(found, kind)
    topic = search.topic(found.elsewhere) if found.elsewhere else None
    help_needed = not found.confident or not shown
    window = reads.one_window() if help_needed else None
    channel = reads.complaints_channel() if help_needed else None
    return base | {
        "asked": True,
        "query": found.query,
        "confident": found.confident,
        "results": [_result(row, area_code) for row in shown],
        "filters": _filters(found, kind, area_code),
        "topic": _topic(topic) if topic else None,
        "help_needed": help_needed,
        "window": window,
        "channel": channel,
        "channel_works": channel is not None and channel.works,
        "counted": _counted(raw, found),
    }


def _worth_showing(found: search.Found, kind: str) -> list[search.Result]:
    """Of one kind ten; of all kinds those near the best (three at least); in doubt only the nearest few."""
    if kind:
        return [row for row in found.results if row.kind == kind][:SHOWN]
    if not found.confident:
        return found.results[:NEAREST]
    best = max((row.score for row in found.results), default=0.0)
    return [
        row
        for place, row in enumerate(found.results[:SHOWN])
        if place < FEWEST or row.score >= best * NEAR_THE_BEST
    ]


def examples() -> list[str]:
    return [
        _("KTP hilang"),
        _("anak baru lahir"),
        _("bikin surat tidak mampu"),
        _("jalan rusak"),
        _("pasang PDAM"),
    ]


def _topic(topic: Topic) -> dict[str, str]:
    nobody = _("Ini bukan layanan pemerintah daerah. Siapa yang mengurusnya belum kami ketahui.")
    return {"name": own(topic.name, topic.name_en), "text": own(topic.text, topic.text_en) or nobody}


def counted(context: dict[str, Any]) -> tuple[str, ...]:
    """The row to count for these results, () for none."""
    row: tuple[str, ...] = context["counted"]
    return row


def _counted(raw: str, found: search.Found) -> tuple[str, ...]:
    """The row that is counted: words without personal data, whether they were understood, and the first find."""
    text = anonymised(raw)
    if not text:
        return ()
    if not found.results and not found.elsewhere:
        text = UNKNOWN
    first = found.results[0] if found.results else None
    confident = "1" if found.confident else "0"
    return (text, confident, first.kind if first else "", first.slug if first else "")


def _result(row: search.Result, area: str) -> dict[str, Any]:
    kind = Kind(row.kind)
    state = ""
    if kind == Kind.APPLICATION and row.state in ApplicationState.values:
        state = str(ApplicationState(row.state).label)
    return {
        "icon": ICONS.get(kind, "info-circle"),
        "kind": kind.label,
        "name": own(row.name, row.name_en),
        "url": link(row.url, area if kind in (Kind.SERVICE, Kind.LIFE_EVENT) else ""),
        "agency": row.agency if kind in (Kind.SERVICE, Kind.APPLICATION) else "",
        "why": row.why,
        "summary": own(row.summary),
        "audience": kind == Kind.SERVICE,
        "interim": kind == Kind.SERVICE and row.state == StandardState.INTERIM,
        "decreed": kind == Kind.SERVICE and row.state == StandardState.IN_FORCE,
        "state": state,
    }


def _filters(found: search.Found, chosen: str, area: str) -> list[dict[str, Any]]:
    """One link for each kind that was found, and one for all."""
    counts: dict[str, int] = {}
    for row in found.results:
        counts[row.kind] = counts.get(row.kind, 0) + 1
    if len(counts) < 2 and not chosen:
        return []
    rows = [{"label": _("Semua"), "url": _address(found.query, "", area), "here": not chosen}]
    rows += [
        {"label": Kind(kind).label, "url": _address(found.query, kind, area), "here": kind == chosen}
        for kind in ICONS
        if kind in counts or kind == chosen
    ]
    return rows


def _address(query: str, kind: str, area: str) -> str:
    values = {"q": query, "jenis": kind, "wilayah": area}
    return link("/cari/") + "?" + urlencode({key: value for key, value in values.items() if value})
