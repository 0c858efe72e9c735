"""What a column of an asked list can hold: a field of the register, or what is put together from its parts."""

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from jendela.registry.applications.choices import (
    STANDING_USES,
    OperatorLevel,
    PersonRole,
    ValueKind,
    Visibility,
)
from jendela.registry.applications.fields import FIELDS, UNKNOWN, Field
from jendela.registry.applications.models import Application, Cost, ValueSource, Version
from jendela.registry.applications.specifications import SPECIFICATIONS
from jendela.registry.applications.words import partial_words, value_words
from jendela.registry.links.choices import Direction, Method
from jendela.registry.links.models import Link

NUMBER = "no"  # counts the rows
LEVELS = 4  # of a reference tree that the national form asks for
Value = str | int | float | datetime.date | None


@dataclass(frozen=True)
class Cell:
    """`value` None: not known. `dated` says as of when, or from whom, where it is a number."""

    value: Value
    dated: str = ""


@dataclass(frozen=True)
class Column:
    key: str
    label: Any
    visibility: str
    cell: Callable[[Application, Mapping[str, ValueSource]], Cell]
    needs: str = ""  # what has to be read beside the application, in words apart


def _of_field(field: Field) -> Column:
    def cell(row: Application, sources: Mapping[str, ValueSource]) -> Cell:
        value = getattr(row, field.name)
        if not field.is_known(value):
            return Cell(None)
        if field.kind == ValueKind.NUMBER:
            return Cell(int(value), _dated(row, field.name, sources))
        if field.kind == ValueKind.DATE:
            return Cell(value)
        return Cell(value_words(field, value))

    return Column(
        field.name, field.label, field.visibility, cell, "sources" if field.kind == ValueKind.NUMBER else ""
    )


def _dated(row: Application, name: str, sources: Mapping[str, ValueSource]) -> str:
    """'per Oktober 2026', from the value's own date or its source."""
    if name == "users" and row.users_as_of:
        return f"per {partial_words(row.users_as_of)}"
    source = sources.get(name)
    if source is None:
        return ""
    day = partial_words(source.source_date) if source.source_date else ""
    return f"per {day or _day(source.stated_at)}"


def _day(moment: datetime.datetime) -> str:
    return date_format(timezone.localdate(moment), "j F Y")


def _category(row: Application, _sources: Any) -> Cell:
    if row.operator_level == OperatorLevel.OTHER:
        return Cell(None)
    return Cell("Pusat" if row.operator_level == OperatorLevel.CENTRE else "Lokal")


def _listed(found: list[str]) -> Cell:
    return Cell("; ".join(dict.fromkeys(found)) or None)


def _uses(row: Application, _sources: Any) -> Cell:
    agencies = sorted(one.agency.short_name for one in row.uses.all() if one.state in STANDING_USES)
    return _listed([*agencies, row.other_users] if row.other_users else agencies)


def _datasets(row: Application, _sources: Any) -> Cell:
    return _listed(sorted(one.name for one in row.datasets.all()))


def _personal(row: Application, _sources: Any) -> Cell:
    """Does any dataset hold personal data? 'Tidak' only when all were answered so."""
    said = [one.has_personal for one in row.datasets.all()]
    if any(said):
        return Cell("Ya")
    return Cell("Tidak") if said and all(one is False for one in said) else Cell(None)


def _link_words(one: Link, other: Application) -> str:
    return f"{other.name} ({Method(one.method).label})" if one.method != UNKNOWN else other.name


def _links_in(row: Application, _sources: Any) -> Cell:
    return _listed([_link_words(one, one.source) for one in row.links_in.all()])


def _links_out(row: Application, _sources: Any) -> Cell:
    return _listed([_link_words(one, one.target) for one in row.links_out.all()])


def _links(row: Application, sources: Any) -> Cell:
    both = [
        *(_link_words(one, one.source) for one in row.links_in.all()),
        *(_link_words(one, one.target) for one in row.links_out.all()),
    ]
    return _listed(both)


def _newest_costs(row: Application) -> list[Cost]:
    rows = list(row.costs.all())
    newest = max((one.year for one in rows), default=0)
    return [one for one in rows if one.year == newest]


def _cost(row: Application, _sources: Any) -> Cell:
    """The sum of the newest year of which anything is known, in rupiah."""
    rows = _newest_costs(row)
    if not rows:
        return Cell(None)
    total = sum((one.amount for one in rows), Decimal(0))
    said = max(one.stated_at for one in rows)
    return Cell(_rupiah(total), f"tahun {rows[0].year}, dinyatakan {_day(said)}")


def _rupiah(amount: Decimal) -> int | float:
    return int(amount) if amount == amount.to_integral_value() else float(amount)


def _cost_year(row: Application, _sources: Any) -> Cell:
    rows = _newest_costs(row)
    return Cell(str(rows[0].year) if rows else None)


def _cost_kinds(row: Application, _sources: Any) -> Cell:
    return _listed([str(one.get_kind_display()) for one in _newest_costs(row)])


def _fund(row: Application, _sources: Any) -> Cell:
    return _listed([one.fund for one in _newest_costs(row) if one.fund])


def _functions(tree: str) -> Callable[[Application, Any], Cell]:
    def cell(row: Application, _sources: Any) -> Cell:
        rows = [one for one in row.functions.all() if one.confirmed_at and one.node_id.startswith(tree)]
        return _listed([str(one.node) for one in sorted(rows, key=lambda one: (not one.main, one.node_id))])

    return cell


def _level(tree: str, number: int) -> Callable[[Application, Any], Cell]:
    """Code and name of the function's ancestor at this level of its tree; of the main function, if it is of the
    tree."""

    def cell(row: Application, _sources: Any) -> Cell:
        own = [one for one in row.functions.all() if one.confirmed_at and one.node_id.startswith(tree)]
        first = min(own, key=lambda one: (not one.main, one.node_id), default=None)
        node = first.node if first else None
        while node is not None and node.code.count(".") > number:
            node = node.parent
        return Cell(str(node) if node is not None and node.code.count(".") == number else None)

    return cell


def _services(row: Application, _sources: Any) -> Cell:
    """Services of which it is a way."""
    return _listed(sorted(way.service.name for way in row.ways.all()))


def _data_in(row: Application, _sources: Any) -> Cell:
    came = [(one.data, one.source) for one in row.links_in.all()]
    came += [(one.data, one.target) for one in row.links_out.all() if one.direction == Direction.TWO_WAY]
    return _listed([f"{data} ({giver.name})" for data, giver in came])


def _went(row: Application) -> list[tuple[str, Application]]:
    went = [(one.data, one.target) for one in row.links_out.all()]
    return went + [(one.data, one.source) for one in row.links_in.all() if one.direction == Direction.TWO_WAY]


def _data_out(row: Application, _sources: Any) -> Cell:
    """The data it holds, and what it gives to others."""
    return _listed([*sorted(one.name for one in row.datasets.all()), *(data for data, _taker in _went(row))])


def _takers(row: Application, _sources: Any) -> Cell:
    return _listed([taker.name for _data, taker in _went(row)])


def _legal(row: Application, _sources: Any) -> Cell:
    return _listed([one.words for one in row.legal_bases.all()])


def _operator(row: Application, _sources: Any) -> Cell:
    rows = [one for one in row.people.all() if one.role == PersonRole.OPERATOR and one.until is None]
    return _listed([", ".join(part for part in (one.name, one.position) if part) for one in rows])


def _interfaces(row: Application, _sources: Any) -> Cell:
    return _listed([one.name for one in row.interfaces.all()])


def _version(row: Application) -> Version | None:
    rows = list(row.versions.all())
    return next((one for one in rows if one.current), rows[0] if rows else None)


def _of_version(name: str) -> Callable[[Application, Any], Cell]:
    def cell(row: Application, _sources: Any) -> Cell:
        found = _version(row)
        value = getattr(found, name) if found else None
        if name == "contract_value" and value is not None:
            until = f"kontrak {found.contract_number}" if found and found.contract_number else ""
            return Cell(_rupiah(value), until)
        return Cell(value if value not in ("", None) else None)

    return cell


def _server(row: Application, _sources: Any) -> Cell:
    """The machine of the version in use in one cell."""
    found = _version(row)
    names = ("processor", "memory", "storage", "operating_system", "web_server", "server")
    return Cell(", ".join(said for name in names if found and (said := getattr(found, name))) or None)


def _attested(row: Application, _sources: Any) -> Cell:
    return Cell(timezone.localdate(row.attested_at) if row.attested_at else None)


GOVERNMENT, OWNER, PUBLIC = Visibility.GOVERNMENT, Visibility.OWNER, Visibility.PUBLIC
RAA_LEVELS = (
    _("Acuan aplikasi (RAA) tingkat 1"),
    _("Acuan aplikasi (RAA) tingkat 2"),
    _("Acuan aplikasi (RAA) tingkat 3"),
    _("Acuan aplikasi (RAA) tingkat 4"),
)
COMPUTED = (
    Column(NUMBER, _("Nomor urut"), PUBLIC, lambda _row, _sources: Cell(None)),
    Column("slug", _("ID di Jendela"), PUBLIC, lambda row, _sources: Cell(row.slug)),
    Column("owner", _("Perangkat daerah pemilik"), PUBLIC, lambda row, _sources: Cell(row.owner.name)),
    Column("category", _("Pusat atau lokal"), PUBLIC, _category),
    Column("uses", _("Perangkat daerah pengguna"), GOVERNMENT, _uses, "uses"),
    Column("datasets", _("Data di dalamnya"), GOVERNMENT, _datasets, "datasets"),
    Column("personal", _("Ada data pribadi?"), GOVERNMENT, _personal, "datasets"),
    Column("links", _("Terhubung dengan"), GOVERNMENT, _links, "links"),
    Column("links_in", _("Data datang dari"), GOVERNMENT, _links_in, "links"),
    Column("links_out", _("Data dikirim ke"), GOVERNMENT, _links_out, "links"),
    Column("interfaces", _("Daftar API"), GOVERNMENT, _interfaces, "interfaces"),
    Column("cost", _("Biaya tahun terakhir yang diketahui (rupiah)"), GOVERNMENT, _cost, "costs"),
    Column("cost_year", _("Tahun biaya itu"), GOVERNMENT, _cost_year, "costs"),
    Column("cost_kinds", _("Jenis biaya"), GOVERNMENT, _cost_kinds, "costs"),
    Column("fund", _("Sumber dana"), GOVERNMENT, _fund, "costs"),
    Column("raa", _("Kode acuan aplikasi (RAA)"), PUBLIC, _functions("RAA."), "functions"),
    Column("rab", _("Kode proses bisnis (RAB)"), PUBLIC, _functions("RAB."), "functions"),
    *(
        Column(
            f"raa_{number}",
            label,
            PUBLIC,
            _level("RAA.", number),
            "functions",
        )
        for number, label in enumerate(RAA_LEVELS, start=1)
    ),
    Column("services", _("Layanan lewat aplikasi ini"), PUBLIC, _services, "services"),
    Column("data_in", _("Data masukan dan pemasoknya"), GOVERNMENT, _data_in, "links"),
    Column("data_out", _("Data luaran"), GOVERNMENT, _data_out, "datasets links"),
    Column("data_takers", _("Pelanggan data"), GOVERNMENT, _takers, "links"),
    Column("legal", _("Dasar hukum"), PUBLIC, _legal, "legal_bases"),
    Column("operator", _("Nama pengelola"), GOVERNMENT, _operator, "people"),
    Column("version", _("Nomor versi"), GOVERNMENT, _of_version("number"), "versions"),
    Column("version_year", _("Tahun versi"), GOVERNMENT, _of_version("year"), "versions"),
    Column(
        "contract_number", _("Nomor kontrak (SPK)"), GOVERNMENT, _of_version("contract_number"), "versions"
    ),
    Column("contract_value", _("Nilai kontrak (rupiah)"), OWNER, _of_version("contract_value"), "versions"),
    *(
        Column(one.name, one.label, one.visibility, _of_version(one.name), "versions")
        for one in SPECIFICATIONS
    ),
    Column("server", _("Spesifikasi server"), GOVERNMENT, _server, "versions"),
    Column("attested", _("Dinyatakan benar pada"), PUBLIC, _attested),
)
COLUMNS: dict[str, Column] = {one.key: one for one in (*COMPUTED, *(_of_field(field) for field in FIELDS))}


def options() -> list[tuple[str, Any]]:
    """Keys and labels, as a form offers them."""
    return [(one.key, one.label) for one in COLUMNS.values()]
