"""Limits as data (limits.csv)."""

import csv
import datetime
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("limits.csv")


@cache
def _rows() -> dict[str, str]:
    with FILE.open(encoding="utf-8", newline="") as file:
        return {row["kunci"]: row["nilai"] for row in csv.DictReader(file)}


def gathering() -> datetime.timedelta:
    return datetime.timedelta(seconds=int(_rows()["kumpul"]))


def pause_after(attempts: int) -> datetime.timedelta | None:
    """How long until the next try after so many; None when there is none."""
    pauses = [int(one) for one in _rows()["jeda"].split(";")]
    return datetime.timedelta(minutes=pauses[attempts - 1]) if attempts <= len(pauses) else None


def patience() -> datetime.timedelta:
    return datetime.timedelta(days=int(_rows()["henti_hari"]))


def kept() -> datetime.timedelta:
    return datetime.timedelta(days=int(_rows()["simpan_hari"]))


def most() -> int:
    return int(_rows()["terbanyak"])
