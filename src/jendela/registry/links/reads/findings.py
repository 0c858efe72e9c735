"""What follows from the links: applications that stand alone, data typed again by hand, the matrix of the national
evaluation (Pemdi I16: application, target, method, status)."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, F, Q, QuerySet, Sum

from jendela.common.dates import today
from jendela.common.paging import Page, keyset
from jendela.registry.applications.choices import ApplicationState, LifeCycle, RecordState
from jendela.registry.applications.models import Application
from jendela.registry.links.choices import LinkState, Method
from jendela.registry.links.models import Link, StandAlone
from jendela.registry.links.reads.lists import standing, with_ends

SIZE = 100
MOST_RETYPED = 200


@dataclass(frozen=True)
class Isolated:
    """Of applications that are registered and may live: how many have no link, how many of these are exempt."""

    alone: int  # without a link and without an exemption that stands
    exempt: int
    counted: int  # all that are looked at


def living() -> QuerySet[Application]:
    """Registered, active or of unknown stage, and not known to be dead."""
    rows = Application.objects.filter(
        record_state=RecordState.REGISTERED, life_cycle__in=[LifeCycle.ACTIVE, LifeCycle.UNKNOWN]
    )
    return rows.exclude(state=ApplicationState.DEAD)


def isolated() -> QuerySet[Application]:
    """Living ones without a link that stands, and without an exemption whose review is still ahead."""
    return living().filter(links_count=0).exclude(stands_alone__review_on__gte=today())


def isolated_page(*, owner: str = "", after: str = "", size: int = SIZE) -> Page[Application]:
    """Isolated applications in the order of their addresses, with owners and outlived exemptions: one query."""
    rows = isolated().select_related("owner", "stands_alone")
    return keyset(rows.filter(owner__slug=owner) if owner else rows, field="slug", after=after, size=size)


def isolated_numbers(*, owner: str = "") -> Isolated:
    """One query."""
    rows = living().filter(owner__slug=owner) if owner else living()
    exempt = Q(links_count=0, stands_alone__review_on__gte=today())
    found = rows.order_by().aggregate(
        counted=Count("pk"),
        lonely=Count("pk", filter=Q(links_count=0)),
        exempt=Count("pk", filter=exempt),
    )
    return Isolated(found["lonely"] - found["exempt"], found["exempt"], found["counted"])


def stand_alone(application_id: int) -> StandAlone | None:
    return StandAlone.objects.filter(application=application_id).first()


def stand_alone_page(*, after: str = "", size: int = SIZE) -> Page[StandAlone]:
    """Exemptions in the order of their applications, with owners: one query."""
    rows = StandAlone.objects.select_related("application__owner")
    return keyset(rows, field="pk", after=after, size=size, to_key=int)


@dataclass(frozen=True)
class Retyped:
    """Data that people type again. `hours` adds only what is known; `unknown` says how many do not say."""

    rows: list[Link]
    found: int
    hours: Decimal
    unknown: int
    spared: list[tuple[str, int, Decimal]]  # who types: agency, links, hours known


def retyped() -> Retyped:
    """Links typed again by hand, the most hours first, and by the agency that types: two queries."""
    rows = standing().filter(method=Method.RETYPED).exclude(state=LinkState.STOPPED)
    shown = with_ends(rows).order_by(F("hours_a_month").desc(nulls_last=True), "pk")
    by_agency = (
        rows.order_by()
        .values_list("target__owner__short_name")
        .annotate(
            number=Count("pk"), hours=Sum("hours_a_month"), silent=Count("pk", filter=Q(hours_a_month=None))
        )
    )
    groups = list(by_agency)
    spared = sorted(
        ((name, number, hours or Decimal(0)) for name, number, hours, _silent in groups),
        key=lambda one: (-one[2], -one[1], one[0]),
    )
    return Retyped(
        rows=list(shown[:MOST_RETYPED]),
        found=sum(number for _name, number, _hours, _silent in groups),
        hours=sum((hours or Decimal(0) for _name, _number, hours, _silent in groups), Decimal(0)),
        unknown=sum(silent for _name, _number, _hours, silent in groups),
        spared=spared,
    )


def matrix(*, owner: str = "", after: int | None = None, size: int = SIZE) -> tuple[list[Link], str]:
    """Links in the order of their numbers with both ends: one query; the key of the next page or ''."""
    rows = with_ends(_matrix(owner)).order_by("pk")
    if after is not None:
        rows = rows.filter(pk__gt=after)
    found = list(rows[: size + 1])
    return found[:size], str(found[size - 1].pk) if len(found) > size else ""


def matrix_rows(*, owner: str = "") -> Iterator[Link]:
    """All of it, some rows at a time, for a file."""
    return with_ends(_matrix(owner)).order_by("pk").iterator(chunk_size=2000)


def _matrix(owner: str) -> QuerySet[Link]:
    rows = Link.objects.filter(ended_at__isnull=True)
    if owner:
        rows = rows.filter(Q(source__owner__slug=owner) | Q(target__owner__slug=owner))
    return rows
