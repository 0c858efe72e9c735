"""Limits of the rules as data (thresholds.csv): value, unit, validity, where each comes from."""

import csv
import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

FILE = Path(__file__).with_name("thresholds.csv")


@dataclass(frozen=True)
class Threshold:
    value: int
    unit: str
    basis: str


@lru_cache(maxsize=32)
def thresholds(on: datetime.date) -> Mapping[str, Threshold]:
    """Those that hold on a day; of two rows of one key the later wins."""
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = sorted(csv.DictReader(file), key=lambda row: row["berlaku_sejak"])
    day = on.isoformat()
    return {
        row["kunci"]: Threshold(int(row["nilai"]), row["satuan"], row["dasar"])
        for row in rows
        if row["berlaku_sejak"] <= day <= (row["berlaku_sampai"] or "9999")
    }
