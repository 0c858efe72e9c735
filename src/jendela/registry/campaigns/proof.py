"""The proof that an agency has renewed its list: a short code to print, which anyone can check and nobody can make up.

The code is the number of the bundle and forty bits of an HMAC over it and the moment of sending: a list that is opened
and sent again has a new code.
"""

import base64
import re

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from jendela.registry.campaigns.choices import BundleState, ItemState
from jendela.registry.campaigns.models import Bundle
from jendela.ui.templatetags.ui import path

SALT = "registry.campaigns.proof"
SHAPE = re.compile(r"([0-9A-Z]{1,12})-([A-Z2-7]{4})-([A-Z2-7]{4})")
DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def code_of(bundle: Bundle) -> str:
    """'1K-7QF3-XABD'. Only for a bundle that was sent."""
    if bundle.submitted_at is None:
        raise ValueError("nothing was sent")
    mark = salted_hmac(SALT, f"{bundle.pk}|{bundle.submitted_at.isoformat()}", algorithm="sha256").digest()
    letters = base64.b32encode(mark[:5]).decode()
    return f"{_in_letters(bundle.pk)}-{letters[:4]}-{letters[4:]}"


def _in_letters(number: int) -> str:
    found = ""
    while number:
        number, rest = divmod(number, len(DIGITS))
        found = DIGITS[rest] + found
    return found or "0"


def bundle_of(code: str) -> Bundle | None:
    """The bundle that this code proves, while nothing newer was sent; None for any other code."""
    match = SHAPE.fullmatch(code.strip().upper())
    if match is None:
        return None
    key = int(match[1], 36)
    if key > 2**62:
        return None
    rows = Bundle.objects.select_related("round", "agency")
    row = rows.filter(pk=key, submitted_at__isnull=False).first()
    if row is None or not constant_time_compare(code_of(row), match[0]):
        return None
    return row


def stands(bundle: Bundle) -> bool:
    """Is what was sent still what counts, not opened again and not returned?"""
    return bundle.state in {BundleState.SUBMITTED, BundleState.APPROVED}


def applications(bundle: Bundle) -> int:
    return bundle.items.exclude(state=ItemState.WITHDRAWN).count()


def url_of(code: str) -> str:
    return f"{settings.PUBLIC_URL}{path(f'/bukti/{code}/')}"
