"""The audit trail keeps what was done and cannot be changed."""

from collections.abc import Callable

import pytest
from django.db import ProgrammingError, transaction
from django.db.models import QuerySet

from jendela.common import audit
from jendela.common.models import AuditEntry

pytestmark = pytest.mark.django_db


def test_a_row_is_kept() -> None:
    audit.record(by=audit.SYSTEM, action="load", target=("area", "62.02"), after={"name": "Kotim"})
    entry = AuditEntry.objects.get()
    assert (entry.actor, entry.target_key, entry.after) == ("sistem", "62.02", {"name": "Kotim"})


def change(rows: QuerySet[AuditEntry]) -> object:
    return rows.update(actor="someone else")


def delete(rows: QuerySet[AuditEntry]) -> object:
    return rows.delete()


@pytest.mark.parametrize("attempt", [change, delete])
def test_it_cannot_be_changed(attempt: Callable[[QuerySet[AuditEntry]], object]) -> None:
    audit.record(by=audit.SYSTEM, action="load", target=("area", "62.02"))
    rows = AuditEntry.objects.all()
    with transaction.atomic(), pytest.raises(ProgrammingError, match="append-only"):
        attempt(rows)
