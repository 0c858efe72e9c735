"""What a holder may pick from: agencies that use an application, applications that a typed name may mean."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db.models import Q
from django.db.models.functions import Upper

from jendela.people.agencies.choices import AgencyKind, Level
from jendela.people.agencies.models import Agency
from jendela.registry.applications.choices import RecordState
from jendela.registry.applications.models import Application

NEAR = 6  # candidates for a name
FOUND = 12  # agencies that a search shows
MOST_AGENCIES = 200  # in the list to look through
SHORTEST = 3  # letters of a word that is looked for
Option = tuple[int, str]


def agencies(own: int, chosen: Collection[int], text: str = "") -> tuple[list[Option], list[Option]]:
    """(the own one, those chosen, those found by `text`; the other agencies of the regency): two queries."""
    near = Q(pk__in={own, *chosen})
    if text:
        near |= Q(name__icontains=text) | Q(short_name__icontains=text)
    rows = Agency.objects.filter(near).exclude(kind=AgencyKind.DISSOLVED).order_by("short_name")
    picked = sorted(rows[: len(chosen) + 1 + FOUND], key=lambda one: (one.pk != own, one.short_name))
    rest = Agency.objects.filter(level=Level.REGENCY).exclude(pk__in=[one.pk for one in picked])
    rest = rest.exclude(kind__in=[AgencyKind.DISSOLVED, AgencyKind.GROUP]).order_by("short_name")
    return [_option(one) for one in picked], [_option(one) for one in rest[:MOST_AGENCIES]]


def _option(one: Agency) -> Option:
    same = one.short_name == one.name
    return one.pk, one.short_name if same else f"{one.short_name} · {one.name}"


def applications(text: str) -> tuple[int | None, list[Option]]:
    """(the one of exactly this name, else None; some that the name may mean)."""
    words = " ".join(text.split())
    rows = Application.objects.filter(record_state=RecordState.REGISTERED)
    named = rows.annotate(upper=Upper("search_text")).filter(upper__contains=words.upper())
    exact = [one for one in named.only("pk", "name")[:60] if one.name.casefold() == words.casefold()]
    if len(exact) == 1:
        return exact[0].pk, []
    parts = [part for part in words.upper().split() if len(part) >= SHORTEST]
    found = Q()
    for part in parts[:6]:
        found |= Q(upper__contains=part)
    if not parts:
        return None, []
    near = rows.annotate(upper=Upper("search_text")).filter(found).select_related("owner")[:200]
    ranked = sorted(near, key=lambda one: (-_shared(one.name.upper(), parts), len(one.name), one.name))
    return None, [(one.pk, f"{one.name} · {one.owner.short_name}") for one in ranked[:NEAR]]


def _shared(name: str, parts: list[str]) -> int:
    return sum(part in name for part in parts)


def names(rows: Iterable[Mapping[str, Any]]) -> dict[int, str]:
    """Names of the applications that rows point to."""
    keys = {str(row.get("application") or "") for row in rows}
    wanted = [int(key) for key in keys if key.isascii() and key.isdigit() and len(key) < 12]
    return dict(Application.objects.filter(pk__in=wanted).values_list("pk", "name")) if wanted else {}
