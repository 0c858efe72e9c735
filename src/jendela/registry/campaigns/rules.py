"""Numbers of rounds as data (rules.csv): value, validity, and where each comes from."""

import csv
import datetime
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("rules.csv")

FLOOD = "banjir"  # most new recipients of one sending without being asked
CALL_PAUSE = "jeda_telepon"  # working days without reminder after a call
SEAL_MONTHS = "segel_bulan"
ANSWER_DAYS = "hari_jawab"
RETURN_DAYS = "hari_lengkapi"  # working days for what came back with notes
HANDED_PAUSE = "jeda_serah"  # working days without reminder to a new holder
REVIEW_DAYS = "hari_periksa"
MOST_QUESTIONS = "pertanyaan_terbanyak"  # that one application is asked


@dataclass(frozen=True)
class Rule:
    key: str
    value: int
    unit: str
    valid_from: datetime.date
    valid_to: datetime.date | None
    basis: str


@cache
def rows() -> tuple[Rule, ...]:
    with FILE.open(encoding="utf-8", newline="") as file:
        return tuple(
            Rule(
                key=row["kunci"],
                value=int(row["nilai"]),
                unit=row["satuan"],
                valid_from=datetime.date.fromisoformat(row["berlaku_sejak"]),
                valid_to=_day(row["berlaku_sampai"]),
                basis=row["dasar"],
            )
            for row in csv.DictReader(file)
        )


def _day(text: str) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None


def rule(key: str, on: datetime.date) -> int:
    """The value that holds on a day; before the first row of the table, the first. Raises LookupError for an unknown
    key."""
    own = [row for row in rows() if row.key == key]
    if not own:
        raise LookupError(key)
    holding = [row for row in own if row.valid_from <= on and (row.valid_to is None or on <= row.valid_to)]
    return (
        max(holding, key=lambda row: row.valid_from) if holding else min(own, key=lambda row: row.valid_from)
    ).value
