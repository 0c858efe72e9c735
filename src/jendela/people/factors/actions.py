"""Every change of second factors, and their use. Built on allauth's parts; what it leaves to a cache of one process
(one-time passwords used up) is kept in the row here."""

from typing import Any

from allauth.account.models import Login
from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    clear_totp_secret,
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from allauth.mfa.webauthn.internal import auth as webauthn
from allauth.mfa.webauthn.internal.flows import perform_passwordless_login
from django.contrib.auth import logout
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from jendela.common.audit import Actor, record
from jendela.common.encryption import decrypt
from jendela.people.accounts.actions import end_all_devices, warn_owner
from jendela.people.factors.reads import REAL

Kind = Authenticator.Type


class RefusedError(Exception):
    """The code or the answer of the device does not fit."""


def _counter_of(secret: str, typed: str, after: int) -> int | None:
    """The time step whose password was typed, when it is later than the last one used."""
    for counter in yield_hotp_counters_from_time():
        if counter > after and compare_user_code(
            actual=typed, expected=format_hotp_value(hotp_value(secret, counter))
        ):
            return int(counter)
    return None


@transaction.atomic
def use_typed_code(*, user: Any, typed: str) -> Any:
    """The factor whose one-time password or recovery code was typed, now used up. Raises RefusedError."""
    row = Authenticator.objects.select_for_update().filter(user_id=user.pk, type=Kind.TOTP).first()
    if row is not None:
        counter = _counter_of(decrypt(row.data["secret"]), typed, row.data.get("last_counter", 0))
        if counter is not None:
            row.data["last_counter"] = counter
            row.save(update_fields=["data"])
            return row
    spare = Authenticator.objects.filter(user_id=user.pk, type=Kind.RECOVERY_CODES).first()
    if spare is not None and spare.wrap().validate_code(typed):
        record(by=Actor(user.name, user=user), action="factors.use_recovery_code", target=user)
        return spare
    raise RefusedError


def use_passkey(*, user: Any, answer: Any) -> Any:
    """The passkey that signed the challenge of this session; `user` None: whose it is, the passkey says. Raises
    RefusedError, also for a closed account."""
    try:
        webauthn.parse_authentication_response(answer)
        owner = user or webauthn.extract_user_from_response(answer)
        found = webauthn.complete_authentication(owner, answer)
    except (ValidationError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise RefusedError from error
    if not owner.is_active:
        raise RefusedError
    return found


def show_factor(request: HttpRequest, factor: Any) -> None:
    """This session has shown the factor just now."""
    post_authentication(request, factor, reauthenticated=request.user.is_authenticated)


def sign_in_with_passkey(request: HttpRequest, passkey: Any, *, next_path: str) -> HttpResponse:
    """A passkey alone signs in: the device has asked for a finger, a face or a PIN."""
    if request.user.is_authenticated and request.user.pk != passkey.user_id:
        logout(request)
    login = Login(user=passkey.user, redirect_url=next_path or None)
    response: HttpResponse = perform_passwordless_login(request, passkey, login)
    return response


@transaction.atomic
def add_passkey(request: HttpRequest, *, name: str, answer: Any, by: Actor) -> Any:
    """Keep a new passkey. Raises RefusedError."""
    try:
        webauthn.parse_registration_response(answer)
        binding = webauthn.complete_registration(answer)
    except (ValidationError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise RefusedError from error
    if not binding.is_user_verified():
        raise RefusedError
    row = webauthn.WebAuthn.add(request.user, name, answer).instance
    _added(request, row, by)
    return row


@transaction.atomic
def add_totp(request: HttpRequest, *, secret: str, typed: str, by: Actor) -> Any:
    """Keep an authenticator app that has shown a right password; one before it is replaced. Raises RefusedError."""
    counter = _counter_of(secret, typed, 0)
    if counter is None:
        raise RefusedError
    Authenticator.objects.filter(user_id=request.user.pk, type=Kind.TOTP).delete()
    row = TOTP.activate(request.user, secret).instance
    row.data["last_counter"] = counter
    row.save(update_fields=["data"])
    clear_totp_secret(request)
    _added(request, row, by)
    return row


def _added(request: HttpRequest, row: Any, by: Actor) -> None:
    RecoveryCodes.activate(request.user)  # none are made when there are some
    show_factor(request, row)
    record(by=by, action="factors.add_factor", target=request.user, after={"kind": row.type})  # type: ignore[arg-type]
    warn_owner(user=request.user, template="factor_added")  # type: ignore[arg-type]


@transaction.atomic
def remove_factor(*, user: Any, key: int, by: Actor) -> bool:
    """Take a passkey or an app away; the recovery codes go with the last one. False when there is none of this key."""
    row = Authenticator.objects.select_for_update().filter(user_id=user.pk, pk=key, type__in=REAL).first()
    if row is None:
        return False
    record(by=by, action="factors.remove_factor", target=user, before={"kind": row.type})
    row.delete()
    if not Authenticator.objects.filter(user_id=user.pk, type__in=REAL).exists():
        Authenticator.objects.filter(user_id=user.pk).delete()
    warn_owner(user=user, template="factor_removed")
    return True


@transaction.atomic
def reset_factors(*, user: Any, by: Actor) -> int:
    """Take every factor away from somebody who lost them all, and sign the account out everywhere: what is lost may be
    in other hands. The operator has checked who it is. Returns how many."""
    rows = list(Authenticator.objects.select_for_update().filter(user_id=user.pk))
    Authenticator.objects.filter(pk__in=[row.pk for row in rows]).delete()
    record(
        by=by, action="factors.reset_factors", target=user, before={"kinds": sorted(row.type for row in rows)}
    )
    end_all_devices(user=user, by=by)
    warn_owner(user=user, template="factor_removed")
    return len(rows)


@transaction.atomic
def renew_recovery_codes(*, user: Any, by: Actor) -> None:
    """Ten new codes; the old ones end."""
    Authenticator.objects.filter(user_id=user.pk, type=Kind.RECOVERY_CODES).delete()
    RecoveryCodes.activate(user)
    record(by=by, action="factors.renew_recovery_codes", target=user)
    warn_owner(user=user, template="factor_removed")
