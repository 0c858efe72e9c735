"""Every query on areas: finding one by name, the list by kecamatan, signal records and population figures."""

import re
from dataclasses import dataclass, field

from django.contrib.postgres.search import TrigramSimilarity, TrigramWordSimilarity
from django.db.models import F, Q
from django.db.models.functions import Greatest

from jendela.people.areas import geometry
from jendela.people.areas.choices import AreaKind, SignalState
from jendela.people.areas.models import Area, AreaBoundary, PopulationFigure, SignalRecord
from jendela.ui.templatetags.ui import path

CODE = re.compile(r"^\d{2}(?:\.\d{2}(?:\.\d{2}(?:\.\d{4})?)?)?$")
VILLAGE_KINDS = (AreaKind.VILLAGE, AreaKind.URBAN_VILLAGE)
LONGEST_NAME = 60
_KIND_WORDS = re.compile(r"\b(desa|ds|kelurahan|kel|kecamatan|kec|kabupaten|kab)\b\.?", re.IGNORECASE)
_SHORT_RIVER = re.compile(r"\bsei\b", re.IGNORECASE)


@dataclass
class Village:
    code: str
    name: str
    kind: str
    signal: str = ""  # state of the newest record, empty when there is none


@dataclass
class District:
    code: str
    name: str
    villages: list[Village] = field(default_factory=list)

    def number(self, kind: str) -> int:
        return sum(village.kind == kind for village in self.villages)

    @property
    def without_signal(self) -> int:
        """Villages whose newest record says that there is no signal."""
        return sum(village.signal == SignalState.NONE for village in self.villages)


def find(code: str) -> Area | None:
    """The area of a code with its parents, or None (also for what cannot be a code)."""
    if not CODE.match(code):
        return None
    return Area.objects.select_related("parent__parent").filter(code=code).first()


def carry(target: str, area: Area | None) -> str:
    """An own path in the language of the page, with the chosen area in it."""
    address = path(target)
    if area is None:
        return address
    return f"{address}{'&' if '?' in address else '?'}wilayah={area.code}"


def search(text: str, *, limit: int = 20) -> list[Area]:
    """Kecamatan and villages whose name looks like the text, best first; names repeat, so each has its parent."""
    name = _SHORT_RIVER.sub("sungai", _KIND_WORDS.sub(" ", text[:LONGEST_NAME]))
    name = " ".join(name.split())
    if not name:
        return []
    return list(
        Area.objects.exclude(kind=AreaKind.REGENCY)
        .annotate(whole=TrigramSimilarity("name", name), part=TrigramWordSimilarity(name, "name"))
        .annotate(likeness=Greatest("whole", F("part") * 0.9))
        .filter(Q(likeness__gte=0.4) | Q(name__icontains=name))
        .select_related("parent__parent")
        .order_by("-likeness", "name", "code")[:limit]
    )


def districts() -> list[District]:
    """All kecamatan with their villages, by name; two queries."""
    newest = newest_signals()
    found: dict[str, District] = {}
    rows = Area.objects.exclude(kind=AreaKind.REGENCY).order_by("name", "code")
    lines = list(rows.values_list("code", "name", "kind", "parent_id"))
    for code, name, kind, _parent in lines:
        if kind == AreaKind.DISTRICT:
            found[code] = District(code, name)
    for code, name, kind, parent in lines:
        if parent in found:
            found[parent].villages.append(Village(code, name, kind, newest.get(code, "")))
    return list(found.values())


def newest_signals() -> dict[str, str]:
    """The state in the newest record of each village that has one."""
    records = SignalRecord.objects.order_by("as_of", "id")
    return dict(records.values_list("area_id", "state"))


def children(area: Area) -> list[Area]:
    return list(area.children.order_by("name", "code"))


def signal_records(area: Area) -> list[SignalRecord]:
    """What sources said, oldest first."""
    return list(area.signal_records.order_by("as_of", "id"))


def figures(area: Area) -> list[PopulationFigure]:
    """Every published number of people, newest first; none is preferred."""
    return list(area.population_figures.order_by("-year", "-source_date", "series", "id"))


@dataclass(frozen=True)
class Outline:
    """What ui/components/outline.html draws."""

    path: str
    box: str  # the viewBox
    source_url: str
    source_date: str


def outline(code: str) -> Outline | None:
    """The boundary of an area as an SVG path, or None when no source has drawn it; one query."""
    row = AreaBoundary.objects.filter(area_id=code).first()
    if row is None:
        return None
    drawn, width, height = geometry.outline(row.geometry)
    return Outline(drawn, f"-2 -2 {width + 4} {height + 4}", row.source_url, row.source_date)
