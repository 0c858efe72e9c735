"""Likeness that somebody declares, from kemiripan.csv: what is alike in part although the words are not."""

from pathlib import Path

from jendela.common.audit import Actor
from jendela.common.tables import Report, RowError, TableError, read_table
from jendela.registry.applications.models import Application
from jendela.registry.overlap import actions
from jendela.registry.overlap.choices import PairKind
from jendela.registry.overlap.models import Pair

TABLE = "kemiripan.csv"
COLUMNS = ("aplikasi", "dengan", "alasan", "menurut")


def load_declared_pairs(directory: Path, *, by: Actor, report: Report) -> None:
    """Declarations that are not there yet; those that people changed, decided or took back stay. Raises TableError
    naming each bad row."""
    if not (directory / TABLE).exists():
        return
    rows = read_table(directory / TABLE, COLUMNS)
    names = [row[name] for row in rows for name in ("aplikasi", "dengan")]
    known = {one.name: one for one in Application.objects.filter(name__in=names)}
    errors: list[RowError] = []
    for row in rows:
        errors += [row.error(name, "kosong") for name in ("alasan", "menurut") if not row[name]]
        for name in ("aplikasi", "dengan"):
            if row[name] not in known:
                errors.append(row.error(name, f"tidak dikenal: {row[name]}"))
    if errors:
        raise TableError(errors)
    for row in rows:
        two = known[row["aplikasi"]], known[row["dengan"]]
        a, b = sorted(one.pk for one in two)
        if not Pair.objects.filter(a=a, b=b, kind=PairKind.FUNCTION).exists():
            actions.declare(applications=two, reason=row["alasan"], said_by=row["menurut"], by=by)
    report.add("Kemiripan yang dinyatakan", len(rows))
