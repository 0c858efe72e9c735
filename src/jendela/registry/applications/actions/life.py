"""The life of an application by dated approvals: the last positive one is its state, as Estonia's RIHA keeps it."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from jendela.common.audit import Actor
from jendela.registry.applications.actions.parts import put_part
from jendela.registry.applications.actions.values import Provenance, set_values
from jendela.registry.applications.choices import ApprovalStep, LifeCycle
from jendela.registry.applications.models import Application, Approval

STATE_AFTER: dict[str, str] = {
    ApprovalStep.ESTABLISH: LifeCycle.PLANNED,
    ApprovalStep.TAKE_INTO_USE: LifeCycle.ACTIVE,
    ApprovalStep.MODIFY: LifeCycle.ACTIVE,
    ApprovalStep.MERGE: LifeCycle.TO_MERGE,
    ApprovalStep.RETIRE: LifeCycle.RETIRED,
}
NAMES_WHAT_FOLLOWS = (ApprovalStep.MERGE, ApprovalStep.RETIRE)


class NoReplacementError(Exception):
    """A retirement names what takes over, or says why nothing does; a merging names into what."""


@transaction.atomic
def add_approval(
    *,
    application: Application,
    values: Mapping[str, Any],
    by: Actor,
    provenance: Provenance,
    replacement: Application | None = None,
    no_replacement: str = "",
    batch: uuid.UUID | None = None,
) -> Approval:
    """Record a decision (`values`: step, positive, date, decided_by, and number, reason, document_url) and move the
    life cycle when it is the last positive one. `replacement` takes over; `no_replacement` says why nothing does.
    Raises NoReplacementError."""
    batch = batch or uuid.uuid4()
    step = values["step"]
    open_end = step in NAMES_WHAT_FOLLOWS and values["positive"] and replacement is None
    if open_end and (step == ApprovalStep.MERGE or not no_replacement.strip()):
        raise NoReplacementError
    row: Any = put_part(
        application=application, part="approvals", values=values, by=by, provenance=provenance, batch=batch
    )
    last = Approval.objects.filter(application=application, positive=True).order_by("-date", "-id").first()
    if last is not None and last.pk == row.pk:
        then: dict[str, Any] = {
            "life_cycle": STATE_AFTER[step],
            "life_cycle_since": row.date.isoformat(),
        }
        if step in NAMES_WHAT_FOLLOWS:
            then |= {
                "replacement": replacement.pk if replacement else None,
                "replacement_note": "" if replacement else no_replacement.strip()[:300],
            }
        set_values(application=application, values=then, by=by, provenance=provenance, batch=batch)
    saved: Approval = row
    return saved
