"""Asks one address, politely and through the guard of common/outgoing.py: robots.txt first (kept for a day), then the
page with its redirects, the certificate, and whether http leads to https. At most four requests, with a pause
between; private addresses only where the host is allowed by name."""

from dataclasses import dataclass

from jendela.registry.probes.facts import Seen
from jendela.registry.probes.robots import Robots


@dataclass(frozen=True)
class Measured:
    seen: Seen
    robots: Robots | None  # asked just now, to be kept


def measure(url: str, *, allowed: frozenset[str], robots: Robots | None) -> Measured:
    raise NotImplementedError
