"""Every change of memberships and modules."""

import datetime
from typing import Any

from django.db import IntegrityError, transaction

from jendela.common.audit import Actor, record, snapshot
from jendela.common.dates import today
from jendela.people.access.models import Membership
from jendela.people.access.roles import ROLES
from jendela.people.agencies.models import Agency


class AlreadyHeldError(Exception):
    """The person holds this role at this agency already."""


@transaction.atomic
def grant_role(
    *,
    user: Any,
    agency: Agency | None,
    role: str,
    by: Actor,
    valid_from: datetime.date | None = None,
    valid_to: datetime.date | None = None,
    substitutes: Membership | None = None,
    note: str = "",
) -> Membership:
    """A role from a day (today) until a day (none). Raises ValueError for a role that needs an agency and has none or
    the other way round, AlreadyHeldError."""
    if (agency is None) is not ROLES[role].everywhere:
        raise ValueError(f"{role} and agency do not fit")
    try:
        with transaction.atomic():
            row = Membership.objects.create(
                user=user,
                agency=agency,
                role=role,
                valid_from=valid_from or today(),
                valid_to=valid_to,
                substitutes=substitutes,
                note=note,
            )
    except IntegrityError as error:
        raise AlreadyHeldError from error
    record(by=by, action="access.grant_role", target=row, after=snapshot(row))
    return row


@transaction.atomic
def end_role(
    *, membership: Membership, by: Actor, last_day: datetime.date | None = None, note: str = ""
) -> None:
    """The role ends with `last_day`; without one at once (it held until yesterday, or never where it began today)."""
    row = Membership.objects.select_for_update().get(pk=membership.pk)
    before = snapshot(row)
    end = last_day or today() - datetime.timedelta(days=1)
    row.valid_from = min(row.valid_from, end)
    row.valid_to = end
    row.note = note or row.note
    row.save(update_fields=["valid_from", "valid_to", "note"])
    record(by=by, action="access.end_role", target=row, before=before, after=snapshot(row))
