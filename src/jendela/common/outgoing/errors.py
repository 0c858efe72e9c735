"""What can go wrong with an outgoing request, by its sort. Each knows how far the request came."""

from jendela.common.outgoing.answers import Hop, TlsFault


class OutgoingError(Exception):
    """`url` is the address at which it failed, `hops` the redirects before it."""

    def __init__(self, message: str, *, url: str = "", reason: str = "") -> None:
        super().__init__(message)
        self.url = url
        self.reason = reason
        self.hops: tuple[Hop, ...] = ()


class RefusedAddressError(OutgoingError):
    """Not called at all. `reason`: malformed, scheme, credentials, port, private."""


class NotResolvedError(OutgoingError):
    """The name leads nowhere."""


class TimedOutError(OutgoingError):
    """The deadline passed. `reason` says in which part: resolve, connect, tls, answer, body."""


class TlsError(OutgoingError):
    """The other side is there but cannot be trusted, or no safe handshake was possible. `reason` is a TlsFault."""

    def __init__(self, message: str, *, url: str = "", reason: TlsFault = TlsFault.OTHER) -> None:
        super().__init__(message, url=url, reason=reason)
        self.fault = reason


class ConnectionFailedError(OutgoingError):
    """Nobody listens, or the line broke. `reason`: refused, unreachable, closed."""


class BadAnswerError(OutgoingError):
    """It spoke, but not HTTP as agreed. `reason`: protocol, headers, short, redirect."""


class TooManyRedirectsError(BadAnswerError):
    """More redirects than allowed, or in a circle."""
