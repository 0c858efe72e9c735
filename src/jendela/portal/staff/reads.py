"""What the screens of staff mix from several domains, each in a constant number of queries."""

import datetime
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Sum
from django.utils.translation import get_language

from jendela.common.dates import today
from jendela.people.access.choices import Permission
from jendela.people.access.models import Membership
from jendela.people.access.policy import agencies_for, own_agencies
from jendela.people.access.roles import ROLES
from jendela.people.agencies.models import Agency
from jendela.registry.applications.models import Application
from jendela.services.catalogue.choices import FeedbackState, Gap
from jendela.services.catalogue.models import Feedback, GapCount, Service
from jendela.services.catalogue.reads.feedback import carried_feedback, feedback_for
from jendela.services.search.choices import Kind
from jendela.services.search.models import Document, QueryCount

FIRST_TO_ASK = "diskominfo"  # the agency that keeps the register
DAYS = 30
PAGE = 25
MOST_GAPS = 300
MOST_QUERIES = 200
MOST_EXPORTED = 5000


def first_to_ask() -> Agency | None:
    """Whom staff ask first when no number of an owner is known."""
    return Agency.objects.filter(slug=FIRST_TO_ASK).first()


def agencies_of(viewer: Any) -> list[Agency]:
    """The agencies where this viewer holds a role; one query at most."""
    own = own_agencies(viewer)
    return list(Agency.objects.filter(pk__in=own).order_by("short_name")) if own else []


def since() -> datetime.date:
    """The first of the last 30 days."""
    return today() - datetime.timedelta(days=DAYS - 1)


def count_feedback(viewer: Any) -> int:
    """Words from the public that wait for an answer by this viewer."""
    rows = feedback_for(agencies_for(viewer, Permission.READ_FEEDBACK))
    return rows.filter(state=FeedbackState.NEW).count()


def count_unanswered(viewer: Any) -> int:
    """Searches without a sure answer in the last 30 days, near the services of the viewer's agencies."""
    return _unanswered_for(viewer).filter(day__gte=since()).aggregate(sum=Sum("count"))["sum"] or 0


def count_gaps(viewer: Any) -> int:
    """How often readers met something unknown in the last 30 days on pages of the viewer's agencies."""
    return _gaps_for(viewer).aggregate(sum=Sum("count"))["sum"] or 0


def _unanswered_for(viewer: Any) -> QuerySet[QueryCount]:
    """Those who look after all see all; others what came nearest to one of their services."""
    rows = QueryCount.objects.filter(confident=False)
    only = agencies_for(viewer, Permission.READ_INSIGHT)
    if only is None:
        return rows
    slugs = Service.objects.filter(owner_id__in=only).values("slug")
    return rows.filter(top_kind=Kind.SERVICE, top_key__in=slugs)


def _gaps_for(viewer: Any) -> QuerySet[GapCount]:
    rows = GapCount.objects.filter(day__gte=since())
    only = agencies_for(viewer, Permission.READ_INSIGHT)
    return rows if only is None else rows.filter(service__owner_id__in=only)


@dataclass(frozen=True)
class FeedbackFilters:
    """What the list narrows to; empty values do not."""

    state: str = ""
    agency: str = ""
    topic: str = ""
    mine: bool = False


@dataclass(frozen=True)
class FeedbackPage:
    rows: Sequence[Feedback]
    next_key: str


def feedback_page(
    viewer: Any, filters: FeedbackFilters, *, before: int | None, size: int = PAGE
) -> FeedbackPage:
    """Feedback this viewer may read, newest first, in pages by number: one query."""
    rows = _feedback(viewer).order_by("-id")
    if filters.state:
        rows = rows.filter(state=filters.state)
    if filters.agency:
        rows = rows.filter(service__owner__slug=filters.agency)
    if filters.topic:
        rows = rows.filter(topic=filters.topic)
    if filters.mine:
        rows = rows.filter(assigned_to_id=viewer.pk)
    if before is not None:
        rows = rows.filter(id__lt=before)
    found = list(rows[: size + 1])
    return FeedbackPage(found[:size], str(found[size - 1].pk) if len(found) > size else "")


def _feedback(viewer: Any) -> QuerySet[Feedback]:
    rows = feedback_for(agencies_for(viewer, Permission.READ_FEEDBACK))
    return rows.select_related("service__owner", "assigned_to")


def feedback(viewer: Any, number: int) -> Feedback | None:
    """One word from the public, if this viewer may read it."""
    return _feedback(viewer).filter(pk=number).first()


def feedback_agencies(viewer: Any) -> list[Agency]:
    """Agencies to narrow the list by: those that own a service and that the viewer reads for."""
    rows = Agency.objects.filter(Exists(Service.objects.filter(owner=OuterRef("pk"))))
    only = agencies_for(viewer, Permission.READ_FEEDBACK)
    rows = rows if only is None else rows.filter(pk__in=only)
    return list(rows.only("slug", "short_name").order_by("short_name"))


def readers_of(agencies: Collection[int]) -> dict[int | None, list[Any]]:
    """Accounts that may answer feedback, by agency; those who look after all stand at None. One query."""
    roles = [code for code, role in ROLES.items() if Permission.READ_FEEDBACK in role.permissions]
    rows = Membership.objects.holding().filter(role__in=roles, user__is_active=True)
    rows = rows.filter(Q(agency__isnull=True) | Q(agency_id__in=agencies))
    found: dict[int | None, list[Any]] = defaultdict(list)
    for row in rows.select_related("user").order_by("user__name", "pk"):
        if row.user not in found[row.agency_id]:
            found[row.agency_id].append(row.user)
    return found


def owners_of_applications(slugs: Collection[str]) -> dict[str, str]:
    """Slug of the owner for each application; no query without slugs."""
    if not slugs:
        return {}
    rows = Application.objects.filter(slug__in=slugs).values_list("slug", "owner__slug")
    return dict(rows)


def count_carried(user_id: int, agency_id: int | None) -> int:
    """Open feedback in a person's hands (people.members.work)."""
    return carried_feedback(user_id, agency_id).count()


@dataclass(frozen=True)
class Unanswered:
    day: datetime.date
    query: str
    count: int
    nearest: str
    nearest_url: str


def unanswered_searches(viewer: Any, *, limit: int = MOST_QUERIES) -> list[Unanswered]:
    """Searches without a sure answer, newest day first, with the nearest find: two queries."""
    rows = list(_unanswered_for(viewer).order_by("-day", "-count", "query")[:limit])
    english = (get_language() or "").startswith("en")
    keys = {row.top_key for row in rows if row.top_key}
    documents = {
        (kind, key): ((name_en if english else "") or name, url)
        for kind, key, name, name_en, url in Document.objects.filter(key__in=keys).values_list(
            "kind", "key", "name", "name_en", "url"
        )
    }
    return [_unanswered(row, *documents.get((row.top_kind, row.top_key), ("", ""))) for row in rows]


def _unanswered(row: QueryCount, name: str, url: str) -> Unanswered:
    return Unanswered(row.day, row.query, row.count, name, url)


def by_day(rows: Sequence[Unanswered]) -> list[tuple[datetime.date, list[Unanswered]]]:
    """The rows grouped by their day; they come in the order of days."""
    return [(day, list(group)) for day, group in groupby(rows, key=lambda row: row.day)]


@dataclass(frozen=True)
class MetGap:
    slug: str
    service: str
    agency: str
    gap: str
    count: int


def met_gaps(viewer: Any, *, gap: str = "", limit: int = MOST_GAPS) -> list[MetGap]:
    """What pages did not know in the last 30 days, most often met first: one query."""
    rows = _gaps_for(viewer)
    if gap:
        rows = rows.filter(gap=gap)
    sums = (
        rows.values_list(
            "service__slug", "service__name", "service__name_en", "service__owner__short_name", "gap"
        )
        .annotate(times=Sum("count"))
        .order_by("-times", "service__name", "gap")[:limit]
    )
    english = (get_language() or "").startswith("en")
    return [
        MetGap(slug, (name_en if english else "") or name, agency, str(Gap(kind).label), times)
        for slug, name, name_en, agency, kind, times in sums
    ]
