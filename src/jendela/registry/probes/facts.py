"""Facts of one probe: what was seen, as JSON and as columns, without judgement. Pure: no network, no database.

The JSON: `reach` {status, why}, `redirects` {hops, final, other_host}, `https` {https, forced, offered}, `tls` {host,
valid, not_after, problem}, `size` {bytes, compressed, complete}, `speed` {first_byte_ms, total_ms}, `page` (see
page_check.py). A part that could not be seen is missing; nothing is guessed.
"""

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from jendela.registry.probes.choices import Outcome, Why
from jendela.registry.probes.page_check import as_facts, check_page, obstacles

ALIVE_BUT_REFUSING = {
    401,
    403,
    405,
    406,
    407,
    429,
}  # a server that answers so is there; some turn robots away
_CHARSET = re.compile(r"charset=[\"']?([\w.:-]{2,40})", re.IGNORECASE)


@dataclass(frozen=True)
class Certificate:
    """What a server shows: valid for this host and trusted, until when, or what is wrong in words of the library."""

    host: str
    valid: bool
    not_after: datetime.datetime | None = None
    problem: str = ""


@dataclass(frozen=True)
class Page:
    """The answer at the end of all redirects. Milliseconds and bytes; `size` as it went over the line."""

    url: str
    status: int
    headers: Mapping[str, str]  # names in lower case
    body: bytes  # unpacked, perhaps cut
    size: int
    complete: bool
    hops: tuple[str, ...] = ()  # addresses on the way, the asked one first
    first_byte_ms: int | None = None
    total_ms: int | None = None


@dataclass(frozen=True)
class Seen:
    """Everything one probe saw. Without a page, `why` says why."""

    asked: str
    page: Page | None = None
    why: Why = Why.NONE
    certificate: Certificate | None = None
    forced: bool | None = None  # http leads to https; None: not asked
    offered: bool | None = None  # HTTPS is there though the address says http; None: not asked


@dataclass(frozen=True)
class Facts:
    outcome: Outcome
    why: Why
    facts: dict[str, Any]
    columns: dict[str, Any] = field(default_factory=dict)


SKIPS = {
    Why.OWN_NETWORK,
    Why.ROBOTS,
    Why.ROBOTS_BROKEN,
    Why.INTERNAL,
    Why.LEADS_INSIDE,
    Why.PORT,
    Why.BAD_ADDRESS,
}


def facts_of(seen: Seen) -> Facts:
    """What was seen as facts, and whether the application answered."""
    outcome, why = _outcome(seen)
    facts: dict[str, Any] = {"reach": {"status": seen.page.status if seen.page else None, "why": why.value}}
    columns: dict[str, Any] = {"asked": seen.asked}
    if seen.certificate is not None:
        one = seen.certificate
        facts["tls"] = {
            "host": one.host,
            "valid": one.valid,
            "not_after": one.not_after.isoformat() if one.not_after else None,
            "problem": one.problem[:200],
        }
        columns |= {"tls_valid": one.valid, "tls_not_after": one.not_after}
    if seen.page is not None:
        _page_facts(seen, seen.page, facts, columns, whole=outcome is Outcome.ANSWERED)
    elif seen.certificate is not None:  # it speaks HTTPS, though nobody trusts it
        facts["https"] = {"https": True, "forced": seen.forced, "offered": True}
        columns |= {"https": True, "https_forced": seen.forced}
    return Facts(outcome, why, facts, columns)


def _outcome(seen: Seen) -> tuple[Outcome, Why]:
    if seen.why in SKIPS:
        return Outcome.SKIPPED, seen.why
    if seen.page is None:
        untrusted = seen.certificate is not None and not seen.certificate.valid
        if seen.why is Why.NONE and untrusted:
            return Outcome.ANSWERED, Why.NONE  # somebody is there; the certificate is a fact of its own
        return Outcome.FAILED, seen.why if seen.why is not Why.NONE else Why.CONNECTION
    status = seen.page.status
    if status < 400 or status in ALIVE_BUT_REFUSING:
        return Outcome.ANSWERED, Why.NONE
    return Outcome.FAILED, Why.SERVER if status >= 500 else Why.GONE


def _page_facts(
    seen: Seen, page: Page, facts: dict[str, Any], columns: dict[str, Any], *, whole: bool
) -> None:
    other = site_of(page.url) != site_of(seen.asked)
    facts["redirects"] = {
        "hops": [hop[:300] for hop in page.hops[:10]],
        "final": page.url[:300],
        "other_host": other,
    }
    https = page.url.startswith("https:")
    facts["https"] = {"https": https, "forced": seen.forced, "offered": https or seen.offered}
    columns |= {"status": page.status, "other_host": other, "https": https, "https_forced": seen.forced}
    if not whole:
        return  # speed, size and obstacles of an error page say nothing of the application
    facts["speed"] = {"first_byte_ms": page.first_byte_ms, "total_ms": page.total_ms}
    packed = page.headers.get("content-encoding", "").lower()
    facts["size"] = {
        "bytes": page.size,
        "compressed": packed in ("gzip", "br", "zstd", "deflate"),
        "complete": page.complete,
    }
    columns |= {"first_byte_ms": page.first_byte_ms, "total_ms": page.total_ms, "size_bytes": page.size}
    if page.status < 400 and "html" in page.headers.get("content-type", "").lower():
        facts["page"] = as_facts(check_page(text_of(page)))
        if not facts["page"]["by_script"]:
            columns["access_issues"] = len(obstacles(facts["page"]))


def site_of(url: str) -> str:
    """The host without 'www.': both are one site."""
    return (urlsplit(url).hostname or "").lower().removeprefix("www.")


def text_of(page: Page) -> str:
    """The page as text, by the charset it names; bytes that fit nothing become marks."""
    named = _CHARSET.search(page.headers.get("content-type", "")) or _CHARSET.search(
        page.body[:1024].decode("ascii", "replace")
    )
    try:
        return page.body.decode(named[1] if named else "utf-8", "replace")
    except LookupError:
        return page.body.decode("utf-8", "replace")
