"""Personal links: which bundle a link opens, on which devices, and what a new device has to show.

A link holds for one person and one round. Opening it uses nothing up. The first device is bound by a button; every
other one needs a code that goes to the holder alone, so that a forwarded link shows nothing. Of the token, of the
device's cookie and of a code only digests are compared.
"""

import datetime
import hashlib
import json
import re
import secrets
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language

from jendela.common.audit import Actor, record
from jendela.common.encryption import encrypt, lookup_hash
from jendela.common.jobs import enqueue
from jendela.registry.campaigns.actions.sending import digest_of
from jendela.registry.campaigns.choices import BundleState, RoundState
from jendela.registry.campaigns.models import Bundle, LinkCode, LinkDevice, PersonalLink
from jendela.registry.campaigns.reads.sheet import link_by_digest

CODE_MINUTES = 10
CODE_TRIES = 5
CODES_AN_HOUR = 5  # sent to one holder
MOST_DEVICES = 10  # of one link
ENDED = {
    "not_me": "not_me",
    "hand_over": "handed_over",
    "withdrawn": "withdrawn",
}  # why a link was ended, in words


class DeviceNeededError(Exception):
    """The link is in use on another device: a code has to be typed."""


class TooManyCodesError(Exception):
    """Enough codes were sent for now."""


@dataclass(frozen=True)
class Found:
    """A link and why it does not open ('' when it does): unknown, revoked, not_me, handed_over, expired, withdrawn,
    closed (the round is over)."""

    link: PersonalLink | None
    why: str


def find(token: str) -> Found:
    link = link_by_digest(digest_of(token))
    if link is None:
        return Found(None, "unknown")
    return Found(link, _hindrance(link))


def _hindrance(link: PersonalLink) -> str:
    if link.revoked_at is not None and link.revoked_why != "closed":
        return ENDED.get(link.revoked_why, "revoked")
    if link.expires_at <= timezone.now():
        return "expired"
    if link.bundle.state == BundleState.WITHDRAWN:
        return "withdrawn"
    return "closed" if link.bundle.round.state == RoundState.CLOSED else ""


def holder_of(link: PersonalLink, address: str | None) -> Actor:
    """Who acts by this link: the person it was sent to, with the account if there is one."""
    bundle = link.bundle
    return Actor(bundle.name, user=bundle.holder, address=address)


def _device_digest(link: PersonalLink, secret: str) -> str:
    digest = hashlib.blake2b(f"{link.pk}|{secret}".encode(), digest_size=32, person=b"jendela-device")
    return digest.hexdigest()


def is_known_device(link: PersonalLink, secret: str) -> bool:
    rows = LinkDevice.objects.filter(link=link, ended_at__isnull=True)
    return bool(secret) and rows.filter(digest=_device_digest(link, secret)).exists()


def has_device(link: PersonalLink) -> bool:
    """Was the link ever used? A device that was ended counts too: the next one has to show a code."""
    return LinkDevice.objects.filter(link=link).exists()


def count_devices(link: PersonalLink) -> int:
    return LinkDevice.objects.filter(link=link, ended_at__isnull=True).count()


@transaction.atomic
def bind_first_device(*, link: PersonalLink, secret: str, by: Actor) -> None:
    """'Ini saya, mulai' on the first device; `secret` is what its cookie holds. Raises DeviceNeededError when another
    one was faster."""
    row = PersonalLink.objects.select_for_update(of=("self",)).get(pk=link.pk)
    if has_device(row):
        raise DeviceNeededError
    _bind(row, secret, by)


def _bind(link: PersonalLink, secret: str, by: Actor) -> None:
    LinkDevice.objects.update_or_create(
        digest=_device_digest(link, secret), defaults={"link": link, "ended_at": None}
    )
    record(by=by, action="campaigns.bind_device", target=link.bundle, after={"link": link.pk})


def contact_of(bundle: Bundle) -> tuple[str, str]:
    """(channel, address) to which a code goes; ('', '') where none is known."""
    if bundle.email:
        return "email", bundle.email
    return ("phone", bundle.phone) if bundle.phone else ("", "")


@transaction.atomic
def send_code(*, link: PersonalLink, by: Actor) -> None:
    """A code of six digits to the holder. Raises TooManyCodesError."""
    row = PersonalLink.objects.select_for_update(of=("self",)).get(pk=link.pk)
    now = timezone.now()
    sent = row.codes.filter(made_at__gt=now - datetime.timedelta(hours=1))
    if sent.count() >= CODES_AN_HOUR:
        raise TooManyCodesError
    row.codes.filter(used_at__isnull=True).update(used_at=now)  # the newest code alone works
    code = f"{secrets.randbelow(1_000_000):06}"
    made = LinkCode.objects.create(
        link=row,
        digest=_code_digest(row, code),
        expires_at=now + datetime.timedelta(minutes=CODE_MINUTES),
    )
    record(by=by, action="campaigns.send_code", target=row.bundle, after={"link": row.pk})
    channel, to = contact_of(link.bundle)
    enqueue(
        "notify.send",
        channel=channel or "email",
        to=encrypt(to),
        template="code",
        values=encrypt(json.dumps({"code": code, "minutes": CODE_MINUTES})),
        language=get_language() or "id",
        until=made.expires_at.isoformat(),
    )


@transaction.atomic
def use_code(*, link: PersonalLink, typed: str, secret: str, by: Actor) -> str:
    """Try a typed code: 'ok' (this device may go on), 'wrong' (try again) or 'dead' (a new code is needed)."""
    now = timezone.now()
    rows: Any = LinkCode.objects.select_for_update(of=("self",)).filter(link=link, used_at__isnull=True)
    row = rows.filter(expires_at__gt=now).order_by("-pk").first()
    if row is None:
        return "dead"
    if not secrets.compare_digest(row.digest, _code_digest(link, re.sub(r"\D", "", typed))):
        row.wrong += 1
        row.used_at = now if row.wrong >= CODE_TRIES else None
        row.save(update_fields=["wrong", "used_at"])
        return "dead" if row.used_at else "wrong"
    row.used_at = now
    row.save(update_fields=["used_at"])
    if count_devices(link) >= MOST_DEVICES:
        LinkDevice.objects.filter(link=link, ended_at__isnull=True).update(ended_at=now)
    _bind(link, secret, by)
    return "ok"


def _code_digest(link: PersonalLink, code: str) -> str:
    return lookup_hash(f"isi|{link.pk}|{code}")


@transaction.atomic
def end_other_devices(*, link: PersonalLink, secret: str, by: Actor) -> int:
    """All devices but this one need a code again; how many there were."""
    rows = LinkDevice.objects.filter(link=link, ended_at__isnull=True)
    ended = rows.exclude(digest=_device_digest(link, secret)).update(ended_at=timezone.now())
    if ended:
        record(by=by, action="campaigns.end_devices", target=link.bundle, after={"devices": ended})
    return ended


def masked(bundle: Bundle) -> str:
    """Where a code goes, without saying it to whom only holds the link: 'o…@…' or '…12'."""
    channel, to = contact_of(bundle)
    if channel == "email":
        return f"{to[:1]}…@{to.rpartition('@')[2][:1]}…"
    return f"…{to[-2:]}" if to else ""
