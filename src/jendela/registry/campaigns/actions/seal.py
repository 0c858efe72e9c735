"""The seal: an agency's head swears that its list is right; time or a foreign hand breaks it."""

import datetime
import secrets
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from jendela.common import content
from jendela.common.audit import Actor, record
from jendela.common.dates import months_after, today
from jendela.common.jobs import enqueue
from jendela.people.access.choices import Permission
from jendela.people.access.models import Membership
from jendela.people.access.policy import has_permission
from jendela.people.access.roles import ROLES
from jendela.people.agencies.models import Agency
from jendela.registry.applications.models import Application, Change
from jendela.registry.campaigns.models import Attestation, Exemption, Item, Round
from jendela.registry.campaigns.reads.seal import Gap, checks
from jendela.registry.campaigns.rules import SEAL_MONTHS, rule

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"


class NotYoursError(Exception):
    """Only the head of the agency swears for it."""


class UnknownFactsError(Exception):
    """Mandatory facts are unknown; `gaps` names them."""

    def __init__(self, gaps: Sequence[Gap]) -> None:
        super().__init__(f"{len(gaps)} facts are unknown")
        self.gaps = list(gaps)


@transaction.atomic
def attest(*, agency: Agency, statement: str, by: Actor, round_: Round | None = None) -> Attestation:
    """Swear. The attestation before it ends. Raises NotYoursError, UnknownFactsError."""
    if by.user is None or not has_permission(by.user, Permission.ATTEST_REGISTRY, agency.pk):
        raise NotYoursError
    Agency.objects.select_for_update().get(pk=agency.pk)
    found = checks(agency)
    if found.open:
        raise UnknownFactsError(found.open)
    now = timezone.now()
    for earlier in Attestation.objects.filter(agency=agency, broken_at__isnull=True):
        _break(earlier, "Diganti pernyataan baru.", by, now=now)
    months = round_.attest_months if round_ else rule(SEAL_MONTHS, today())
    keys = [one.pk for one in found.applications]
    row = Attestation.objects.create(
        round=round_,
        agency=agency,
        by_id=by.user.pk,
        name=by.name[:120],
        at=now,
        statement=statement,
        valid_until=months_after(today(), months),
        applications=len(keys),
        keys=keys,
        exempted=[
            {
                "application": one.application.name,
                "field": one.field,
                "reason": one.exemption.reason,
                "until": one.exemption.until.isoformat(),
            }
            for one in found.exempted
            if one.exemption
        ],
        code="".join(secrets.choice(LETTERS) for _one in range(10)),
    )
    Application.objects.filter(pk__in=keys).update(attested_at=now)
    after = {"applications": len(keys), "valid_until": row.valid_until.isoformat(), "exempted": row.exempted}
    record(by=by, action="campaigns.attest", target=row, after=after)
    content.changed()
    return row


def _break(
    row: Attestation, why: str, by: Actor, *, now: datetime.datetime, batch: uuid.UUID | None = None
) -> None:
    row.broken_at, row.broken_why, row.broken_by_batch = now, why[:300], batch
    row.save(update_fields=["broken_at", "broken_why", "broken_by_batch"])
    Application.objects.filter(pk__in=row.keys, attested_at=row.at).update(attested_at=None)
    record(by=by, action="campaigns.break_seal", target=row, after={"why": why})


@transaction.atomic
def break_expired(*, by: Actor) -> int:
    """Attestations whose time is over; each head is told. How many."""
    rows = Attestation.objects.select_for_update().filter(broken_at__isnull=True, valid_until__lt=today())
    found = list(rows.order_by("pk"))
    for row in found:
        _break(row, "Masa berlakunya habis.", by, now=timezone.now())
        enqueue("registry_campaigns.tell_broken", attestation_id=row.pk)
    if found:
        content.changed()
    return len(found)


@transaction.atomic
def check_seals(*, batch: uuid.UUID, by: Actor) -> int:
    """Values were changed: seals break where the hand was not the owner's. Safe to run twice. How many broke."""
    changes = list(Change.objects.filter(batch=batch).select_related("application"))
    origin = _Origin.of(batch)
    broken = 0
    for agency_id in {one.application.owner_id for one in changes}:
        row = _standing(agency_id)
        if row is None or origin.keeps(row):
            continue
        # what was changed before the oath is what was sworn to
        own = [one for one in changes if one.application.owner_id == agency_id]
        later = [one for one in own if one.application_id in row.keys and one.at >= row.at]
        hands = {one.by_id for one in later if not _is_own(one.by_id, row.agency)}
        if hands:
            speaker = next(one.stated_by for one in later if one.by_id in hands)
            _broken_by_hand(row, f"Catatan diubah oleh {speaker}, bukan oleh instansinya.", by, batch)
            broken += 1
    return broken


@transaction.atomic
def check_beside(
    *,
    applications: Sequence[int],
    hand: int | None,
    batch: uuid.UUID | None,
    at: datetime.datetime,
    by: Actor,
) -> int:
    """Data or links of applications were changed by an account at a time: seals of their owners that were sworn before
    break as they do for values. Safe to run twice. How many broke."""
    origin = _Origin.of(batch)
    broken = 0
    rows = Application.objects.filter(pk__in=applications).order_by("pk")
    for one in rows:
        row = _standing(one.owner_id)
        if row is None or one.pk not in row.keys or row.at > at:
            continue
        if origin.keeps(row) or _is_own(hand, row.agency):
            continue
        why = f"Data atau kaitan {one.name} diubah pihak lain, bukan oleh instansinya."
        _broken_by_hand(row, why, by, batch)
        broken += 1
    return broken


@dataclass(frozen=True)
class _Origin:
    """The answers of a round that a change came from, if it did."""

    agencies: frozenset[int] = frozenset()
    rounds: frozenset[int] = frozenset()

    @classmethod
    def of(cls, batch: uuid.UUID | None) -> "_Origin":
        if batch is None:
            return cls()
        rows = list(Item.objects.filter(batch=batch).values_list("bundle__agency_id", "round_id"))
        return cls(frozenset(one[0] for one in rows), frozenset(one[1] for one in rows))

    def keeps(self, row: Attestation) -> bool:
        """Is it the agency's own answer, or one of the round in which its head swore?"""
        return row.agency_id in self.agencies or row.round_id in self.rounds


def _standing(agency_id: int) -> Attestation | None:
    rows = Attestation.objects.select_for_update(of=("self",)).select_related("agency")
    return rows.filter(agency_id=agency_id, broken_at__isnull=True).first()


def _broken_by_hand(row: Attestation, why: str, by: Actor, batch: uuid.UUID | None) -> None:
    _break(row, why, by, now=timezone.now(), batch=batch)
    enqueue("registry_campaigns.tell_broken", attestation_id=row.pk)
    content.changed()


def _is_own(user_id: int | None, agency: Agency) -> bool:
    """Does the account edit the registry by a role at this very agency?"""
    if user_id is None:
        return False
    roles = [code for code, role in ROLES.items() if Permission.EDIT_REGISTRY in role.permissions]
    return Membership.objects.holding().filter(user_id=user_id, agency=agency, role__in=roles).exists()


@transaction.atomic
def exempt(
    *, application: Application, field: str, reason: str, until: datetime.date, by: Actor
) -> Exemption:
    """Kominfo lets a mandatory fact be unknown until a day, for a reason that every proof prints."""
    for earlier in Exemption.objects.filter(application=application, field=field, ended_at__isnull=True):
        end_exemption(exemption=earlier, by=by)
    row = Exemption.objects.create(
        application=application, field=field, reason=reason.strip()[:300], until=until, by=by.name[:120]
    )
    after = {"application": application.pk, "field": field, "reason": row.reason, "until": until.isoformat()}
    record(by=by, action="campaigns.exempt", target=row, after=after)
    return row


@transaction.atomic
def end_exemption(*, exemption: Exemption, by: Actor) -> None:
    if exemption.ended_at is None:
        exemption.ended_at = timezone.now()
        exemption.save(update_fields=["ended_at"])
        record(by=by, action="campaigns.end_exemption", target=exemption)
