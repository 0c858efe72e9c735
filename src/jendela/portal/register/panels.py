"""What other rooms know of an application, beside its record: one function a room, in the order of the page."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from jendela.insight.recommendations import reads as recommendations
from jendela.insight.recommendations.choices import State
from jendela.people.access.choices import Module, Permission
from jendela.people.access.policy import has_permission, is_open
from jendela.registry.applications.models import Application
from jendela.registry.datasets import reads as datasets
from jendela.registry.links import reads as links
from jendela.registry.links.choices import Confirmation, Method
from jendela.registry.links.models import Link
from jendela.registry.overlap import reads as overlap
from jendela.registry.overlap.choices import PairKind
from jendela.registry.probes import reads as probes
from jendela.registry.scores.reads.lists import score_of


@dataclass(frozen=True)
class PanelLine:
    text: str
    note: str = ""
    url: str = ""  # of our own pages, without language


@dataclass(frozen=True)
class Panel:
    """`empty` is said when a room knows nothing yet; `url` and `action` lead on."""

    key: str
    title: str
    lines: list[PanelLine] = field(default_factory=list)
    empty: str = ""
    url: str = ""
    action: str = ""


def probe(application: Application, viewer: Any) -> Panel:
    """Four queries; the panel is left out for those to whom the page of its probes does not open."""
    row = probes.application(viewer, application.slug)
    if row is None:
        return Panel("pemeriksaan", _("Pemeriksaan alamat"))
    found = probes.summaries([row], probes.watch())[0]
    lines = []
    if found.at is not None:
        lines = [PanelLine(found.words, date_format(timezone.localtime(found.at), "j F Y, H.i"))]
        lines += [PanelLine(one.words) for one in found.open_findings]
    return Panel(
        "pemeriksaan",
        _("Pemeriksaan alamat"),
        lines,
        found.words,
        f"/kelola/pemeriksaan/{application.slug}/",
        _("Buka pemeriksaan"),
    )


def _list_of(target: str, application: Application) -> str:
    """A list narrowed to what names this application."""
    return f"{target}?{urlencode({'nama': application.name})}"


def data(application: Application, viewer: Any) -> Panel:
    """One query."""
    rows = datasets.of_application(application.pk)
    lines = [
        PanelLine(one.name, str(one.get_openness_display()), f"/kelola/data/{one.slug}/") for one in rows
    ]
    return Panel(
        "data",
        _("Data yang disimpan"),
        lines,
        _("Belum ada yang menyebut data apa yang disimpan di sini."),
        _list_of("/kelola/data/", application),
        _("Data"),
    )


def feeds(application: Application, viewer: Any) -> Panel:
    """Two queries."""
    around = links.of_application(application.pk)
    lines = [_link_line(one, one.source, _("Dari %(name)s: %(data)s")) for one in around.incoming]
    lines += [_link_line(one, one.target, _("Ke %(name)s: %(data)s")) for one in around.outgoing]
    return Panel(
        "integrasi",
        _("Integrasi"),
        lines,
        _("Belum ada integrasi yang dinyatakan. Dalam catatan kami aplikasi ini berdiri sendiri."),
        _list_of("/kelola/integrasi/", application) if lines else "/kelola/integrasi/",
        _("Integrasi"),
    )


def _link_line(row: Link, other: Application, words: str) -> PanelLine:
    notes = [str(Method(row.method).label), str(row.get_state_display())]
    if row.confirmation == Confirmation.WAITING:
        notes.append(_("menunggu pihak lain"))
    elif row.confirmation == Confirmation.REJECTED:
        notes.append(_("dibantah pihak lain"))
    text = words % {"name": other.name, "data": row.data}
    return PanelLine(text, " · ".join(notes), f"/kelola/aplikasi/{other.slug}/")


def advice(application: Application, viewer: Any) -> Panel:
    """One query, for who reads advice about this owner; the panel is left out for others."""
    may = has_permission(viewer, Permission.READ_ADVICE, application.owner_id) and is_open(
        Module.ADVICE, viewer
    )
    rows = recommendations.of_application(application.pk) if may else []
    lines = []
    for one in rows:
        notes = [str(one.get_state_display())]
        if one.state == State.GIVEN and one.due_on:
            notes.append(_("dijawab paling lambat %(day)s") % {"day": date_format(one.due_on, "j F Y")})
        lines.append(
            PanelLine(recommendations.words(one), " · ".join(notes), f"/kelola/rekomendasi/{one.pk}/")
        )
    empty = _("Belum ada rekomendasi yang diberikan tentang aplikasi ini.")
    url = f"/kelola/rekomendasi/alasan/{application.slug}/"
    return Panel(
        "rekomendasi", _("Rekomendasi"), lines, empty if may else "", url, _("Mengapa, mengapa tidak")
    )


def alike(application: Application, viewer: Any) -> Panel:
    """Two queries: what may be like it, as far as the viewer sees pairs, and what was merged into it."""
    lines = []
    scope = overlap.own(viewer)
    for one in overlap.of_application(application.pk):
        if scope is not None and scope.isdisjoint({one.a.owner_id, one.b.owner_id}):
            continue
        other = one.b if one.a_id == application.pk else one.a
        same = one.kind == PairKind.DUPLICATE
        words = _("Diduga sama, mohon dipastikan: %(name)s") if same else _("Fungsinya sama: %(name)s")
        if one.declared_by and not one.reasons:
            words = _("Dinyatakan mirip: %(name)s")
        text = words % {"name": f"{other.name} ({other.owner.short_name})"}
        said = [one.declared_reason] if one.declared_by else one.reasons[:2]
        lines.append(PanelLine(text, "; ".join(said), f"/kelola/kemiripan/{one.pk}/"))
    for merge in overlap.merges_into(application.pk):
        gone = merge.merged
        text = _("Digabung ke sini: %(name)s. Riwayatnya ada di catatannya.") % {"name": gone.name}
        lines.append(PanelLine(text, gone.owner.short_name, f"/kelola/aplikasi/{gone.slug}/riwayat/"))
    sees_all = scope is None or application.owner_id in scope
    empty = _("Belum ada yang mirip dengannya.") if sees_all else ""
    return Panel("mirip", _("Yang mirip"), lines, empty, "/kelola/kemiripan/", _("Kemiripan"))


def score(application: Application, viewer: Any) -> Panel:
    """One query."""
    row = score_of(application.pk)
    lines = []
    if row is not None:
        numbers = {"passed": str(row.passed), "failed": str(row.failed), "unknown": str(row.unknown)}
        words = _("%(passed)s hal baik, %(failed)s perlu bantuan, %(unknown)s belum diketahui.")
        lines = [PanelLine(words % numbers, str(row.get_time_display()))]
    empty = _("Belum dinilai. Nilai dihitung setiap malam.")
    url = f"/kelola/nilai/aplikasi/{application.slug}/" if row is not None else ""
    return Panel("nilai", _("Nilai"), lines, empty, url, _("Buka penilaian"))


PANELS: tuple[Callable[[Application, Any], Panel], ...] = (data, feeds, probe, score, alike, advice)


def panels(application: Application, viewer: Any) -> list[Panel]:
    found = [one(application, viewer) for one in PANELS]
    return [one for one in found if one.lines or one.empty]
