"""The audit trail keeps what was done and cannot be changed."""

import pytest
from django.db import ProgrammingError, transaction

from jendela.common import audit
from jendela.common.models import AuditEntry

pytestmark = pytest.mark.django_db


def test_a_row_is_kept() -> None:
    audit.record(by=audit.SYSTEM, action="load", target=("area", "62.02"), after={"name": "Kotim"})
    entry = AuditEntry.objects.get()
    assert (entry.actor, entry.target_key, entry.after) == ("sistem", "62.02", {"name": "Kotim"})


@pytest.mark.parametrize("change", ["update", "delete"])
def test_it_cannot_be_changed(change: str) -> None:
    audit.record(by=audit.SYSTEM, action="load", target=("area", "62.02"))
    rows = AuditEntry.objects.all()
    with pytest.raises(ProgrammingError, match="append-only"), transaction.atomic():
        if change == "update":
            rows.update(actor="someone else")
        else:
            rows.delete()
