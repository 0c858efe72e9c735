"""Counts of what residents looked for, and what was decided about them."""

from collections.abc import Iterable

from django.db import connection, transaction

from jendela.common.audit import Actor, record
from jendela.common.dates import today
from jendela.common.spool import Row
from jendela.services.search.choices import QueryState
from jendela.services.search.models import QueryMark
from jendela.services.search.norm import norm


def add_query_counts(pairs: Iterable[tuple[Row, int]]) -> None:
    """Write counts of queries: rows are (query, confident '1' or '0', kind and key of the first result)."""
    rows = [
        (query, norm(query), today(), number, confident == "1", kind, key)
        for (query, confident, kind, key), number in pairs
    ]
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO services_search_query_count (query, norm, day, count, confident, top_kind, top_key) "
            "VALUES (%s, %s, %s, %s, %s, %s, %s) ON CONFLICT (query, day, confident) DO UPDATE SET "
            "count = services_search_query_count.count + EXCLUDED.count, "
            "top_kind = EXCLUDED.top_kind, top_key = EXCLUDED.top_key",
            rows,
        )


@transaction.atomic
def mark_query(*, query: str, state: QueryState, by: Actor) -> QueryMark:
    """Decide about a query and all that mean the same. What is done counts as open again when it is asked anew on a
    later day and not found."""
    row, _new = QueryMark.objects.update_or_create(
        norm=norm(query), defaults={"state": state, "until": today(), "by_name": by.name, "change": None}
    )
    record(by=by, action="search.mark_query", target=row, after={"norm": row.norm, "state": row.state})
    return row


@transaction.atomic
def open_query(*, query: str, by: Actor) -> bool:
    """Take a decision back; False when there was none."""
    row = QueryMark.objects.select_for_update().filter(norm=norm(query)).first()
    if row is None:
        return False
    record(by=by, action="search.open_query", target=row, before={"norm": row.norm, "state": row.state})
    row.delete()
    return True
