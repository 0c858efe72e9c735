"""Asks one address, politely and through the guard of common/outgoing: robots.txt first (kept for a day), then the
page with its redirects and certificate, and whether http leads to https. One request after the other, with a pause
between; inner addresses only where their host is allowed by name. Nothing is sent but the question and our name."""

import time
import zlib
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings

from jendela.common import outgoing
from jendela.registry.probes.choices import Why
from jendela.registry.probes.facts import Certificate, Page, Seen
from jendela.registry.probes.robots import MOST_BYTES, NAME, Robots, may_ask
from jendela.registry.probes.schedule import origin_of

TIMEOUT = 20.0  # seconds for one request with its redirects, however slowly it drips
MOST_REDIRECTS = 5
MOST_PAGE = 3_000_000  # bytes over the line; more is not read
MOST_UNPACKED = 6_000_000
USUAL = {"http": 80, "https": 443}
TWINS = {443: 80, 80: 443}  # where the same page is expected without, or with, TLS

WHYS: tuple[tuple[type[outgoing.OutgoingError], Why], ...] = (
    (outgoing.NotResolvedError, Why.NAME),
    (outgoing.TimedOutError, Why.SILENT),
    (outgoing.ConnectionFailedError, Why.CONNECTION),
    (outgoing.TooManyRedirectsError, Why.CIRCLE),
    (outgoing.BadAnswerError, Why.BROKEN),
)


@dataclass(frozen=True)
class Measured:
    seen: Seen
    robots: Robots | None  # asked just now, to be kept


@dataclass
class _Visit:
    """One visit of one address. A server that is not trusted is asked once more without trust: the page then still
    shows whether anybody is there, and the certificate is a fact of its own."""

    url: str
    allowed: frozenset[str]
    robots: Robots | None
    fresh: Robots | None = None
    untrusted: Certificate | None = None
    blind: bool = False  # this machine knows no issuers: of certificates nothing can be said
    asked: int = 0

    def pause(self) -> None:
        if self.asked:
            time.sleep(settings.PROBES_PAUSE)
        self.asked += 1

    def fetch(self, url: str, *, most: int | None = None) -> outgoing.Answer:
        self.pause()
        return outgoing.fetch(
            url,
            headers={
                "User-Agent": f"{NAME}/1 (+{settings.PUBLIC_URL}/cara-kerja/)",
                "Accept": "text/html,*/*;q=0.5",
                "Accept-Encoding": "gzip",
                "Accept-Language": "id",
            },
            timeout=TIMEOUT,
            limit_bytes=most or MOST_PAGE,
            max_redirects=MOST_REDIRECTS,
            allow=self.allowed,
            verify=self.untrusted is None and not self.blind,
            ca_file=_issuers(),
        )

    def inspect(self, host: str, port: int) -> outgoing.Tls | None:
        """The certificate of a host; None when it speaks no TLS there."""
        self.pause()
        try:
            return outgoing.inspect_tls(host, port, timeout=TIMEOUT, allow=self.allowed, ca_file=_issuers())
        except outgoing.OutgoingError:
            return None


def _issuers() -> Path | None:
    return Path(settings.PROBES_CA_FILE) if settings.PROBES_CA_FILE else None


def measure(url: str, *, allowed: frozenset[str], robots: Robots | None) -> Measured:
    """Look at one address. `robots` is what its host said within the day, None to ask it. Every failure is an answer;
    nothing is raised for what a server does."""
    visit = _Visit(url, allowed, robots)
    try:
        try:
            seen = _look(visit)
        except outgoing.TlsError as error:
            _distrust(visit, error)
            seen = _look(visit)
    except outgoing.TlsError as error:  # no safe handshake at all, or the second look met another bad host
        bad = visit.untrusted or _untrusted(visit, error)
        seen = Seen(asked=url, certificate=bad)
    except outgoing.OutgoingError as error:
        seen = Seen(asked=url, why=why_of(error), certificate=visit.untrusted)
    return Measured(seen, visit.fresh)


def _distrust(visit: _Visit, error: outgoing.TlsError) -> None:
    """Ask on without trust, and keep what was wrong."""
    if error.fault is outgoing.TlsFault.NO_TRUST:
        visit.blind = True
    else:
        visit.untrusted = _untrusted(visit, error)


def _untrusted(visit: _Visit, error: outgoing.TlsError) -> Certificate:
    parts = urlsplit(error.url)
    host = parts.hostname or ""
    found = visit.inspect(host, parts.port or USUAL["https"])
    return Certificate(
        host, valid=False, not_after=found.not_after if found else None, problem=str(error.fault)
    )


def _look(visit: _Visit) -> Seen:
    if visit.robots is None:
        visit.robots = visit.fresh = _ask_robots(visit)
    allowed = may_ask(visit.robots, visit.url)
    if allowed is not True:
        return Seen(asked=visit.url, why=Why.ROBOTS if allowed is False else Why.ROBOTS_BROKEN)
    answer = visit.fetch(visit.url)
    page = Page(
        url=answer.url,
        status=answer.status,
        headers=answer.headers,
        body=_unpacked(answer),
        size=len(answer.body),
        complete=not answer.truncated,
        hops=tuple(hop.url for hop in answer.hops),
        first_byte_ms=round(answer.first_byte * 1000),
        total_ms=round(answer.seconds * 1000),
    )
    forced, offered = _https(visit, answer.url)
    return Seen(visit.url, page, certificate=_certificate(visit, answer), forced=forced, offered=offered)


def _ask_robots(visit: _Visit) -> Robots:
    """Rules that lie behind a redirect which may not or cannot be followed are no rules; every other failure is one of
    the server, and is raised."""
    try:
        answer = visit.fetch(f"{origin_of(visit.url)}/robots.txt", most=MOST_BYTES)
    except outgoing.TlsError:
        raise
    except outgoing.OutgoingError as error:
        if error.hops:
            return Robots(404)
        raise
    if answer.status != 200:
        return Robots(answer.status)
    return Robots(200, _unpacked(answer).decode("utf-8", "replace").lstrip("\ufeff")[:MOST_BYTES])


def _unpacked(answer: outgoing.Answer) -> bytes:
    """The body as a browser reads it, at most MOST_UNPACKED: a small answer may unpack to any size."""
    if answer.headers.get("content-encoding", "").lower() != "gzip":
        return answer.body
    try:
        return zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(answer.body, MOST_UNPACKED)
    except zlib.error:
        return b""


def _certificate(visit: _Visit, answer: outgoing.Answer) -> Certificate | None:
    """Of the page at the end; a bad one on the way is what visitors meet first."""
    if visit.untrusted is not None:
        return visit.untrusted
    if answer.tls is None or not answer.tls.valid:
        return None
    return Certificate(urlsplit(answer.url).hostname or "", valid=True, not_after=answer.tls.not_after)


def _https(visit: _Visit, final: str) -> tuple[bool | None, bool | None]:
    """Does http lead to https, and is https there at all? None where the port is unusual: its twin is not known."""
    parts = urlsplit(visit.url)
    host, port = parts.hostname or "", parts.port or USUAL[parts.scheme]
    twin = TWINS.get(port)
    if parts.scheme == "http":
        if final.startswith("https:"):
            return True, True
        return False, None if twin is None else visit.inspect(host, twin) is not None
    if twin is None:
        return None, True
    name = f"[{host}]" if ":" in host else host
    query = f"?{parts.query}" if parts.query else ""
    try:
        ends = visit.fetch(f"http://{name}:{twin}{parts.path or '/'}{query}", most=1).url
    except outgoing.ConnectionFailedError:
        return True, True  # nobody listens there: no way but https
    except outgoing.TlsError as error:
        ends = error.url
    except outgoing.OutgoingError:
        return None, True
    return ends.startswith("https:"), True


def why_of(error: outgoing.OutgoingError) -> Why:
    """Why there is no page. An inner address is met at once, or behind a redirect: the second is worth saying."""
    if isinstance(error, outgoing.RefusedAddressError):
        private = Why.LEADS_INSIDE if error.hops else Why.INTERNAL
        return {"private": private, "port": Why.PORT}.get(error.reason, Why.BAD_ADDRESS)
    return next((why for kind, why in WHYS if isinstance(error, kind)), Why.BROKEN)
