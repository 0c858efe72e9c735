"""What the page of a service shows, made from its sheet: answers, ways, checklist, folds, sharing."""

import datetime
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import segno
from django.conf import settings
from django.utils.dateparse import parse_datetime
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from jendela.common.dates import today
from jendela.people.areas.models import Area
from jendela.portal.public import answers, contacts, ways
from jendela.portal.public.words import agency_in_full, date_words, day, link, own, plain, site_of
from jendela.registry.applications.choices import ApplicationState
from jendela.services.catalogue.choices import (
    Copy,
    Gap,
    RelationKind,
    RequirementKind,
    RuleScope,
    StandardState,
)
from jendela.services.catalogue.models import Requirement, Service
from jendela.services.catalogue.reads.parts import BY_KEY
from jendela.services.catalogue.reads.service import Sheet

POSTER_PAPERS = 3
_JSON_ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


@dataclass
class Item:
    """A line of a checklist."""

    label: str
    note: str
    text: str  # the line without markup, for messages


@dataclass
class Linked:
    name: str
    url: str
    note: str = ""


def short_link(service: Service) -> str:
    return f"{settings.PUBLIC_URL}/l/{service.number}/"


def context(sheet: Sheet, area: Area | None) -> dict[str, Any]:
    """Everything the template needs, as plain values."""
    service, code = sheet.service, area.code if area else ""
    best, others = ways.show_all(sheet.ways, area)
    panes = answers.panes(sheet, best, others)
    ask = answers.ask(sheet)
    all_ways = [best, *others] if best else others
    missing = answers.gaps(sheet, panes, all_ways)
    items = checklist(sheet)
    address = short_link(service)
    name = plain(service.name, service.name_en)
    return {
        "service": service,
        "name": name,
        "heading": own(service.name, service.name_en),
        "owner": agency_in_full(service.owner),
        "owner_url": ask.url,
        "decreed": sheet.standard is not None and bool(sheet.standard.decree_number),
        "standard": sheet.standard,
        "state": state(sheet),
        "scope": scope_sentence(sheet),
        "foreign": service.rule_scope == RuleScope.ELSEWHERE,
        "audience": own(service.audience),
        "product": own(service.product),
        "panes": panes,
        "ask": ask,
        "way": best,
        "ways": others,
        "gaps": missing,
        "items": items,
        "share_list": share_list(name, items, address),
        "share_text": f"{name}: {address}",
        "questions": questions(missing),
        "share_questions": share_questions(name, missing, address),
        "first": needed_first(sheet, code),
        "see_also": see_also(sheet, code),
        "events": events(sheet, code),
        "steps": [own(step.text) for step in sheet.steps] or _one(sheet.component("A2")),
        "components": components(sheet),
        "sources": sources(sheet),
        "checked": date_words(service.last_checked),
        "note": own(service.note),
        "own_note": sheet.own_note,
        "gathered_note": not sheet.own_note and not (sheet.standard and sheet.standard.decree_number),
        "contacts": contacts.of_service(service, sheet.contacts),
        "thin": not any(pane.lines for pane in panes),
        "people": people(sheet, area),
        "address": address,
        "json_ld": json_ld(sheet),
        "crumbs": crumbs(sheet, code),
        "category": sheet.category,
        "page_url": link(f"/layanan/{service.slug}/"),
        "district": district_code(area),
        "versions_url": link(f"/layanan/{service.slug}/versi/"),
        "sheet_url": link(f"/layanan/{service.slug}/standar/"),
        "charter_url": link(f"/instansi/{service.owner.slug}/maklumat/") if sheet.charter else "",
        "complaint_lines": [own(text) for text in sheet.component("A6").splitlines() if text],
        "feedback_url": link("/salah/") + f"?halaman=/layanan/{service.slug}/",
    }


def state(sheet: Sheet) -> dict[str, Any]:
    """What the badge stands for: the decree, or where interim information is from; and the last change."""
    standard, update = sheet.standard, sheet.update
    if standard is None:
        return {}
    found = {"decree": "", "valid": "", "origin": _origin(sheet), "updated": ""}
    if standard.decree_number:
        found["decree"] = _("SK %(number)s, %(date)s") % {
            "number": standard.decree_number,
            "date": day(standard.decree_date),
        }
        found["valid"] = day(standard.valid_from)
        if (
            standard.stated_by and standard.stated_by != sheet.service.owner.name
        ):  # agencies were merged since
            found["decree"] += ". " + _("Ditetapkan saat instansinya %(agency)s") % {
                "agency": standard.stated_by
            }
    if update:
        moment = parse_datetime(update["at"])
        found["updated"] = _("Diperbarui oleh %(agency)s pada %(date)s.") % {
            "agency": update["stated_by"],
            "date": day(moment),
        }
    return found


def _names(sheet: Sheet) -> tuple[str, ...]:
    owner = sheet.service.owner
    return (owner.name, owner.short_name)


def _origin(sheet: Sheet) -> str:
    """Who wrote interim information: the agency, sources, or both."""
    agency = sheet.standard.stated_by if sheet.standard else ""
    filled = [row.by_agency for row in sheet.components if row.text]
    if not agency or not any(filled):
        return _("Dihimpun dari sumber publik. Belum ditetapkan instansi.")
    if all(filled):
        return _("Ditulis %(agency)s. Belum ditetapkan dengan SK.") % {"agency": agency}
    return _("Sebagian ditulis %(agency)s, sisanya dari sumber publik. Belum ditetapkan dengan SK.") % {
        "agency": agency
    }


def dated(sheet: Sheet, date: datetime.date) -> dict[str, Any]:
    """What stands above a page of another day than today."""
    standard = sheet.standard
    future = date > today()
    return {
        "date": day(date),
        "future": future,
        "decreed": bool(standard and standard.decree_number),
        "coming": future and standard is not None and standard.state == StandardState.DECREED,
        "version": str(standard.version) if standard else "",
    }


def part_names(changes: Iterable[str]) -> str:
    """Parts of a draft in words."""
    return ", ".join(str(BY_KEY[part].label).lower() for part in changes if part in BY_KEY)


def district_code(area: Area | None) -> str:
    """The kecamatan of the chosen area, for the list of kecamatan."""
    return ".".join(area.code.split(".")[:3]) if area is not None else ""


def _one(text: str) -> list[str]:
    return [own(text)] if text else []


def scope_sentence(sheet: Sheet) -> str:
    """Whose rule the page repeats; what an agency writes or decrees is about here."""
    scope = RuleScope(sheet.service.rule_scope)
    if sheet.standard is not None and sheet.standard.decree_number:
        scope = RuleScope.REGENCY
    elif scope == RuleScope.ELSEWHERE and any(row.by_agency for row in sheet.components):
        return _("Yang ditulis instansi berlaku di Kotim. Sisanya dari daerah lain, untuk rujukan.")
    return {
        RuleScope.REGENCY: _("Keterangan ini tentang Kotawaringin Timur."),
        RuleScope.MIXED: _("Tempatnya di Kotim. Syaratnya dari aturan nasional."),
        RuleScope.NATIONAL: _("Ini aturan nasional. Di Kotim mungkin ada tambahan."),
        RuleScope.ELSEWHERE: _("Syaratnya dari daerah lain, untuk rujukan. Aturan Kotim belum kami ketahui."),
    }[scope]


def checklist(sheet: Sheet) -> list[Item]:
    """Papers first, conditions after them, each with what the source says about it."""
    order = sorted(sheet.requirements, key=lambda row: row.kind == RequirementKind.CONDITION)
    return [Item(own(row.text), _note_of(row), row.text) for row in order]


def _note_of(row: Requirement) -> str:
    parts: list[str] = []
    if row.kind == RequirementKind.CONDITION:
        parts.append(_("Syarat, bukan berkas."))
    said = row.text.lower()
    if row.copy == Copy.ORIGINAL and "asli" not in said:
        parts.append(_("Bawa yang asli."))
    elif row.copy == Copy.PHOTOCOPY and "fotokopi" not in said:
        parts.append(_("Cukup fotokopi."))
    elif row.copy == Copy.BOTH:
        parts.append(_("Fotokopi, tunjukkan aslinya."))
    if row.copies and str(row.copies) not in said:
        parts.append(_("%(number)s lembar.") % {"number": row.copies})
    if row.only_if:
        parts.append(own(f"{row.only_if[:1].upper()}{row.only_if[1:]}."))
    return format_html_join(" ", "{}", ((part,) for part in parts))


def questions(missing: list[Gap]) -> list[str]:
    """What to ask before leaving: the gaps as a resident would ask them."""
    asked = {
        Gap.REQUIREMENTS: _("Apa saja yang harus saya bawa?"),
        Gap.PLACE: _("Saya harus ke mana?"),
        Gap.TIME: _("Berapa lama sampai selesai?"),
        Gap.FEE: _("Berapa bayarnya?"),
        Gap.HOURS: _("Hari apa dan jam berapa loket buka?"),
    }
    return [question for gap, question in asked.items() if gap in missing]


def share_questions(name: str, missing: list[Gap], address: str) -> str:
    lines = [_("Permisi, saya mau bertanya tentang %(name)s.") % {"name": name}, *questions(missing), address]
    return "\n".join(lines)


def share_list(name: str, items: list[Item], address: str) -> str:
    if not items:
        return ""
    lines = [_("%(name)s. Bawa:") % {"name": name}, *(f"- {item.text}" for item in items), address]
    return "\n".join(lines)


def needed_first(sheet: Sheet, area: str) -> list[Linked]:
    """Services that give a paper asked for here, in the order of the papers; each once."""
    found: dict[str, Linked] = {}
    for row in sheet.requirements:
        other = row.obtained_by
        if other is not None and not row.usually_owned and other.slug != sheet.service.slug:
            paper = "" if _same_words(other.name, row.text) else own(row.text)
            found.setdefault(other.slug, _linked(other, area, paper))
    for relation in sheet.related:
        if relation.kind == RelationKind.NEEDS_FIRST:
            found.setdefault(relation.other.slug, _linked(relation.other, area))
    return list(found.values())


def _same_words(name: str, paper: str) -> bool:
    """Does the paper only repeat the name of the service that gives it?"""
    return len(set(name.lower().split()) & set(paper.lower().split())) >= 3


def see_also(sheet: Sheet, area: str) -> list[Linked]:
    return [
        _linked(relation.other, area, relation.other.owner.short_name)
        for relation in sheet.related
        if relation.kind == RelationKind.SEE_ALSO
    ]


def _linked(service: Service, area: str, note: str = "") -> Linked:
    name = own(service.name, service.name_en)
    return Linked(name, link(f"/layanan/{service.slug}/", area), note)


def events(sheet: Sheet, area: str) -> list[Linked]:
    return [
        Linked(own(step.event.name, step.event.name_en), link(f"/peristiwa/{step.event.slug}/", area))
        for step in sheet.events
    ]


def components(sheet: Sheet) -> dict[str, Any]:
    """The 14 components of the law: how many are known, and the text of each."""
    rows = [
        {
            "name": own(row.name, row.name_en),
            "text": own(row.text),
            "group": row.group,
            "legal": "hukum" in row.name.lower(),
        }
        for row in sheet.components
    ]
    known = sum(bool(row["text"]) for row in rows)
    legal = [row["text"] for row in rows if row["legal"] and row["text"]]
    return {"rows": rows, "known": known, "total": len(rows), "legal": legal}


def sources(sheet: Sheet) -> list[dict[str, str]]:
    return [
        {"url": source.url, "site": site_of(source.url), "date": date_words(source.date)}
        for source in sheet.sources
    ]


def people(sheet: Sheet, area: Area | None) -> dict[str, Any]:
    """Whom to ask: the owner with its counter, the one window in town, the national complaint channel."""
    complaints = sheet.complaints
    works = complaints is not None and complaints["state"] == ApplicationState.IN_USE
    return {
        "phone": sheet.service.owner.phone or (sheet.owner_office or {}).get("phone", ""),
        "office": sheet.owner_office,
        "one_window": sheet.one_window,
        "complaints_url": (complaints or {}).get("url", "") if works else "",
        "complaints_page": link(f"/aplikasi/{complaints['slug']}/") if complaints else "",
    }


def crumbs(sheet: Sheet, area: str) -> list[dict[str, str]]:
    found = [{"label": _("Semua layanan"), "url": link("/layanan/", area)}]
    if sheet.category:
        label = plain(sheet.category["name"], sheet.category["name_en"])
        found.append({"label": label, "url": link(f"/kategori/{sheet.category['slug']}/", area)})
    return found


def json_ld(sheet: Sheet) -> SafeString:
    """The service as schema.org's GovernmentService, safe inside a script element."""
    service = sheet.service
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "GovernmentService",
        "name": service.name,
        "url": f"{settings.PUBLIC_URL}/layanan/{service.slug}/",
        "provider": {"@type": "GovernmentOrganization", "name": service.owner.name},
        "areaServed": {"@type": "AdministrativeArea", "name": "Kotawaringin Timur"},
    }
    if service.name_en:
        data["alternateName"] = service.name_en
    if service.audience:
        data["audience"] = {"@type": "Audience", "audienceType": service.audience}
    if service.product:
        data["serviceOutput"] = {"@type": "Thing", "name": service.product}
    places = [way.office for way in sheet.ways if way.office is not None and way.office.address]
    if places:
        data["availableChannel"] = [
            {
                "@type": "ServiceChannel",
                "serviceLocation": {"@type": "Place", "name": place.name, "address": place.address},
            }
            for place in places
        ]
    return mark_safe(json.dumps(data, ensure_ascii=False).translate(_JSON_ESCAPES))  # noqa: S308  escaped


def poster_context(sheet: Sheet, area: Area | None) -> dict[str, Any]:
    """The four answers in short and the QR code of the short link, for a sheet of A4."""
    best, others = ways.show_all(sheet.ways, area)
    service = sheet.service
    drawing = segno.make(short_link(service), error="m").svg_inline(
        omitsize=True, border=2, dark="#000", light="#fff"
    )
    return {
        "name": plain(service.name, service.name_en),
        "heading": own(service.name, service.name_en),
        "owner": agency_in_full(service.owner),
        "panes": answers.panes(sheet, best, others, most=POSTER_PAPERS),
        "ask": answers.ask(sheet),
        "qr": mark_safe(drawing),  # noqa: S308  made by segno from our own address
        "address": short_link(service).split("://", 1)[-1].rstrip("/"),
        "page_url": link(f"/layanan/{service.slug}/"),
        "checked": date_words(service.last_checked),
        "decreed": sheet.standard is not None and bool(sheet.standard.decree_number),
    }
