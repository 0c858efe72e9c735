"""The register by architecture domain, in the column order of the national application for it (SIA-SPBE, now SIAP
Digital; Perpres 132/2022). What we do not hold is an empty cell under its national heading: nothing is made up."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch
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
)
from jendela.registry.applications.models import Application, ApplicationFunction, FunctionNode
from jendela.registry.datasets.models import Dataset
from jendela.services.catalogue.models import Service, Way

Row = Sequence[str]
UNKNOWN = "tidak_diketahui"
LEVELS = 4


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


def _applications() -> Iterator[Application]:
    confirmed = ApplicationFunction.objects.filter(confirmed_at__isnull=False).order_by("-main", "node_id")
    ways = Way.objects.select_related("service").order_by("service__name")
    rows = Application.objects.filter(record_state=RecordState.REGISTERED).select_related("owner")
    rows = rows.prefetch_related(
        Prefetch("functions", confirmed), Prefetch("ways", ways), "datasets", "legal_bases", "uses__agency"
    )
    return rows.order_by("name", "pk").iterator(chunk_size=CHUNK)


def _daa() -> Iterator[Row]:
    for row in _applications():
        codes = [one.node_id for one in row.functions.all()]
        yield [
            row.slug, row.name, row.purpose, row.function, row.output,
            ", ".join(str(Base(one).label) for one in row.bases), _said(Licence, row.licence), row.languages,
            row.framework, row.database, row.developer_unit, row.operating_unit,
            *_codes(next((code for code in codes if code.startswith("RAA.")), "")),
            "; ".join(code for code in codes if code.startswith("RAB.")),
            "; ".join(dict.fromkeys(way.service.name for way in row.ways.all())),
            "; ".join(one.name for one in row.datasets.all()),
            _said(ApplicationClass, row.app_class),
            "Pusat" if row.operator_level == OperatorLevel.CENTRE else "Lokal",
            "; ".join(one.words for one in row.legal_bases.all()), row.url, row.owner.name,
            "; ".join(one.agency.short_name for one in row.uses.all() if one.state == "dipakai"),
            _said(LifeCycle, row.life_cycle), row.since,
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
            row.slug, row.name, row.description or row.definition, row.purpose,
            "" if row.openness == UNKNOWN else row.get_openness_display(),
            "" if row.kind == UNKNOWN else row.get_kind_display(),
            "Terverifikasi" if row.verified_at else "Belum",
            row.producer.name, row.steward.name if row.steward else "", "", "", row.reference_codes,
            *_codes(row.topic), row.application.name if row.application else "",
        ]  # fmt: skip


def _dab() -> Iterator[Row]:
    """Business processes are known here only as far as applications were confirmed to serve them."""
    used = ApplicationFunction.objects.filter(confirmed_at__isnull=False).values("node_id")
    for row in (
        FunctionNode.objects.filter(tree="RAB", pk__in=used).order_by("code").iterator(chunk_size=CHUNK)
    ):
        yield [row.name, "", "", "", "", "", *_codes(row.code)]


def _dai() -> Iterator[Row]:
    for row in _applications():
        if row.hosting != UNKNOWN or row.hosting_note:
            yield [row.name, row.owner.name, _said(Hosting, row.hosting), "", "", ""]


def _dak() -> Iterator[Row]:
    for row in _applications():
        if row.audit_date or row.registration_number:
            yield [
                row.name, row.owner.name, row.registration_number,
                row.registration_date.isoformat() if row.registration_date else "",
                row.audit_date.isoformat() if row.audit_date else "", _said(AuditResult, row.audit_result),
                row.audit_due.isoformat() if row.audit_due else "",
            ]  # fmt: skip


DOMAINS: dict[str, Domain] = {
    one.key: one
    for one in (
        Domain(
            "daa", _("Aplikasi (DAA)"), _("Semua aplikasi terdaftar, dengan kode acuan yang sudah dipastikan orang."),
            ("ID", "Nama Aplikasi", "Uraian Aplikasi", "Fungsi Aplikasi", "Luaran Aplikasi", "Basis Aplikasi",
             "Tipe Lisensi", "Bahasa Pemrograman", "Kerangka Pengembangan", "Basis Data", "Unit Pengembang",
             "Unit Operasional/Pengelola", *_levels("RAA"), "Proses Bisnis", "Layanan", "Data", "Klasifikasi",
             "Kategori", "Dasar Hukum", "URL", "Perangkat Daerah Pemilik", "Perangkat Daerah Pengguna", "Status",
             "Tahun"),
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
            ("ID", "Nama Data", "Uraian Data", "Tujuan Data", "Sifat Data", "Jenis Data", "Validitas Data",
             "Produsen Data", "Penanggung Jawab/Walidata", "Informasi Masukan", "Informasi Luaran",
             "Interoperabilitas", *_levels("RAD"), "Aplikasi"),
            _dad,
        ),
        Domain(
            "dab", _("Proses bisnis (DAB)"), _("Hanya urusan yang aplikasinya sudah dipastikan."),
            ("Nama Proses Bisnis", "Uraian", "Sasaran Strategis", "IKU", "Target", "Realisasi", *_levels("RAB")),
            _dab,
        ),
        Domain(
            "dai", _("Infrastruktur (DAI)"), _("Tempat server setiap aplikasi, sejauh diketahui."),
            ("Penggunaan", "Pemilik", "Lokasi", "Memori", "Prosesor", "Penyimpanan"),
            _dai,
        ),
        Domain(
            "dak", _("Keamanan (DAK)"), _("Tanda daftar dan audit keamanan, sejauh diketahui."),
            ("Nama Aplikasi", "Pemilik", "Nomor Tanda Daftar", "Tanggal Tanda Daftar", "Tanggal Audit", "Hasil Audit",
             "Audit Berikutnya"),
            _dak,
        ),
    )
}  # fmt: skip
