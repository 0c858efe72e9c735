"""What residents asked, merged by what it means: the queries nobody answered, and those that led to a service."""

import datetime
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Sum

from jendela.common.dates import today
from jendela.services.search.choices import QueryState
from jendela.services.search.models import QueryCount
from jendela.services.search.norm import norm
from jendela.services.search.privacy import UNKNOWN

DAYS = 30
MOST_LED = 15

_MERGED = """
WITH merged AS (
  SELECT COALESCE(NULLIF(norm, ''), query) AS norm, sum(count) AS times, max(day) AS last,
    (array_agg(query ORDER BY count DESC, query))[1] AS query,
    array_agg(DISTINCT query::text) AS forms,
    (array_agg(top_kind || '/' || top_key ORDER BY day DESC, count DESC, query))[1] AS top
  FROM services_search_query_count
  WHERE NOT confident AND day >= %(since)s AND query <> %(unknown)s
  GROUP BY 1
), asked AS (
  SELECT merged.*, service.owner_id AS owner, CASE
    WHEN mark.state = 'bukan' THEN 'bukan'
    WHEN mark.state = 'selesai' AND merged.last <= mark.until THEN 'selesai'
    ELSE 'belum' END AS state
  FROM merged
  LEFT JOIN services_search_query_mark mark ON mark.norm = merged.norm
  LEFT JOIN services_catalogue_service service ON 'service/' || service.slug = merged.top
)
"""
_SCOPE = "(%(all)s OR owner IS NULL OR owner = ANY(%(agencies)s))"
# constants joined; what a person chose comes in values
_SELECT = f"{_MERGED} SELECT norm, query, times, last, forms, top, state FROM asked WHERE {_SCOPE} AND "  # noqa: S608
_COUNT = f"{_MERGED} SELECT count(*) FROM asked WHERE state = 'belum' AND {_SCOPE}"  # noqa: S608


@dataclass(frozen=True)
class Asked:
    """Queries that mean the same and found no sure answer in the last 30 days. `query` is the one asked most,
    `forms` all of them; `top` what stood first ('service/slug', '/' for nothing)."""

    norm: str
    query: str
    times: int
    last: datetime.date
    forms: tuple[str, ...]
    top: str
    state: str

    @property
    def service(self) -> str:
        """Slug of the nearest service, '' when something else or nothing was near."""
        kind, _sign, key = self.top.partition("/")
        return key if kind == "service" else ""


@dataclass(frozen=True)
class AskedPage:
    rows: Sequence[Asked]
    next_key: str


def since() -> datetime.date:
    """The first of the last 30 days."""
    return today() - datetime.timedelta(days=DAYS - 1)


def asked_page(
    *,
    agencies: Collection[int] | None,
    owner: int | None = None,
    state: str = QueryState.OPEN,
    after: str = "",
    size: int = 25,
) -> AskedPage:
    """Most asked first: one query. `agencies` limits to queries near these agencies' services or near none (None:
    all); `owner` to those near one agency's services. Raises ValueError when `after` cannot be a key."""
    times, _sign, word = after.partition(".")
    values = _values(agencies) | {"owner": owner, "state": state, "size": size + 1}
    values |= {"times": int(times) if times else None, "norm": word}
    condition = """(%(owner)s::bigint IS NULL OR owner = %(owner)s) AND (%(state)s = '' OR state = %(state)s)
        AND (%(times)s::bigint IS NULL OR times < %(times)s OR (times = %(times)s AND norm > %(norm)s COLLATE "C"))
        ORDER BY times DESC, norm COLLATE "C" LIMIT %(size)s"""
    found = list(_rows(condition, values))
    more = len(found) > size
    found = found[:size]
    return AskedPage(found, f"{found[-1].times}.{found[-1].norm}" if more else "")


def one_asked(query: str, *, agencies: Collection[int] | None) -> Asked | None:
    """All that means the same as this query, or None when it was not asked or is not near these agencies."""
    values = _values(agencies) | {"asked": [norm(query), query]}
    condition = "norm = ANY(%(asked)s) ORDER BY norm = %(first)s DESC LIMIT 1"
    return next(_rows(condition, values | {"first": norm(query)}), None)


def count_open(agencies: Collection[int] | None) -> int:
    """How many queries wait for a decision: one query."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, _values(agencies))
        return int(cursor.fetchone()[0])


def _values(agencies: Collection[int] | None) -> dict[str, Any]:
    return {
        "since": since(),
        "unknown": UNKNOWN,
        "all": agencies is None,
        "agencies": list(agencies or ()),
    }


def _rows(condition: str, values: dict[str, Any]) -> Iterator[Asked]:
    """`condition` is one of the constants above; what a person chose comes in `values`."""
    with connection.cursor() as cursor:
        cursor.execute(_SELECT + condition, values)
        for key, query, times, last, forms, top, state in cursor.fetchall():
            yield Asked(key, query, int(times), last, tuple(forms), top, state)


def unnamed() -> int:
    """How often nothing at all was found in the last 30 days; of these searches no word is kept."""
    rows = QueryCount.objects.filter(query=UNKNOWN, confident=False, day__gte=since())
    return rows.aggregate(sum=Sum("count"))["sum"] or 0


def most_asked(*, limit: int) -> list[str]:
    """The queries of the last 30 days, answered or not, most asked first: one of each norm."""
    rows = (
        QueryCount.objects.filter(day__gte=since())
        .exclude(query=UNKNOWN)
        .values_list("query")
        .annotate(times=Sum("count"))
        .order_by("-times", "query")[: 2 * limit]
    )
    by_norm: dict[str, str] = {}
    for query, _times in rows:
        by_norm.setdefault(norm(query) or query, query)
    return list(by_norm.values())[:limit]


@dataclass(frozen=True)
class Led:
    query: str
    times: int
    confident: bool


def led_to(slug: str) -> list[Led]:
    """Queries of the last 30 days whose first find was this service, sure or not, most asked first: one query."""
    rows = (
        QueryCount.objects.filter(top_kind="service", top_key=slug, day__gte=since())
        .values_list("query", "confident")
        .annotate(times=Sum("count"))
        .order_by("-times", "query")[: 4 * MOST_LED]
    )
    found = [Led(query, times, confident) for query, confident, times in rows]
    return [
        *[one for one in found if one.confident][:MOST_LED],
        *[one for one in found if not one.confident][:MOST_LED],
    ]


def unanswered(*, limit: int = 100) -> list[QueryCount]:
    """What residents looked for and did not find, newest days first."""
    return list(QueryCount.objects.filter(confident=False).order_by("-day", "-count", "query")[:limit])
