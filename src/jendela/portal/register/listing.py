"""The list as its page needs it: filters from the address, chips with numbers, rows in words."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.http import QueryDict
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from jendela.people.access.paths import address
from jendela.people.access.policy import own_agencies
from jendela.registry.applications import reads
from jendela.registry.applications.choices import (
    ApplicationClass,
    ApplicationState,
    LifeCycle,
    OperatorLevel,
    RecordState,
)
from jendela.registry.applications.models import Application

LIST = "/kelola/aplikasi/"
LONGEST_TEXT = 80
OWN, ALL = "saya", "semua"


@dataclass(frozen=True)
class Chip:
    """A count that is also a filter; the address of a chosen one takes it away."""

    label: str
    count: str
    url: str
    chosen: bool


@dataclass(frozen=True)
class Asked:
    """What the address asks for; `seen` is OWN or ALL."""

    filters: reads.RegisterFilters
    seen: str
    own: frozenset[int]

    def url(self, **changes: str) -> str:
        """The list with these filters and some changed; what is as usual is left out."""
        values = {"lihat": self.seen if self.seen != usual_scope(self.own) else "", "q": self.filters.text}
        return address(LIST, **values | self.narrowing() | changes)

    def narrowing(self) -> dict[str, str]:
        """What is chosen besides words and scope, as the address says it."""
        got = self.filters
        return {
            "tahap": got.life_cycle,
            "jenis": got.app_class,
            "pengelola": got.level,
            "keadaan": got.state,
            "kurang": got.lacks,
            "catatan": got.record if got.record != RecordState.REGISTERED else "",
            "urut": got.order if got.order != reads.BY_NAME_ORDER else "",
        }


def usual_scope(own: frozenset[int]) -> str:
    return OWN if own else ALL


def asked(get: QueryDict, viewer: Any) -> Asked:
    """Filters from the address; unknown values are passed over. People of an agency begin with their own."""

    def known(name: str, values: Iterable[str], default: str = "") -> str:
        value = get.get(name, "")
        return value if value in values else default

    own = own_agencies(viewer)
    seen = known("lihat", (OWN, ALL) if own else (ALL,), usual_scope(own))
    filters = reads.RegisterFilters(
        owners=own if seen == OWN else None,
        text=" ".join(get.get("q", "").replace("\x00", "").split())[:LONGEST_TEXT],
        life_cycle=known("tahap", LifeCycle.values),
        app_class=known("jenis", ApplicationClass.values),
        level=known("pengelola", OperatorLevel.values),
        state=known("keadaan", ApplicationState.values),
        lacks=known("kurang", reads.LACKS),
        record=known("catatan", RecordState.values, RecordState.REGISTERED),
        order=known("urut", reads.ORDERS, reads.BY_NAME_ORDER),
    )
    return Asked(filters, seen, own)


def chip_rows(one: Asked, counts: reads.RegisterCounts) -> list[dict[str, Any]]:
    """The chips in their rows, each row with its heading."""
    got = one.filters
    lacks = [
        (reads.NO_SERVER, _("Tempat server"), counts.no_server),
        (reads.NO_COST, _("Biaya"), counts.no_cost),
        (reads.NO_ATTESTATION, _("Pernyataan kepala"), counts.no_attestation),
    ]
    rows = [
        ("kurang", _("Yang belum diketahui"), got.lacks, [one for one in lacks if one[2]]),
        ("tahap", _("Tahap"), got.life_cycle, _numbers(counts.life_cycles)),
        ("keadaan", _("Masih dipakai?"), got.state, _numbers(counts.states)),
        ("jenis", _("Jenis"), got.app_class, _numbers(counts.classes)),
        ("pengelola", _("Dijalankan siapa"), got.level, _numbers(counts.levels)),
    ]
    return [
        {"key": key, "label": label, "chips": _chips(one, key, chosen, numbers)}
        for key, label, chosen, numbers in rows
        if numbers
    ]


def _numbers(found: list[reads.Number]) -> list[tuple[str, str, int]]:
    return [(one.value, one.label, one.count) for one in found]


def _chips(one: Asked, key: str, chosen: str, numbers: list[tuple[str, str, int]]) -> list[Chip]:
    return [
        Chip(
            label[:1].upper() + label[1:],
            number_format(count, use_l10n=True, force_grouping=True),
            one.url(**{key: "" if value == chosen else value}),
            value == chosen,
        )
        for value, label, count in numbers
    ]


def hidden(one: Asked) -> list[tuple[str, str]]:
    """What a search for words keeps."""
    return [(name, value) for name, value in one.narrowing().items() if value]


def orders(one: Asked) -> list[Chip]:
    labels = {
        reads.BY_NAME_ORDER: _("Nama"),
        reads.BY_CHANGE: _("Terakhir berubah"),
        reads.BY_COMPLETENESS: _("Paling kurang lengkap"),
    }
    return [
        Chip(label, "", one.url(urut="" if key == reads.BY_NAME_ORDER else key), one.filters.order == key)
        for key, label in labels.items()
    ]


@dataclass(frozen=True)
class RecordTab:
    """Registered records, and those of another state."""

    label: str
    url: str
    chosen: bool


def record_tabs(one: Asked, counts: reads.RegisterCounts) -> list[RecordTab]:
    labels = {
        RecordState.REGISTERED: _("Terdaftar"),
        RecordState.CONCEPT: _("Dilaporkan, menunggu pemilik"),
        RecordState.MERGED: _("Digabung"),
        RecordState.REFUSED: _("Bukan aplikasi di sini"),
    }
    plain = replace(one, filters=reads.RegisterFilters(owners=one.filters.owners))
    return [
        RecordTab(
            f"{label} ({number_format(counts.records[state], use_l10n=True, force_grouping=True)})",
            plain.url(catatan="" if state == RecordState.REGISTERED else state),
            one.filters.record == state,
        )
        for state, label in labels.items()
        if counts.records.get(state)
    ]


@dataclass(frozen=True)
class Row:
    """An application in the words of the list."""

    slug: str
    name: str
    owner: str
    purpose: str
    state: str
    state_words: str
    life_cycle: str
    completeness: int | None
    attested_at: Any


def row_of(one: Application) -> Row:
    return Row(
        slug=one.slug,
        name=one.name,
        owner=one.owner.short_name,
        purpose=one.purpose,
        state=one.state,
        state_words=str(one.get_state_display()),
        life_cycle=str(one.get_life_cycle_display()) if one.life_cycle != LifeCycle.UNKNOWN else "",
        completeness=one.completeness,
        attested_at=one.attested_at,
    )
