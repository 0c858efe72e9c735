"""Addresses as facts: the host with what tells apart on it, and the id in an app store."""

import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import parse_qs, urlsplit

from jendela.registry.overlap.matching.owners import is_office

STORE_HOSTS = ("play.google.com", "apps.apple.com", "itunes.apple.com", "appgallery.huawei.com")
# hosts that thousands share: only the whole address says anything
SHARED_HOSTS = frozenset(
    {
        "bit.ly", "s.id", "linktr.ee", "forms.gle", "docs.google.com", "drive.google.com", "sites.google.com", "wa.me",
        "facebook.com", "instagram.com", "youtube.com", "t.me", "github.com", "blogspot.com", "wordpress.com",
        "x.com", "twitter.com", "tiktok.com", "youtu.be", "localhost", "example.com", "gmail.com",
    }
)  # fmt: skip
_EMPTY = frozenset({"", "-", "tidak ada", "n/a", "na", "belum ada", "nihil", "none", "null", "0"})
_APPLE = re.compile(r"/id(\d{5,})")
_HUAWEI = re.compile(r"/app/(C\d+)")
_PORT = re.compile(r":\d+$")
MAIN_PARTS = 3  # kotimkab.go.id: the address of the government itself


@dataclass(frozen=True, slots=True)
class Address:
    host: str = ""  # without www; empty when there is none or thousands share it
    path: str = ""  # without slashes at its ends
    store: str = ""  # "android:id.go.kotim.ppid", "apple:1234567"

    @property
    def whole(self) -> str:
        return f"{self.host}/{self.path}"


@lru_cache(maxsize=100_000)
def read(url: str) -> Address:
    """The address that a cell gives. What is not an address gives an empty one; nothing is fetched."""
    url = url.strip().split()[0] if url.strip() else ""
    if url.casefold() in _EMPTY or "." not in url:
        return Address()
    try:
        parts = urlsplit(url if "://" in url else f"https://{url}")
        host = (parts.hostname or "").removeprefix("www.").rstrip(".")
    except ValueError:
        return Address()
    path = parts.path.strip("/").casefold()
    if host in STORE_HOSTS:
        return Address(store=_store(host, parts.path, parts.query))
    if host in SHARED_HOSTS:
        return Address(host=f"{host}/{parts.path.strip('/')}") if path else Address()
    return Address(host=_PORT.sub("", host), path=path)


def _store(host: str, path: str, query: str) -> str:
    if host == "play.google.com":
        ids = parse_qs(query).get("id", [""])
        return f"android:{ids[0].casefold()}" if ids[0] else ""
    apple = _APPLE.search(path)
    if apple:
        return f"apple:{apple[1]}"
    huawei = _HUAWEI.search(path)
    return f"huawei:{huawei[1]}" if huawei else ""


def is_door(address: Address) -> bool:
    """The front page of a government or of one of its offices (dinkes.x.go.id): not the address of one application."""
    first = address.host.split(".", 1)[0]
    return not address.path and (is_main(address.host) or is_office(first))


def is_main(host: str) -> bool:
    """The front door of a government (kotimkab.go.id), under which many applications live."""
    return len(host.split(".")) <= MAIN_PARTS and host.endswith((".go.id", ".desa.id"))
