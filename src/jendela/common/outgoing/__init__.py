"""The one way this system asks other servers: `fetch` for an answer over HTTP, `inspect_tls` for a certificate.

A name is looked up once and exactly that address is called, after it was found to lie outside every own network
(addresses.py). Each redirect is guarded like the first address. One deadline covers everything, from the name to the
last byte; the answer is cut at a limit. No cookies, no proxies, no compression unless asked for.
"""

from jendela.common.outgoing.addresses import PORTS
from jendela.common.outgoing.answers import Answer, Hop, Tls, TlsFault
from jendela.common.outgoing.errors import (
    BadAnswerError,
    ConnectionFailedError,
    NotResolvedError,
    OutgoingError,
    RefusedAddressError,
    TimedOutError,
    TlsError,
    TooManyRedirectsError,
)
from jendela.common.outgoing.fetching import fetch
from jendela.common.outgoing.tls import inspect_tls

__all__ = [
    "PORTS",
    "Answer",
    "BadAnswerError",
    "ConnectionFailedError",
    "Hop",
    "NotResolvedError",
    "OutgoingError",
    "RefusedAddressError",
    "TimedOutError",
    "Tls",
    "TlsError",
    "TlsFault",
    "TooManyRedirectsError",
    "fetch",
    "inspect_tls",
]
