"""Questions to the accounts."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import Count
from django.utils import timezone

from jendela.common.encryption import lookup_hash
from jendela.people.access.models import Membership
from jendela.people.access.policy import held
from jendela.people.access.roles import ROLES
from jendela.people.accounts.choices import Channel
from jendela.people.accounts.devices import describe
from jendela.people.accounts.models import ContactCode, User
from jendela.people.agencies.models import Agency


def active_account(email: str) -> User | None:
    """The active account of an address, written in any case."""
    return User.objects.filter(email=email.strip().lower(), is_active=True).first()


def account_of(channel: str, recipient: str) -> User | None:
    """The account, open or closed, that is reached by a normalised address or number."""
    if channel == Channel.PHONE:
        return User.objects.filter(phone_hash=lookup_hash(recipient)).first()
    return User.objects.filter(email=recipient).first()


def waiting_code(code_id: Any, purpose: str) -> ContactCode | None:
    """A code that may still be typed."""
    if not isinstance(code_id, int):
        return None
    return ContactCode.objects.filter(
        pk=code_id, purpose=purpose, used_at__isnull=True, expires_at__gt=timezone.now()
    ).first()


@dataclass(frozen=True)
class RoleLine:
    label: Any
    sentence: Any
    agency: str  # '' for all
    until: datetime.date | None


def roles_of(user: User) -> Sequence[RoleLine]:
    """The roles held today, in words. Two queries beside the one that `held` keeps."""
    until = dict(
        Membership.objects.filter(pk__in=[one.membership_id for one in held(user)]).values_list(
            "pk", "valid_to"
        )
    )
    names = dict(
        Agency.objects.filter(pk__in=[one.agency_id for one in held(user) if one.agency_id]).values_list(
            "pk", "short_name"
        )
    )
    return [
        RoleLine(
            ROLES[one.role].label,
            ROLES[one.role].sentence,
            names.get(one.agency_id or 0, ""),
            until.get(one.membership_id),
        )
        for one in held(user)
    ]


def factor_counts(user: User) -> dict[str, int]:
    """How many passkeys, apps and sets of recovery codes guard the account."""
    rows = Authenticator.objects.filter(user=user).values_list("type").annotate(number=Count("pk"))
    return dict(rows)


@dataclass(frozen=True)
class Device:
    """One session of an account, as its owner may know it again."""

    key: int
    words: str
    kind: str  # icon
    address: str
    began: datetime.datetime
    last: datetime.datetime
    current: bool


def devices_of(user: User, current_key: str | None) -> Sequence[Device]:
    """The sessions that still run, this one first, then the last used. Two queries, however many there are."""
    rows = list(UserSession.objects.filter(user=user))
    alive = {
        session.session_key: session.get_decoded()
        for session in Session.objects.filter(
            session_key__in=[row.session_key for row in rows], expire_date__gt=timezone.now()
        )
    }
    found = []
    for row in rows:
        data = alive.get(row.session_key)
        if data is None or str(data.get("_auth_user_id")) != str(user.pk):
            continue
        seen = data.get("seen")
        words, kind = describe(row.user_agent)
        last = datetime.datetime.fromtimestamp(seen, datetime.UTC) if seen else row.last_seen_at
        current = row.session_key == current_key
        found.append(Device(row.pk, words, kind, row.ip, row.created_at, last, current))
    return sorted(found, key=lambda device: (not device.current, -device.last.timestamp()))
