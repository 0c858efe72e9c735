"""Limits of the rules as data (thresholds.csv): value, unit, validity, where each comes from."""

import csv
import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.utils.formats import date_format

FILE = Path(__file__).with_name("thresholds.csv")


@dataclass(frozen=True)
class Threshold:
    value: int  # 0 for a day
    unit: str
    basis: str
    day: datetime.date | None = None  # of the unit "tanggal"

    @property
    def words(self) -> str:
        return date_format(self.day, "j F Y") if self.day else f"{self.value} {self.unit}"


@lru_cache(maxsize=32)
def thresholds(on: datetime.date) -> Mapping[str, Threshold]:
    """Those that hold on a day; of two rows of one key the later wins."""
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = sorted(csv.DictReader(file), key=lambda row: row["berlaku_sejak"])
    day = on.isoformat()
    return {
        row["kunci"]: _threshold(row)
        for row in rows
        if row["berlaku_sejak"] <= day <= (row["berlaku_sampai"] or "9999")
    }


def _threshold(row: Mapping[str, str]) -> Threshold:
    if row["satuan"] == "tanggal":
        return Threshold(0, row["satuan"], row["dasar"], datetime.date.fromisoformat(row["nilai"]))
    return Threshold(int(row["nilai"]), row["satuan"], row["dasar"])
