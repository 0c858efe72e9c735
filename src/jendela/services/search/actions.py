"""Every change of the search's tables."""

from collections.abc import Iterable

from django.db import connection

from jendela.common.dates import today
from jendela.common.spool import Row


def add_query_counts(pairs: Iterable[tuple[Row, int]]) -> None:
    """Write counts of queries: rows are (query, confident '1' or '0', kind and key of the first result)."""
    rows = [
        (query, today(), number, confident == "1", kind, key)
        for (query, confident, kind, key), number in pairs
    ]
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO services_search_query_count (query, day, count, confident, top_kind, top_key) "
            "VALUES (%s, %s, %s, %s, %s, %s) ON CONFLICT (query, day, confident) DO UPDATE SET "
            "count = services_search_query_count.count + EXCLUDED.count, "
            "top_kind = EXCLUDED.top_kind, top_key = EXCLUDED.top_key",
            rows,
        )
