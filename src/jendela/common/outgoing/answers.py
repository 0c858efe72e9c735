"""What comes back from another server."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class TlsFault(StrEnum):
    """Why a certificate or a handshake is not good."""

    NONE = ""
    EXPIRED = "expired"
    NOT_YET = "not_yet"  # begins in the future
    SELF_SIGNED = "self_signed"
    UNKNOWN_ISSUER = "unknown_issuer"  # or a link of the chain is missing
    WRONG_HOST = "wrong_host"
    OLD_VERSION = "old_version"  # offers nothing that is safe today
    NO_TRUST = (
        "no_trust"  # this machine knows no issuers at all (ca-certificates): says nothing of the server
    )
    OTHER = "other"


@dataclass(frozen=True)
class Tls:
    """A certificate as a server showed it. `valid` is None when nobody checked it. Names as RFC 4514 texts."""

    valid: bool | None
    reason: TlsFault = TlsFault.NONE
    not_before: datetime.datetime | None = None
    not_after: datetime.datetime | None = None
    subject: str = ""
    issuer: str = ""
    names: tuple[str, ...] = ()  # hosts it is made for
    version: str = ""  # "TLSv1.3"
    detail: str = ""  # what the library said


@dataclass(frozen=True)
class Hop:
    """One redirect on the way: the address that answered, and its status."""

    url: str
    status: int


@dataclass(frozen=True)
class Answer:
    """The last answer. `headers` have names in lower case; repeated ones are joined by ', '. `body` is as it went over
    the line (compressed where the caller asked for that), cut where `truncated`. `hops` are the redirects that were
    followed, the last answer not among them. Times in seconds: `seconds` from the first look-up to the last byte,
    `first_byte` from the last request to the first byte of its answer."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    truncated: bool
    url: str
    hops: tuple[Hop, ...] = ()
    seconds: float = 0.0
    first_byte: float = 0.0
    tls: Tls | None = None
    address: str = ""  # the IP address that answered
