"""How a page will read a part, and a part as plain text: for 'Kami membaca', comparisons and tables."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from jendela.services.catalogue.choices import Copy, FeeKind, LocalOffice, RequirementKind, WayKind
from jendela.services.catalogue.reads.values import (
    FeeLine,
    Paper,
    Time,
    parse_fees,
    parse_requirements,
    parse_time,
    split_steps,
)
from jendela.services.editor.compose import UNIT_WORDS, rupiah

WORD_KINDS = ("ungkapan", "kata", "english")


@dataclass(frozen=True)
class Places:
    """Names behind the keys that ways and life events are kept with."""

    offices: Mapping[str, str] = field(default_factory=dict)
    applications: Mapping[str, str] = field(default_factory=dict)
    events: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Reading:
    """What the page makes of a part: lines, a sentence below them, and whether it is only shown as words."""

    lines: Sequence[str] = ()
    note: str = ""
    only_words: bool = False


def of(part: str, value: Any, places: Places) -> Reading:
    """The reading of a part; empty for an empty value."""
    if part == "A1":
        return Reading([_paper(one) for one in parse_requirements(value)])
    if part == "A2":
        return Reading(split_steps(value))
    if part == "A3":
        return _time_reading(value)
    if part == "A4":
        return _fee_reading(value)
    return Reading([line for line in plain(part, value, places).splitlines() if line.strip()])


def _paper(paper: Paper) -> str:
    said = [paper.text]
    if paper.kind == RequirementKind.CONDITION:
        said.append(_("syarat, bukan berkas"))
    said += {
        Copy.ORIGINAL: [_("bawa yang asli")],
        Copy.PHOTOCOPY: [_("cukup fotokopi")],
        Copy.BOTH: [_("fotokopi, tunjukkan aslinya")],
    }.get(paper.copy, [])
    if paper.copies:
        said.append(_("%(number)s lembar") % {"number": paper.copies})
    return f"{said[0]} ({', '.join(said[1:])})" if said[1:] else said[0]


def time_in_words(time: Time) -> str:
    """'3 hari kerja, dihitung sejak berkas lengkap'."""
    number = str(time.shortest)
    if time.longest != time.shortest:
        number = _("%(shortest)s sampai %(longest)s") % {"shortest": time.shortest, "longest": time.longest}
    said = [f"{number} {UNIT_WORDS[time.unit]}"]
    if time.counts_from:
        said.append(_("dihitung %(start)s") % {"start": time.counts_from})
    said += [
        one for one in (time.only_if, time.covers and _("untuk %(what)s") % {"what": time.covers}) if one
    ]
    if time.elsewhere:
        said.append(_("contoh dari %(place)s, bukan janji di Kotim") % {"place": time.elsewhere})
    return ", ".join(said)


def _time_reading(text: str) -> Reading:
    if not text.strip():
        return Reading()
    time = parse_time(text)
    if time is None:
        note = _("Kami menampilkan kalimat Anda apa adanya. Angkanya tidak kami hitung.")
        return Reading([text], note, only_words=True)
    return Reading([time_in_words(time)])


def _fee_reading(text: str) -> Reading:
    fees = parse_fees(text)
    amounts = [fee.amount for fee in fees if fee.kind == FeeKind.AMOUNT and fee.amount is not None]
    note = ""
    if len(amounts) > 1:
        note = _("Bila semua baris dibayar: Rp%(sum)s.") % {"sum": rupiah(sum(amounts, Decimal(0)))}
    return Reading([_fee(fee) for fee in fees], note, any(fee.kind == FeeKind.TEXT for fee in fees))


def _fee(fee: FeeLine) -> str:
    note = f" ({fee.note})" if fee.note else ""
    if fee.kind == FeeKind.FREE:
        return _("Gratis") + note
    if fee.kind == FeeKind.AMOUNT and fee.amount is not None:
        about = _("sekitar") + " " if fee.about else ""
        return f"{fee.label + ': ' if fee.label else ''}{about}Rp{rupiah(fee.amount)}{note}"
    if fee.kind == FeeKind.PERCENT and fee.percent is not None:
        return f"{fee.label + ': ' if fee.label else ''}{fee.percent.normalize():f}%{note}"
    return fee.label


def plain(part: str, value: Any, places: Places) -> str:
    """A part as text, one thing a line; '' for an empty part."""
    if not value:
        return ""
    return value if isinstance(value, str) else "\n".join(_lines(part, value, places))


def _lines(part: str, value: Any, places: Places) -> list[str]:
    if part == "ways":
        return [_way(way, places) for way in value]
    if part == "events":
        names = ((places.events.get(one["event"], one["event"]), one.get("when", "")) for one in value)
        return [f"{name}: {when}" if when else name for name, when in names]
    if part == "words":
        kinds = {"ungkapan": _("Ungkapan"), "kata": _("Kata kunci"), "english": "English"}
        return [f"{kinds[kind]}: {word}" for kind in WORD_KINDS for word in value.get(kind, ())]
    if part == "complaint":
        return [text for text in (value.get("officer", ""), value.get("channel", "")) if text]
    labels = text_labels()
    return [f"{labels[key]}: {value[key]}" for key in labels if value.get(key)]


def text_labels() -> dict[str, str]:
    """The short texts about a service, in the order of their form."""
    return {
        "audience": _("Untuk siapa"),
        "product": _("Yang didapat warga"),
        "note": _("Catatan"),
        "name_en": _("Nama dalam bahasa Inggris"),
    }


def _way(way: Mapping[str, str], places: Places) -> str:
    kind = way.get("kind", "")
    said = [str(WayKind(kind).label) if kind in WayKind.values else kind, way.get("text", "")]
    text = ": ".join(one for one in said if one)
    office, application = way.get("office", ""), way.get("application", "")
    facts = [
        places.offices.get(office, office),
        places.applications.get(application, application),
        str(LocalOffice(way["local_office"]).label) if way.get("local_office") in LocalOffice.values else "",
        way.get("detail", ""),
        way.get("url", ""),
        way.get("phone", ""),
    ]
    known = [fact for fact in facts if fact and fact != way.get("text")]
    return f"{text} ({'; '.join(known)})" if known else text
