"""What readers need and an agency's pages do not know: gathered by the thing that would answer, most met first.

The rules are those of the resident's page (portal/public/answers.py) for a reader without a chosen village; a test
holds both against each other for every service of the data set.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Sum
from django.utils.translation import gettext as _

from jendela.people.agencies.models import Agency, Office
from jendela.portal.agency.period import month_start
from jendela.registry.applications.choices import ApplicationAudience, ApplicationState, OperatorLevel
from jendela.registry.applications.models import Application
from jendela.services.catalogue.choices import FeeKind, Gap, RuleScope, StandardState, WayKind
from jendela.services.catalogue.models import (
    EmergencyContact,
    Fee,
    GapCount,
    ProcessingTime,
    Requirement,
    Service,
    StandardComponent,
    Step,
    Way,
)
from jendela.ui.templatetags.ui import path

ON_SITE = (WayKind.COUNTER, WayKind.VILLAGE_OFFICIAL, WayKind.FIELD_OFFICER)
REMOTE = (WayKind.MESSENGER, WayKind.PHONE, WayKind.WEB, WayKind.APPLICATION)
PUBLIC = (StandardState.INTERIM, StandardState.IN_FORCE)
PARTS = {Gap.REQUIREMENTS: "A1", Gap.STEPS: "A2", Gap.TIME: "A3", Gap.FEE: "A4", Gap.PLACE: "ways"}
_NAMES_A_REGION = re.compile(r"\((?:contoh )?(?!Kotim|Sampit|Kotawaringin)[A-Z][a-z]")


@dataclass(frozen=True)
class Met:
    """A service with this gap, and how often a reader met it in 30 days."""

    service: Service
    count: int


@dataclass
class Thing:
    """One missing thing and where it is filled. `needs` says what right that takes: 'contacts', 'standards', or
    nothing where another must fill it and one can only ask."""

    gap: Gap
    title: str
    url: str
    action: str
    needs: str
    note: str = ""
    met: list[Met] = field(default_factory=list)

    @property
    def count(self) -> int:
        return sum(one.count for one in self.met)


@dataclass
class Facts:
    """What the pages of an agency's services are made of, each table read once."""

    services: Sequence[Service]
    ways: dict[int, list[Way]]
    components: dict[int, dict[str, str]]
    times: dict[int, ProcessingTime]
    fees: dict[int, list[Fee]]
    contacts: set[int]  # services with a number for emergencies that works
    offices: list[Office]
    counts: dict[tuple[int, str], int]


def facts(agency: Agency) -> Facts:
    """Seven queries, however many services there are."""
    public = {"standard__service": OuterRef("pk"), "standard__state__in": PUBLIC}
    services = list(
        Service.objects.filter(owner=agency)
        .annotate(
            has_papers=Exists(Requirement.objects.filter(**public)),
            has_steps=Exists(Step.objects.filter(**public)),
        )
        .order_by("name")
    )
    keys = [service.pk for service in services]
    of = {"standard__service_id__in": keys, "standard__state__in": PUBLIC}
    ways: dict[int, list[Way]] = defaultdict(list)
    rows = Way.objects.filter(service_id__in=keys)
    for way in rows.select_related("office__agency", "application__owner").order_by("service_id", "position"):
        ways[way.service_id].append(way)
    components: dict[int, dict[str, str]] = defaultdict(dict)
    texts = StandardComponent.objects.filter(**of).exclude(text="")
    for service, code, text in texts.values_list("standard__service_id", "type_id", "text"):
        components[service][code] = text
    fees: dict[int, list[Fee]] = defaultdict(list)
    for fee in Fee.objects.filter(**of).select_related("standard"):
        fees[fee.standard.service_id].append(fee)
    contacts = EmergencyContact.objects.filter(service_id__in=keys, works=True).exclude(phone="", whatsapp="")
    counts = GapCount.objects.filter(service_id__in=keys, day__gte=month_start()).values_list(
        "service_id", "gap"
    )
    return Facts(
        services=services,
        ways=ways,
        components=components,
        times={
            time.standard.service_id: time
            for time in ProcessingTime.objects.filter(**of).select_related("standard")
        },
        fees=fees,
        contacts={key for key in contacts.values_list("service_id", flat=True) if key is not None},
        offices=list(Office.objects.filter(agency=agency).order_by("pk")),
        counts={(key, gap): number for key, gap, number in counts.annotate(number=Sum("count"))},
    )


def missing(service: Service, known: Facts, agency: Agency) -> list[Gap]:
    """What the page of this service does not know now."""
    texts, ways = known.components.get(service.pk, {}), known.ways.get(service.pk, [])
    counters = [way for way in ways if way.kind == WayKind.COUNTER]
    hours = [_hours(way) for way in ways]
    found = {
        Gap.REQUIREMENTS: not service.has_papers and "A1" not in texts,  # type: ignore[attr-defined]
        Gap.PLACE: not any(usable(way) for way in ways),
        Gap.TIME: not _knows_time(service, known, texts.get("A3", "")),
        Gap.FEE: not any(_says_something(fee) for fee in known.fees.get(service.pk, ()))
        and "A4" not in texts,
        Gap.STEPS: not service.has_steps and "A2" not in texts,  # type: ignore[attr-defined]
        Gap.PHONE: not _knows_phone(service, known, agency, ways),
        Gap.HOURS: any(not _hours(way) for way in counters) and not any(hours),
        Gap.APPLICATION_ADDRESS: any(address_unknown(way) for way in ways),
    }
    return [gap for gap, is_missing in found.items() if is_missing]


def _hours(way: Way) -> str:
    return way.office.hours if way.office is not None and way.kind in ON_SITE else ""


def _offered(application: Application) -> bool:
    return application.works and application.audience != ApplicationAudience.INTERNAL


def usable(way: Way) -> bool:
    """Can a reader take this way with what the page knows?"""
    if way.kind in ON_SITE:
        return True
    if way.application is not None:
        address = way.url or way.application.url or way.phone
        return _offered(way.application) and bool(address)
    return way.kind not in REMOTE or bool(way.url or way.phone)


def address_unknown(way: Way) -> bool:
    """A way by an application or site that a reader cannot find; dead, planned and internal ones need no address."""
    if way.kind not in (WayKind.APPLICATION, WayKind.WEB) or way.url:
        return False
    application = way.application
    if application is None:
        return True
    closed = application.state in (ApplicationState.DEAD, ApplicationState.PLANNED)
    return not (application.url or closed or application.audience == ApplicationAudience.INTERNAL)


def _knows_time(service: Service, known: Facts, text: str) -> bool:
    elsewhere = service.rule_scope == RuleScope.ELSEWHERE
    time = known.times.get(service.pk)
    if time is not None:
        return not time.elsewhere and not elsewhere
    return bool(text) and not elsewhere and not _NAMES_A_REGION.search(text)


def _says_something(fee: Fee) -> bool:
    return fee.kind in (FeeKind.FREE, FeeKind.AMOUNT, FeeKind.PERCENT) or bool(fee.label or fee.note)


def _phone(way: Way) -> str:
    if way.kind in ON_SITE:
        return way.phone or (way.office.phone if way.office is not None else "")
    if way.kind == WayKind.MESSENGER or (way.application is not None and not _offered(way.application)):
        return ""
    return way.phone


def _knows_phone(service: Service, known: Facts, agency: Agency, ways: Iterable[Way]) -> bool:
    addressed = sorted((one for one in known.offices if one.address), key=lambda one: one.name)
    phones = [agency.phone, *(one.phone for one in addressed[:1]), *(_phone(way) for way in ways)]
    return any(phones) or service.pk in known.contacts


def things(agency: Agency, known: Facts) -> list[Thing]:
    """Every missing thing once, with the services it would answer: those met most often first."""
    found: dict[tuple[Gap, str, str], Thing] = {}
    for service in known.services:
        for gap in missing(service, known, agency):
            thing = _thing(gap, service, agency, known)
            kept = found.setdefault((thing.gap, thing.url, thing.title), thing)
            kept.met.append(Met(service, known.counts.get((service.pk, gap), 0)))
    for thing in found.values():
        thing.met.sort(key=lambda one: (-one.count, one.service.name))
    return sorted(found.values(), key=lambda one: (-one.count, -len(one.met), one.title))


def _thing(gap: Gap, service: Service, agency: Agency, known: Facts) -> Thing:
    ways = known.ways.get(service.pk, [])
    if gap == Gap.PHONE:
        return _phone_thing(agency, known.offices)
    if gap == Gap.HOURS:
        return _hours_thing(agency, service, [way for way in ways if way.kind == WayKind.COUNTER])
    if gap == Gap.APPLICATION_ADDRESS:
        return _address_thing(agency, service, [way for way in ways if address_unknown(way)])
    return _part_thing(gap, service)


def _phone_thing(agency: Agency, offices: Sequence[Office]) -> Thing:
    """The phone of the first office is the agency's: it answers all its services."""
    home = path(f"/kelola/instansi/{agency.slug}/kantor/")
    if not offices:
        title = _("Telepon %(agency)s") % {"agency": agency.short_name}
        return Thing(Gap.PHONE, title, f"{home}baru/", _("Isi kantor dan telepon"), "contacts")
    title = _("Telepon %(office)s") % {"office": offices[0].name}
    return Thing(Gap.PHONE, title, f"{home}{offices[0].slug}/?isi=telepon", _("Isi telepon"), "contacts")


def _hours_thing(agency: Agency, service: Service, counters: Sequence[Way]) -> Thing:
    offices = [way.office for way in counters if way.office is not None and not way.office.hours]
    own = next((one for one in offices if one.agency_id == agency.pk), None)
    if own is not None:
        home = path(f"/kelola/instansi/{agency.slug}/kantor/{own.slug}/?isi=jam")
        title = _("Jam buka %(office)s") % {"office": own.name}
        return Thing(Gap.HOURS, title, home, _("Isi jam buka"), "contacts")
    if offices:
        title = _("Jam buka %(office)s") % {"office": offices[0].name}
        note = _("Kantor ini milik %(agency)s. Mintalah mereka mengisinya.")
        return Thing(Gap.HOURS, title, "", "", "", note=note % {"agency": offices[0].agency.short_name})
    if any(way.local_office for way in counters):
        note = _("Diisi oleh kantor desa, kelurahan atau kecamatan masing-masing.")
        return Thing(Gap.HOURS, _("Jam buka kantor setempat"), "", "", "", note=note)
    title = _("Jam buka loket %(service)s") % {"service": service.name}
    note = _("Sebutkan dulu kantornya pada cara mengurus.")
    return Thing(Gap.HOURS, title, _part_url(service, "ways"), _("Isi cara mengurus"), "standards", note=note)


def _address_thing(agency: Agency, service: Service, ways: Sequence[Way]) -> Thing:
    applications = [way.application for way in ways if way.application is not None]
    if not applications:
        title = _("Alamat situs untuk %(service)s") % {"service": service.name}
        url = _part_url(service, "ways")
        return Thing(Gap.APPLICATION_ADDRESS, title, url, _("Isi cara mengurus"), "standards")
    own = next((one for one in applications if is_own(one, agency)), None)
    shown = own or applications[0]
    title = _("Alamat aplikasi %(name)s") % {"name": shown.name}
    url = path(f"/kelola/instansi/{agency.slug}/aplikasi/{shown.slug}/")
    if own is not None:
        return Thing(Gap.APPLICATION_ADDRESS, title, url, _("Isi alamat"), "contacts")
    note = _("Aplikasi ini milik %(owner)s. Usulan Anda diperiksa Diskominfo.")
    return Thing(
        Gap.APPLICATION_ADDRESS,
        title,
        url,
        _("Kirim usulan ke Diskominfo"),
        "contacts",
        note=note % {"owner": shown.owner.short_name},
    )


def is_own(application: Application, agency: Agency) -> bool:
    """May the agency itself say where this application is? Those run elsewhere are Diskominfo's to check."""
    return application.owner_id == agency.pk and application.operator_level == OperatorLevel.REGENCY


def _part_url(service: Service, part: str) -> str:
    return path(f"/kelola/standar/{service.slug}/{part}/?langsung=1")


def _part_thing(gap: Gap, service: Service) -> Thing:
    titles = {
        Gap.REQUIREMENTS: _("Apa yang dibawa untuk %(service)s"),
        Gap.STEPS: _("Langkah %(service)s"),
        Gap.TIME: _("Lama pengurusan %(service)s"),
        Gap.FEE: _("Biaya %(service)s"),
        Gap.PLACE: _("Tempat mengurus %(service)s"),
    }
    actions = {
        Gap.REQUIREMENTS: _("Isi yang dibawa"),
        Gap.STEPS: _("Isi langkah"),
        Gap.TIME: _("Isi lamanya"),
        Gap.FEE: _("Isi biaya"),
        Gap.PLACE: _("Isi tempat"),
    }
    title = titles[gap] % {"service": service.name}
    return Thing(gap, title, _part_url(service, PARTS[gap]), actions[gap], "standards")
