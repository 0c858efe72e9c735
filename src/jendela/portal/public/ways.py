"""Ways to obtain a service: which one fits the reader's village, and what each may honestly offer."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from jendela.people.areas.choices import AreaKind
from jendela.people.areas.models import Area
from jendela.portal.public.contacts import whatsapp
from jendela.portal.public.words import date_words, link, own
from jendela.registry.applications.choices import ApplicationAudience, ApplicationState
from jendela.registry.applications.models import Application
from jendela.services.catalogue.choices import LocalOffice, WayKind
from jendela.services.catalogue.models import Way

TOWN = ("62.02.05", "62.02.06")  # Baamang and Mentawa Baru Ketapang: the town of Sampit

ICONS = {
    WayKind.APPLICATION: "device-mobile",
    WayKind.COUNTER: "building",
    WayKind.VILLAGE_OFFICIAL: "users",
    WayKind.FIELD_OFFICER: "truck",
    WayKind.MESSENGER: "brand-whatsapp",
    WayKind.PHONE: "phone",
    WayKind.WEB: "world",
    WayKind.OTHER: "info-circle",
}


ON_SITE = (WayKind.COUNTER, WayKind.VILLAGE_OFFICIAL, WayKind.FIELD_OFFICER)
REMOTE = (WayKind.MESSENGER, WayKind.PHONE, WayKind.WEB, WayKind.APPLICATION)


@dataclass
class Shown:
    """A way as the page shows it. `state` says what an application's record says of it; `usable` whether a reader
    can take this way with what the page knows."""

    kind: str
    icon: str
    label: str
    title: str
    place: str = ""
    detail: str = ""
    where: str = ""
    hours: str = ""
    note: str = ""
    phone: str = ""
    url: str = ""
    action: str = ""
    state: str = ""
    page: str = ""
    reason: str = ""
    usable: bool = True
    hours_unknown: bool = False
    phone_unknown: bool = False
    address_unknown: bool = False
    near: bool = False  # in the reader's own village or kecamatan, or reached from home


def is_far(area: Area | None) -> bool:
    """Does the reader live outside the town, where the counters are?"""
    if area is None or area.kind == AreaKind.REGENCY:
        return False
    return not area.code.startswith(TOWN)


def in_town(area: Area | None) -> bool:
    return area is not None and area.code.startswith(TOWN)


def show_all(ways: list[Way], area: Area | None) -> tuple[Shown | None, list[Shown]]:
    """The recommended way (None when no way can be taken with what is known) and the others, in their order."""
    shown = [_show(way, area) for way in ways]
    usable = [one for one in shown if one.usable]
    if not usable:
        return None, shown
    best = usable[0]
    if is_far(area):
        best = min(usable, key=_distance)
        best.reason = _reason(best)
    elif in_town(area):
        best = next((one for one in usable if one.kind != WayKind.VILLAGE_OFFICIAL), best)
    return best, [one for one in shown if one is not best]


def _distance(way: Shown) -> int:
    """From the reader's door outward; ways of the same distance keep the order of the standard."""
    if way.kind == WayKind.VILLAGE_OFFICIAL:
        return 0
    if way.near:
        return 1
    if way.kind in (WayKind.MESSENGER, WayKind.PHONE, WayKind.FIELD_OFFICER):
        return 2
    if way.kind in (WayKind.APPLICATION, WayKind.WEB):
        return 3
    return 4


def _reason(way: Shown) -> str:
    if way.kind == WayKind.VILLAGE_OFFICIAL:
        return _("Desa Anda di luar Sampit. Tanyakan dulu ke kantor desa, apakah berkas bisa dititipkan.")
    if way.near:
        return _("Ini yang terdekat dari desa Anda.")
    if way.kind in (WayKind.MESSENGER, WayKind.PHONE, WayKind.APPLICATION, WayKind.WEB):
        return _("Desa Anda di luar Sampit. Cara ini bisa dari rumah bila ada sinyal.")
    return _("Loket ini di luar kecamatan Anda. Tanyakan dulu ke kantor desa sebelum berangkat.")


def _show(way: Way, area: Area | None) -> Shown:
    kind = WayKind(way.kind)
    shown = Shown(
        kind=kind,
        icon=ICONS[kind],
        label=str(kind.label),
        title=own(way.text),
        place=way.text,
        detail=own(way.detail),
        phone=way.phone,
        url=way.url,
    )
    if kind == WayKind.MESSENGER and way.phone:
        shown.url, shown.phone = f"https://wa.me/{whatsapp(way.phone)}", ""
    if shown.url:
        shown.action = _("Buka WhatsApp") if kind == WayKind.MESSENGER else _("Buka")
    if kind in ON_SITE:
        _add_office(shown, way, area)
    if way.application is not None:
        _add_application(shown, way.application)
    elif kind in REMOTE and not shown.url and not shown.phone:
        shown.usable = False
        shown.address_unknown = kind in (WayKind.WEB, WayKind.APPLICATION)
        shown.phone_unknown = not shown.address_unknown
    if _says_unknown(way.detail):  # the record itself says what is missing: not twice
        shown.detail = ""
    return shown


def _says_unknown(detail: str) -> bool:
    return "belum kami ketahui" in detail.lower()


def _add_application(shown: Shown, application: Application) -> None:
    """Only an application that a source says is in use is offered, and only with its address or number."""
    shown.page = link(f"/aplikasi/{application.slug}/")
    if shown.kind in ON_SITE:
        return
    shown.state = _state_sentence(application)
    shown.url = shown.url or application.url
    if not application.works or application.audience == ApplicationAudience.INTERNAL:
        shown.usable = False
        shown.url = shown.phone = shown.action = ""
    elif shown.url:
        shown.action = shown.action or _("Buka")
    elif not shown.phone:
        shown.usable = False
        shown.address_unknown = True


def _state_sentence(application: Application) -> str:
    if application.audience == ApplicationAudience.INTERNAL and application.works:
        return _("Aplikasi ini dipakai petugas, bukan warga.")
    return {
        ApplicationState.IN_USE: _("Menurut sumber kami, aplikasi ini dipakai."),
        ApplicationState.PLANNED: _("Aplikasi ini baru rencana. Belum bisa dipakai."),
        ApplicationState.INTRODUCED: _("Aplikasi ini pernah diperkenalkan. Belum pasti masih dipakai."),
        ApplicationState.DEAD: _("Aplikasi ini tidak berfungsi lagi."),
        ApplicationState.UNKNOWN: _("Keadaan aplikasi ini belum kami ketahui."),
    }[ApplicationState(application.state)]


def _add_office(shown: Shown, way: Way, area: Area | None) -> None:
    office = way.office
    if office is not None:
        shown.where = own(office.address)
        shown.hours = own(office.hours)
        shown.phone = shown.phone or office.phone
        if office.hours and office.stated_by and not office.hours_source:
            who = {"who": office.stated_by, "date": date_words(office.hours_date)}
            shown.note = _("Jam buka dari %(who)s, %(date)s.") % who
        elif office.hours and office.hours_date:
            shown.note = _("Jam buka dari sumber tahun %(year)s.") % {"year": office.hours_date[:4]}
    shown.hours_unknown = shown.kind == WayKind.COUNTER and not shown.hours
    local = LocalOffice.VILLAGE if shown.kind == WayKind.VILLAGE_OFFICIAL else way.local_office
    if local:
        shown.near = True
        name = _local_name(local, area)
        if name:
            shown.where = own(name)
            shown.place = name if way.local_office else shown.place


def _local_name(local_office: str, area: Area | None) -> str:
    """The reader's own office, when the village or kecamatan is known."""
    if area is None:
        return ""
    if local_office == LocalOffice.VILLAGE:
        if area.kind in (AreaKind.VILLAGE, AreaKind.URBAN_VILLAGE):
            return f"Kantor {area.get_kind_display()} {area.name}"
        return ""
    district = area if area.kind == AreaKind.DISTRICT else area.parent
    return f"Kantor Kecamatan {district.name}" if district is not None else ""
