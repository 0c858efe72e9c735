"""Fields of an application as columns of a table: their types, other headings, and the way between text and value.

Unknown is an empty cell: an export leaves it empty, and an empty cell says that nothing is known.
"""

import datetime
from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jendela.common.exchange.cells import (
    CellError,
    CellType,
    Choice,
    Day,
    PartialDay,
    Web,
    Whole,
)
from jendela.common.exchange.cells_office import WebOrHost
from jendela.common.exchange.kinds import Column
from jendela.registry.applications.choices import (
    ApplicationAudience,
    ApplicationClass,
    ApplicationState,
    Base,
    Evidence,
    Licence,
    OperatorLevel,
    ValueKind,
)
from jendela.registry.applications.fields import EXTRA, FIELDS, UNKNOWN, Field
from jendela.registry.applications.models import Application

UNKNOWN_WORDS = frozenset(
    {"belum diketahui", "belum tahu", "tidak tahu", "tidak diketahui", "belum ada data", UNKNOWN}
)
# how lists of offices say a stored word; only what has one meaning
SAID: dict[Any, dict[str, str]] = {
    OperatorLevel: {
        "kab": "daerah", "kabupaten": "daerah", "pemkab": "daerah", "pemda": "daerah", "lokal": "daerah",
        "kementerian": "pusat", "nasional": "pusat", "kementerian/lembaga": "pusat", "k/l": "pusat",
        "pemprov": "provinsi",
    },
    ApplicationAudience: {
        "masyarakat": "publik", "umum": "publik", "publik": "publik", "warga": "publik", "eksternal": "publik",
        "asn": "internal", "pegawai": "internal", "pemerintah": "internal", "internal pemerintah": "internal",
        "internal dan publik": "keduanya", "internal/publik": "keduanya", "asn dan masyarakat": "keduanya",
        "internal dan eksternal": "keduanya",
    },
    ApplicationState: {
        "aktif": "dipakai", "digunakan": "dipakai", "masih digunakan": "dipakai", "ya": "dipakai", "y": "dipakai",
        "tidak aktif": "mati", "nonaktif": "mati", "non aktif": "mati", "tidak digunakan": "mati",
        "tidak dipakai": "mati", "mati": "mati", "pengembangan": "rencana", "rencana": "rencana",
    },
    ApplicationClass: {
        "umum": "umum", "aplikasi umum": "umum", "khusus": "khusus_daerah", "aplikasi khusus": "khusus_daerah",
        "umum pusat": "umum", "khusus lokal": "khusus_daerah",
    },
    Base: {
        "website": "web", "berbasis web": "web", "web based": "web", "android": "mobile", "ios": "mobile",
        "aplikasi mobile": "mobile", "hp": "mobile", "seluler": "mobile", "destop": "desktop", "lain": "lainnya",
    },
    Licence: {
        "open source": "terbuka", "opensource": "terbuka", "sumber terbuka": "terbuka", "proprietary": "berbayar",
        "berbayar": "berbayar", "gratis": "gratis", "milik pemda": "milik_pemerintah",
    },
}  # fmt: skip


class FieldChoice(Choice):
    """One of the stored words, its label, or what lists say instead; unknown is empty."""

    def __init__(self, choices: Any, labels: Mapping[str, Any]) -> None:
        super().__init__({value: label for value, label in labels.items() if value != UNKNOWN})
        self.said = SAID.get(choices, {})

    def read_text(self, text: str) -> str:
        wanted = " ".join(text.split()).casefold()
        if wanted in UNKNOWN_WORDS:
            return ""
        return self.said.get(wanted) or super().read_text(text)


class FieldChoices(FieldChoice):
    """Several of the stored words, parted by semicolon, comma, slash or 'dan'; in the order of the table."""

    def read_text(self, text: str) -> str:
        for sign in ("\n", ",", "/", " dan ", "&", "+"):
            text = text.replace(sign, ";")
        found = {super(FieldChoices, self).read_text(part) for part in text.split(";") if part.strip()}
        return "; ".join(value for value in self.choices if value in found)

    def settle(self, text: str) -> str:
        return text

    def words(self, text: str) -> str:
        return ", ".join(str(self.choices.get(part, part)) for part in text.split("; ")) if text else ""

    def looks_like(self, text: str) -> bool:
        return False


class YesNo(Choice):
    def __init__(self) -> None:
        super().__init__({"ya": gettext_lazy("ya"), "tidak": gettext_lazy("tidak")})

    def read_text(self, text: str) -> str:
        short = {"y": "ya", "ada": "ya", "sudah": "ya", "t": "tidak", "belum": "tidak", "tidak ada": "tidak"}
        return short.get(text.casefold()) or super().read_text(text)


class Slug(CellType):
    """The code of an application, as in its address."""

    def read_text(self, text: str) -> str:
        text = super().read_text(text).strip("/").rsplit("/", 1)[-1]
        if len(text) > 120 or not text.replace("-", "").replace("_", "").isalnum() or not text.isascii():
            raise CellError(
                _("bukan kode aplikasi: %(text)s. Kosongkan bila belum tahu.") % {"text": text[:40]}
            )
        return text.lower()


TYPES: dict[str, Callable[[Field], CellType]] = {
    ValueKind.CHOICE: lambda field: FieldChoice(field.choices, dict(field.options())),
    ValueKind.CHOICES: lambda field: FieldChoices(field.choices, dict(field.options())),
    ValueKind.YES_NO: lambda _field: YesNo(),
    ValueKind.DATE: lambda _field: Day(),
    ValueKind.NUMBER: lambda _field: Whole(),
    ValueKind.URL: lambda _field: WebOrHost(300),
    ValueKind.LONG: lambda _field: CellType(5000, lines=True),
}


def type_of(field: Field) -> CellType:
    """The type of a field's column."""
    if field.name == "users_as_of":
        return PartialDay()
    if field.kind in TYPES:
        return TYPES[field.kind](field)
    own = None if field.name.startswith(EXTRA) else Application._meta.get_field(field.name)
    return CellType(getattr(own, "max_length", None) or 300)


EXAMPLES = {
    "name": "e-Arsip Contoh", "purpose": "Mencatat surat masuk dan surat keluar.", "function": "Kearsipan",
    "output": "Daftar surat; lembar disposisi", "strategic_target": "Meningkatnya tata kelola arsip",
    "tactical_target": "Meningkatnya arsip yang tertib", "operational_target": "Tersedianya arsip digital",
    "since": "2021", "users": "120", "users_as_of": "2026-10",
    "url": "https://arsip.contoh.go.id", "vendor": "PT Contoh", "languages": "PHP", "framework": "Laravel",
    "database": "MySQL", "developer_unit": "Diskominfo", "operating_unit": "Bidang Arsip",
    "other_users": "Semua desa",
    "note": "Dipakai sejak 2021.",
}  # fmt: skip
ALSO = {
    "name": ("nama aplikasi", "nama sistem", "nama sistem informasi", "aplikasi", "nama aplikasi/sistem informasi"),
    "purpose": ("deskripsi", "fungsi aplikasi", "uraian aplikasi", "keterangan aplikasi", "deskripsi aplikasi",
                "kegunaan", "uraian singkat"),
    "function": ("fungsi urusan", "urusan", "proses bisnis", "fungsi_urusan"),
    "output": ("luaran aplikasi", "output", "keluaran"),
    "app_class": ("jenis aplikasi", "kategori aplikasi", "klasifikasi aplikasi", "umum/khusus", "kategori"),
    "strategic_target": ("pohon kinerja strategis", "kinerja strategis", "sasaran strategis", "strategic"),
    "tactical_target": ("pohon kinerja taktis", "kinerja taktis", "taktikal", "tactical"),
    "operational_target": ("pohon kinerja operasional", "kinerja operasional", "operational"),
    "audience": ("pengguna layanan", "sasaran pengguna", "target pengguna", "untuk siapa"),
    "bases": ("basis", "platform", "basis aplikasi", "jenis platform"),
    "since": ("tahun pembuatan", "tahun pengembangan", "tahun dibangun", "tahun mulai", "tahun implementasi"),
    "state": ("status aplikasi", "status aktif", "aktif/tidak aktif", "keadaan", "status penggunaan", "kondisi"),
    "life_cycle": ("tahap siklus hidup", "siklus hidup"),
    "users": ("jumlah pemakai", "jumlah user", "jml pengguna", "jumlah pengguna aktif"),
    "operator_level": ("tingkat pengelola", "pusat/daerah", "pusat/lokal", "siapa yang menjalankan"),
    "developer_unit": ("pengembang", "perangkat daerah pengembang", "opd pengembang", "pembuat", "dibuat oleh"),
    "operating_unit": ("unit operasional", "unit operasional/pengelola", "pengelola aplikasi", "bidang pengelola",
                       "perangkat daerah pengelola"),
    "other_users": ("pengguna lain", "pengguna lainnya", "pemakai lainnya"),
    "vendor": ("nama penyedia", "pihak ketiga", "vendor", "rekanan"),
    "contract_until": ("masa kontrak", "akhir kontrak", "kontrak berakhir", "tanggal akhir kontrak"),
    "url": ("alamat web", "alamat url", "link", "alamat aplikasi", "domain", "tautan", "website", "url aplikasi"),
    "android_url": ("play store", "link playstore", "google play"),
    "ios_url": ("app store", "link appstore"),
    "licence": ("lisensi", "jenis lisensi"),
    "source_code_url": ("source code", "repositori", "kode sumber"),
    "languages": ("bahasa", "bahasa program", "programming language"),
    "framework": ("framework", "kerangka"),
    "database": ("database", "dbms", "basis data"),
    "hosting": ("lokasi hosting", "tempat server", "server", "hosting"),
    "registration_number": ("nomor pse", "tdpse", "no tdpse", "tanda daftar pse"),
    "audit_date": ("audit keamanan", "tanggal audit keamanan"),
    "note": ("keterangan", "ket", "catatan tambahan"),
}  # fmt: skip
BY_CONTENT = {"url", "state", "audience", "app_class", "operator_level"}


def column_of(field: Field, *, extra: bool = False) -> Column:
    return Column(
        field.column,
        field.label,
        field.hint or gettext_lazy("Kosongkan bila belum diketahui."),
        EXAMPLES.get(field.name, _example(field)),
        type_of(field),
        required=field.name == "name",
        also=ALSO.get(field.name, ()),
        by_content=field.name in BY_CONTENT and not extra,
        proper=field.name == "name",
        splits=field.name == "name",
    )


def _example(field: Field) -> str:
    if field.kind in (ValueKind.CHOICE, ValueKind.CHOICES):
        return next((value for value, _label in field.options() if value != UNKNOWN), "")
    return {ValueKind.DATE: "2026-11-24", ValueKind.URL: "https://contoh.go.id", ValueKind.YES_NO: "ya"}.get(
        field.kind, "10" if field.kind == ValueKind.NUMBER else "Contoh"
    )


CODE = Column(
    "kode", gettext_lazy("Kode aplikasi"),
    gettext_lazy("Seperti di alamatnya. Kosongkan untuk aplikasi baru; kami mencarinya dari nama dan alamat web."),
    "e-arsip-contoh", Slug(120), also=("slug", "kode aplikasi", "id aplikasi"),
)  # fmt: skip
OWNER = Column(
    "pemilik", gettext_lazy("Instansi pemilik"), gettext_lazy("Singkatan atau nama instansi."), "Diskominfo",
    CellType(200), required=True, by_content=True,
    also=("pemilik aplikasi", "instansi", "opd", "nama opd", "perangkat daerah", "skpd", "sopd", "instansi pemilik",
          "perangkat daerah pemilik", "nama perangkat daerah", "pemilik aplikasi (opd)", "dinas"),
)  # fmt: skip
# beside the fields: what the region's own table says of an application
BESIDE: tuple[tuple[str, Column], ...] = (
    ("name_en", Column("nama_inggris", gettext_lazy("Nama Inggris"), gettext_lazy("Untuk halaman berbahasa Inggris."),
                       "e-Archive", CellType(200), also=("nama_en",))),
    ("task", Column("tugas", gettext_lazy("Tugas pegawai"), gettext_lazy("Kelompok di jendela pegawai."), "Surat",
                    CellType(60))),
    ("task_en", Column("tugas_en", gettext_lazy("Tugas pegawai (Inggris)"), gettext_lazy("Kelompok itu dalam bahasa "
                       "Inggris."), "Letters", CellType(60))),
    ("evidence", Column("bukti_kotim", gettext_lazy("Dari mana diketahui"), gettext_lazy("Apakah sumbernya tentang "
                        "kabupaten ini."), "ya", Choice(dict(Evidence.choices)))),
    ("usage_note", Column("angka_pemakaian", gettext_lazy("Angka pemakaian di sumber"), gettext_lazy("Seperti ditulis "
                          "sumbernya."), "1.200 pengguna", CellType(2000, lines=True))),
    ("source_url", Column("sumber_url", gettext_lazy("Alamat sumber"), gettext_lazy("Alamat web yang menyebut baris "
                          "ini."), "https://contoh.go.id/berita", Web(500), also=("sumber", "url sumber"))),
    ("state_as_of", Column("sumber_tanggal", gettext_lazy("Tanggal sumber"), gettext_lazy("Kapan sumber itu terbit. "
                           "Cukup tahun atau bulan bila hanya itu yang diketahui."), "2026-10", PartialDay(30),
                           also=("tanggal sumber",))),
)  # fmt: skip
COLUMNS: tuple[tuple[str, Column], ...] = (
    ("slug", CODE),
    ("name", column_of(FIELDS[0])),
    ("owner", OWNER),
    *((field.name, column_of(field)) for field in FIELDS[1:]),
    *BESIDE,
)


def text_of(value: Any) -> str:
    """A value of the database as the canonical text of its column."""
    if value is None or value == UNKNOWN:
        return ""
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, list):
        return "; ".join(str(part) for part in value)
    if isinstance(value, datetime.date):
        return value.isoformat()
    return str(value)


def value_from(field: Field | None, text: str) -> Any:
    """The canonical text of a column as the value that the actions take."""
    kind = field.kind if field else ValueKind.TEXT
    if kind == ValueKind.CHOICES:
        return text.split("; ") if text else []
    if kind == ValueKind.CHOICE and not text:
        return UNKNOWN if any(value == UNKNOWN for value, _label in field.options()) else ""  # type: ignore[union-attr]
    if kind == ValueKind.NUMBER:
        return int(text) if text else None
    if kind == ValueKind.DATE:
        return text or None
    if kind == ValueKind.YES_NO:
        return {"ya": True, "tidak": False}.get(text)
    return text
