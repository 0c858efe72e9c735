"""The audit trail keeps what was done and cannot be changed."""

import json
from collections.abc import Callable

import pytest
from django.apps import apps
from django.db import ProgrammingError, models, transaction
from django.db.models import QuerySet

from jendela.common import audit
from jendela.common.encryption import EncryptedTextField
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


def sealed_fields(model: type[models.Model]) -> list[str]:
    return [one.name for one in model._meta.concrete_fields if isinstance(one, EncryptedTextField)]


SEALED_TABLES = [one for one in apps.get_models() if sealed_fields(one)]


@pytest.mark.parametrize("model", SEALED_TABLES, ids=lambda one: one.__name__)
def test_a_snapshot_holds_nothing_that_lies_encrypted(model: type[models.Model]) -> None:
    """Every table with encrypted fields, also of apps to come."""
    row = model(**dict.fromkeys(sealed_fields(model), "0812 3456 7890"))
    assert "0812" not in json.dumps(audit.snapshot(row))


def test_a_snapshot_says_whether_an_encrypted_field_is_filled() -> None:
    table = apps.get_model("people_accounts", "User")
    full = audit.snapshot(table(phone="+6281234567890", phone_hash="ab" * 32, name="Ani"))
    assert (full["phone"], full["name"], "phone_hash" in full) == (audit.SEALED, "Ani", False)
    assert audit.snapshot(table())["phone"] == ""
