"""What a formal letter consists of, and how its parts read. No file format here.

The parts follow the habit of Indonesian offices: a nota dinas inside one government (Yth., Dari, Tembusan, Tanggal,
Nomor, Sifat, Lampiran, Hal), a surat to others (place and date, Nomor, Sifat, Lampiran, Hal, the addressee).
"""

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from babel.dates import format_date
from babel.numbers import format_decimal

DOTS = "." * 32
SHORT_DOTS = "." * 24
MARK = "CONTOH – bukan surat resmi"
LANGUAGE = "id-ID"

Value = str | int | float | Decimal | datetime.date | None
_DROPPED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")  # no XML may hold them


class LetterKind(StrEnum):
    NOTA_DINAS = "nota dinas"
    SURAT = "surat"


@dataclass(frozen=True)
class Paragraph:
    text: str


@dataclass(frozen=True)
class Heading:
    text: str


@dataclass(frozen=True)
class Numbered:
    items: Sequence[str]


@dataclass(frozen=True)
class Facts:
    """Labels with what belongs to them, without lines: an empty value becomes a dotted line."""

    rows: Sequence[tuple[str, Value]]


@dataclass(frozen=True)
class Table:
    """`widths` are shares of the text width; without them all columns are equal. Numbers and dates are written the
    Indonesian way; numbers stand on the right. `note` stands below: source and date."""

    headers: Sequence[str]
    rows: Sequence[Sequence[Value]]
    widths: Sequence[float] = ()
    title: str = ""
    note: str = ""


Block = Paragraph | Heading | Numbered | Facts | Table


@dataclass(frozen=True)
class Annex:
    """Pages after the signature. `wide` turns the paper."""

    title: str
    blocks: Sequence[Block]
    wide: bool = False


@dataclass(frozen=True)
class Signer:
    """Who will sign; what is empty is a dotted line. Without `nip` the line of the number is left out when `rank` is
    empty too."""

    title: str  # "Kepala Dinas Komunikasi dan Informatika"
    name: str = ""
    rank: str = ""  # "Pembina Tingkat I"
    nip: str = ""


@dataclass(frozen=True)
class Letter:
    """`simulated`: made from a demo or an exercise; it then says so at the head of each page (never leave it out)."""

    kind: LetterKind
    subject: str
    to: Sequence[str]
    signer: Signer
    simulated: bool
    letterhead: Sequence[str] = ()  # "PEMERINTAH KABUPATEN …", the office, its address
    from_: str = ""
    cc: Sequence[str] = ()
    number: str = ""
    date: datetime.date | None = None
    place: str = ""  # where a surat is signed; a nota dinas has its date at the head
    to_place: str = ""  # of a surat: "di Sampit"
    nature: str = "Biasa"  # Sifat
    attachments: str = ""  # "1 (satu) berkas"; without one the line is left out
    opening: Sequence[str] = ()
    blocks: Sequence[Block] = ()
    closing: Sequence[str] = ()
    annexes: Sequence[Annex] = ()
    draft_note: str = ""  # small, at the foot: who prepared it from which data

    @property
    def is_note(self) -> bool:
        return self.kind is LetterKind.NOTA_DINAS

    @property
    def file_title(self) -> str:
        """Title of the file: 'Nota dinas: Pemutakhiran daftar aplikasi'."""
        first = f"{self.kind.value.capitalize()}: {plain(self.subject)}"
        return f"{first} ({MARK})" if self.simulated else first

    @property
    def written_date(self) -> str:
        return day_in_words(self.date) if self.date else SHORT_DOTS

    @property
    def place_and_date(self) -> str:
        return f"{plain(self.place) or SHORT_DOTS}, {self.written_date}"

    def head_rows(self) -> list[tuple[str, list[str]]]:
        """The table at the head: labels, each with its lines."""
        rows: list[tuple[str, list[str]]] = []
        if self.is_note:
            rows += [("Yth.", counted(self.to)), ("Dari", [plain(self.from_) or DOTS])]
            if self.cc:
                rows.append(("Tembusan", counted(self.cc)))
            rows.append(("Tanggal", [self.written_date]))
        rows += [("Nomor", [plain(self.number) or DOTS]), ("Sifat", [plain(self.nature) or DOTS])]
        if self.attachments:
            rows.append(("Lampiran", [plain(self.attachments)]))
        rows.append(("Hal", [plain(self.subject)]))
        return rows

    def address_lines(self) -> list[str]:
        """Of a surat: to whom, and where."""
        return ["Yth.", *counted(self.to), plain(self.to_place) or f"di {SHORT_DOTS}"]

    def signature_lines(self) -> tuple[list[str], list[str]]:
        """Above and below the space for the signature."""
        above = [f"{plain(self.signer.title) or DOTS},"]
        below = [plain(self.signer.name) or DOTS]
        if self.signer.rank or self.signer.nip or not self.signer.name:
            below.append(plain(self.signer.rank) or SHORT_DOTS)
            below.append(f"NIP {plain(self.signer.nip) or SHORT_DOTS}")
        return above, below


def plain(text: str) -> str:
    """Text that every format can hold: without control characters, spaces joined."""
    return " ".join(_DROPPED.sub("", text).split())


def counted(names: Sequence[str]) -> list[str]:
    """Several names with their number, one without, none as a dotted line."""
    found = [plain(name) for name in names if plain(name)]
    if len(found) < 2:
        return found or [DOTS]
    return [f"{number}. {name}" for number, name in enumerate(found, start=1)]


def day_in_words(day: datetime.date) -> str:
    """'24 November 2026', whatever language the page has."""
    return format_date(day, "d MMMM y", locale="id_ID")


def is_number(value: Value) -> bool:
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)


def words_of(value: Value) -> str:
    """A value as a letter writes it."""
    if value is None:
        return ""
    if isinstance(value, datetime.datetime | datetime.date):
        return day_in_words(value)
    if isinstance(value, str):
        return "\n".join(plain(line) for line in value.splitlines()).strip()
    return format_decimal(value, locale="id_ID")


def shares(table: Table) -> list[float]:
    """Width of each column as a share of 1."""
    number = max(len(table.headers), 1)
    widths = [max(float(width), 0.01) for width in table.widths]
    if len(widths) != number:
        widths = [1.0] * number
    return [width / sum(widths) for width in widths]


def fitted(table: Table) -> list[list[Value]]:
    """Rows with exactly as many cells as there are headers. Raises ValueError for a row with too many."""
    number = len(table.headers)
    if any(len(row) > number for row in table.rows):
        raise ValueError("a row has more cells than the table has columns")
    return [[*row, *([None] * (number - len(row)))] for row in table.rows]
