"""What the screens of staff mix from several domains, each in a constant number of queries."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Sum
from django.utils.translation import get_language

from jendela.common.dates import today
from jendela.people.agencies.models import Agency
from jendela.services.catalogue.choices import FeedbackState, Gap
from jendela.services.catalogue.models import Feedback, GapCount
from jendela.services.search.models import Document, QueryCount
from jendela.services.search.reads import unanswered

FIRST_TO_ASK = "diskominfo"  # the agency that keeps the register
DAYS = 30
PAGE = 25
MOST_GAPS = 300
MOST_QUERIES = 200
MOST_EXPORTED = 5000


def first_to_ask() -> Agency | None:
    """Whom staff ask first when no number of an owner is known."""
    return Agency.objects.filter(slug=FIRST_TO_ASK).first()


def since() -> datetime.date:
    """The first of the last 30 days."""
    return today() - datetime.timedelta(days=DAYS - 1)


def count_feedback(viewer: object) -> int:
    """Words from the public that wait for an answer."""
    return Feedback.objects.filter(state=FeedbackState.NEW).count()


def count_unanswered(viewer: object) -> int:
    """Searches without a sure answer in the last 30 days."""
    rows = QueryCount.objects.filter(confident=False, day__gte=since())
    return rows.aggregate(sum=Sum("count"))["sum"] or 0


def count_gaps(viewer: object) -> int:
    """How often readers met something unknown in the last 30 days."""
    return GapCount.objects.filter(day__gte=since()).aggregate(sum=Sum("count"))["sum"] or 0


@dataclass(frozen=True)
class FeedbackPage:
    rows: Sequence[Feedback]
    next_key: str


def feedback_page(*, state: str, before: int | None, size: int = PAGE) -> FeedbackPage:
    """Feedback, newest first, in pages by number: one query."""
    rows = Feedback.objects.select_related("service").order_by("-id")
    if state:
        rows = rows.filter(state=state)
    if before is not None:
        rows = rows.filter(id__lt=before)
    found = list(rows[: size + 1])
    return FeedbackPage(found[:size], str(found[size - 1].pk) if len(found) > size else "")


def feedback(number: int) -> Feedback | None:
    """One word from the public."""
    return Feedback.objects.select_related("service").filter(pk=number).first()


@dataclass(frozen=True)
class Unanswered:
    day: datetime.date
    query: str
    count: int
    nearest: str
    nearest_url: str


def unanswered_searches(*, limit: int = MOST_QUERIES) -> list[Unanswered]:
    """Searches without a sure answer, newest day first, with the nearest find: two queries."""
    rows = unanswered(limit=limit)
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


def met_gaps(*, gap: str = "", limit: int = MOST_GAPS) -> list[MetGap]:
    """What pages did not know in the last 30 days, most often met first: one query."""
    rows = GapCount.objects.filter(day__gte=since())
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
