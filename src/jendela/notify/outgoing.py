"""The one way this room calls another server: a guarded POST of JSON.

Only https (plain http where the operator said that the gateway stands in the own network), no redirects, an address
that is not inside this network unless the operator said so, ten seconds, a short answer. What goes wrong is temporary
(try again) or permanent (an officer must look).
"""

import http.client
import ipaddress
import json
import socket
import ssl
from typing import Any
from urllib.parse import SplitResult, urlsplit

from jendela.common.jobs import PermanentError, TemporaryError

SECONDS = 10
LONGEST_ANSWER = 65_536  # bytes


def post_json(url: str, body: dict[str, Any], *, token: str = "", private: bool = False) -> dict[str, Any]:
    """The JSON object that the server answered, {} for any other success. Raises TemporaryError or PermanentError."""
    parts = urlsplit(url)
    if parts.scheme not in ({"http", "https"} if private else {"https"}) or not parts.hostname:
        raise PermanentError("the address of the gateway must begin with https://")
    address = _resolve(parts, private=private)
    headers = {
        "Content-Type": "application/json",
        "Accept": "application/json",
        "Host": parts.netloc.split("@")[-1],
    }
    if token:
        headers["Authorization"] = f"Bearer {token}"
    try:
        link = _connect(parts, address)
        try:
            target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            link.request("POST", target, json.dumps(body).encode(), headers)
            answer = link.getresponse()
            status, text = answer.status, answer.read(LONGEST_ANSWER)
        finally:
            link.close()
    except (OSError, http.client.HTTPException) as error:
        raise TemporaryError(f"the gateway did not answer: {type(error).__name__}") from error
    if status == 429 or status >= 500:
        raise TemporaryError(f"the gateway answered {status}")
    if not 200 <= status < 300:
        raise PermanentError(f"the gateway answered {status}")
    return _object(text)


def _resolve(parts: SplitResult, *, private: bool) -> tuple[str, int]:
    """The address that will be called: looked up once, so that a name cannot point elsewhere a moment later."""
    port = parts.port or (443 if parts.scheme == "https" else 80)
    try:
        found = socket.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise TemporaryError("the name of the gateway was not found") from error
    host = str(found[0][4][0])
    if not private and not ipaddress.ip_address(host).is_global:
        raise PermanentError(
            "the gateway lies in the own network; set JENDELA_PHONE_PRIVATE=1 if that is meant"
        )
    return host, port


def _connect(parts: SplitResult, address: tuple[str, int]) -> http.client.HTTPConnection:
    link = http.client.HTTPConnection(parts.hostname or "", address[1], timeout=SECONDS)
    plain = socket.create_connection(address, timeout=SECONDS)
    if parts.scheme == "https":
        plain = ssl.create_default_context().wrap_socket(plain, server_hostname=parts.hostname)
    link.sock = plain
    return link


def _object(text: bytes) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
