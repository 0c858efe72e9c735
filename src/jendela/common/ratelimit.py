"""Rate limits shared by all processes of this machine: fixed windows in a shared file, no database.

65,536 slots of 24 bytes (fingerprint, window, count). Two keys that fall on one slot push each other out, which only
ever forgives; a limit is a brake against floods, not an account.
"""

import hashlib
import ipaddress
import re
import threading
import time
from dataclasses import dataclass
from functools import cache

from django.conf import settings

from jendela.common.sharedmemory import SharedFile

SLOTS = 65_536
SIZE = 24
_lock = threading.Lock()
_WITH_PORT = re.compile(r"\[(.+)\]:\d+|([\d.]+):\d+")


@dataclass(frozen=True)
class Verdict:
    allowed: bool
    limit: int
    remaining: int
    reset: int  # seconds until the window ends


@cache
def _table() -> SharedFile:
    return SharedFile(settings.RUN_DIR / "rate_limits", SLOTS * SIZE)


def hit(scope: str, key: str, *, limit: int, seconds: int, now: float | None = None) -> Verdict:
    """Count one request of `key` in `scope` and say whether it is within `limit` per `seconds`."""
    moment = time.time() if now is None else now
    window = int(moment // seconds)
    digest = hashlib.blake2b(
        f"{scope}|{seconds}|{_network(key)}".encode(), digest_size=8, key=settings.SECRET_KEY.encode()[:64]
    )
    fingerprint = int.from_bytes(digest.digest(), "little") >> 1
    offset = (fingerprint % SLOTS) * SIZE
    table = _table()
    with _lock, table.locked(offset, SIZE):
        same = table.read_int(offset) == fingerprint and table.read_int(offset + 8) == window
        count = table.read_int(offset + 16) + 1 if same else 1
        table.write_int(offset, fingerprint)
        table.write_int(offset + 8, window)
        table.write_int(offset + 16, count)
    return Verdict(count <= limit, limit, max(0, limit - count), int((window + 1) * seconds - moment) + 1)


def _network(key: str) -> str:
    """One household has as many IPv6 addresses as it likes: their /64 counts as one. Any other key is its own."""
    if ":" not in key:
        return key
    try:
        address = ipaddress.IPv6Address(key)
    except ValueError:
        return key
    return str(address.ipv4_mapped or ipaddress.IPv6Network((address, 64), strict=False))


def address_of(meta: dict[str, str]) -> str:
    """The caller's address from a WSGI environ: REMOTE_ADDR, or the entry of X-Forwarded-For that the last of
    settings.TRUSTED_PROXIES proxies wrote, when that is an address (some write 'unknown', some add a port)."""
    if settings.TRUSTED_PROXIES:
        chain = [part.strip() for part in meta.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
        if len(chain) >= settings.TRUSTED_PROXIES:
            said = _plain(chain[-settings.TRUSTED_PROXIES])
            if said:
                return said
    return meta.get("REMOTE_ADDR", "")


def _plain(entry: str) -> str:
    """The address of an entry, without brackets, port and zone; '' when it is none."""
    found = _WITH_PORT.fullmatch(entry)
    host = (found[1] or found[2]) if found else entry.strip("[]")
    try:
        return str(ipaddress.ip_address(host.partition("%")[0]))
    except ValueError:
        return ""
