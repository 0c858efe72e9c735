"""What the pages of places put together from several domains; each page has a fixed number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jendela.common.dates import parse_partials
from jendela.people.agencies import reads as agencies
from jendela.people.agencies.choices import AgencyKind, Level
from jendela.people.agencies.models import Agency, Office
from jendela.people.areas import reads as areas
from jendela.people.areas.choices import AreaKind, SignalState
from jendela.people.areas.models import Area, PopulationFigure
from jendela.registry.applications.models import Application
from jendela.registry.applications.reads import registered
from jendela.services.catalogue.choices import LocalOffice
from jendela.services.catalogue.models import EmergencyContact, LifeEvent, Service
from jendela.services.catalogue.reads import browse
from jendela.ui.templatetags.ui import path

MOST_COUNTERS = 6


@dataclass(frozen=True)
class Said:
    """What a source said, with its name and date in words."""

    when: str
    what: str
    source: str
    url: str
    date: str
    name_in_source: str = ""
    note: str = ""


@dataclass(frozen=True)
class Counter:
    """An office in reach, with how many services it is named for."""

    office: Office
    services: int
    own: bool  # the kecamatan's office


@dataclass(frozen=True)
class Figure:
    row: PopulationFigure
    when: str
    said: Said


@dataclass(frozen=True)
class Tile:
    name: str
    url: str
    note: str = ""
    icon: str = ""


@dataclass
class AreaPage:
    area: Area
    chain: list[Area]  # parents, the largest first
    counters: list[Counter]
    work: browse.VillageWork
    signals: list[Said]
    figures: list[Figure]
    inside: list[Tile]
    events: list[LifeEvent]
    contacts: list[EmergencyContact]
    signal_service: Service | None

    @property
    def is_village(self) -> bool:
        return self.area.kind in areas.VILLAGE_KINDS


@dataclass
class AgencyPage:
    agency: Agency
    services: list[browse.Complete]
    applications: list[Application]
    decreed: int
    complete: int
    before: list[tuple[Agency, Said]] = field(default_factory=list)
    after: list[tuple[Agency, Said]] = field(default_factory=list)


@dataclass
class AgencyGroup:
    """Agencies of one level and kind, each with its number of services."""

    level: str
    kind: str
    agencies: list[tuple[Agency, agencies.Wording, int]]


def host(url: str) -> str:
    """The name of a site, for 'Sumber: …'."""
    return (urlsplit(url).netloc or url).removeprefix("www.")


def date_words(value: str) -> str:
    """A partial date, or several, in words; what is no date stays as written."""
    try:
        return ", ".join(date.words() for date in parse_partials(value))
    except ValueError:
        return value


def area_page(area: Area) -> AreaPage:
    """Everything on the page of an area; ten queries at most, the same for every area of a kind."""
    chain: list[Area] = []
    parent = area.parent
    while parent is not None:
        chain.insert(0, parent)
        parent = parent.parent if parent.kind != AreaKind.REGENCY else None
    village = area.kind in areas.VILLAGE_KINDS
    district = area.parent_id if village else area.code
    return AreaPage(
        area=area,
        chain=chain,
        counters=_counters(district or ""),
        work=_work(area),
        signals=_signals(area) if village else [],
        figures=[] if village else _figures(area),
        inside=[] if village else _inside(area),
        events=browse.life_events(),
        contacts=browse.emergency_contacts(),
        signal_service=browse.signal_service() if village else None,
    )


def _counters(district: str) -> list[Counter]:
    """The kecamatan's own office, then those that some service names, the busiest first."""
    offices = agencies.offices_in_reach(district).annotate(number=Count("ways__service", distinct=True))
    found = [Counter(office, office.number, office.area_id == district) for office in offices]
    mine = [counter for counter in found if counter.own]
    near = [counter for counter in found if counter.services and not counter.own]
    near.sort(key=lambda counter: (-counter.services, counter.office.name))
    return mine + near[:MOST_COUNTERS]


def _work(area: Area) -> browse.VillageWork:
    if area.kind == AreaKind.REGENCY:
        return browse.VillageWork()
    district = area.kind == AreaKind.DISTRICT
    return browse.services_of_local_office(LocalOffice.DISTRICT if district else LocalOffice.VILLAGE)


def _signals(area: Area) -> list[Said]:
    return [
        Said(
            when=date_words(record.as_of),
            what=record.get_state_display(),
            source=host(record.source_url),
            url=record.source_url,
            date=date_words(record.source_date),
            name_in_source=record.name_in_source if record.name_in_source != area.name else "",
            note=record.note,
        )
        for record in areas.signal_records(area)
    ]


def _figures(area: Area) -> list[Figure]:
    return [
        Figure(
            row=row,
            when=row.period or str(row.year),
            said=Said(
                when=str(row.year),
                what=row.series,
                source=host(row.source_url),
                url=row.source_url,
                date=date_words(row.source_date),
                note=row.note,
            ),
        )
        for row in areas.figures(area)
    ]


def _inside(area: Area) -> list[Tile]:
    if area.kind == AreaKind.REGENCY:
        return district_tiles(areas.districts())
    newest = areas.newest_signals()
    labels = {str(state.value): str(state.label) for state in SignalState}
    return [
        Tile(child.name, path(f"/desa/{child.code}/"), labels.get(newest.get(child.code, ""), ""))
        for child in areas.children(area)
    ]


def district_tiles(districts: Sequence[areas.District]) -> list[Tile]:
    """The grid of kecamatan: how many villages, and how many have a newest record without signal."""
    return [
        Tile(district.name, path(f"/desa/{district.code}/"), district_note(district))
        for district in districts
    ]


def district_note(district: areas.District) -> str:
    parts = []
    villages, urban = district.number(AreaKind.VILLAGE), district.number(AreaKind.URBAN_VILLAGE)
    if villages:
        parts.append(ngettext("%(number)s desa", "%(number)s desa", villages) % {"number": villages})
    if urban:
        parts.append(ngettext("%(number)s kelurahan", "%(number)s kelurahan", urban) % {"number": urban})
    silent = district.without_signal
    if silent:
        words = ngettext("%(number)s tercatat tanpa sinyal", "%(number)s tercatat tanpa sinyal", silent)
        parts.append(words % {"number": silent})
    return ", ".join(parts)


def agency_groups(*, text: str = "", level: str = "", kind: str = "") -> list[AgencyGroup]:
    """Agencies by level and kind, the regency first and what has ended last; two queries."""
    numbers = browse.numbers_of_services_by_agency()
    rows = agencies.agencies(text=text, level=level, kind=kind)
    levels = {str(level.value): (n, str(level.label)) for n, level in enumerate(Level)}
    kinds = {str(kind.value): (n, str(kind.label)) for n, kind in enumerate(AgencyKind)}
    rows.sort(
        key=lambda row: (
            row.kind == AgencyKind.DISSOLVED,
            levels[row.level],
            kinds[row.kind],
            row.short_name.lower(),
        )
    )
    groups: list[AgencyGroup] = []
    for row in rows:
        kind_name = kinds[row.kind][1]
        names = (kind_name if row.kind == AgencyKind.DISSOLVED else levels[row.level][1], kind_name)
        if not groups or (groups[-1].level, groups[-1].kind) != names:
            groups.append(AgencyGroup(*names, []))
        name = agencies.wording(row.name, row.name_en)
        groups[-1].agencies.append((row, name, numbers.get(row.pk, 0)))
    return groups


def agency_page(slug: str) -> AgencyPage | None:
    """Everything on the page of an agency; seven queries."""
    agency = agencies.find(slug)
    if agency is None:
        return None
    services = browse.services_of_agency(agency)
    page = AgencyPage(
        agency=agency,
        services=services,
        applications=list(registered().filter(owner=agency).order_by("name")),
        decreed=sum(service.decreed for service in services),
        complete=sum(service.known == browse.ANSWERS for service in services),
    )
    for row in agency.follows.all():
        page.before.append((row.predecessor, _change(row.since, row.source_url, row.note)))
    for row in agency.followed_by.all():
        page.after.append((row.successor, _change(row.since, row.source_url, row.note)))
    return page


def _change(since: str, url: str, note: str) -> Said:
    return Said(
        when=date_words(since), what=_("perubahan instansi"), source=host(url), url=url, date="", note=note
    )
