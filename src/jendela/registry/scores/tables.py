"""Weights and thresholds as data (weights.csv, thresholds.csv): value, validity, where each comes from."""

import csv
import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Held:
    """A value that holds on a day, and by what."""

    value: int
    basis: str


@dataclass(frozen=True)
class Weights:
    """Of groups, and of fields; parts stand among the fields as '@people' and belong to the group 'parts'."""

    groups: Mapping[str, Held]
    fields: Mapping[str, Held]


@lru_cache(maxsize=16)
def weights(on: datetime.date) -> Weights:
    found: dict[str, dict[str, Held]] = {"kelompok": {}, "isian": {}}
    for row in _rows("weights.csv", on):
        found[row["tingkat"]][row["nama"]] = Held(int(row["bobot"]), row["dasar"])
    return Weights(found["kelompok"], found["isian"])


@lru_cache(maxsize=16)
def thresholds(on: datetime.date) -> Mapping[str, Held]:
    return {row["kunci"]: Held(int(row["nilai"]), row["dasar"]) for row in _rows("thresholds.csv", on)}


def _rows(name: str, on: datetime.date) -> list[dict[str, str]]:
    """The rows that hold on a day; a later row of the same name wins."""
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    holding = [
        row
        for row in rows
        if row["berlaku_sejak"] <= on.isoformat() and on.isoformat() <= (row["berlaku_sampai"] or "9999")
    ]
    return sorted(holding, key=lambda row: row["berlaku_sejak"])
