"""Links in lists, one link, the links of an application, and what waits for an answer."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When

from jendela.people.access.audit_words import Target
from jendela.people.agencies.models import Agency
from jendela.registry.applications.choices import RecordState
from jendela.registry.applications.models import Application
from jendela.registry.links.choices import Confirmation, LinkState
from jendela.registry.links.models import Link, SourceRule
from jendela.registry.links.policy import editors, visible_to

SIZE = 50
MOST_WORDS = 6
MOST_NAMES = 300  # offered while somebody types
NAMED = (RecordState.REGISTERED, RecordState.CONCEPT)


def public_links() -> QuerySet[Link]:
    """Links that stand between two registered applications and that the other side does not contest."""
    return Link.objects.filter(
        ended_at=None,
        source__record_state=RecordState.REGISTERED,
        target__record_state=RecordState.REGISTERED,
    ).exclude(confirmation=Confirmation.REJECTED)


def running_links() -> QuerySet[Link]:
    """Of these, the links that connect today: not those that are planned, cut or stopped."""
    return public_links().exclude(state__in=(LinkState.PLANNED, LinkState.BROKEN, LinkState.STOPPED))


@dataclass(frozen=True)
class Around:
    """The links of one application that stand: what it gets and what it gives."""

    incoming: list[Link]
    outgoing: list[Link]

    @property
    def any(self) -> bool:
        return bool(self.incoming or self.outgoing)


@dataclass(frozen=True)
class Chosen:
    """Filters of the list; an empty value does not narrow."""

    method: str = ""
    state: str = ""
    confirmation: str = ""
    mine: bool = False  # waits for the viewer's answer
    agency: str = ""  # slug of the owner of either end
    text: str = ""

    @property
    def any(self) -> bool:
        return bool(self.method or self.state or self.confirmation or self.mine or self.agency or self.text)


@dataclass(frozen=True)
class Found:
    rows: list[Link]
    next_key: str


def with_ends(rows: QuerySet[Link]) -> QuerySet[Link]:
    return rows.select_related("source__owner", "target__owner", "dataset", "declared_by")


def standing() -> QuerySet[Link]:
    """Links in the register that the other side has not denied."""
    return Link.objects.filter(ended_at__isnull=True).exclude(confirmation=Confirmation.REJECTED)


def of_application(application_id: int) -> Around:
    """Links in and out, with both ends and their owners: two queries."""
    rows = with_ends(Link.objects.filter(ended_at__isnull=True))
    incoming = rows.filter(target=application_id).order_by("source__name", "id")
    outgoing = rows.filter(source=application_id).order_by("target__name", "id")
    return Around(list(incoming), list(outgoing))


def _chosen(viewer: Any, chosen: Chosen) -> QuerySet[Link]:
    rows = visible_to(viewer).filter(ended_at__isnull=True)
    if chosen.agency:
        owner = Agency.objects.filter(slug=chosen.agency).values("pk")
        rows = rows.filter(Q(source__owner__in=owner) | Q(target__owner__in=owner))
    words = chosen.text.replace("\x00", "").split()[:MOST_WORDS]
    for word in words:
        named = Application.objects.filter(search_text__icontains=word).values("pk")
        rows = rows.filter(Q(source__in=named) | Q(target__in=named) | Q(data__icontains=word))
    return rows


def _narrowed(viewer: Any, chosen: Chosen) -> QuerySet[Link]:
    rows = _chosen(viewer, chosen)
    for name in ("method", "state", "confirmation"):
        if value := getattr(chosen, name):
            rows = rows.filter(**{name: value})
    return rows.filter(waiting_for(viewer)) if chosen.mine else rows


def waiting_for(viewer: Any) -> Q:
    """Links that wait for the word of an agency for which the viewer answers."""
    waiting = Q(confirmation=Confirmation.WAITING, ended_at__isnull=True)
    mine = editors(viewer)
    if mine is None:
        return waiting
    side = Q()
    for own in mine:  # few: the agencies of one person
        ends = Q(source__owner=own) | Q(target__owner=own)
        side |= ends & (Q(declared_by__isnull=True) | ~Q(declared_by=own))
    return waiting & side if mine else Q(pk__in=[])


def page(viewer: Any, chosen: Chosen, *, before: int | None = None, size: int = SIZE) -> Found:
    """One page, the newest first, with both ends and their owners: one query."""
    rows = with_ends(_narrowed(viewer, chosen)).order_by("-pk")
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows[: size + 1])
    return Found(found[:size], str(found[size - 1].pk) if len(found) > size else "")


def counts(viewer: Any, chosen: Chosen) -> dict[str, int]:
    """How many links each method, state and confirmation has within agency and text, '' for all, 'mine' for those
    that wait for the viewer: one query."""
    mine = Count("pk", filter=waiting_for(viewer))
    rows = _chosen(viewer, chosen).order_by().values_list("method", "state", "confirmation")
    found: dict[str, int] = {"": 0, "mine": 0}
    for method, state, confirmation, number, waiting in rows.annotate(n=Count("pk"), m=mine):
        found[""] += number
        found["mine"] += waiting
        for key in (f"m:{method}", f"s:{state}", f"c:{confirmation}"):
            found[key] = found.get(key, 0) + number
    return found


def count_waiting(viewer: Any) -> int:
    """For the menu: declared links that wait for an answer of the viewer's agencies."""
    return visible_to(viewer).filter(waiting_for(viewer)).count()


def link(viewer: Any, number: int) -> Link | None:
    return with_ends(visible_to(viewer)).filter(pk=number).first()


def agencies() -> list[Agency]:
    """Owners of applications that have a link, by name: one query."""
    owners = Application.objects.filter(links_count__gt=0).order_by().values("owner")
    return list(Agency.objects.filter(pk__in=owners).only("slug", "short_name").order_by("short_name"))


def application(slug: str) -> Application | None:
    """An application that may be linked, with its owner."""
    return Application.objects.select_related("owner").filter(slug=slug, record_state__in=NAMED).first()


def find_applications(text: str, *, limit: int = 8) -> list[Application]:
    """What a typed name may mean: the exact name alone if there is one, else those that hold all its words."""
    said = " ".join(text.replace("\x00", "").split())
    rows = Application.objects.filter(record_state__in=NAMED).select_related("owner")
    exact = list(rows.filter(name__iexact=said).order_by("pk")[: limit + 1])
    if exact or not said:
        return exact[:limit]
    for word in said.split()[:MOST_WORDS]:
        rows = rows.filter(search_text__icontains=word)
    return list(rows.order_by("name", "pk")[:limit])


def names_to_offer(viewer: Any, *, most: int = MOST_NAMES) -> list[str]:
    """Names that a field offers while one types, the viewer's own applications first: one query."""
    own = editors(viewer)
    first = Case(When(owner__in=own or (), then=Value(0)), default=Value(1), output_field=IntegerField())
    rows = Application.objects.filter(record_state__in=NAMED).order_by(first, "name")
    return list(dict.fromkeys(rows.values_list("name", flat=True)[:most]))


def link_targets(keys: Collection[str]) -> dict[str, Target]:
    rows = with_ends(Link.objects.filter(pk__in=[key for key in keys if key.isdigit()]))
    return {
        str(one.pk): Target(f"{one.source.name} → {one.target.name}", f"/kelola/integrasi/{one.pk}/")
        for one in rows
    }


def rule_targets(keys: Collection[str]) -> dict[str, Target]:
    rows = SourceRule.objects.filter(pk__in=[key for key in keys if key.isdigit()])
    return {str(one.pk): Target(one.words, "/kelola/integrasi/aturan/") for one in rows}
