"""Every change of people at work: roles given and ended by someone who may, substitution, leavers, invitations."""

import datetime
import hashlib
import secrets
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language

from jendela.common.audit import Actor, record
from jendela.common.dates import today
from jendela.common.encryption import encrypt
from jendela.common.jobs import enqueue
from jendela.people.access import actions as access
from jendela.people.access.models import Membership
from jendela.people.access.policy import may_end, may_give
from jendela.people.access.roles import ROLES
from jendela.people.accounts.actions import create_account, warn_owner
from jendela.people.accounts.models import User
from jendela.people.agencies.models import Agency
from jendela.people.members import work
from jendela.people.members.choices import InvitationState
from jendela.people.members.models import Invitation
from jendela.people.members.policy import at, may_substitute, visible_to

DAYS_VALID = 7
DAYS_KEPT = 90  # an invitation nobody took is forgotten, with the address in it
MOST_DAYS_AWAY = 366


class NotAllowedError(Exception):
    """The actor may not give or end this role here."""


class BadDatesError(Exception):
    """The days do not fit each other or the role that is stood in for."""


class NoReceiverError(Exception):
    """There is work to hand over and nobody named who takes it."""


class AlreadyInvitedError(Exception):
    """The same role was offered to this address, and the offer still holds."""


class InvitationError(Exception):
    """The link cannot be used; `why` is 'unknown', 'used', 'expired', 'withdrawn', 'void' (the inviter may not give
    the role any more, or the agency is gone), 'sign_in' (the address has an account: its owner signs in first),
    'other' (somebody else is signed in) or 'closed' (the account is put to rest)."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@transaction.atomic
def give_role(
    *,
    user: User,
    agency: Agency | None,
    role: str,
    by: Actor,
    valid_from: datetime.date | None = None,
    valid_to: datetime.date | None = None,
    note: str = "",
) -> Membership:
    """A role from somebody who may give it. Raises NotAllowedError, access.AlreadyHeldError, ValueError."""
    if by.user is None or not may_give(by.user, role, agency.pk if agency else None, to=user):
        raise NotAllowedError
    return access.grant_role(
        user=user, agency=agency, role=role, by=by, valid_from=valid_from, valid_to=valid_to, note=note
    )


@transaction.atomic
def end_membership(
    *, membership: Membership, by: Actor, last_day: datetime.date | None = None, note: str = ""
) -> None:
    """End a role now or after a day. Raises NotAllowedError and what access.end_role raises."""
    _may_end(membership, by)
    access.end_role(membership=membership, by=by, last_day=last_day, note=note)


@transaction.atomic
def restore_membership(*, membership: Membership, by: Actor) -> None:
    """Take an end back within a day. Raises NotAllowedError and what access.restore_role raises."""
    if by.user is None or not may_give(by.user, membership.role, membership.agency_id, to=membership.user):
        raise NotAllowedError
    access.restore_role(membership=membership, by=by)


def _may_end(membership: Membership, by: Actor) -> None:
    if by.user is None or not may_end(by.user, membership):
        raise NotAllowedError


@transaction.atomic
def substitute(
    *,
    membership: Membership,
    user: User,
    valid_from: datetime.date,
    valid_to: datetime.date,
    by: Actor,
    note: str = "",
) -> Membership:
    """Somebody stands in for the holder of a role: the same role, there, for these days. The holder keeps the role.
    Raises NotAllowedError, BadDatesError, access.AlreadyHeldError."""
    row = Membership.objects.select_for_update(of=("self",)).select_related("agency").get(pk=membership.pk)
    if by.user is None or not may_substitute(by.user, row) or user.pk in (row.user_id, by.user.pk):
        raise NotAllowedError
    if not substitution_fits(row, valid_from, valid_to):
        raise BadDatesError
    return access.grant_role(
        user=user,
        agency=row.agency,
        role=row.role,
        by=by,
        valid_from=valid_from,
        valid_to=valid_to,
        substitutes=row,
        note=note,
    )


def substitution_fits(row: Membership, first: datetime.date, last: datetime.date) -> bool:
    """Do these days begin no earlier than today, end at all soon, and lie within the role that is stood in for?"""
    return (
        max(today(), row.valid_from) <= first <= last
        and (row.valid_to is None or last <= row.valid_to)
        and (last - first).days < MOST_DAYS_AWAY
    )


@transaction.atomic
def release(
    *, user: User, by: Actor, receivers: Mapping[int | None, User], note: str = "", leave_work: bool = False
) -> dict[str, int]:
    """Somebody leaves: all roles the actor may end, end now, and all work at those agencies goes to the receiver
    named for each (an agency's key, None for roles that hold for all). Returns how much of each kind went. Raises
    NotAllowedError when no role can be ended, NoReceiverError when work would stay and `leave_work` is not set,
    access.LastAdministratorError; then nothing has changed."""
    if by.user is None:
        raise NotAllowedError
    rows = visible_to(by.user).filter(user=user, ended_at__isnull=True).select_for_update(of=("self",))
    ending = [row for row in rows.order_by("pk") if not row.is_over and may_end(by.user, row)]
    if not ending:
        raise NotAllowedError
    moved: dict[str, int] = {}
    for agency_id in dict.fromkeys(row.agency_id for row in ending):
        for kind in work.kinds():
            if not kind.count(user.pk, agency_id):
                continue
            receiver = receivers.get(agency_id)
            if receiver is None:
                if leave_work:
                    continue
                raise NoReceiverError
            if receiver.pk == user.pk or not _works_at(receiver, agency_id):
                raise NotAllowedError
            moved[kind.key] = moved.get(kind.key, 0) + kind.hand_over(user.pk, receiver.pk, agency_id, by)
    for row in ending:
        row.refresh_from_db()
        if not row.is_over:  # standing in for a role that ended a moment ago has ended with it
            access.end_role(membership=row, by=by, note=note)
    _withdraw_offers(user, by)
    after = {"work": moved, "to": sorted({one.pk for one in receivers.values()}), "note": note}
    record(by=by, action="members.release", target=user, after=after)
    return moved


def _works_at(user: User, agency_id: int | None) -> bool:
    return user.is_active and Membership.objects.holding().filter(at(agency_id), user=user).exists()


def _withdraw_offers(user: User, by: Actor) -> None:
    """An open invitation of the actor's agencies would bring the leaver back."""
    for row in Invitation.objects.filter(
        email=user.email or "", accepted_at__isnull=True, withdrawn_at__isnull=True
    ):
        if by.user is not None and may_give(by.user, row.role, row.agency_id):
            withdraw_invitation(invitation=row, by=by)


@transaction.atomic
def invite(
    *,
    email: str,
    name: str,
    agency: Agency | None,
    role: str,
    by: Actor,
    valid_to: datetime.date | None = None,
    note: str = "",
) -> tuple[Invitation, str]:
    """Offer a role to an address: the invitation and the token of its link, which is not kept. The letter goes out
    after commit. Raises NotAllowedError, AlreadyInvitedError, access.AlreadyHeldError, ValueError."""
    address = email.strip().lower()
    agency_id = agency.pk if agency else None
    user = User.objects.filter(email=address).first()
    if by.user is None or not may_give(by.user, role, agency_id, to=user):
        raise NotAllowedError
    if (agency is None) is not ROLES[role].everywhere:
        raise ValueError(f"{role} and agency do not fit")
    held = Membership.objects.holding() | Membership.objects.coming()
    if user is not None and held.filter(user=user, agency=agency, role=role).exists():
        raise access.AlreadyHeldError
    earlier = Invitation.objects.select_for_update(of=("self",)).filter(
        email=address, agency=agency, role=role, accepted_at__isnull=True, withdrawn_at__isnull=True
    )
    for one in earlier:
        if one.state is InvitationState.OPEN:
            raise AlreadyInvitedError
        withdraw_invitation(invitation=one, by=by)  # too old to be used; the new one takes its place
    token = secrets.token_urlsafe(32)
    row = Invitation.objects.create(
        email=address,
        name=" ".join(name.split()),
        agency=agency,
        role=role,
        valid_to=valid_to,
        note=note,
        digest=digest_of(token),
        invited_by_id=by.user.pk,
        expires_at=_end(),
    )
    record(by=by, action="members.invite", target=row, after=_facts(row))
    _send(row, token)
    return row, token


@transaction.atomic
def renew_invitation(*, invitation: Invitation, by: Actor) -> str:
    """A new link for another seven days; the one before ends. Raises NotAllowedError, InvitationError."""
    row = _locked(invitation)
    if by.user is None or not may_give(by.user, row.role, row.agency_id):
        raise NotAllowedError
    if row.state in (InvitationState.ACCEPTED, InvitationState.WITHDRAWN):
        raise InvitationError("used" if row.accepted_at else "withdrawn")
    token = secrets.token_urlsafe(32)
    row.digest = digest_of(token)
    row.expires_at = _end()
    row.invited_by_id = by.user.pk  # who sends it answers for it
    row.sent_at, row.failure = None, ""
    row.save(update_fields=["digest", "expires_at", "invited_by", "sent_at", "failure"])
    record(by=by, action="members.renew_invitation", target=row, after=_facts(row))
    _send(row, token)
    return token


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, by: Actor) -> None:
    """The link works no more. Raises NotAllowedError, InvitationError when it was accepted; twice does no harm."""
    row = _locked(invitation)
    if by.user is None or not may_give(by.user, row.role, row.agency_id):
        raise NotAllowedError
    if row.accepted_at is not None:
        raise InvitationError("used")
    if row.withdrawn_at is None:
        row.withdrawn_at = timezone.now()
        row.save(update_fields=["withdrawn_at"])
        record(by=by, action="members.withdraw_invitation", target=row, after=_facts(row))


@transaction.atomic
def accept_invitation(
    *, token: str, name: str, user: User | None, address: str | None
) -> tuple[User, Membership | None]:
    """The person who was invited takes the role: the account (made now when the address has none) and the membership,
    None when the same role was given meanwhile. `user` is who is signed in. Raises InvitationError.

    A link may be seen by others than the owner of the address, the inviter first of all: it makes a new account but
    never opens one that exists. Its owner signs in the usual way and accepts then."""
    row = Invitation.objects.select_for_update(of=("self",)).filter(digest=digest_of(token)).first()
    if row is None:
        raise InvitationError("unknown")
    why = hindrance(row, user)
    if why:
        raise InvitationError(why)
    if user is None:
        said = " ".join(name.split()) or row.name
        user = create_account(email=row.email, name=said, by=Actor(said, address=address))
        warn_owner(user=user, template="account_made")  # of the address, who need not be who held the link
    by = Actor(user.name, user=user, address=address)
    row.accepted_at = timezone.now()
    row.accepted_by = user
    row.save(update_fields=["accepted_at", "accepted_by"])
    record(by=by, action="members.accept_invitation", target=row, after={"user": user.pk})
    try:
        membership = access.grant_role(
            user=user, agency=row.agency, role=row.role, by=by, valid_to=row.valid_to, note=row.note
        )
    except access.AlreadyHeldError:
        return user, None
    return user, membership


def hindrance(row: Invitation, user: Any) -> str:
    """Why this person (None: nobody signed in) cannot accept it now; '' when nothing stands in the way."""
    states = {
        InvitationState.ACCEPTED: "used",
        InvitationState.WITHDRAWN: "withdrawn",
        InvitationState.EXPIRED: "expired",
    }
    if row.state in states:
        return states[row.state]
    gone = row.agency is not None and row.agency.valid_to != ""
    over = row.valid_to is not None and row.valid_to < today()
    if gone or over or not may_give(row.invited_by, row.role, row.agency_id):
        return "void"
    account = User.objects.filter(email=row.email).first()
    if account is not None and not account.is_active:
        return "closed"
    if user is not None and (account is None or user.pk != account.pk):
        return "other"
    return "sign_in" if account is not None and user is None else ""


@transaction.atomic
def mark_sent(*, invitation: int, digest: str, failure: str = "") -> None:
    """What became of the letter; one of an older link is not of interest."""
    row = Invitation.objects.select_for_update().filter(pk=invitation, digest=digest).first()
    if row is not None:
        row.sent_at = None if failure else timezone.now()
        row.failure = failure[:200]
        row.save(update_fields=["sent_at", "failure"])


@transaction.atomic
def forget_invitations(*, by: Actor) -> int:
    """Delete invitations that nobody took, with the addresses in them, 90 days after their end; returns how many."""
    old = Invitation.objects.filter(
        accepted_at__isnull=True, expires_at__lt=timezone.now() - datetime.timedelta(days=DAYS_KEPT)
    )
    number, _kinds = old.delete()
    if number:
        record(
            by=by,
            action="members.forget_invitations",
            target=("people_members.invitation", "*"),
            after={"number": number},
        )
    return number


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _locked(invitation: Invitation) -> Invitation:
    return Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)


def _end() -> datetime.datetime:
    return timezone.now() + datetime.timedelta(days=DAYS_VALID)


def _facts(row: Invitation) -> dict[str, Any]:
    return {
        "email": row.email,
        "role": row.role,
        "agency": row.agency_id,
        "expires_at": row.expires_at.isoformat(),
    }


def _send(row: Invitation, token: str) -> None:
    """Ask for the letter; the link lies sealed in the queue."""
    enqueue(
        "people_members.send_invitation",
        invitation=row.pk,
        token=encrypt(token),
        language=get_language() or "id",
    )
