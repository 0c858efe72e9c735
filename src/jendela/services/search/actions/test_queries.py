"""Test queries: added from what residents asked, dropped and taken back."""

from collections.abc import Sequence

from django.db import transaction

from jendela.common.audit import Actor, record, snapshot
from jendela.services.search.choices import Origin
from jendela.services.search.models import TestQuery


@transaction.atomic
def add_test_query(*, query: str, wanted: Sequence[str], by: Actor, note: str = "") -> TestQuery:
    """Keep a query with its right answers ('kind/key'; none: nothing here answers it). A query that is there already
    gets these answers."""
    row = TestQuery.objects.select_for_update().filter(query=query).first()
    before = snapshot(row) if row else None
    row = row or TestQuery(query=query, origin=Origin.RESIDENTS)
    row.wanted, row.active = list(wanted), True
    row.note = note or row.note
    row.added_by_id = by.user.pk if by.user is not None else None
    row.added_by_name = by.name[:120]
    row.save()
    record(by=by, action="search.add_test_query", target=row, before=before, after=snapshot(row))
    return row


def drop_test_query(*, number: int, by: Actor) -> TestQuery | None:
    """Measure no longer by this query; it can be taken back. None when there is no such query."""
    return _set_active(number, active=False, by=by)


def restore_test_query(*, number: int, by: Actor) -> TestQuery | None:
    return _set_active(number, active=True, by=by)


@transaction.atomic
def _set_active(number: int, *, active: bool, by: Actor) -> TestQuery | None:
    row = TestQuery.objects.select_for_update().filter(pk=number).first()
    if row is not None and row.active != active:
        before = snapshot(row)
        row.active = active
        row.save(update_fields=["active"])
        name = "search.restore_test_query" if active else "search.drop_test_query"
        record(by=by, action=name, target=row, before=before, after=snapshot(row))
    return row
