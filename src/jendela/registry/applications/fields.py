"""The one table of what is recorded about an application: label, question, group, who may see it, whether it is
asked for, and its column in tables. Forms, pages, imports, exports, rounds and scores are driven by it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from jendela.registry.applications.choices import (
    Accessibility,
    ApplicationAudience,
    ApplicationClass,
    ApplicationState,
    AuditResult,
    Base,
    Hosting,
    Licence,
    LifeCycle,
    OperatorLevel,
    SignIn,
    ValueKind,
    Visibility,
    Wish,
)

if TYPE_CHECKING:
    from jendela.registry.applications.models import AttributeDefinition

UNKNOWN = "tidak_diketahui"
EXTRA = "extra."  # before the key of an attribute that was added without code
PUBLIC, GOVERNMENT, OWNER = Visibility.PUBLIC, Visibility.GOVERNMENT, Visibility.OWNER


@dataclass(frozen=True)
class Group:
    key: str
    label: Any


@dataclass(frozen=True)
class Field:
    """`name` is the attribute of Application. `column` heads it in tables (the national name where there is one).
    `mandatory`: one cannot attest a list while it is not known (rules 4.5, and what every round asks)."""

    name: str
    group: str
    label: Any
    column: str
    kind: ValueKind = ValueKind.TEXT
    choices: Any = None  # a TextChoices, or the words of an extra attribute
    visibility: Visibility = GOVERNMENT
    hint: Any = ""
    mandatory: bool = False

    def is_known(self, value: Any) -> bool:
        """Does the value say something?"""
        return value not in (None, "", UNKNOWN, [])

    def options(self) -> list[tuple[str, Any]]:
        """Stored words and labels of a choice."""
        if self.choices is None:
            return []
        return list(getattr(self.choices, "choices", None) or [(word, word) for word in self.choices])


GROUPS = (
    Group("identity", _("Tentang aplikasi")),
    Group("life", _("Keadaan dan rencana")),
    Group("people", _("Pemilik, pengelola, pemakai")),
    Group("access", _("Alamat dan cara masuk")),
    Group("technology", _("Teknologi dan tempat")),
    Group("law", _("Pendaftaran, keamanan, akses untuk semua")),
)

FIELDS: tuple[Field, ...] = (
    Field("name", "identity", _("Nama"), "nama", visibility=PUBLIC, mandatory=True,
          hint=_("Nama yang dipakai sehari-hari, dengan singkatannya.")),
    Field("purpose", "identity", _("Gunanya"), "uraian", ValueKind.LONG, visibility=PUBLIC, mandatory=True,
          hint=_("Untuk apa aplikasi ini, dalam satu atau dua kalimat.")),
    Field("function", "identity", _("Fungsi"), "fungsi", visibility=PUBLIC, mandatory=True,
          hint=_("Urusan yang dibantu. Contoh: Kepegawaian: kehadiran.")),
    Field("output", "identity", _("Luaran"), "luaran", ValueKind.LONG, visibility=PUBLIC,
          hint=_("Apa yang dihasilkan: surat, laporan, data.")),
    Field("app_class", "identity", _("Jenis"), "klasifikasi", ValueKind.CHOICE, ApplicationClass, PUBLIC,
          mandatory=True),
    Field("audience", "identity", _("Untuk siapa"), "sasaran", ValueKind.CHOICE, ApplicationAudience, PUBLIC,
          mandatory=True),
    Field("bases", "identity", _("Berjalan di"), "basis_aplikasi", ValueKind.CHOICES, Base, PUBLIC),
    Field("since", "identity", _("Tahun mulai"), "tahun", visibility=PUBLIC, hint=_("Contoh: 2021.")),
    Field("strategic_target", "identity", _("Kinerja strategis yang didukung"), "pohon_kinerja_strategis",
          ValueKind.LONG, hint=_("Sasaran instansi dalam pohon kinerja. Tulis seperti di Renstra atau Renja.")),
    Field("tactical_target", "identity", _("Kinerja taktis yang didukung"), "pohon_kinerja_taktis", ValueKind.LONG,
          hint=_("Sasaran program dalam pohon kinerja.")),
    Field("operational_target", "identity", _("Kinerja operasional yang didukung"), "pohon_kinerja_operasional",
          ValueKind.LONG, hint=_("Sasaran kegiatan atau subkegiatan dalam pohon kinerja.")),
    Field("state", "life", _("Masih dipakai?"), "status", ValueKind.CHOICE, ApplicationState, PUBLIC, mandatory=True),
    Field("life_cycle", "life", _("Tahap"), "tahap", ValueKind.CHOICE, LifeCycle, PUBLIC, mandatory=True),
    Field("users", "life", _("Jumlah pemakai"), "jumlah_pengguna", ValueKind.NUMBER, visibility=PUBLIC),
    Field("users_as_of", "life", _("Jumlah itu per"), "jumlah_pengguna_per", ValueKind.TEXT, visibility=PUBLIC,
          hint=_("Tanggal, bulan atau tahun.")),
    Field("user_note", "life", _("Bukti jumlah pemakai"), "bukti_pengguna"),
    Field("wish", "life", _("Sebaiknya diapakan"), "rencana_pemilik", ValueKind.CHOICE, Wish),
    Field("wish_reason", "life", _("Alasannya"), "alasan_rencana", ValueKind.LONG),
    Field("operator_level", "people", _("Siapa yang menjalankan"), "pengelola", ValueKind.CHOICE, OperatorLevel,
          PUBLIC, mandatory=True),
    Field("developer_unit", "people", _("Yang membuat"), "unit_pengembang"),
    Field("operating_unit", "people", _("Unit yang mengelola"), "unit_pengelola", mandatory=True,
          hint=_("Bidang atau seksi yang menjalankannya sehari-hari.")),
    Field("other_users", "people", _("Pemakai lain"), "pemakai_lain",
          hint=_("Pemakai yang bukan perangkat daerah. Contoh: semua desa, puskesmas.")),
    Field("vendor", "people", _("Penyedia"), "penyedia"),
    Field("contract_until", "people", _("Kontrak sampai"), "kontrak_sampai", ValueKind.DATE),
    Field("url", "access", _("Alamat web"), "url", ValueKind.URL, visibility=PUBLIC),
    Field("android_url", "access", _("Alamat di Play Store"), "url_android", ValueKind.URL, visibility=PUBLIC),
    Field("ios_url", "access", _("Alamat di App Store"), "url_ios", ValueKind.URL, visibility=PUBLIC),
    Field("sign_in", "access", _("Cara masuk"), "cara_masuk", ValueKind.CHOICE, SignIn, PUBLIC),
    Field("licence", "technology", _("Lisensi"), "tipe_lisensi", ValueKind.CHOICE, Licence, PUBLIC),
    Field("source_code_url", "technology", _("Alamat kode sumber"), "kode_sumber", ValueKind.URL),
    Field("spdx", "technology", _("Nama lisensi kode sumber"), "lisensi_spdx", visibility=PUBLIC,
          hint=_("Kode SPDX. Contoh: AGPL-3.0-or-later, MIT.")),
    Field("languages", "technology", _("Bahasa pemrograman"), "bahasa_pemrograman"),
    Field("framework", "technology", _("Kerangka pengembangan"), "kerangka_pengembangan"),
    Field("database", "technology", _("Basis data"), "basis_data"),
    Field("hosting", "technology", _("Tempat server"), "lokasi_server", ValueKind.CHOICE, Hosting, mandatory=True),
    Field("hosting_note", "technology", _("Keterangan server"), "keterangan_server", visibility=OWNER),
    Field("registration_number", "law", _("Nomor tanda daftar PSE"), "nomor_tdpse", visibility=PUBLIC),
    Field("registration_date", "law", _("Tanggal tanda daftar"), "tanggal_tdpse", ValueKind.DATE, visibility=PUBLIC),
    Field("registration_due", "law", _("Daftar ulang sebelum"), "tdpse_sampai", ValueKind.DATE),
    Field("audit_date", "law", _("Audit keamanan terakhir"), "tanggal_audit", ValueKind.DATE),
    Field("audit_result", "law", _("Hasil audit"), "hasil_audit", ValueKind.CHOICE, AuditResult),
    Field("audit_due", "law", _("Audit berikutnya"), "audit_berikutnya", ValueKind.DATE),
    Field("accessibility", "law", _("Dapat dipakai semua orang"), "aksesibilitas", ValueKind.CHOICE, Accessibility,
          PUBLIC),
    Field("accessibility_date", "law", _("Diperiksa pada"), "tanggal_aksesibilitas", ValueKind.DATE, visibility=PUBLIC),
    Field("note", "identity", _("Catatan"), "catatan", ValueKind.LONG, visibility=PUBLIC),
)  # fmt: skip

BY_NAME: dict[str, Field] = {one.name: one for one in FIELDS}
MANDATORY: tuple[str, ...] = tuple(one.name for one in FIELDS if one.mandatory)


def of_group(group: str) -> Sequence[Field]:
    return [one for one in FIELDS if one.group == group]


EXTRA_GROUP = Group("extra", _("Keterangan tambahan"))


def extra_field(definition: "AttributeDefinition") -> Field:
    """An attribute that Kominfo added, as a field like any other."""
    return Field(
        name=f"{EXTRA}{definition.key}",
        group=EXTRA_GROUP.key,
        label=definition.label,
        column=definition.key,
        kind=ValueKind(definition.kind),
        choices=tuple(definition.choices) or None,
        visibility=Visibility(definition.visibility),
        hint=definition.hint,
    )


def groups_with(extras: Iterable[Field]) -> list[tuple[Group, list[Field]]]:
    """Every group with its fields in order; extra attributes last, when there are any."""
    found = [(group, list(of_group(group.key))) for group in GROUPS]
    more = list(extras)
    return [*found, (EXTRA_GROUP, more)] if more else found
