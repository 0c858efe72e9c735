"""Every query on agencies and offices, and the name of an agency in the language of the page."""

from dataclasses import dataclass

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import get_language

from jendela.people.agencies.choices import AgencyKind, Level
from jendela.people.agencies.models import Agency, Office, Succession

LONGEST_TEXT = 80


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
