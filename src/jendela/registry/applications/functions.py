"""The trees of functions (RAB, RAL, RAD, RAA … of Perpres 132/2022) from fungsi.csv. Law is data: a region adds its
deeper levels as rows. What the 81 applications say in words stays words; a person chooses the codes."""

import re
from pathlib import Path

from jendela.common.audit import Actor
from jendela.common.tables import Report, RowError, TableError, read_table
from jendela.registry.applications.actions import put_functions
from jendela.registry.applications.models import FunctionNode

TABLE = "fungsi.csv"
COLUMNS = ("kode", "pohon", "nama", "induk", "kata_kunci", "sumber")
CODE = re.compile(r"[A-Z]{3}(\.\d{2}){1,7}")


def load_functions(directory: Path, *, by: Actor, report: Report) -> None:
    """Read the table and write all or nothing. Raises TableError naming each bad row."""
    rows = read_table(directory / TABLE, COLUMNS, unique=["kode"])
    codes = {row["kode"] for row in rows}
    errors: list[RowError] = []
    for row in rows:
        code = row["kode"]
        if not CODE.fullmatch(code):
            errors.append(row.error("kode", f"bukan kode fungsi: {code}"))
        if row["pohon"] != code[:3]:
            errors.append(row.error("pohon", f"seharusnya {code[:3]}"))
        above = code.rpartition(".")[0] if code.count(".") > 1 else ""
        if row["induk"] != above or (above and above not in codes):
            errors.append(
                row.error("induk", f"induk {code} seharusnya {above or '(kosong)'}, dan ada di tabel")
            )
        errors += [row.error(column, "kosong") for column in ("nama", "sumber") if not row[column]]
    if errors:
        raise TableError(errors)
    nodes = [
        FunctionNode(
            code=row["kode"],
            tree=row["pohon"],
            name=row["nama"],
            parent_id=row["induk"] or None,
            keywords=row["kata_kunci"],
            citation=row["sumber"],
        )
        for row in rows
    ]
    report.notes += put_functions(nodes=nodes, by=by)
    report.add("Fungsi", len(nodes))
