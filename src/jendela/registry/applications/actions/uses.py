"""Who uses what, said by two sides: the centre or Diskominfo names an agency, the agency answers."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from jendela.common.audit import Actor
from jendela.people.agencies.models import Agency
from jendela.registry.applications.actions.many import Changed, put_many, seen
from jendela.registry.applications.actions.values import Provenance
from jendela.registry.applications.choices import UseState
from jendela.registry.applications.models import Application, ApplicationUse


@dataclass(frozen=True)
class UseAnswer:
    """`state` is CONFIRMED, REJECTED (with a reason) or ENDED."""

    state: str
    reason: str = ""


class UseGoneError(Exception):
    """A use that is answered is not there any more, or belongs to another agency."""


@transaction.atomic
def answer_uses(
    *, agency: Agency, answers: Mapping[int, UseAnswer], by: Actor, stated_by: str
) -> tuple[uuid.UUID, int]:
    """The agency answers what others said of it: keys of uses with answers. Returns the batch, to take it back, and
    how many changed. Raises UseGoneError; nothing is written then."""
    rows = ApplicationUse.objects.select_for_update(of=("self",)).select_related("application", "agency")
    found = list(rows.filter(pk__in=answers, agency=agency).order_by("pk"))
    if len(found) != len(answers):
        raise UseGoneError
    now, changed = timezone.now(), []
    for one in seen("uses", found):
        row, answer = one.row, answers[one.row.pk]
        if (row.state, row.reason) == (answer.state, answer.reason):
            continue
        row.state, row.reason = answer.state, answer.reason[:300]
        row.answered_by, row.answered_at = stated_by, now
        changed.append(one)
    batch = uuid.uuid4()
    if changed:
        put_many(part="uses", rows=changed, by=by, provenance=Provenance(stated_by), batch=batch)
    return batch, len(changed)


@transaction.atomic
def declare_use(
    *, agency: Agency, application: Application, by: Actor, stated_by: str, note: str = ""
) -> tuple[uuid.UUID, ApplicationUse]:
    """The agency says by itself that it uses an application. What others had said is confirmed by it."""
    rows = ApplicationUse.objects.select_for_update(of=("self",)).select_related("application", "agency")
    row = rows.filter(agency=agency, application=application).first()
    now = timezone.now()
    one = (
        seen("uses", [row])[0]
        if row
        else Changed(
            ApplicationUse(application=application, agency=agency, said_by=stated_by, said_at=now), None
        )
    )
    one.row.state, one.row.answered_by, one.row.answered_at = UseState.CONFIRMED, stated_by, now
    one.row.reason, one.row.note = "", note[:300] or one.row.note
    batch = put_many(part="uses", rows=[one], by=by, provenance=Provenance(stated_by))
    return batch, one.row
