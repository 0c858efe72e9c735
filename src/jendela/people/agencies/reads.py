"""Every query on agencies and offices, and the name of an agency in the language of the page."""

import datetime
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone
from django.utils.translation import get_language

from jendela.common.models import AuditEntry
from jendela.people.agencies.choices import AgencyKind, Level
from jendela.people.agencies.models import Agency, Merger, Office, Succession

LONGEST_TEXT = 80
UNDO = datetime.timedelta(hours=24)


@dataclass(frozen=True)
class Wording:
    """A text in the language of the page; `lang` is 'id' where an English page has to show Indonesian."""

    text: str
    lang: str = ""


def wording(indonesian: str, english: str = "") -> Wording:
    """The English text on English pages where there is one, else the Indonesian one with its language."""
    if not (get_language() or "id").startswith("en"):
        return Wording(indonesian)
    return Wording(english) if english else Wording(indonesian, "id")


def agencies(*, text: str = "", level: str = "", kind: str = "") -> list[Agency]:
    """Agencies for a list, by level, kind and short name. Unknown levels and kinds are ignored."""
    rows = Agency.objects.only("slug", "short_name", "name", "name_en", "level", "kind", "needs_check")
    rows = rows.order_by("level", "kind", "short_name")
    if level in Level.values:
        rows = rows.filter(level=level)
    if kind in AgencyKind.values:
        rows = rows.filter(kind=kind)
    words = " ".join(text[:LONGEST_TEXT].split())
    if words:
        names = Q(name__icontains=words) | Q(short_name__icontains=words) | Q(name_en__icontains=words)
        rows = rows.filter(names)
    return list(rows)


def find(slug: str) -> Agency | None:
    """An agency with its parent, children, offices, and what it was and became; five queries."""
    before = Succession.objects.select_related("predecessor").order_by("since", "predecessor__short_name")
    after = Succession.objects.select_related("successor").order_by("since", "successor__short_name")
    return (
        Agency.objects.select_related("parent", "area")
        .prefetch_related(
            "children",
            "offices",
            Prefetch("follows", queryset=before),
            Prefetch("followed_by", queryset=after),
        )
        .filter(slug=slug)
        .first()
    )


def offices_in_reach(area: str) -> QuerySet[Office]:
    """Counters of an area (the kecamatan office), and all whose address a source names."""
    return Office.objects.filter(Q(area_id=area) | ~Q(address="")).select_related("agency").order_by("name")


def last_office_edit(office: Office) -> AuditEntry | None:
    """The edit that can still be taken back: the last change of the office, at most a day old, and no undoing."""
    entry = (
        AuditEntry.objects.filter(target_type="people_agencies.office", target_key=str(office.pk))
        .order_by("-id")
        .first()
    )
    if entry is None or entry.action != "agencies.edit_office" or timezone.now() - entry.at > UNDO:
        return None
    return entry


def living(*, text: str = "", only: Collection[int] | None = None) -> QuerySet[Agency]:
    """Agencies that still exist, by short name; `only` narrows to these ids."""
    rows = Agency.objects.exclude(kind=AgencyKind.DISSOLVED).order_by("short_name")
    if only is not None:
        rows = rows.filter(pk__in=only)
    words = " ".join(text[:LONGEST_TEXT].split())
    if words:
        rows = rows.filter(Q(name__icontains=words) | Q(short_name__icontains=words))
    return rows


def merger(number: int) -> Merger | None:
    """A merger with both agencies."""
    return Merger.objects.select_related("predecessor", "successor").filter(pk=number).first()


def mergers() -> list[Merger]:
    """Mergers recorded here, newest first."""
    return list(Merger.objects.select_related("predecessor", "successor")[:50])


def successor_of(agency: Agency) -> Agency | None:
    """What a merger recorded here made of this agency."""
    row = Merger.objects.select_related("successor").filter(predecessor=agency, undone_at=None).first()
    return row.successor if row else None
