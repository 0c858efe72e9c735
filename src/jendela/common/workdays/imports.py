"""Holidays from the table of the data set."""

import datetime
from pathlib import Path

from jendela.common.audit import Actor, snapshot
from jendela.common.tables import Report, Row, RowError, TableError, read_table
from jendela.common.workdays.actions import put_holidays
from jendela.common.workdays.choices import HolidayKind
from jendela.common.workdays.models import Holiday
from jendela.common.workdays.reads import holidays

COLUMNS = ("tanggal", "nama", "jenis", "dasar_hukum", "sumber_url")
FIELDS = ("name", "kind", "decree", "source_url")


def load_holidays(directory: Path, *, by: Actor, report: Report) -> None:
    """Read hari_libur.csv. Days that it names are added or renewed; others, imported since, stay."""
    rows = read_table(directory / "hari_libur.csv", COLUMNS, unique=["tanggal"])
    errors: list[RowError] = []
    wanted = [holiday for row in rows if (holiday := _holiday(row, errors)) is not None]
    if errors:
        raise TableError(errors)
    known = holidays([one.date for one in wanted], lock=True)
    new, changed, before = [], [], {}
    for one in wanted:
        row = known.get(one.date)
        if row is None:
            new.append(one)
        elif any(getattr(row, name) != getattr(one, name) for name in FIELDS):
            before[row.pk] = snapshot(row)
            for name in FIELDS:
                setattr(row, name, getattr(one, name))
            changed.append(row)
    put_holidays(new=new, changed=changed, before=before, by=by)
    report.add("Hari libur dan cuti bersama", len(wanted))


def _holiday(row: Row, errors: list[RowError]) -> Holiday | None:
    found = len(errors)
    try:
        date = datetime.date.fromisoformat(row["tanggal"])
    except ValueError:
        errors.append(row.error("tanggal", f"bukan tanggal: {row['tanggal']}"))
        return None
    if not row["nama"]:
        errors.append(row.error("nama", "kosong"))
    if row["jenis"] not in HolidayKind.values:
        errors.append(row.error("jenis", f"tidak dikenal: {row['jenis']}"))
    if not row["dasar_hukum"]:
        errors.append(row.error("dasar_hukum", "kosong"))
    if len(errors) > found:
        return None
    return Holiday(
        date=date,
        name=row["nama"],
        kind=row["jenis"],
        decree=row["dasar_hukum"],
        source_url=row["sumber_url"],
    )
