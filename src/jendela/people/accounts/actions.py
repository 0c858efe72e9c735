"""Every change of accounts: making and closing them, codes and one-time links, and the start and end of sessions. Of a
code or a link only a digest is kept."""

import datetime
import hashlib
import json
import logging
import re
import secrets
from dataclasses import dataclass
from typing import Any

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth import logout
from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language

from jendela.common.audit import Actor, record
from jendela.common.encryption import encrypt, lookup_hash
from jendela.common.jobs import enqueue
from jendela.people.access.models import Membership
from jendela.people.accounts.choices import Channel, CodePurpose
from jendela.people.accounts.models import ContactCode, SignInLink, User
from jendela.people.accounts.reads import account_of

MINUTES_VALID = 30
CODE_MINUTES = 10
CODE_TRIES = 5
log = logging.getLogger("jendela.accounts")


class ContactTakenError(Exception):
    """The address or number has come to belong to another account."""


class StillWorkingError(Exception):
    """An account that holds or will hold a role is not closed by its owner: the roles end first."""


@transaction.atomic
def create_account(*, email: str, name: str, by: Actor) -> User:
    """A new account without a password and without a role. Raises ValidationError."""
    user = User.objects.create_user(email, name=name)
    record(by=by, action="accounts.create_account", target=user, after={"email": user.email})
    return user


@transaction.atomic
def register_resident(*, channel: str, recipient: str, by: Actor) -> User:
    """The account of a resident who has just shown that an address or number is theirs."""
    if channel == Channel.PHONE:
        user = User.objects.create_user(
            None, phone=recipient, phone_hash=lookup_hash(recipient), phone_verified_at=timezone.now()
        )
    else:
        user = User.objects.create_user(recipient)
    record(by=by, action="accounts.register_resident", target=user, after={"channel": str(channel)})
    return user


@transaction.atomic
def change_name(*, user: User, name: str, by: Actor) -> None:
    before = user.name
    user.name = " ".join(name.split())
    user.save(update_fields=["name"])
    record(
        by=by, action="accounts.change_name", target=user, before={"name": before}, after={"name": user.name}
    )


def sign_in(
    request: HttpRequest, user: User, *, method: str = "link", next_path: str = "", **details: str
) -> HttpResponse:
    """Sign in whoever has just shown to be the owner of this account, by `method`, and say where to go on: to the
    second factor when the account has one, else to `next_path`. The caller has checked that the account is open."""
    if request.user.is_authenticated and request.user.pk != user.pk:
        logout(request)  # a shared computer: the person before goes out first
    record_authentication(request, user, method=method, **details)
    login = Login(user=user, redirect_url=next_path or None, email=user.email or None)
    response: HttpResponse = perform_login(request, login)
    return response


@transaction.atomic
def note_session(*, user: User, by: Actor) -> None:
    """Note that a session began; allauth keeps the session itself."""
    record(by=by, action="accounts.start_session", target=user)


@dataclass(frozen=True)
class CodeAnswer:
    """What became of a typed code: 'ok', 'wrong' (may be tried again) or 'dead' (a new one is needed)."""

    state: str
    user: User | None = None
    channel: str = ""
    recipient: str = ""


@transaction.atomic
def request_code(
    *,
    purpose: str,
    channel: str,
    recipient: str,
    by: Actor,
    user: User | None = None,
    may_register: bool = False,
) -> int:
    """Send a code to a normalised address or number; returns the key of its row. To nobody's address nothing is sent,
    but the same is written and enqueued, so that neither the page nor its time says who has an account."""
    owner = account_of(channel, recipient)
    template = "code"
    if purpose == CodePurpose.SIGN_IN:
        sendable = owner.is_active if owner else may_register
    else:
        sendable = True
        if purpose == CodePurpose.CHANGE and owner is not None and owner != user:
            template = "taken"  # its owner hears of it; the page does not say
    code = f"{secrets.randbelow(1_000_000):06}"
    row = ContactCode.objects.create(
        purpose=purpose,
        channel=channel,
        user=user,
        recipient=recipient,
        recipient_hash=lookup_hash(recipient),
        digest=_code_digest(purpose, recipient, code if template == "code" else secrets.token_hex()),
        expires_at=timezone.now() + datetime.timedelta(minutes=CODE_MINUTES),
    )
    record(
        by=by,
        action="accounts.request_code",
        target=row,
        after={"channel": str(channel), "for": str(purpose)},
    )
    values = {"code": code, "minutes": CODE_MINUTES}
    _message(channel, recipient if sendable else "", template, values, until=row.expires_at)
    return row.pk


@transaction.atomic
def use_code(
    *, code_id: int, purpose: str, typed: str, address: str | None, may_register: bool = False
) -> CodeAnswer:
    """Try a typed code. The row is locked, so that tries at the same moment are counted one by one. A right code is
    used up; for a sign-in it gives the account, made now for a resident who had none (`may_register`)."""
    now = timezone.now()
    row = (
        ContactCode.objects.select_for_update(of=("self",))
        .filter(pk=code_id, purpose=purpose, used_at__isnull=True, expires_at__gt=now)
        .first()
    )
    if row is None:
        return CodeAnswer("dead")
    right = secrets.compare_digest(row.digest, _code_digest(purpose, row.recipient, re.sub(r"\D", "", typed)))
    user = row.user
    if right and purpose == CodePurpose.SIGN_IN:
        user = account_of(row.channel, row.recipient)
        if user is None and may_register:
            by = Actor("warga", address=address)
            user = register_resident(channel=row.channel, recipient=row.recipient, by=by)
        right = user is not None and user.is_active
    if not right:
        row.wrong += 1
        dead = row.wrong >= CODE_TRIES
        row.used_at = now if dead else None
        row.save(update_fields=["wrong", "used_at"])
        return CodeAnswer("dead" if dead else "wrong")
    row.used_at = now
    row.save(update_fields=["used_at"])
    return CodeAnswer("ok", user, row.channel, row.recipient)


def _code_digest(purpose: str, recipient: str, code: str) -> str:
    return lookup_hash(f"{purpose}|{recipient}|{code}")


@transaction.atomic
def set_contact(*, user: User, channel: str, recipient: str, by: Actor) -> None:
    """The account is reached by an address or number whose code was typed; the one before is told, and links that were
    sent there end. Raises ContactTakenError."""
    row = User.objects.select_for_update().get(pk=user.pk)
    before = row.email if channel == Channel.EMAIL else row.phone
    if channel == Channel.EMAIL:
        row.email = recipient
    else:
        row.phone, row.phone_hash, row.phone_verified_at = recipient, lookup_hash(recipient), timezone.now()
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise ContactTakenError from error
    now = timezone.now()
    row.sign_in_links.filter(used_at__isnull=True, expires_at__gt=now).update(expires_at=now)
    record(by=by, action="accounts.set_contact", target=row, after={"channel": str(channel)})
    if before and before != recipient:
        _message(channel, before, "contact_changed", {})


@transaction.atomic
def warn_owner(*, user: User, template: str) -> None:
    """A message about a change of how this account is guarded, to its e-mail address or else its phone."""
    if user.email:
        _message(Channel.EMAIL, user.email, template, {})
    elif user.phone:
        _message(Channel.PHONE, user.phone, template, {})


def _message(
    channel: str, to: str, template: str, values: dict[str, Any], until: datetime.datetime | None = None
) -> None:
    """Hand a message to jendela.notify, which lies above this room: by the name of its job, sealed in the queue."""
    enqueue(
        "notify.send",
        channel=str(channel),
        to=encrypt(to),
        template=template,
        values=encrypt(json.dumps(values)),
        language=get_language() or "id",
        until=until.isoformat() if until else "",
    )


@transaction.atomic
def forget_codes() -> int:
    """Codes that ended more than a day ago are deleted with their addresses; returns how many."""
    limit = timezone.now() - datetime.timedelta(days=1)
    deleted, _kinds = ContactCode.objects.filter(expires_at__lt=limit).delete()
    return deleted


@transaction.atomic
def forget_sessions() -> int:
    """Sessions that have ended are deleted, with the addresses and browsers noted for them; returns how many."""
    deleted, _kinds = Session.objects.filter(expire_date__lt=timezone.now()).delete()
    running = Session.objects.filter(session_key=OuterRef("session_key"))
    UserSession.objects.filter(~Exists(running)).delete()
    return deleted


@transaction.atomic
def make_sign_in_link(*, user: User, by: Actor, minutes: int = MINUTES_VALID) -> str:
    """The token of a new one-time link. Older links of this account that were not used end now."""
    now = timezone.now()
    user.sign_in_links.filter(used_at__isnull=True, expires_at__gt=now).update(expires_at=now)
    token = secrets.token_urlsafe(32)
    link = SignInLink.objects.create(
        user=user, digest=digest_of(token), expires_at=now + datetime.timedelta(minutes=minutes)
    )
    record(by=by, action="accounts.make_sign_in_link", target=user, after={"link": link.pk})
    return token


@transaction.atomic
def use_sign_in_link(*, token: str, address: str | None) -> User | None:
    """Use a link up and return its account; None for one that is unknown, used, too old, or of a closed account."""
    now = timezone.now()
    link = (
        SignInLink.objects.select_for_update(of=("self",))
        .select_related("user")
        .filter(digest=digest_of(token), used_at__isnull=True, expires_at__gt=now, user__is_active=True)
        .first()
    )
    if link is None:
        log.warning("a sign-in link was refused")
        return None
    link.used_at = now
    link.save(update_fields=["used_at"])
    by = Actor(link.user.name, user=link.user, address=address)
    record(by=by, action="accounts.use_sign_in_link", target=link.user, after={"link": link.pk})
    return link.user


@transaction.atomic
def end_session(*, user: User, by: Actor) -> None:
    """Note that an account signed out; the session itself ends with the request."""
    record(by=by, action="accounts.end_session", target=user)


@transaction.atomic
def end_device(*, user: User, device: int, by: Actor) -> bool:
    """End one session of the account at once; False when it has none of this key."""
    row = UserSession.objects.filter(user=user, pk=device).first()
    if row is None:
        return False
    _end([row])
    record(by=by, action="accounts.end_device", target=user, after={"device": device})
    return True


@transaction.atomic
def end_all_devices(*, user: User, by: Actor) -> int:
    """End every session of the account, the caller's own too; returns how many."""
    rows = list(UserSession.objects.filter(user=user))
    _end(rows)
    record(by=by, action="accounts.end_all_devices", target=user, after={"devices": len(rows)})
    return len(rows)


def _end(rows: list[Any]) -> None:
    Session.objects.filter(session_key__in=[row.session_key for row in rows]).delete()
    UserSession.objects.filter(pk__in=[row.pk for row in rows]).delete()


@transaction.atomic
def set_open(*, user: User, is_open: bool, by: Actor) -> None:
    """Close an account without forgetting anything, or open it again. A closed one is out at its next request."""
    row = User.objects.select_for_update().get(pk=user.pk)
    row.is_active = is_open
    row.save(update_fields=["is_active"])
    if not is_open:
        _end(list(UserSession.objects.filter(user=row)))
    record(by=by, action="accounts.set_open", target=row, after={"open": is_open})


@transaction.atomic
def close_account(*, user: User, by: Actor) -> None:
    """The owner leaves: address, number, name and second factors are forgotten, all devices are signed out. Raises
    StillWorkingError while roles are held or begin later."""
    row = User.objects.select_for_update().get(pk=user.pk)
    today = timezone.localdate()
    if Membership.objects.filter(user=row, ended_at__isnull=True).exclude(valid_to__lt=today).exists():
        raise StillWorkingError
    end_all_devices(user=row, by=by)
    record(by=by, action="accounts.close_account", target=row)
    row.sign_in_links.all().delete()
    row.codes.all().delete()
    Authenticator.objects.filter(user_id=row.pk).delete()
    row.email, row.name = f"akun-{row.pk}@ditutup.invalid", ""
    row.phone, row.phone_hash, row.phone_verified_at = "", None, None
    row.is_active = False
    row.save()


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
