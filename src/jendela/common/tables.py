"""Reading CSV tables strictly: header checked, every error names file, row and column, nothing is guessed."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class RowError:
    """One thing wrong in one row; `row` counts as a spreadsheet does (the header is row 1)."""

    table: str
    row: int
    column: str
    message: str

    def __str__(self) -> str:
        where = f"{self.table} baris {self.row}" + (f", kolom {self.column}" if self.column else "")
        return f"{where}: {self.message}"


class TableError(Exception):
    """The table cannot be used; `errors` says why, row by row."""

    def __init__(self, errors: Sequence[RowError]) -> None:
        self.errors = list(errors)
        super().__init__("\n".join(str(error) for error in self.errors))


@dataclass
class Report:
    """What a load did: counts by kind, and what could not be placed, with the reason."""

    loaded: dict[str, int] = field(default_factory=dict)
    unplaced: list[RowError] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def add(self, kind: str, number: int = 1) -> None:
        self.loaded[kind] = self.loaded.get(kind, 0) + number

    def place_failed(self, table: str, row: int, column: str, message: str) -> None:
        self.unplaced.append(RowError(table, row, column, message))


@dataclass(frozen=True)
class Row:
    """A row with its number; values are stripped strings."""

    table: str
    number: int
    values: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.values[column]

    def parts(self, column: str, separator: str = ";") -> list[str]:
        return [part.strip() for part in self.values[column].split(separator) if part.strip()]

    def error(self, column: str, message: str) -> RowError:
        return RowError(self.table, self.number, column, message)


def read_table(path: Path, columns: Sequence[str], *, unique: Sequence[str] = ()) -> list[Row]:
    """All rows of a UTF-8 CSV file. Raises TableError naming every bad row: wrong header, wrong number of cells,
    an empty or repeated key (`unique` names the key columns)."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise TableError([RowError(path.name, 0, "", "berkas tidak ada")]) from None
    except UnicodeDecodeError as error:
        raise TableError([RowError(path.name, 0, "", f"bukan teks UTF-8 ({error.reason})")]) from None
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    number = 1
    errors: list[RowError] = []
    rows: list[Row] = []
    try:
        header = next(reader, [])
        missing = [column for column in columns if column not in header]
        if missing:
            raise TableError([RowError(path.name, 1, column, "kolom tidak ada") for column in missing])
        for cells in reader:
            number += 1  # as a spreadsheet counts: blank rows too, and a cell of several lines is in one row
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(header):
                message = f"{len(cells)} sel, seharusnya {len(header)}"
                errors.append(RowError(path.name, number, "", message))
                continue
            values = {name: cell.strip() for name, cell in zip(header, cells, strict=True)}
            rows.append(Row(path.name, number, values))
    except csv.Error as error:
        errors.append(RowError(path.name, number + 1, "", f"baris rusak ({error})"))
    errors += _repeated(rows, unique)
    if errors:
        raise TableError(errors)
    return rows


def _repeated(rows: Sequence[Row], unique: Sequence[str]) -> list[RowError]:
    errors: list[RowError] = []
    seen: dict[tuple[str, ...], int] = {}
    if not unique:
        return errors
    for row in rows:
        key = tuple(row[column] for column in unique)
        if not all(key):
            errors.append(row.error(unique[0], "kosong"))
        elif key in seen:
            errors.append(row.error(unique[0], f"sama dengan baris {seen[key]}: {' / '.join(key)}"))
        else:
            seen[key] = row.number
    return errors
