"""The body of a message and its signature, as Standard Webhooks 1.0 says: HMAC-SHA256 of 'id.timestamp.body'."""

import base64
import hashlib
import hmac
import json
import secrets

from django.conf import settings
from django.utils import timezone

from jendela.registry.webhooks.models import Delivery

PREFIX = "whsec_"


def new_secret() -> str:
    return PREFIX + base64.b64encode(secrets.token_bytes(32)).decode()


def body_of(row: Delivery) -> bytes:
    """No value of the register: the receiver asks for what it may read. `many`: so many changed that they are not
    named."""
    said = {
        "type": row.type,
        "timestamp": timezone.localtime(row.at).isoformat(timespec="seconds"),
        "data": {"slugs": row.slugs, "many": row.many, "api": f"{settings.PUBLIC_URL}/api/v1/applications"},
    }
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()


def headers_of(row: Delivery, body: bytes, secret: str, timestamp: int) -> dict[str, str]:
    key = base64.b64decode(secret.removeprefix(PREFIX))
    signed = f"{row.event}.{timestamp}.".encode() + body
    signature = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    return {
        "Content-Type": "application/json",
        "webhook-id": str(row.event),
        "webhook-timestamp": str(timestamp),
        "webhook-signature": f"v1,{signature}",
    }
