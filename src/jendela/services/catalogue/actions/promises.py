"""Charters of agencies, and heads' interim targets of time."""

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from jendela.common import content
from jendela.common.audit import Actor, record, snapshot
from jendela.common.dates import today
from jendela.common.events import publish
from jendela.people.agencies.models import Agency
from jendela.services.catalogue.actions.refusals import TimeIsKnown
from jendela.services.catalogue.events import CatalogueChanged
from jendela.services.catalogue.models import InterimTarget, Service, ServiceCharter
from jendela.services.catalogue.reads.standards import charter_of, time_is_known


@transaction.atomic
def publish_charter(
    *, agency: Agency, text: str, signed_by: str, signed_on: datetime.date, by: Actor
) -> ServiceCharter:
    """Publish an agency's charter in the place of the one before."""
    Agency.objects.select_for_update().get(pk=agency.pk)
    old = charter_of(agency)
    if old is not None:
        old.valid_to = max(signed_on, old.signed_on)
        old.save(update_fields=["valid_to"])
    charter = ServiceCharter.objects.create(
        agency=agency,
        text=text.strip(),
        signed_by=" ".join(signed_by.split()),
        signed_on=signed_on,
        published_at=timezone.now(),
        published_by_id=by.user.pk if by.user is not None else None,
    )
    before = snapshot(old) if old is not None else None
    record(by=by, action="catalogue.publish_charter", target=charter, before=before, after=snapshot(charter))
    content.changed()
    return charter


@transaction.atomic
def sign_target(
    *, service: Service, longest: int, unit: str, counts_from: str, signed_by: str, by: Actor
) -> InterimTarget:
    """A head binds the agency to a time where none is decreed or known. Raises TimeIsKnown."""
    Service.objects.select_for_update().get(pk=service.pk)
    if time_is_known(service):
        raise TimeIsKnown
    withdraw_targets(service, at=timezone.now(), why=_("Diganti target baru."), by=by)
    target = InterimTarget.objects.create(
        service=service,
        longest=longest,
        unit=unit,
        counts_from=" ".join(counts_from.split()),
        signed_by=" ".join(signed_by.split()),
        signed_on=today(),
        created_by_id=by.user.pk if by.user is not None else None,
    )
    record(by=by, action="catalogue.sign_target", target=target, after=snapshot(target))
    _tell()
    return target


@transaction.atomic
def withdraw_target(*, service: Service, why: str, by: Actor) -> bool:
    """Take a target back; False when there is none."""
    Service.objects.select_for_update().get(pk=service.pk)
    found = withdraw_targets(service, at=timezone.now(), why=why, by=by)
    if found:
        _tell()
    return found


def withdraw_targets(service: Service, *, at: datetime.datetime, why: str, by: Actor) -> bool:
    """End the target that holds now, inside the action that makes it needless."""
    target = InterimTarget.objects.filter(service=service, withdrawn_at__isnull=True).first()
    if target is None:
        return False
    target.withdrawn_at, target.withdrawn_why = at, why[:300]
    target.save(update_fields=["withdrawn_at", "withdrawn_why"])
    record(by=by, action="catalogue.withdraw_target", target=target, after=snapshot(target))
    return True


def _tell() -> None:
    publish(CatalogueChanged())
    content.changed()
