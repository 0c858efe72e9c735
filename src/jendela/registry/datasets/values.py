"""The columns of a dataset that people fill: their groups, labels and one-line explanations. Forms, pages, tables and
the list of what is missing read this one table."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from jendela.registry.datasets.choices import DataKind, Frequency, Openness, PersonalClass
from jendela.registry.datasets.models import Dataset

UNKNOWN = "tidak_diketahui"
TEXT, LONG, CHOICE, CHOICES, YES_NO, DATE, URL = "text", "long", "choice", "choices", "yes_no", "date", "url"


@dataclass(frozen=True)
class Group:
    key: str
    label: Any
    sentence: Any


@dataclass(frozen=True)
class Field:
    """`name` is the attribute of Dataset, `column` heads it in tables. `standard`: one of the five attributes of the
    data standard (Perpres 39/2019 art. 4)."""

    name: str
    group: str
    label: Any
    column: str
    kind: str = TEXT
    choices: Any = None
    hint: Any = ""
    standard: bool = False

    def is_known(self, value: Any) -> bool:
        return value not in (None, "", UNKNOWN, [])


GROUPS = (
    Group("identity", _("Tentang data"), _("Nama dan gunanya, supaya orang lain mengenalinya.")),
    Group("standard", _("Standar data"), _("Lima hal menurut Perpres 39/2019 pasal 4. Satu kalimat cukup.")),
    Group("metadata", _("Metadata dan kode referensi"), _("Supaya data ini dapat dibaca bersama data lain.")),
    Group("openness", _("Terbuka atau tidak"), _("Siapa yang boleh melihat, dan mengapa.")),
    Group("renewal", _("Pembaruan"), _("Kapan dijanjikan diperbarui, dan kapan terakhir diperbarui.")),
    Group("personal", _("Data pribadi"), _("Menurut UU 27/2022. Jenisnya dan berapa lama disimpan.")),
)  # fmt: skip

FIELDS: tuple[Field, ...] = (
    Field("name", "identity", _("Nama data"), "nama_data",
          hint=_("Tanpa singkatan, satuan atau tahun. Contoh: Jumlah Balita Ditimbang.")),
    Field("description", "identity", _("Isinya"), "uraian", LONG, hint=_("Apa yang tercatat, satu atau dua kalimat.")),
    Field("purpose", "identity", _("Gunanya"), "kegunaan", LONG),
    Field("inputs", "identity", _("Dibuat dari informasi apa"), "informasi_masukan", LONG,
          hint=_("Data atau laporan yang menjadi bahannya. Contoh: buku posyandu.")),
    Field("outputs", "identity", _("Informasi yang dihasilkan"), "informasi_luaran", LONG,
          hint=_("Apa yang disusun dari data ini. Contoh: angka stunting per desa.")),
    Field("code", "identity", _("Kode dalam Daftar Data"), "kode", hint=_("Bila daerah sudah memberi kode.")),
    Field("kind", "identity", _("Bentuk"), "jenis", CHOICE, DataKind),
    Field("topic", "identity", _("Tema"), "tag_rad",
          hint=_("Kode referensi arsitektur data, seperti RAD.01, atau kata biasa.")),
    Field("priority", "identity", _("Data prioritas"), "prioritas", YES_NO),
    Field("concept", "standard", _("Konsep"), "konsep", LONG, standard=True,
          hint=_("Gagasan di balik data ini dan untuk apa dikumpulkan.")),
    Field("definition", "standard", _("Definisi"), "definisi", LONG, standard=True,
          hint=_("Penjelasan yang membedakannya dari data lain.")),
    Field("classification", "standard", _("Klasifikasi"), "klasifikasi", LONG, standard=True,
          hint=_("Pengelompokannya. Contoh: menurut kecamatan dan umur.")),
    Field("measure", "standard", _("Ukuran"), "ukuran", standard=True,
          hint=_("Yang diukur: jumlah, tingkat atau cakupan. Contoh: jumlah.")),
    Field("unit", "standard", _("Satuan"), "satuan", standard=True, hint=_("Contoh: orang, hektare, persen.")),
    Field("standard_code", "standard", _("Kode Standar Data Statistik"), "kode_sds",
          hint=_("Dari BPS, seperti SD00001.00.01. Boleh kosong.")),
    Field("has_metadata", "metadata", _("Metadata sudah diisi"), "ada_metadata", YES_NO,
          hint=_("Metadata kegiatan, variabel atau indikator menurut BPS.")),
    Field("metadata_url", "metadata", _("Alamat metadata"), "metadata", URL),
    Field("reference_codes", "metadata", _("Kode referensi yang dipakai"), "kode_referensi",
          hint=_("Contoh: kode wilayah Kemendagri; NIK.")),
    Field("openness", "openness", _("Sifat data"), "sifat", CHOICE, Openness),
    Field("openness_reason", "openness", _("Alasannya"), "alasan_sifat",
          hint=_("Perlu bila terbatas atau tertutup: dasar hukum atau uji konsekuensi.")),
    Field("update_promise", "renewal", _("Janji pembaruan"), "jadwal_pemutakhiran", CHOICE, Frequency),
    Field("last_update", "renewal", _("Terakhir diperbarui"), "terakhir_diperbarui", DATE),
    Field("has_personal", "personal", _("Ada data pribadi"), "ada_data_pribadi", YES_NO),
    Field("personal", "personal", _("Jenis data pribadi"), "jenis_data_pribadi", CHOICES, PersonalClass),
    Field("retention", "personal", _("Disimpan berapa lama"), "retensi",
          hint=_("Lamanya dan aturannya. Contoh: 5 tahun, jadwal retensi arsip.")),
)  # fmt: skip

BY_NAME: dict[str, Field] = {one.name: one for one in FIELDS}
STANDARD: tuple[str, ...] = tuple(one.name for one in FIELDS if one.standard)
AGENCIES = ("producer", "steward")  # set like values, beside the table
PLACED = ("application", *AGENCIES)


def known(name: str, value: Any) -> bool:
    """Does the value say something? Also of what stands beside the table."""
    return value is not None if name in PLACED else BY_NAME[name].is_known(value)


def of_group(group: str) -> Sequence[Field]:
    return [one for one in FIELDS if one.group == group]


def longest(name: str) -> int:
    """Letters that a text may have: of its column, or 2,000 where the column has no bound."""
    most = getattr(Dataset._meta.get_field(name), "max_length", None)
    return most or 2000
