"""Rules of the right source from aturan_sumber.csv: law is data. Links come by people and tables, never from here."""

import datetime
from pathlib import Path

from jendela.common.audit import Actor
from jendela.common.tables import Report, RowError, TableError, read_table
from jendela.registry.applications.models import Application
from jendela.registry.datasets.models import StandardElement
from jendela.registry.links import actions
from jendela.registry.links.models import SourceRule

TABLE = "aturan_sumber.csv"
COLUMNS = ("data", "aplikasi", "unsur", "tema", "berlaku_sejak", "dasar")


def load_source_rules(directory: Path, *, by: Actor, report: Report) -> None:
    """Rules that are not there yet (by words and application); those that people changed or ended stay. Raises
    TableError naming each bad row."""
    if not (directory / TABLE).exists():
        return
    rows = read_table(directory / TABLE, COLUMNS)
    applications = {
        one.name: one for one in Application.objects.filter(name__in=[row["aplikasi"] for row in rows])
    }
    elements = StandardElement.objects.in_bulk([row["unsur"] for row in rows if row["unsur"]])
    errors: list[RowError] = []
    for row in rows:
        errors += [row.error(name, "kosong") for name in ("data", "dasar") if not row[name]]
        if row["aplikasi"] not in applications:
            errors.append(row.error("aplikasi", f"tidak dikenal: {row['aplikasi']}"))
        if row["unsur"] and row["unsur"] not in elements:
            errors.append(row.error("unsur", f"tidak dikenal: {row['unsur']}"))
        if bool(row["unsur"]) == bool(row["tema"]):
            errors.append(row.error("unsur", "isi unsur atau tema, salah satu"))
        try:
            datetime.date.fromisoformat(row["berlaku_sejak"])
        except ValueError:
            errors.append(row.error("berlaku_sejak", f"bukan tanggal: {row['berlaku_sejak']}"))
    if errors:
        raise TableError(errors)
    known = set(SourceRule.objects.values_list("words", "application"))
    for row in rows:
        if (row["data"], applications[row["aplikasi"]].pk) not in known:
            actions.put_rule(
                words=row["data"],
                application=applications[row["aplikasi"]],
                element=elements.get(row["unsur"]),
                topic=row["tema"],
                valid_from=datetime.date.fromisoformat(row["berlaku_sejak"]),
                citation=row["dasar"],
                by=by,
            )
    report.add("Aturan sumber data", len(rows))
