"""Which application of the register a row of a list means: by its store, its address, its owner and name. What
is not certain is a candidate with its reason, and a person decides."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from django.db.models import CharField, Func, QuerySet, Value
from django.db.models.functions import Lower
from django.utils.translation import gettext as _
from rapidfuzz import fuzz

from jendela.registry.applications.choices import RecordState
from jendela.registry.applications.models import Application

STANDING = (RecordState.REGISTERED, RecordState.CONCEPT)
ALIKE = 75  # of 100: names of one address that are one application; others share a host
_SIGNS = re.compile(r"[^0-9a-z]+")


def plain_name(name: str) -> str:
    """A name without case, spaces and signs, as it is compared."""
    return _SIGNS.sub("", name.casefold())


def plain_words(name: str) -> str:
    return " ".join(_SIGNS.sub(" ", name.casefold()).split())


def address_key(url: str) -> str:
    """Host and path of an address, without what does not tell places apart: scheme, www, last slash, query."""
    parts = urlsplit(url.lower())
    host = (parts.hostname or "").removeprefix("www.")
    path = parts.path.rstrip("/").removesuffix("/index.php").removesuffix("/login")
    return f"{host}{path}" if host else ""


def store_key(url: str) -> str:
    """The id of an application in its store, '' for any other address."""
    parts = urlsplit(url)
    if (parts.hostname or "").endswith("play.google.com"):
        return parse_qs(parts.query).get("id", [""])[0].lower()
    if (parts.hostname or "").endswith("apps.apple.com") and (found := re.search(r"/id(\d+)", parts.path)):
        return f"id{found.group(1)}"
    return ""


@dataclass(frozen=True)
class Known:
    """What an application of the register is recognised by."""

    slug: str
    name: str
    owner: int
    plain: str
    address: str
    stores: frozenset[str]


@dataclass(frozen=True)
class Sought:
    name: str
    owner: int | None
    url: str
    stores: Sequence[str]


@dataclass(frozen=True)
class Found:
    known: Known
    certain: bool
    reason: str


def _plain_sql() -> Func:
    return Func(
        Lower("name"),
        Value("[^0-9a-z]+"),
        Value(""),
        Value("g"),
        function="REGEXP_REPLACE",
        output_field=CharField(),
    )


def find(sought: Sequence[Sought]) -> list[list[Found]]:
    """For each what it could be in the register: one certain, or several that a person must tell apart. Three
    statements, however many are sought."""
    rows = _rows(sought)
    by_name: dict[tuple[int, str], list[Known]] = {}
    by_store: dict[str, list[Known]] = {}
    by_address: dict[str, list[Known]] = {}
    for one in rows:
        by_name.setdefault((one.owner, one.plain), []).append(one)
        for store in one.stores:
            by_store.setdefault(store, []).append(one)
        if one.address:
            by_address.setdefault(one.address, []).append(one)
    return [_found(one, by_name, by_store, by_address) for one in sought]


def names_taken(wanted: Sequence[tuple[int | None, str]]) -> set[tuple[int | None, str]]:
    """Owner and plain name of applications that stand already: one statement."""
    pairs = {(owner, plain_name(name)) for owner, name in wanted if owner}
    if not pairs:
        return set()
    rows = Application.objects.filter(
        record_state__in=STANDING, owner_id__in={owner for owner, _name in pairs}
    )
    named = rows.annotate(plain=_plain_sql()).filter(plain__in={name for _owner, name in pairs})
    return {pair for pair in named.values_list("owner_id", "plain") if pair in pairs}


def _found(
    one: Sought,
    by_name: dict[tuple[int, str], list[Known]],
    by_store: dict[str, list[Known]],
    by_address: dict[str, list[Known]],
) -> list[Found]:
    named = by_name.get((one.owner or 0, plain_name(one.name)), [])
    if len(named) == 1:
        return [Found(named[0], True, _("nama dan pemiliknya sama"))]
    found: dict[str, Found] = {
        known.slug: Found(known, False, _("nama dan pemiliknya sama")) for known in named
    }
    for store in (key for url in one.stores if (key := store_key(url))):
        same = by_store.get(store, [])
        for known in same:
            certain = len(same) == 1 and known.owner == one.owner and not named
            found.setdefault(known.slug, Found(known, certain, _("sama di toko aplikasi")))
    same = by_address.get(address_key(one.url), []) if one.url else []
    for known in same:
        alike = fuzz.token_set_ratio(plain_words(one.name), plain_words(known.name)) >= ALIKE
        certain = len(same) == 1 and known.owner == one.owner and not named and alike
        found.setdefault(known.slug, Found(known, certain, _("alamat webnya sama")))
    certain_ones = [each for each in found.values() if each.certain]
    return (
        certain_ones[:1]
        if len(found) == 1 and certain_ones
        else [Found(each.known, False, each.reason) for each in found.values()]
    )


def _rows(sought: Sequence[Sought]) -> list[Known]:
    names = {plain_name(one.name) for one in sought} - {""}
    owners = {one.owner for one in sought if one.owner}
    hosts = {address_key(one.url).partition("/")[0] for one in sought if one.url} - {""}
    stores = {key for one in sought for url in one.stores if (key := store_key(url))}
    standing = Application.objects.filter(record_state__in=STANDING)
    found: dict[str, Known] = {}
    if names and owners:
        _take(
            found, standing.filter(owner_id__in=owners).annotate(plain=_plain_sql()).filter(plain__in=names)
        )
    if hosts:
        host = Func(
            Func(Lower("url"), Value("^[a-z]+://(www[.])?"), Value(""), function="REGEXP_REPLACE"),
            Value("[/:?#].*$"), Value(""), function="REGEXP_REPLACE", output_field=CharField(),
        )  # fmt: skip
        _take(found, standing.exclude(url="").annotate(host=host).filter(host__in=hosts))
    if stores:
        _take(found, (standing.exclude(android_url="") | standing.exclude(ios_url="")))
    return list(found.values())


def _take(found: dict[str, Known], rows: QuerySet[Application]) -> None:
    columns = ("slug", "name", "owner_id", "url", "android_url", "ios_url")
    for slug, name, owner, url, android, ios in rows.order_by("pk").values_list(*columns):
        stores = frozenset(key for one in (android, ios, url) if (key := store_key(one)))
        found[slug] = Known(slug, name, owner, plain_name(name), address_key(url), stores)
