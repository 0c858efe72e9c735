"""The parts of a service that its agency writes: their keys, in the order of the work, and how each is worded."""

from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.utils.translation import gettext_lazy as _


class Shape(Enum):
    """What the value of a part looks like."""

    TEXT = "text"
    LINES = "lines"  # text, one item for each line
    COMPLAINT = "complaint"
    WAYS = "ways"
    WORDS = "words"
    EVENTS = "events"
    TEXTS = "texts"


class Group(Enum):
    DELIVERY = "penyampaian"
    MANAGEMENT = "pengelolaan"
    COMPLAINT = "pengaduan"
    ACCESS = "cara"
    TEXTS = "keterangan"


GROUP_NAMES = {
    Group.DELIVERY: _("Untuk warga"),
    Group.COMPLAINT: _("Bila ada yang tidak beres"),
    Group.ACCESS: _("Cara mengurus"),
    Group.TEXTS: _("Nama, kata dan keterangan"),
    Group.MANAGEMENT: _("Di dalam instansi"),
}


@dataclass(frozen=True)
class Part:
    """`label` is the resident's word, `legal` the word of the decreed sheet, `question` what the editor asks. `code`
    says that the part is one of the 14 components: its citation stands in the component type."""

    key: str
    label: Any
    legal: Any
    question: Any
    group: Group
    shape: Shape = Shape.TEXT

    @property
    def is_component(self) -> bool:
        return self.key[0] in "AB" and self.key[1:].isdigit()


_A, _B = Group.DELIVERY, Group.MANAGEMENT
PARTS: tuple[Part, ...] = (
    Part("A1", _("Bawa apa"), _("Persyaratan"), _("Apa saja yang warga bawa?"), _A, Shape.LINES),
    Part(
        "A2", _("Langkah"), _("Sistem, mekanisme, dan prosedur"), _("Apa saja langkahnya?"), _A, Shape.LINES
    ),
    Part("A3", _("Berapa lama"), _("Jangka waktu pelayanan"), _("Berapa lama sampai selesai?"), _A),
    Part("A4", _("Bayar berapa"), _("Biaya/tarif"), _("Berapa bayarnya?"), _A, Shape.LINES),
    Part("A5", _("Yang Anda dapat"), _("Produk pelayanan"), _("Apa yang warga terima?"), _A),
    Part(
        "A6",
        _("Mengadu"),
        _("Penanganan pengaduan, saran, dan masukan"),
        _("Bagaimana warga mengadu, dan kapan dijawab?"),
        _A,
    ),
    Part(
        "complaint",
        _("Petugas pengaduan"),
        _("Petugas dan sarana pengaduan"),
        _("Siapa yang menerima pengaduan, dan di mana?"),
        Group.COMPLAINT,
        Shape.COMPLAINT,
    ),
    Part(
        "ways",
        _("Cara mengurus"),
        "",
        _("Lewat mana warga mengurusnya?"),
        Group.ACCESS,
        Shape.WAYS,
    ),
    Part(
        "texts",
        _("Keterangan layanan"),
        "",
        _("Untuk siapa, hasilnya apa, dan apa namanya dalam bahasa Inggris?"),
        Group.TEXTS,
        Shape.TEXTS,
    ),
    Part("words", _("Kata warga"), "", _("Dengan kata apa warga mencarinya?"), Group.TEXTS, Shape.WORDS),
    Part(
        "events",
        _("Peristiwa hidup"),
        "",
        _("Pada peristiwa apa warga membutuhkannya?"),
        Group.TEXTS,
        Shape.EVENTS,
    ),
    Part("B7", _("Dasar hukum"), _("Dasar hukum"), _("Aturan apa yang menjadi dasarnya?"), _B),
    Part(
        "B8",
        _("Sarana dan fasilitas"),
        _("Sarana dan prasarana, dan/atau fasilitas"),
        _("Sarana apa yang dipakai?"),
        _B,
    ),
    Part(
        "B9",
        _("Kemampuan petugas"),
        _("Kompetensi pelaksana"),
        _("Apa yang harus bisa dilakukan petugas?"),
        _B,
    ),
    Part("B10", _("Pengawasan"), _("Pengawasan internal"), _("Siapa yang mengawasi, dan bagaimana?"), _B),
    Part("B11", _("Jumlah petugas"), _("Jumlah pelaksana"), _("Berapa petugas yang melayani?"), _B),
    Part("B12", _("Jaminan"), _("Jaminan pelayanan"), _("Apa yang dijamin bila janji meleset?"), _B),
    Part(
        "B13",
        _("Keamanan dan keselamatan"),
        _("Jaminan keamanan dan keselamatan pelayanan"),
        _("Bagaimana warga dan berkasnya aman?"),
        _B,
    ),
    Part(
        "B14",
        _("Penilaian petugas"),
        _("Evaluasi kinerja pelaksana"),
        _("Bagaimana kerja petugas dinilai?"),
        _B,
    ),
)
BY_KEY = {part.key: part for part in PARTS}
COMPONENTS = tuple(part.key for part in PARTS if part.is_component)
DELIVERY = tuple(key for key in COMPONENTS if key.startswith("A"))
STANDARD_PARTS = (*COMPONENTS, "complaint")  # these make a version; the rest belongs to the service itself
OTHER_PARTS = tuple(part.key for part in PARTS if part.key not in STANDARD_PARTS)
