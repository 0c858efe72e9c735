"""One guarded request with its redirects."""

import contextlib
import http.client
import time
from collections.abc import Collection, Mapping
from pathlib import Path
from urllib.parse import quote, urljoin

from jendela.common.outgoing.addresses import PORTS, Target, parse, resolve
from jendela.common.outgoing.answers import Answer, Hop, Tls
from jendela.common.outgoing.errors import BadAnswerError, OutgoingError, TooManyRedirectsError
from jendela.common.outgoing.lines import Line, connect
from jendela.common.outgoing.tls import context_for, secure

MOST_HEADER_BYTES = 65_536
REDIRECTS = {301, 302, 303, 307, 308}
_OWN_TO_A_HOST = {"authorization", "cookie", "proxy-authorization"}


def fetch(
    url: str,
    *,
    method: str = "GET",
    headers: Mapping[str, str] | None = None,
    body: bytes | None = None,
    timeout: float = 10.0,
    limit_bytes: int = 1_048_576,
    max_redirects: int = 0,
    allow: Collection[str] = (),
    ports: Collection[int] = PORTS,
    verify: bool = True,
    ca_file: Path | None = None,
) -> Answer:
    """Ask another server. `timeout` in seconds is the deadline of everything together; of the body at most
    `limit_bytes` are read. With `max_redirects=0` a redirect is the answer. `allow` names hosts ('simpeg.lan',
    '127.0.0.1:8001') that may lie in the own network and at any port. `ports` are those that may be called elsewhere.
    `ca_file` is a PEM file of issuers trusted beside those of the system. Raises an OutgoingError: RefusedAddressError,
    NotResolvedError, TimedOutError, TlsError, ConnectionFailedError, BadAnswerError."""
    started = time.monotonic()
    deadline = started + timeout
    sent = {"Accept-Encoding": "identity", "User-Agent": "Jendela", "Connection": "close"}
    sent = _merged(sent, headers or {})
    hops: list[Hop] = []
    try:
        target = parse(url)
        while True:
            seen = {hop.url for hop in hops}
            addresses = resolve(target, allow=allow, ports=ports, deadline=deadline)
            with connect(target, addresses, deadline) as line:
                tls = (
                    secure(line, target, context_for(verify=verify, ca_file=ca_file))
                    if target.scheme == "https"
                    else None
                )
                answer = _ask(
                    line, target, method=method, headers=sent, body=body, limit=limit_bytes, tls=tls
                )
            place = answer.headers.get("location", "")
            if answer.status not in REDIRECTS or not place or max_redirects == 0:
                return _finished(answer, hops, started)
            hops.append(Hop(target.url, answer.status))
            following = parse(_absolute(target.url, place))
            if len(hops) > max_redirects or following.url in seen | {target.url}:
                raise TooManyRedirectsError("too many redirects", url=following.url, reason="redirect")
            if following.host != target.host or following.scheme != target.scheme:
                sent = {name: text for name, text in sent.items() if name.lower() not in _OWN_TO_A_HOST}
            if answer.status == 303 or (answer.status in {301, 302} and method == "POST"):
                method, body = ("HEAD" if method == "HEAD" else "GET"), None
                sent = {name: text for name, text in sent.items() if name.lower() != "content-type"}
            target = following
    except OutgoingError as error:
        error.hops = tuple(hops)
        raise


def _merged(defaults: dict[str, str], own: Mapping[str, str]) -> dict[str, str]:
    named = {name.lower() for name in own} | {"host", "content-length", "transfer-encoding"}
    kept = {name: text for name, text in defaults.items() if name.lower() not in named}
    return kept | {name: text for name, text in own.items() if name.lower() != "host"}


def _absolute(base: str, place: str) -> str:
    """Where a redirect leads; servers send raw UTF-8 there, which the library hands on as Latin-1."""
    with contextlib.suppress(UnicodeError):
        place = place.encode("latin-1").decode("utf-8")
    try:
        return urljoin(base, quote(place.strip(), safe="/%:@!$&'()*+,;=~-._?#[]"))
    except ValueError as error:
        raise BadAnswerError("the redirect leads nowhere", url=base, reason="redirect") from error


def _ask(
    line: Line,
    target: Target,
    *,
    method: str,
    headers: Mapping[str, str],
    body: bytes | None,
    limit: int,
    tls: Tls | None,
) -> Answer:
    """Send the request on an open line and read the answer."""
    talk = http.client.HTTPConnection(target.host, target.port)
    talk.sock = line  # offers what http.client asks of a socket
    asked = time.monotonic()
    with line.errors("answer"):
        line.budget = MOST_HEADER_BYTES
        talk.request(method, target.path, body, {"Host": target.authority, **headers})
        response = talk.getresponse()
    first = (line.first_byte_at or asked) - asked
    with line.errors("body"):
        line.budget = 4 * limit + MOST_HEADER_BYTES  # chunks of one byte carry more frame than text
        text = response.read(limit + 1)
        missing = response.length
    if len(text) <= limit and missing:
        raise BadAnswerError("the answer ended early", url=target.url, reason="short")
    found: dict[str, str] = {}
    for title, value in response.getheaders():
        name = title.lower()
        found[name] = f"{found[name]}, {value}" if name in found else value
    return Answer(
        status=response.status,
        headers=found,
        body=text[:limit],
        truncated=len(text) > limit,
        url=target.url,
        first_byte=first,
        tls=tls,
        address=line.address,
    )


def _finished(answer: Answer, hops: list[Hop], started: float) -> Answer:
    return Answer(**{**vars(answer), "hops": tuple(hops), "seconds": time.monotonic() - started})
