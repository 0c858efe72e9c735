"""Which addresses may be called: public ones, at the ports of the web. A host allowed by name may also lie in the own
network; link-local, multicast and unspecified addresses are never called (cloud machines answer secrets there)."""

import ipaddress
import queue
import re
import socket
import threading
import time
from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from jendela.common.outgoing.errors import NotResolvedError, RefusedAddressError, TimedOutError

PORTS = frozenset({80, 443, 8080, 8443})
DEFAULT_PORTS = {"http": 80, "https": 443}
LONGEST_URL = 2048
MOST_ADDRESSES = 4  # of one name that are tried

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
_HOST = re.compile(r"[a-z0-9_](?:[a-z0-9._-]*[a-z0-9_])?\.?")
_SAFE = "/%:@!$&'()*+,;=~-._"
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_SIXTOFOUR = ipaddress.IPv6Network("2002::/16")
_GLOBAL_SIX = ipaddress.IPv6Network("2000::/3")
_NEVER_SIX = tuple(map(ipaddress.IPv6Network, ("2001::/23", "2001:db8::/32", "3fff::/20")))
_NEVER_FOUR = tuple(map(ipaddress.IPv4Network, ("192.0.0.0/24", "192.88.99.0/24", "240.0.0.0/4")))


@dataclass(frozen=True)
class Target:
    """An address as it will be called."""

    scheme: str
    host: str  # ASCII, lower case, without brackets
    port: int
    path: str  # with its query

    @property
    def authority(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == DEFAULT_PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        return f"{self.scheme}://{self.authority}{self.path}"


def parse(url: str) -> Target:
    """Raises RefusedAddressError for anything but a plain http or https address."""

    def refuse(message: str, reason: str) -> RefusedAddressError:
        return RefusedAddressError(message, url=url[:LONGEST_URL], reason=reason)

    if len(url) > LONGEST_URL or any(ord(letter) < 33 or ord(letter) == 127 for letter in url):
        raise refuse("the address is too long or holds spaces", "malformed")
    try:
        parts = urlsplit(url)
        port = parts.port
        name = parts.hostname or ""
    except ValueError as error:
        raise refuse("the address cannot be read", "malformed") from error
    if parts.scheme not in DEFAULT_PORTS:
        raise refuse("only http and https are called", "scheme")
    if "@" in parts.netloc:
        raise refuse("an address with a user name is not called", "credentials")
    path = quote(parts.path or "/", safe=_SAFE)
    if parts.query:
        path += "?" + quote(parts.query, safe=_SAFE + "?[]")
    host = _host(name)
    if not host or ("[" in parts.netloc and ":" not in host):
        raise refuse("the address names no host", "malformed")
    return Target(parts.scheme, host, DEFAULT_PORTS[parts.scheme] if port is None else port, path)


def _host(name: str) -> str:
    """The host in ASCII, or '' when it is none."""
    if ":" in name:
        try:
            return str(ipaddress.IPv6Address(name))
        except ValueError:
            return ""
    try:
        plain = name if name.isascii() else name.encode("idna").decode("ascii")
    except UnicodeError:
        return ""
    plain = plain.lower()
    return plain.rstrip(".") if len(plain) <= 253 and _HOST.fullmatch(plain) else ""


def is_public(address: Address) -> bool:
    """Does this address lie on the public internet? Addresses that wrap another (IPv4-mapped, 6to4, NAT64) are judged
    by the one inside."""
    if isinstance(address, ipaddress.IPv4Address):
        never = address.is_multicast or any(address in network for network in _NEVER_FOUR)
        return address.is_global and not never
    inner = address.ipv4_mapped or (address.sixtofour if address in _SIXTOFOUR else None)
    if address in _NAT64:
        inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    if inner is not None:
        return is_public(inner)
    return address in _GLOBAL_SIX and not any(address in network for network in _NEVER_SIX)


def may_be_allowed(address: Address) -> bool:
    """May somebody allow this address by its name? Own networks and this machine, nothing stranger."""
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    if is_public(address):
        return True
    strange = address.is_link_local or address.is_multicast or address.is_unspecified
    wraps = isinstance(address, ipaddress.IPv6Address) and (address in _NAT64 or address in _SIXTOFOUR)
    broadcast = isinstance(address, ipaddress.IPv4Address) and int(address) == 0xFFFFFFFF
    return not (strange or wraps or broadcast)


def is_allowed_by_name(target: Target, allow: Collection[str]) -> bool:
    """`allow` holds hosts ('simpeg.lan') or hosts with one port ('127.0.0.1:8001', '[::1]:8001')."""
    host = f"[{target.host}]" if ":" in target.host else target.host
    names = {name.strip().lower().rstrip(".") for name in allow}
    return bool(names & {target.host, host, f"{host}:{target.port}"})


def resolve(target: Target, *, allow: Collection[str], ports: Collection[int], deadline: float) -> list[str]:
    """The IP addresses of the target that may be called, at least one; `deadline` on the monotonic clock. Raises
    RefusedAddressError, NotResolvedError or TimedOutError."""
    by_name = is_allowed_by_name(target, allow)
    if not by_name and target.port not in ports:
        raise RefusedAddressError(f"port {target.port} is not called", url=target.url, reason="port")
    found = _look_up(target, deadline)
    may = may_be_allowed if by_name else is_public
    good = [text for text in found if may(ipaddress.ip_address(text.partition("%")[0]))]
    if not good:
        raise RefusedAddressError("the address lies in the own network", url=target.url, reason="private")
    return good[:MOST_ADDRESSES]


def _look_up(target: Target, deadline: float) -> list[str]:
    """Asked in a thread of its own: the system's look-up knows no deadline."""
    answers: queue.SimpleQueue[list[str] | OSError] = queue.SimpleQueue()

    def ask() -> None:
        try:
            found = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
            answers.put(list(dict.fromkeys(str(entry[4][0]) for entry in found)))
        except Exception as error:  # whatever it is, the caller must hear of it
            answers.put(error if isinstance(error, OSError) else OSError(str(error)))

    threading.Thread(target=ask, name="look-up", daemon=True).start()
    try:
        found = answers.get(timeout=max(0.0, deadline - time.monotonic()))
    except queue.Empty:
        raise TimedOutError("the name was not found in time", url=target.url, reason="resolve") from None
    if isinstance(found, OSError) or not found:
        raise NotResolvedError("the name was not found", url=target.url)
    return found
