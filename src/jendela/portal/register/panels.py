"""What other rooms know of an application, beside its record: one function a room, in the order of the page."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from jendela.registry.applications.models import Application
from jendela.registry.datasets import reads as datasets
from jendela.registry.links import reads as links
from jendela.registry.links.choices import Confirmation, Method
from jendela.registry.links.models import Link
from jendela.registry.probes import reads as probes


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
    """Four queries."""
    found = probes.latest_for([application.pk]).get(application.pk)
    lines = []
    if found is not None and found.at is not None:
        lines = [PanelLine(found.words, date_format(found.at, "j F Y, H.i"))]
        lines += [PanelLine(one.words) for one in found.open_findings]
    empty = found.words if found is not None else _("Alamatnya belum pernah diperiksa.")
    return Panel(
        "pemeriksaan",
        _("Pemeriksaan alamat"),
        lines,
        empty,
        f"/kelola/pemeriksaan/{application.slug}/" if found is not None else "",
        _("Buka pemeriksaan"),
    )


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
        f"/kelola/data/?aplikasi={application.slug}",
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
        f"/kelola/integrasi/?q={application.slug}" if lines else "/kelola/integrasi/",
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


PANELS: tuple[Callable[[Application, Any], Panel], ...] = (data, feeds, probe)


def panels(application: Application, viewer: Any) -> list[Panel]:
    return [one(application, viewer) for one in PANELS]
