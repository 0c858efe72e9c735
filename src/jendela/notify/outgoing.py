"""The one way this room calls another server: a POST of JSON through the guard of common/outgoing.

Only https (plain http where the operator said that the gateway stands in the own network), no redirects, an address
that is not inside this network unless the operator said so, ten seconds, a short answer. What goes wrong is temporary
(try again) or permanent (an officer must look).
"""

import json
from typing import Any
from urllib.parse import urlsplit

from jendela.common.jobs import PermanentError, TemporaryError
from jendela.common.outgoing import PORTS, OutgoingError, RefusedAddressError, fetch

SECONDS = 10.0
LONGEST_ANSWER = 65_536  # bytes


def post_json(url: str, body: dict[str, Any], *, token: str = "", private: bool = False) -> dict[str, Any]:
    """The JSON object that the server answered, {} for any other success. Raises TemporaryError or PermanentError."""
    host, port = _place(url)
    if not host or not url.startswith(("http://", "https://") if private else "https://"):
        raise PermanentError("the address of the gateway must begin with https://")
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    try:
        answer = fetch(
            url,
            method="POST",
            headers=headers,
            body=json.dumps(body).encode(),
            timeout=SECONDS,
            limit_bytes=LONGEST_ANSWER,
            allow=[host] if private else (),
            ports=PORTS if port is None else {port},  # the operator chose it
        )
    except RefusedAddressError as error:
        hint = "; set JENDELA_PHONE_PRIVATE=1 if that is meant" if error.reason == "private" else ""
        raise PermanentError(f"the gateway is not called: {error}{hint}") from error
    except OutgoingError as error:
        raise TemporaryError(f"the gateway did not answer: {type(error).__name__}") from error
    if answer.status == 429 or answer.status >= 500:
        raise TemporaryError(f"the gateway answered {answer.status}")
    if not 200 <= answer.status < 300:
        raise PermanentError(f"the gateway answered {answer.status}")
    return _object(answer.body)


def _place(url: str) -> tuple[str, int | None]:
    try:
        parts = urlsplit(url)
        return parts.hostname or "", parts.port
    except ValueError:
        return "", None


def _object(text: bytes) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
