"""The four answers of a service: Bawa apa, Ke mana, Berapa lama, Bayar berapa; and what is not known yet."""

import re
from dataclasses import dataclass, field

from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jendela.portal.public.ways import Shown
from jendela.portal.public.words import agency_to_ask, day, duration, link, own, percent, rupiah
from jendela.registry.applications.choices import ApplicationAudience, ApplicationState
from jendela.services.catalogue.choices import FeeKind, Gap, RequirementKind, RuleScope, TimeUnit, WayKind
from jendela.services.catalogue.models import Fee, InterimTarget, Way
from jendela.services.catalogue.reads.service import Sheet

TARGET_UNITS = {
    TimeUnit.MINUTE: lambda n: ngettext("Paling lama %(number)s menit", "Paling lama %(number)s menit", n),
    TimeUnit.HOUR: lambda n: ngettext("Paling lama %(number)s jam", "Paling lama %(number)s jam", n),
    TimeUnit.DAY: lambda n: ngettext("Paling lama %(number)s hari", "Paling lama %(number)s hari", n),
    TimeUnit.WORKING_DAY: lambda n: ngettext(
        "Paling lama %(number)s hari kerja", "Paling lama %(number)s hari kerja", n
    ),
}
_NAMES_A_REGION = re.compile(r"\((?:contoh )?(?!Kotim|Sampit|Kotawaringin)[A-Z][a-z]")  # "12 hari (Kolaka)"
SHORT_LIST = 4  # papers named in the pane; all of them stand in the checklist


@dataclass
class Pane:
    """One answer. Known when it has lines; otherwise the pane says so and whom to ask. `notes` stand below."""

    icon: str
    label: str
    lines: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    more_url: str = ""
    more: str = ""

    @property
    def single(self) -> str:
        return self.lines[0] if len(self.lines) == 1 else ""


@dataclass
class Ask:
    """Whom to ask: `name` fits into 'Tanyakan ke …'."""

    name: str
    url: str


def ask(sheet: Sheet) -> Ask:
    owner = sheet.service.owner
    return Ask(agency_to_ask(owner), link(f"/instansi/{owner.slug}/"))


def panes(sheet: Sheet, way: Shown | None, others: list[Shown], most: int = SHORT_LIST) -> list[Pane]:
    """The four, in their order; at most `most` papers are named."""
    return [_bring(sheet, most), _where(way, others), _how_long(sheet), _how_much(sheet)]


def _elsewhere(sheet: Sheet, code: str) -> bool:
    """Is this component another region's, and not the agency's own word?"""
    return sheet.service.rule_scope == RuleScope.ELSEWHERE and not sheet.is_own(code)


def _bring(sheet: Sheet, most: int) -> Pane:
    pane = Pane("file-text", _("Bawa apa"))
    papers = [row for row in sheet.requirements if row.kind == RequirementKind.DOCUMENT]
    conditions = [row for row in sheet.requirements if row.kind == RequirementKind.CONDITION]
    pane.lines = [own(row.text) for row in papers[:most]]
    if not pane.lines and not conditions and sheet.component("A1"):
        pane.lines = [own(sheet.component("A1"))]
    rest = len(papers) - most
    if rest > 0:
        pane.lines.append(_("dan %(number)s lagi") % {"number": rest})
    if conditions and not papers:
        pane.lines = [own(row.text) for row in conditions[:most]]
    if papers or conditions:
        pane.more_url, pane.more = "#daftar", _("Centang, cetak, atau kirim daftarnya")
    if pane.lines and _elsewhere(sheet, "A1"):
        pane.notes.append(_("Daftar dari daerah lain. Syarat Kotim belum kami ketahui."))
    return pane


def _where(way: Shown | None, others: list[Shown]) -> Pane:
    pane = Pane("map-pin", _("Ke mana"))
    if way is not None:
        pane.lines = [own(way.place)]
        if way.where and str(way.where) not in (way.place, str(own(way.place))):
            pane.notes.append(way.where)
        if way.hours_unknown:
            pane.notes.append(_("Jam buka belum kami ketahui."))
    elif others:
        pane.more_url, pane.more = "#cara-lain", _("Lihat cara yang tercatat")
    if others and way is not None:
        pane.more_url = "#cara-lain"
        more = ngettext("Ada %(number)s cara lain", "Ada %(number)s cara lain", len(others))
        pane.more = more % {"number": len(others)}
    return pane


def _how_long(sheet: Sheet) -> Pane:
    pane = _length_of(sheet)
    if not pane.lines and sheet.target is not None:
        pane.lines, pane.notes = _target(sheet.target)
    return pane


def _target(target: InterimTarget) -> tuple[list[str], list[str]]:
    """A head's word where no time is decreed: said as what it is."""
    length = TARGET_UNITS[TimeUnit(target.unit)](target.longest) % {"number": target.longest}
    said = {"signer": target.signed_by, "date": day(target.signed_on)}
    notes = [_("Target sementara dari %(signer)s, %(date)s. Bukan standar.") % said]
    if target.counts_from:
        notes.append(own(target.counts_from[:1].upper() + target.counts_from[1:] + "."))
    if target.unit == TimeUnit.WORKING_DAY:
        notes.append(_("Hari kerja: tanpa Sabtu, Minggu, dan hari libur."))
    return [length], notes


def _length_of(sheet: Sheet) -> Pane:
    pane = Pane("clock", _("Berapa lama"))
    time, text = sheet.time, sheet.component("A3")
    if time is None:
        if text and (_elsewhere(sheet, "A3") or _NAMES_A_REGION.search(text)):
            pane.notes.append(_("Tertulis di daerah lain: %(text)s.") % {"text": text})
        elif text:
            pane.lines = [own(text)]
        return pane
    length = duration(time)
    if time.elsewhere:
        place = {"place": time.elsewhere, "length": length}
        pane.notes.append(_("Di %(place)s %(length)s. Untuk Kotim belum kami ketahui.") % place)
    elif _elsewhere(sheet, "A3"):
        pane.notes.append(
            _("Di daerah lain %(length)s. Untuk Kotim belum kami ketahui.") % {"length": length}
        )
    else:
        pane.lines = [length]
    if time.covers:
        pane.notes.append(_("Waktu ini untuk %(part)s.") % {"part": time.covers})
    pane.notes += [
        own(part[:1].upper() + part[1:] + ".") for part in (time.counts_from, time.only_if) if part
    ]
    if time.unit == TimeUnit.WORKING_DAY:
        pane.notes.append(_("Hari kerja: tanpa Sabtu, Minggu, dan hari libur."))
    return pane


def _how_much(sheet: Sheet) -> Pane:
    pane = Pane("coin", _("Bayar berapa"))
    lines = [(fee_words(fee), fee) for fee in sheet.fees]
    pane.lines = [line for line, _fee in lines if line]
    if not pane.lines and sheet.component("A4"):
        pane.lines = [own(sheet.component("A4"))]
    pane.notes = [own(fee.note) for _line, fee in lines if fee.note and fee.kind != FeeKind.TEXT]
    if pane.lines and _elsewhere(sheet, "A4"):
        pane.notes.append(_("Menurut aturan daerah lain. Pastikan dulu."))
    return pane


def fee_words(fee: Fee) -> str:
    """One line of the tariff: 'Gratis', 'motor Rp2.000', 'Sekitar Rp2.100.000'."""
    if fee.kind == FeeKind.FREE:
        value = _("Gratis")
    elif fee.kind == FeeKind.AMOUNT and fee.amount is not None:
        value = rupiah(fee.amount)
    elif fee.kind == FeeKind.PERCENT and fee.percent is not None:
        value = percent(fee.percent)
    else:
        return own(fee.label or fee.note)
    if fee.about:
        value = _("Sekitar %(value)s") % {"value": value}
    return format_html("{}: {}", own(fee.label), value) if fee.label else value


def gaps(sheet: Sheet, shown: list[Pane], ways: list[Shown]) -> list[Gap]:
    """What a reader of this page needed and the page did not know."""
    bring, where, how_long, how_much = shown
    owner_office = sheet.owner_office or {}
    phones = [sheet.service.owner.phone, owner_office.get("phone"), *(way.phone for way in ways)]
    phones += [
        contact.phone or contact.whatsapp
        for contact in sheet.contacts
        if contact.works and contact.service_id
    ]
    found = {
        Gap.REQUIREMENTS: not bring.lines,
        Gap.PLACE: not where.lines,
        Gap.TIME: not how_long.lines,
        Gap.FEE: not how_much.lines,
        Gap.STEPS: not sheet.steps and not sheet.component("A2"),
        Gap.PHONE: not any(phones),
        Gap.HOURS: any(way.hours_unknown for way in ways) and not any(way.hours for way in ways),
        Gap.APPLICATION_ADDRESS: any(_lacks_address(way) for way in sheet.ways),
    }
    return [gap for gap, missing in found.items() if missing]


def _lacks_address(way: Way) -> bool:
    """A way by an application or site that a reader cannot find; dead, planned and internal ones need no address."""
    if way.kind not in (WayKind.APPLICATION, WayKind.WEB) or way.url:
        return False
    application = way.application
    if application is None:
        return True
    closed = application.state in (ApplicationState.DEAD, ApplicationState.PLANNED)
    return not (application.url or closed or application.audience == ApplicationAudience.INTERNAL)
