"""The list of standards: how complete each is, what is drafted, and the sums of each agency."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from jendela.common.dates import today
from jendela.common.paging import Page, keyset
from jendela.people.access.choices import Permission
from jendela.people.access.policy import agencies_for
from jendela.people.agencies.models import Agency
from jendela.services.catalogue.choices import StandardState
from jendela.services.catalogue.models import (
    LifeEventStep,
    Service,
    ServiceWord,
    Standard,
    StandardComponent,
    Way,
)
from jendela.services.catalogue.reads.content import PUBLIC
from jendela.services.catalogue.reads.parts import BY_KEY, COMPONENTS
from jendela.services.editor.models import Draft, DraftEdit, DraftPart

PAGE = 30
LONGEST_TEXT = 80
DRAFT, REVIEW = "rancangan", "tinjau"
STATES = (StandardState.INTERIM.value, StandardState.IN_FORCE.value, DRAFT, REVIEW)


@dataclass(frozen=True)
class Choice:
    """What the list is narrowed by; all of it comes from the address."""

    agency: str = ""
    state: str = ""
    missing: str = ""
    text: str = ""

    @property
    def chosen(self) -> bool:
        return bool(self.agency or self.state or self.missing or self.text)


@dataclass(frozen=True)
class Completeness:
    """How far a service's public standard is filled."""

    service_id: int
    slug: str
    name: str
    agency_id: int
    state: str  # a StandardState, '' without a standard
    known: int
    drafted: bool
    total: int = len(COMPONENTS)


@dataclass(frozen=True)
class AgencySum:
    slug: str
    name: str
    complete: int
    total: int


def _public(**narrowed: Any) -> "QuerySet[Standard]":
    return Standard.objects.filter(service=OuterRef("pk"), state__in=PUBLIC, **narrowed)


def _waiting() -> "QuerySet[Standard]":
    rows = Standard.objects.filter(service=OuterRef("pk"), state=StandardState.DECREED)
    return rows.order_by("valid_from", "version")


def _known() -> Coalesce:
    filled = (
        StandardComponent.objects.filter(
            standard__service=OuterRef("pk"), standard__state__in=PUBLIC, type__in=COMPONENTS
        )
        .exclude(text="")
        .order_by()
        .values("standard__service")
        .annotate(number=Count("pk"))
        .values("number")
    )
    return Coalesce(Subquery(filled, output_field=IntegerField()), 0)


def _drafted() -> Exists:
    return Exists(DraftPart.objects.filter(draft__service=OuterRef("pk"), value__isnull=False))


def _mine(viewer: Any) -> "QuerySet[Service]":
    own = agencies_for(viewer, Permission.WRITE_STANDARDS)
    rows = Service.objects.all()
    return rows if own is None else rows.filter(owner_id__in=own)


def _narrowed(viewer: Any, choice: Choice) -> "QuerySet[Service]":
    rows = _mine(viewer)
    words = " ".join(choice.text[:LONGEST_TEXT].split())
    if words:
        rows = rows.filter(name__icontains=words)
    if choice.agency:
        rows = rows.filter(owner__slug=choice.agency)
    if choice.state in PUBLIC:
        rows = rows.filter(Exists(_public(state=choice.state)))
    elif choice.state == DRAFT:
        rows = rows.filter(_drafted())
    elif choice.state == REVIEW:
        rows = rows.filter(Exists(_public(review_due__lte=today())))
    return rows.filter(_lacking(choice.missing)) if choice.missing in BY_KEY else rows


def _lacking(part: str) -> Q:
    """Services whose public page says nothing in this part."""
    own = {"service": OuterRef("pk")}
    if part in COMPONENTS:
        text = StandardComponent.objects.filter(
            standard__service=OuterRef("pk"), standard__state__in=PUBLIC, type=part
        ).exclude(text="")
        return Q(~Exists(text))
    if part == "complaint":
        return Q(~Exists(_public().exclude(complaint_officer="").exclude(complaint_channel="")))
    rows: Any = {"ways": Way, "words": ServiceWord, "events": LifeEventStep}.get(part)
    if rows is not None:
        return Q(~Exists(rows.objects.filter(**own)))
    return Q(audience="", product="", note="", name_en="")


def _described(rows: "QuerySet[Service]") -> "QuerySet[Service]":
    last = DraftEdit.objects.filter(draft__service=OuterRef("pk")).order_by("-id")
    return (
        rows.select_related("owner")
        .only("slug", "name", "owner__short_name", "owner__slug")
        .annotate(
            known=_known(),
            drafted=_drafted(),
            state=Subquery(_public().values("state")[:1]),
            review_due=Subquery(_public().values("review_due")[:1]),
            decreed_for=Subquery(_waiting().values("valid_from")[:1]),
            published_at=Subquery(_public().values("published_at")[:1]),
            edited_at=Subquery(last.values("ended_at")[:1]),
            edited_by=Subquery(last.values("by_name")[:1]),
            keeper=Subquery(Draft.objects.filter(service=OuterRef("pk")).values("keeper__name")[:1]),
        )
    )


def page(viewer: Any, choice: Choice, *, after: str, size: int = PAGE) -> Page[Service]:
    """One page of the services the viewer may write, by name; one query."""
    return keyset(_described(_narrowed(viewer, choice)), field="name", after=after, size=size)


def everything(viewer: Any, choice: Choice) -> "QuerySet[Service]":
    """The same rows, all of them, for a table."""
    return _described(_narrowed(viewer, choice)).order_by("name")


def agencies(viewer: Any) -> list[Agency]:
    """The agencies whose services the viewer may write; one query."""
    return list(Agency.objects.filter(pk__in=_mine(viewer).values("owner")).order_by("short_name"))


def sums(viewer: Any, choice: Choice) -> list[AgencySum]:
    """For each agency how many of its services are complete; one query."""
    rows = (
        _narrowed(viewer, Choice(agency=choice.agency))
        .annotate(known=_known(), agency=F("owner__slug"), agency_name=F("owner__short_name"))
        .values("agency", "agency_name")
        .annotate(total=Count("pk"), complete=Count("pk", filter=Q(known=len(COMPONENTS))))
        .order_by("agency_name")
    )
    return [AgencySum(row["agency"], row["agency_name"], row["complete"], row["total"]) for row in rows]


def completeness(agency_ids: Collection[int] | None) -> Sequence[Completeness]:
    """How complete the services of these agencies are (None: of all), by name; one query."""
    rows = Service.objects.all() if agency_ids is None else Service.objects.filter(owner_id__in=agency_ids)
    found = rows.annotate(
        known=_known(), drafted=_drafted(), state=Subquery(_public().values("state")[:1])
    ).order_by("name")
    values = found.values_list("pk", "slug", "name", "owner_id", "state", "known", "drafted")
    return [
        Completeness(pk, slug, name, owner, state or "", known, drafted)
        for pk, slug, name, owner, state, known, drafted in values
    ]
