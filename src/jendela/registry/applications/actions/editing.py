"""A form of values is saved only over what its writer had seen: two editors never undo each other unseen."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from jendela.common.audit import Actor
from jendela.registry.applications.actions.values import Provenance, set_values
from jendela.registry.applications.models import Application, Change
from jendela.registry.applications.values import plain, value_of


class MeanwhileError(Exception):
    """Somebody else changed some of these values since the form was opened; `names` says which."""

    def __init__(self, names: list[str]) -> None:
        super().__init__(", ".join(names))
        self.names = names


@transaction.atomic
def edit_values(
    *,
    application: Application,
    seen: Mapping[str, Any],
    values: Mapping[str, Any],
    by: Actor,
    provenance: Provenance,
    reason: str = "",
) -> tuple[uuid.UUID, list[Change]]:
    """Write what differs from what was seen, as one act. Raises MeanwhileError when such a value changed since; what
    the writer left alone is never written."""
    row = Application.objects.select_for_update().get(pk=application.pk)
    wanted = {name: value for name, value in values.items() if plain(value) != seen.get(name)}
    clash = [
        name for name, value in wanted.items() if value_of(row, name) not in (seen.get(name), plain(value))
    ]
    if clash:
        raise MeanwhileError(clash)
    batch = uuid.uuid4()
    return batch, set_values(
        application=application, values=wanted, by=by, provenance=provenance, reason=reason, batch=batch
    )
