"""Values read from the texts of a service: time, fees, papers, steps. What cannot be read stays text."""

import re
from dataclasses import dataclass
from decimal import Decimal

from jendela.services.catalogue.choices import Copy, FeeKind, RequirementKind, TimeUnit

MOST = 32767  # the largest number of the column

TIME = re.compile(
    r"^(?P<shortest>\d{1,5})(?:\s*-\s*(?P<longest>\d{1,5}))?\s+(?P<unit>hari kerja|hari|jam|menit)"
    r"(?:\s+(?P<word>setelah|sejak|bila|untuk)\s+(?P<words>[^()+;]+?))?"
    r"(?:\s*\((?:contoh )?(?P<elsewhere>[A-Z][^()+;]*)\))?$"
)
UNITS = {
    "menit": TimeUnit.MINUTE,
    "jam": TimeUnit.HOUR,
    "hari": TimeUnit.DAY,
    "hari kerja": TimeUnit.WORKING_DAY,
}


@dataclass(frozen=True)
class Time:
    shortest: int
    longest: int
    unit: TimeUnit
    counts_from: str = ""
    only_if: str = ""
    covers: str = ""
    elsewhere: str = ""


def parse_time(text: str) -> Time | None:
    """'1-3 hari kerja', '3 jam setelah lengkap', '30 menit (contoh Purbalingga)'; None for anything else."""
    match = TIME.match(text.strip())
    if not match:
        return None
    shortest = int(match["shortest"])
    longest = int(match["longest"] or shortest)
    if not shortest <= longest <= MOST:
        return None
    word, words = match["word"] or "", match["words"] or ""
    return Time(
        shortest=shortest,
        longest=longest,
        unit=UNITS[match["unit"]],
        counts_from=f"{word} {words}" if word in {"setelah", "sejak"} else "",
        only_if=f"bila {words}" if word == "bila" else "",
        covers=words if word == "untuk" else "",
        elsewhere=match["elsewhere"] or "",
    )


FREE = re.compile(r"^(?:Gratis|Bebas biaya|Tidak dipungut biaya)\b(?P<note>.*)$", re.IGNORECASE)
AMOUNT = re.compile(
    r"^(?P<label>[^%]*?)\s*\bRp\s?(?P<number>\d{1,3}(?:\.\d{3})*(?:,\d{1,2})?|\d+(?:,\d{1,2})?)"
    r"(?![\d.,]*\d)(?:\s*(?P<scale>ribu|juta|miliar)\b)?(?P<note>.*)$"
)
PERCENT = re.compile(r"^(?P<label>.*?)\s*(?P<number>\d{1,3}(?:,\d{1,2})?)\s?%(?P<note>.*)$")
SCALES = {None: 1, "ribu": 1_000, "juta": 1_000_000, "miliar": 1_000_000_000}
LARGEST_FEE = Decimal(10) ** 12


@dataclass(frozen=True)
class FeeLine:
    kind: FeeKind
    label: str = ""
    amount: Decimal | None = None
    percent: Decimal | None = None
    about: bool = False
    note: str = ""


def parse_fees(text: str) -> list[FeeLine]:
    """The lines of a tariff, separated by ';' or line ends. A line without a number the office can be held to is
    text."""
    return [parse_fee(part) for part in split_items(text)]


def parse_fee(text: str) -> FeeLine:
    if match := FREE.match(text):
        return FeeLine(FeeKind.FREE, note=_bare(match["note"]))
    if match := AMOUNT.match(text):
        amount = _decimal(match["number"]) * SCALES[match["scale"]]
        label, about = match["label"].strip(), False
        if label.lower() in {"sekitar", "kira-kira"}:
            label, about = "", True
        if amount < LARGEST_FEE:
            return FeeLine(FeeKind.AMOUNT, label=label, amount=amount, about=about, note=_bare(match["note"]))
    elif match := PERCENT.match(text):
        label, percent = match["label"].strip(), _decimal(match["number"])
        return FeeLine(FeeKind.PERCENT, label=label, percent=percent, note=_bare(match["note"]))
    return FeeLine(FeeKind.TEXT, label=text)


def _decimal(number: str) -> Decimal:
    return Decimal(number.replace(".", "").replace(",", "."))


def _bare(note: str) -> str:
    """Without the brackets that hold all of it."""
    note = note.strip()
    if note.startswith("(") and note.endswith(")") and note.count("(") == 1:
        return note[1:-1].strip()
    return note.lstrip(",").strip()


# A requirement is a condition when it begins with one of these; else it is a paper.
CONDITION = re.compile(
    r"^(datang|ponsel|sudah|sinyal|domisili|orang tua|kepesertaan|aplikasi|terdaftar|terdata|nama|paling|tidak|tanpa|"
    r"nomor ponsel|email|anggota|data|luas|bersedia|lanjut usia|diusulkan|penyandang|anak|rombongan|mendaftar|lulus|"
    r"sidik jari)\b",
    re.IGNORECASE,
)
ONLY_IF = re.compile(r"\(?\b((?:bila|bagi)\s+[^(),;]+|(?<=\()untuk\s+[^()]+|untuk\s+(?=\w+/)[^(),;]+)\)?")
ALTERNATIVE = re.compile(r"\batau\b.*\b(?:bila|bagi)\b")  # the condition belongs to the second choice only
COPIES = re.compile(r"\b(\d{1,3})\s+(?:lembar|rangkap)\b")


@dataclass(frozen=True)
class Paper:
    text: str
    kind: RequirementKind
    copy: Copy
    copies: int | None
    only_if: str


def parse_requirements(text: str) -> list[Paper]:
    return [parse_requirement(part) for part in split_items(text)]


def parse_requirement(text: str) -> Paper:
    condition = CONDITION.match(text)
    only_if = None if ALTERNATIVE.search(text) else ONLY_IF.search(text)
    copies = parse_copies(text)
    return Paper(
        text=text,
        kind=RequirementKind.CONDITION if condition else RequirementKind.DOCUMENT,
        copy=Copy.EITHER if condition else parse_copy(text),
        copies=copies,
        only_if=only_if[1].strip() if only_if else "",
    )


def parse_copies(text: str) -> int | None:
    match = COPIES.search(text)
    return int(match[1]) if match and int(match[1]) > 0 else None


def parse_copy(text: str) -> Copy:
    words = text.lower()
    photocopy = re.search(r"\bfotokopi\b|\bfoto/pindai\b", words)
    original = re.search(r"\basli(?:nya)?\b", words)
    if photocopy and original:
        return Copy.EITHER if "asli/" in words else Copy.BOTH
    if photocopy:
        return Copy.EITHER if re.search(r"\batau fotokopi\b", words) else Copy.PHOTOCOPY
    return Copy.ORIGINAL if original and "asli/" not in words else Copy.EITHER


ACT = re.compile(
    r"^(?:lalu|kemudian|isi|unggah|pilih|bayar|bawa|serahkan|datang|daftar|hubungi|buka|ajukan|verifikasi|konsultasi|"
    r"terbit|rekomendasi|pemenuhan|tunggu|lapor|ambil)\b|\bterbit$|"
    r"\b(?!difabel|disabilitas|dinas|digital|mesin|media|menit|meter|menteri)(?:di|me)[a-z]{4,}"
)


def split_steps(text: str) -> list[str]:
    """Steps are separated by line ends. A text in one line (the data set's) is separated by ';', and by commas where
    every part after the first says what is done."""
    if "\n" in text:
        return [step[:1].upper() + step[1:] for step in split_items(text, lines_only=True)]
    steps: list[str] = []
    for part in split_outside_brackets(text, ";"):
        pieces = split_outside_brackets(part, ", ")
        listed = any(piece.startswith(("atau ", "dan ")) for piece in pieces)
        if len(pieces) > 1 and not listed and all(ACT.search(piece) for piece in pieces[1:]):
            steps += pieces
        else:
            steps.append(part)
    return [step[:1].upper() + step[1:] for step in steps]


def split_items(text: str, *, lines_only: bool = False) -> list[str]:
    """One item for each line; ';' outside brackets ends an item too, unless `lines_only`."""
    lines = (line.strip() for line in text.splitlines())
    return [
        item
        for line in lines
        if line
        for item in ([line] if lines_only else split_outside_brackets(line, ";"))
    ]


def split_outside_brackets(text: str, separator: str) -> list[str]:
    """Parts between separators that stand outside round brackets, stripped, without empty ones."""
    parts, depth, start, at = [], 0, 0, 0
    while at < len(text):
        depth = max(0, depth + {"(": 1, ")": -1}.get(text[at], 0))
        if depth == 0 and text.startswith(separator, at):
            parts.append(text[start:at])
            at = start = at + len(separator)
        else:
            at += 1
    parts.append(text[start:])
    return [part.strip() for part in parts if part.strip()]
