"""The register by architecture domain. The first columns are those of the national application (SIA-SPBE, now SIAP
Digital; rules 4.5), in its order; behind them stands what tells a row apart here and what regional forms add (rules
4.6). What we do not hold is an empty cell under its national heading: nothing is made up."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext_lazy as _

from jendela.portal.opendata.reads import CHUNK
from jendela.registry.applications.choices import (
    ApplicationClass,
    AuditResult,
    Base,
    Hosting,
    Licence,
    LifeCycle,
    OperatorLevel,
    RecordState,
    UseState,
)
from jendela.registry.applications.models import (
    Application,
    ApplicationFunction,
    ApplicationUse,
    FunctionNode,
    Interface,
    Version,
)
from jendela.registry.datasets.models import Dataset
from jendela.registry.links.choices import Direction, Method
from jendela.registry.links.reads import running_links
from jendela.services.catalogue.models import Service, Way

Row = Sequence[str]
UNKNOWN = "tidak_diketahui"
LEVELS = 4
SECURITY = (
    "Standar",
    "Edukasi",
    "Kerentanan",
    "Peningkatan",
    "Insiden",
    "Audit",
    "Kelaikan",
)  # the objects of DAK
OWNERS = {  # where the answer itself says whose the server is; elsewhere it only says where it stands
    Hosting.AGENCY: "Instansi pemilik aplikasi",
    Hosting.MINISTRY: "Kementerian atau lembaga",
    Hosting.VENDOR: "Penyedia",
}


@dataclass(frozen=True)
class Domain:
    key: str
    title: Any
    sentence: Any
    columns: tuple[str, ...]
    rows: Callable[[], Iterator[Row]]


def _said(choices: Any, value: str) -> str:
    """The label of a choice; nothing where it is not known."""
    return "" if value in ("", UNKNOWN) else str(choices(value).label)


def _levels(tree: str) -> tuple[str, ...]:
    return tuple(f"{tree} Level {number}" for number in range(1, LEVELS + 1))


def _codes(code: str) -> list[str]:
    """'RAB.06.01' as its levels: RAB.06, RAB.06.01, '', ''."""
    tree, *parts = code.split(".") if code else [""]
    found = [".".join([tree, *parts[: number + 1]]) for number in range(len(parts))]
    return (found + [""] * LEVELS)[:LEVELS]


def _joined(words: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(word for word in words if word))


def _registered() -> QuerySet[Application]:
    rows = Application.objects.filter(record_state=RecordState.REGISTERED).select_related("owner")
    return rows.order_by("name", "pk")


def _in_use() -> "Prefetch[Any]":
    """The version in use, of which there is one at most."""
    return Prefetch("versions", Version.objects.filter(current=True), to_attr="in_use")


def _version(row: Any) -> Version:
    """The version in use; one that says nothing where none was named."""
    return row.in_use[0] if row.in_use else Version()


def _applications() -> Iterator[Application]:
    """With everything that a row of DAA says of other rooms."""
    confirmed = ApplicationFunction.objects.filter(confirmed_at__isnull=False).order_by("-main", "node_id")
    ways = Way.objects.select_related("service").order_by("service__name")
    uses = ApplicationUse.objects.filter(state=UseState.CONFIRMED).select_related("agency")
    links = running_links().order_by("pk")
    rows = _registered().prefetch_related(
        Prefetch("functions", confirmed), Prefetch("ways", ways), "datasets", "legal_bases",
        _in_use(), Prefetch("uses", uses), Prefetch("interfaces", Interface.objects.filter(on_bus=True)),
        Prefetch("links_in", links.select_related("source")), Prefetch("links_out", links.select_related("target")),
    )  # fmt: skip
    return rows.iterator(chunk_size=CHUNK)


@dataclass(frozen=True)
class _Flows:
    """What data comes into an application and what goes out, each with the other side; and what the bus carries."""

    came: Sequence[tuple[str, str]]
    went: Sequence[tuple[str, str]]
    by_bus: Sequence[str]


def _flows(row: Application) -> _Flows:
    came, went = [], []
    links_in, links_out = list(row.links_in.all()), list(row.links_out.all())
    for link in links_in:
        came.append((link.data, link.source.name))
        if link.direction == Direction.TWO_WAY:
            went.append((link.data, link.source.name))
    for link in links_out:
        went.append((link.data, link.target.name))
        if link.direction == Direction.TWO_WAY:
            came.append((link.data, link.target.name))
    return _Flows(came, went, [one.data for one in (*links_in, *links_out) if one.method == Method.BUS])


def _security(row: Application) -> list[str]:
    """The seven objects of DAK. Of these only the audit is asked for here."""
    day = row.audit_date.isoformat() if row.audit_date else ""
    audit = ", ".join(word for word in (day, _said(AuditResult, row.audit_result)) if word)
    return ["", "", "", "", "", audit, ""]


def _daa() -> Iterator[Row]:
    for row in _applications():
        codes = [one.node_id for one in row.functions.all()]
        flows, place = _flows(row), _said(Hosting, row.hosting)
        cloud, version = row.hosting == Hosting.CLOUD, _version(row)
        yield [
            row.slug, row.name, row.purpose, row.function, row.output or version.outputs,
            ", ".join(str(Base(one).label) for one in row.bases), _said(Licence, row.licence), row.languages,
            row.framework, row.database, row.developer_unit, row.operating_unit,
            *_codes(next((code for code in codes if code.startswith("RAA.")), "")),
            "; ".join(code for code in codes if code.startswith("RAB.")),
            _joined(way.service.name for way in row.ways.all()),
            _joined([*(f"{data} ({giver})" for data, giver in flows.came), version.inputs]),
            _joined([*(one.name for one in row.datasets.all()), *(data for data, _taker in flows.went)]),
            _joined(taker for _data, taker in flows.went),
            place if cloud else "", "" if cloud else place, "",
            _joined([*(one.name for one in row.interfaces.all()), *flows.by_bus]),
            *_security(row),
            _said(ApplicationClass, row.app_class),
            "Pusat" if row.operator_level == OperatorLevel.CENTRE else "Lokal",
            "; ".join(one.words for one in row.legal_bases.all()), row.url, row.owner.name,
            "; ".join(one.agency.short_name for one in row.uses.all()),
            _said(LifeCycle, row.life_cycle), row.since, row.strategic_target, row.tactical_target,
            row.operational_target,
        ]  # fmt: skip


def _dal() -> Iterator[Row]:
    ways = Way.objects.order_by("position")
    rows = Service.objects.select_related("owner").prefetch_related(Prefetch("ways", ways)).order_by("name")
    for row in rows.iterator(chunk_size=CHUNK):
        methods = dict.fromkeys(str(way.get_kind_display()) for way in row.ways.all())
        yield [
            row.slug, row.name, "", row.product, row.owner.name, "", "", row.audience, ", ".join(methods),
            "", "", "", "", *[""] * LEVELS,
        ]  # fmt: skip


def _dad() -> Iterator[Row]:
    rows = Dataset.objects.select_related("producer", "steward", "application").order_by("name", "pk")
    for row in rows.iterator(chunk_size=CHUNK):
        yield [
            row.name, row.description or row.definition, row.purpose,
            "" if row.openness == UNKNOWN else row.get_openness_display(),
            "" if row.kind == UNKNOWN else row.get_kind_display(),
            "Terverifikasi" if row.verified_at else "Belum",
            row.producer.name, row.steward.name if row.steward else "", row.inputs, row.outputs,
            row.reference_codes,
            *_codes(row.topic if row.topic.startswith("RAD.") else ""), row.slug,
            row.application.name if row.application else "",
        ]  # fmt: skip


def _dab() -> Iterator[Row]:
    """Business processes are known here only as far as applications were confirmed to serve them; their strategic
    targets are those that these applications name."""
    serving = ApplicationFunction.objects.filter(
        confirmed_at__isnull=False, application__record_state=RecordState.REGISTERED
    )
    rows = FunctionNode.objects.filter(tree="RAB", pk__in=serving.values("node_id")).order_by("code")
    named = Prefetch(
        "applications", serving.select_related("application").order_by("application__name", "pk")
    )
    for row in rows.prefetch_related(named).iterator(chunk_size=CHUNK):
        targets = _joined(one.application.strategic_target for one in row.applications.all())
        yield [row.name, "", targets, "", "", "", *_codes(row.code)]


def _dai() -> Iterator[Row]:
    """Servers are known here only by the applications that run on them: one row for each of which anything is said."""
    for row in _registered().prefetch_related(_in_use()).iterator(chunk_size=CHUNK):
        one = _version(row)
        machine = [one.memory, one.processor, one.storage]
        more = [one.operating_system, one.web_server, one.server]
        if row.hosting == UNKNOWN and not any((*machine, *more)):
            continue
        owner, place = OWNERS.get(Hosting(row.hosting), ""), _said(Hosting, row.hosting)
        yield ["", "", owner, *machine, place, row.name, row.owner.name, *more]


def _dak() -> Iterator[Row]:
    for row in _registered().iterator(chunk_size=CHUNK):
        cells = _security(row)
        if any(cells):
            yield [*cells, row.name, row.owner.name]


DOMAINS: dict[str, Domain] = {
    one.key: one
    for one in (
        Domain(
            "daa", _("Aplikasi (DAA)"), _("Semua aplikasi terdaftar, dengan kode acuan yang sudah dipastikan orang."),
            ("ID", "Nama Aplikasi", "Uraian Aplikasi", "Fungsi Aplikasi", "Luaran Aplikasi", "Basis Aplikasi",
             "Tipe Lisensi", "Bahasa Pemrograman", "Kerangka Pengembangan", "Basis Data", "Unit Pengembang",
             "Unit Operasional/Pengelola", *_levels("RAA"), "Proses Bisnis", "Layanan", "Data Masukan",
             "Data Luaran", "Data Pelanggan", "Komputasi Awan", "Server", "Jaringan Intra",
             "Sistem Penghubung (SPLP)", *SECURITY, "Klasifikasi", "Kategori", "Dasar Hukum", "URL",
             "Perangkat Daerah Pemilik", "Perangkat Daerah Pengguna", "Status", "Tahun", "Pohon Kinerja Strategis",
             "Pohon Kinerja Taktis", "Pohon Kinerja Operasional"),
            _daa,
        ),
        Domain(
            "dal", _("Layanan (DAL)"), _("Semua layanan publik. Potensi dan risiko belum kami catat."),
            ("ID", "Nama Layanan", "Tujuan Layanan", "Fungsi Layanan", "Unit Pelaksana", "Kementerian/Lembaga Terkait",
             "Urusan Pemerintahan", "Target Layanan", "Metode Layanan", "Potensi Manfaat", "Potensi Ekonomi",
             "Potensi Risiko", "Mitigasi Risiko", *_levels("RAL")),
            _dal,
        ),
        Domain(
            "dad", _("Data (DAD)"), _("Semua data yang dinyatakan instansi, terbuka atau tidak."),
            ("Nama Data", "Uraian Data", "Tujuan Data", "Sifat Data", "Jenis Data", "Validitas Data",
             "Produsen Data", "Penanggung Jawab/Walidata", "Informasi Masukan", "Informasi Luaran",
             "Interoperabilitas", *_levels("RAD"), "ID", "Aplikasi"),
            _dad,
        ),
        Domain(
            "dab", _("Proses bisnis (DAB)"), _("Hanya urusan yang aplikasinya sudah dipastikan."),
            ("Nama Proses Bisnis", "Uraian", "Sasaran Strategis", "IKU", "Target", "Realisasi", *_levels("RAB")),
            _dab,
        ),
        Domain(
            "dai", _("Infrastruktur (DAI)"), _("Tempat dan mesin server setiap aplikasi, sejauh diketahui."),
            ("Nama", "Penggunaan", "Status Kepemilikan", "Memori", "Prosesor", "Penyimpanan", "Lokasi", "Aplikasi",
             "Perangkat Daerah Pemilik", "Sistem Operasi", "Server Web", "Keterangan Server"),
            _dai,
        ),
        Domain(
            "dak", _("Keamanan (DAK)"), _("Tujuh hal keamanan setiap aplikasi, sejauh diketahui."),
            (*SECURITY, "Aplikasi", "Perangkat Daerah Pemilik"),
            _dak,
        ),
    )
}  # fmt: skip
