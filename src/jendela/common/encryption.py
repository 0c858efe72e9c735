"""Personal data at rest: AES-256-GCM under keys of the settings, and a keyed hash to look a value up.

A stored value is `<key number>:<base64 of nonce and ciphertext>`. `settings.DATA_KEYS` maps key numbers to secrets; the
highest number encrypts, every number decrypts, so that a key can be followed by another.
"""

import base64
import hashlib
import hmac
import secrets
from functools import cache
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import models

NONCE = 12  # bytes, as NIST SP 800-38D asks for


class UnreadableError(Exception):
    """A stored value that none of the keys opens."""


@cache
def _cipher(secret: str) -> AESGCM:
    return AESGCM(hashlib.blake2b(secret.encode(), digest_size=32, person=b"jendela-cipher").digest())


def encrypt(text: str) -> str:
    """The stored form of a text; '' stays ''."""
    if not text:
        return ""
    number = max(settings.DATA_KEYS)
    nonce = secrets.token_bytes(NONCE)
    sealed = nonce + _cipher(settings.DATA_KEYS[number]).encrypt(nonce, text.encode(), None)
    return f"{number}:{base64.b64encode(sealed).decode()}"


def decrypt(stored: str) -> str:
    """The text of a stored form. Raises UnreadableError."""
    if not stored:
        return ""
    number, _, sealed = stored.partition(":")
    secret = settings.DATA_KEYS.get(int(number)) if number.isdigit() else None
    if secret is None:
        raise UnreadableError("no such key")
    try:
        raw = base64.b64decode(sealed, validate=True)
        return _cipher(secret).decrypt(raw[:NONCE], raw[NONCE:], None).decode()
    except (InvalidTag, ValueError) as error:
        raise UnreadableError("wrong key or damaged value") from error


def lookup_hash(text: str) -> str:
    """A keyed hash of 64 letters by which an encrypted value is found again; '' of ''. Made with the first key, which
    therefore is never taken away before all hashes are made anew (common/rotation.py)."""
    if not text:
        return ""
    key = hashlib.blake2b(
        settings.DATA_KEYS[min(settings.DATA_KEYS)].encode(), digest_size=32, person=b"jendela-lookup"
    ).digest()
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


class EncryptedTextField(models.TextField):  # type: ignore[type-arg]  # the class takes no arguments when it runs
    """Text that the database only holds encrypted. It cannot be searched: keep `lookup_hash` beside it."""

    def get_prep_value(self, value: Any) -> Any:
        return None if value is None else encrypt(str(value))

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> str | None:
        return None if value is None else decrypt(value)
