"""Thresholds of judgement as data (thresholds.csv): value, unit, validity, and where each comes from. A changed one is
a new row; old facts are then judged by it, since facts are kept without judgement."""

import csv
import datetime
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("thresholds.csv")


@dataclass(frozen=True)
class Threshold:
    key: str
    value: int
    unit: str
    valid_from: datetime.date
    valid_to: datetime.date | None
    basis: str


@dataclass(frozen=True)
class Thresholds:
    """Those valid on a day, by their use."""

    slow_ms: int
    heavy_bytes: int
    certificate_days: int
    dead_days: int
    aside_days: int
    stalled_days: int


@cache
def rows() -> tuple[Threshold, ...]:
    with FILE.open(encoding="utf-8", newline="") as file:
        return tuple(
            Threshold(
                key=row["kunci"],
                value=int(row["nilai"]),
                unit=row["satuan"],
                valid_from=datetime.date.fromisoformat(row["berlaku_sejak"]),
                valid_to=datetime.date.fromisoformat(row["berlaku_sampai"])
                if row["berlaku_sampai"]
                else None,
                basis=row["dasar"],
            )
            for row in csv.DictReader(file)
        )


def valid(key: str, on: datetime.date) -> Threshold:
    """The row of a key that holds on a day, the youngest first. Raises LookupError when none does."""
    holding = [
        row
        for row in rows()
        if row.key == key and row.valid_from <= on and (row.valid_to is None or on <= row.valid_to)
    ]
    if not holding:
        raise LookupError(f"no threshold {key} on {on}")
    return max(holding, key=lambda row: row.valid_from)


def thresholds(on: datetime.date) -> Thresholds:
    """All thresholds of a day. Before the first row of the table the first one is used."""
    day = max(on, min(row.valid_from for row in rows()))
    return Thresholds(
        slow_ms=valid("lambat", day).value,
        heavy_bytes=valid("berat", day).value,
        certificate_days=valid("sertifikat_hari", day).value,
        dead_days=valid("gagal_hari", day).value,
        aside_days=valid("kesampingkan_hari", day).value,
        stalled_days=valid("henti_hari", day).value,
    )
