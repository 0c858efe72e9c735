"""Pages of places: choosing a village, its page and poster; agencies."""

from dataclasses import dataclass

import segno
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from jendela.people.access.choices import Audience
from jendela.people.access.screens import screen
from jendela.people.agencies.choices import AgencyKind, Level
from jendela.people.agencies.models import Office
from jendela.people.agencies.reads import LONGEST_TEXT, wording
from jendela.people.areas import reads as areas
from jendela.people.areas.choices import AreaKind
from jendela.people.areas.models import Area
from jendela.portal.places import reads
from jendela.services.catalogue.models import EmergencyContact, LifeEvent
from jendela.services.catalogue.reads import browse
from jendela.ui.templatetags.ui import path


@dataclass(frozen=True)
class Link:
    label: str
    url: str


@dataclass(frozen=True)
class Fact:
    label: str
    value: str
    url: str = ""
    note: str = ""


@dataclass(frozen=True)
class Number:
    number: str
    label: str
    name: str = ""
    whatsapp: str = ""
    url: str = ""


def _find_area(code: str) -> Area:
    area = areas.find(code)
    if area is None:
        raise Http404
    return area


def _contacts(contacts: list[EmergencyContact]) -> list[Number]:
    """How to reach help: by a number where there is one, else by WhatsApp or a page."""
    return [
        Number(
            number=contact.phone,
            label=wording(contact.what_for or contact.name, contact.what_for_en).text,
            name=wording(contact.name, contact.name_en).text,
            whatsapp="".join(sign for sign in contact.whatsapp if sign.isdigit()),
            url=contact.url,
        )
        for contact in contacts
        if contact.phone or contact.whatsapp or contact.url
    ]


def _numbers(contacts: list[EmergencyContact]) -> list[Number]:
    """Numbers to call, for paper."""
    return [one for one in _contacts(contacts) if one.number]


def _tiles(events: list[LifeEvent], area: Area | None) -> list[reads.Tile]:
    return [
        reads.Tile(
            name=wording(event.name, event.name_en).text,
            url=areas.carry(f"/peristiwa/{event.slug}/", area),
            icon=event.icon,
        )
        for event in events
        if event.on_home
    ]


@screen(audience=Audience.PUBLIC)
def list_areas(request: HttpRequest) -> HttpResponse:
    text = request.GET.get("q", "").strip()[: areas.LONGEST_NAME]
    districts = areas.districts()
    context = {
        "text": text,
        "hits": areas.search(text) if text else [],
        "districts": districts,
        "tiles": reads.district_tiles(districts),
        "villages": sum(len(district.villages) for district in districts),
        "regency": path(f"/desa/{settings.REGION_CODE}/"),
    }
    return render(request, "portal/places/pages/list_areas.html", context)


@screen(audience=Audience.PUBLIC)
def show_area(request: HttpRequest, code: str) -> HttpResponse:
    page = reads.area_page(_find_area(code))
    area = page.area
    crumbs = [Link(_("Desa dan kelurahan"), path("/desa/"))]
    crumbs += [Link(str(parent), path(f"/desa/{parent.code}/")) for parent in page.chain]
    service = page.signal_service
    context = {
        "page": page,
        "area": area,
        "outline": areas.outline(area.code),
        "tail": f"?wilayah={area.code}",
        "crumbs": crumbs,
        "district": page.chain[-1] if page.is_village else None,
        "is_kelurahan": area.kind == AreaKind.URBAN_VILLAGE,
        "is_district": area.kind == AreaKind.DISTRICT,
        "is_regency": area.kind == AreaKind.REGENCY,
        "events": _tiles(page.events, area),
        "contacts": _contacts(page.contacts),
        "signal_url": areas.carry(f"/layanan/{service.slug}/", area) if service else "",
        "signal_name": wording(service.name, service.name_en) if service else None,
        "list_source": _("daftar kode wilayah"),
        "list_url": next((word for word in area.source.split() if word.startswith("https://")), ""),
    }
    return render(request, "portal/places/pages/show_area.html", context)


@screen(audience=Audience.PUBLIC)
def show_area_poster(request: HttpRequest, code: str) -> HttpResponse:
    area = _find_area(code)
    address = f"{settings.PUBLIC_URL}/d/{area.code}/"
    context = {
        "area": area,
        "qr": _qr_code(address),
        "address": address.split("://", 1)[-1].rstrip("/"),
        "events": _tiles(browse.life_events(), None)[:8],
        "numbers": _numbers(browse.emergency_contacts()),
        "crumbs": [Link(str(area), path(f"/desa/{area.code}/"))],
    }
    return render(request, "portal/places/pages/show_area_poster.html", context)


def _qr_code(address: str) -> SafeString:
    """An inline SVG without style attributes; its size follows the page."""
    drawing = segno.make(address, error="m").svg_inline(omitsize=True, border=2, dark="#000", light="#fff")
    return mark_safe(drawing)  # noqa: S308  made by segno from our own address


@screen(audience=Audience.PUBLIC)
def list_agencies(request: HttpRequest) -> HttpResponse:
    text = request.GET.get("q", "").strip()[:LONGEST_TEXT]
    level, kind = request.GET.get("tingkat", ""), request.GET.get("jenis", "")
    groups = reads.agency_groups(text=text, level=level, kind=kind)
    context = {
        "groups": groups,
        "number": sum(len(group.agencies) for group in groups),
        "text": text,
        "level": level,
        "kind": kind,
        "levels": Level.choices,
        "kinds": AgencyKind.choices,
        "narrowed": bool(text or level in Level.values or kind in AgencyKind.values),
        "ways_out": [
            Link(_("Tampilkan semua instansi"), path("/instansi/")),
            Link(_("Lihat semua layanan"), path("/layanan/")),
        ],
    }
    return render(request, "portal/places/pages/list_agencies.html", context)


@screen(audience=Audience.PUBLIC)
def show_agency(request: HttpRequest, slug: str) -> HttpResponse:
    page = reads.agency_page(slug)
    if page is None:
        raise Http404
    agency = page.agency
    context = {
        "page": page,
        "agency": agency,
        "offices": [_office(office) for office in agency.offices.all()],
        "name": wording(agency.name, agency.name_en),
        "facts": _agency_facts(page),
        "ended": bool(page.after) or agency.kind == AgencyKind.DISSOLVED,
        "ended_when": reads.date_words(agency.valid_to),
        "source": reads.host(agency.source_url) if agency.source_url else "",
        "source_date": reads.date_words(agency.source_date),
        "note": "" if agency.kind in (AgencyKind.DISTRICT, AgencyKind.DISSOLVED) else agency.note,
        "is_group": agency.kind == AgencyKind.GROUP,
        "crumbs": [Link(_("Instansi"), path("/instansi/"))],
        "answers": browse.ANSWERS,
    }
    return render(request, "portal/places/pages/show_agency.html", context)


@dataclass(frozen=True)
class OfficeShown:
    """An office, with what is missing and who said the rest, in words."""

    row: Office
    missing: str
    stated: str


def _office(office: Office) -> OfficeShown:
    gaps = [
        words
        for known, words in (
            (office.address, _("alamat")),
            (office.hours, _("jam buka")),
            (office.phone, _("telepon")),
        )
        if not known
    ]
    missing = ""
    if gaps:
        listed = (
            gaps[0]
            if len(gaps) == 1
            else _("%(first)s dan %(last)s")
            % {
                "first": ", ".join(gaps[:-1]),
                "last": gaps[-1],
            }
        )
        missing = _("%(what)s belum kami ketahui.") % {"what": listed[:1].upper() + listed[1:]}
    stated = ""
    if office.stated_by and office.edited_by_agency_at:
        when = date_format(timezone.localtime(office.edited_by_agency_at), "j F Y")
        stated = _("Disampaikan %(who)s, %(when)s.") % {"who": office.stated_by, "when": when}
    return OfficeShown(office, missing, stated)


def _agency_facts(page: reads.AgencyPage) -> list[Fact]:
    agency = page.agency
    facts = [
        Fact(_("Tingkat"), str(agency.get_level_display())),
        Fact(_("Jenis"), str(agency.get_kind_display())),
    ]
    if agency.parent is not None:
        facts.append(Fact(_("Bagian dari"), agency.parent.name, path(f"/instansi/{agency.parent.slug}/")))
    if agency.area is not None:
        facts.append(Fact(_("Wilayah"), str(agency.area), path(f"/desa/{agency.area.code}/")))
    if agency.valid_from and page.before:
        facts.append(Fact(_("Dengan nama ini sejak"), reads.date_words(agency.valid_from)))
    if agency.website:
        facts.append(Fact(_("Situs"), reads.host(agency.website), agency.website))
    if agency.phone:
        facts.append(Fact(_("Telepon"), agency.phone, "tel:" + agency.phone.replace(" ", "")))
    return facts
