"""Reading a list of applications from a CSV file as people send it, and writing the pairs."""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from jendela.common.tables import RowError, TableError
from jendela.registry.overlap.matching.records import Pair, Record

NEEDED = ("id", "owner", "name")
OPTIONAL = ("description", "url", "function")
HEADER = ("id_a", "id_b", "kind", "score", "reasons")
DELIMITERS = (",", ";", "\t", "|")
LONGEST = {"name": 500, "description": 20_000}
csv.field_size_limit(10_000_000)


@dataclass
class Listed:
    """Records that can be compared, and the rows that cannot, each with its number and what is wrong."""

    records: list[Record] = field(default_factory=list)
    errors: list[RowError] = field(default_factory=list)


def read_list(path: Path) -> Listed:
    """All usable rows. Raises TableError when the file as a whole cannot be used: absent, empty, not text, a column
    missing. A bad row (no id, no name, the same id again) is left out and named; the others are compared."""
    text = _text(path)
    delimiter = _delimiter(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    header = [cell.strip().strip("\ufeff").casefold() for cell in next(reader, [])]
    missing = [column for column in NEEDED if column not in header]
    if missing:
        found = ", ".join(cell for cell in header if cell) or "tidak ada"
        raise TableError(
            [RowError(path.name, 1, column, f"kolom ini tidak ada (yang ada: {found})") for column in missing]
        )
    places = {column: header.index(column) for column in (*NEEDED, *OPTIONAL) if column in header}
    listed = Listed()
    seen: dict[str, int] = {}
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                _row(path.name, reader.line_num, cells, len(header), places, seen, listed)
    except csv.Error as error:
        raise TableError(
            [RowError(path.name, reader.line_num, "", f"bukan CSV yang utuh ({error})")]
        ) from None
    if not listed.records and not listed.errors:
        raise TableError([RowError(path.name, 0, "", "tidak ada baris di bawah judul kolom")])
    return listed


def _text(path: Path) -> str:
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        raise TableError([RowError(path.name, 0, "", "berkas tidak ada")]) from None
    except OSError as error:
        raise TableError(
            [RowError(path.name, 0, "", f"berkas tidak dapat dibaca ({error.strerror})")]
        ) from None
    if not raw.strip():
        raise TableError([RowError(path.name, 0, "", "berkas kosong")])
    if raw[:2] == b"PK" or raw[:4] == b"%PDF" or b"\0" in raw[:1000].replace(b"\xff\xfe", b""):
        if raw[:2] not in (b"\xff\xfe", b"\xfe\xff"):
            raise TableError([RowError(path.name, 0, "", "bukan CSV; simpan dulu sebagai CSV (UTF-8)")])
        return raw.decode("utf-16", errors="replace")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")  # what older spreadsheets save


def _delimiter(text: str) -> str:
    first = text.lstrip("\ufeff\r\n").split("\n", 1)[0]
    return max(DELIMITERS, key=lambda character: (first.count(character), -DELIMITERS.index(character)))


def _row(  # noqa: PLR0917
    table: str,
    number: int,
    cells: list[str],
    width: int,
    places: dict[str, int],
    seen: dict[str, int],
    listed: Listed,
) -> None:
    def wrong(column: str, message: str) -> None:
        listed.errors.append(RowError(table, number, column, message))

    if any(cell.strip() for cell in cells[width:]):
        return wrong("", f"{len(cells)} sel, judul kolom hanya {width}; periksa tanda pemisah di dalam teks")
    values = {column: cells[at].strip() if at < len(cells) else "" for column, at in places.items()}
    for column in ("id", "name"):
        if not values[column]:
            return wrong(column, "kosong")
    if values["id"] in seen:
        return wrong("id", f"{values['id']} sudah ada di baris {seen[values['id']]}")
    seen[values["id"]] = number
    if len(values["name"]) > LONGEST["name"]:
        return wrong("name", f"{len(values['name'])} huruf; ini bukan nama")
    listed.records.append(
        Record(
            values["id"],
            values["owner"],
            values["name"],
            values.get("description", "")[: LONGEST["description"]],
            values.get("url", "")[:2000],
            values.get("function", "")[:500],
        )
    )
    return None


def write_pairs(path: Path, pairs: Iterable[Pair]) -> dict[str, int]:
    """Write the pairs; returns how many of each kind. The file appears whole or not at all."""
    counts: dict[str, int] = {}
    part = path.with_name(f".{path.name}.part")
    try:
        with part.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(HEADER)
            for pair in pairs:
                reasons = "; ".join(pair.reasons)
                writer.writerow((pair.a.id, pair.b.id, pair.kind.value, f"{pair.score:.4f}", reasons))
                counts[pair.kind.value] = counts.get(pair.kind.value, 0) + 1
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return counts
