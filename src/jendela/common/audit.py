"""The audit trail: one row in the same transaction as the change."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.forms.models import model_to_dict

from jendela.common.encryption import EncryptedTextField
from jendela.common.models import AuditEntry

SEALED = "(tersandi)"  # stands in the trail for a value that lies encrypted in its own table


class Actor:
    """Who acts: a signed-in user, or a named part of the system or the public (no account)."""

    def __init__(
        self, name: str, *, user: AbstractBaseUser | None = None, address: str | None = None
    ) -> None:
        self.name = name
        self.user = user
        self.address = address


SYSTEM = Actor("sistem")


def snapshot(row: models.Model) -> dict[str, Any]:
    """A row as JSON-ready values (foreign keys as keys), for before and after. What lies encrypted in its own table
    stays out of the trail, with the hash by which it is found: here it would be readable for ever."""
    import json

    found = model_to_dict(row)
    for field in row._meta.concrete_fields:
        if isinstance(field, EncryptedTextField) and field.name in found:
            found[field.name] = SEALED if found[field.name] else ""
            found.pop(f"{field.name}_hash", None)
    values: dict[str, Any] = json.loads(json.dumps(found, cls=DjangoJSONEncoder, default=str))
    return values


def record(
    *,
    by: Actor,
    action: str,
    target: models.Model | tuple[str, str],
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    """Write one audit row. `target` is a row or (type, key). Call inside the action's transaction."""
    kind, key = target if isinstance(target, tuple) else (target._meta.label_lower, str(target.pk))
    AuditEntry.objects.create(
        by_id=by.user.pk if by.user is not None else None,
        actor=by.name[:120],
        address=by.address,
        action=action,
        target_type=kind,
        target_key=key[:120],
        before=before,
        after=after,
    )


def record_many(
    *,
    by: Actor,
    action: str,
    changes: Iterable[tuple[models.Model, dict[str, Any] | None, dict[str, Any] | None]],
) -> None:
    """One audit row for each (row, before, after), in one statement. Call inside the action's transaction."""
    AuditEntry.objects.bulk_create(
        AuditEntry(
            by_id=by.user.pk if by.user is not None else None,
            actor=by.name[:120],
            address=by.address,
            action=action,
            target_type=row._meta.label_lower,
            target_key=str(row.pk)[:120],
            before=before,
            after=after,
        )
        for row, before, after in changes
    )
