"""Imports: how long a table of 50,000 rows takes from file to difference, from difference to database, and back.

The table is of points on the map (eight columns), made here, as XLSX and as CSV. Each step is the worker's own
(common/exchange/jobs.py) on a real database. `read` is the plain reading of the same file in the same run, without
any check: the ratio says what the importer adds (plain CSV is read in no time, so it is given for XLSX alone). The
second line is CPU of this process, without PostgreSQL's. Memory is the highest resident size so far.

    ./jendela bench exchange            50,000 rows
    ./jendela bench exchange 5000       another number
"""

import csv
import os
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from _setup import headline, setup

ROWS = 50_000
HEAD = ["Kode wilayah", "Jenis", "Nama", "Lintang", "Bujur", "Sumber", "Tanggal sumber", "Catatan"]
SOURCE = "https://contoh.go.id/titik"


def table(number: int) -> list[list[Any]]:
    """Rows of every village in turn; one in a thousand is wrong."""
    from jendela.people.areas.models import Area

    codes = list(Area.objects.order_by("code").values_list("code", flat=True))
    chance = random.Random(7)  # noqa: S311  the same table each time
    rows = []
    for place in range(number):
        lat, lon = round(chance.uniform(-3.5, -1.2), 6), round(chance.uniform(112.0, 113.4), 6)
        code = "62.99" if place % 1000 == 999 else codes[place % len(codes)]
        rows.append([code, "tiang", f"Tiang {place}", lat, lon, SOURCE, "2026-02-28", "Catatan lapangan."])
    return rows


def write_xlsx(path: Path, rows: list[list[Any]]) -> None:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in [HEAD, *rows]:
        sheet.append(row)
    book.save(path)


def write_csv(path: Path, rows: list[list[Any]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, delimiter=";").writerows([HEAD, *rows])


def read_xlsx(path: Path) -> int:
    from openpyxl import load_workbook

    book = load_workbook(path, read_only=True)
    return sum(1 for _row in book.worksheets[0].iter_rows(values_only=True))


def read_csv(path: Path) -> int:
    with path.open(newline="", encoding="utf-8") as file:
        return sum(1 for _row in csv.reader(file, delimiter=";"))


@contextmanager
def timed(results: dict[str, float], name: str) -> Iterator[None]:
    begun, worked = time.perf_counter(), time.process_time()
    yield
    results[name] = time.perf_counter() - begun
    results[f"{name} cpu"] = time.process_time() - worked


def measure(path: Path, read: Callable[[Path], int], results: dict[str, float]) -> dict[str, int]:
    from jendela.common.audit import Actor
    from jendela.common.exchange import actions, jobs
    from jendela.common.exchange.guess import guess
    from jendela.common.exchange.kinds import kinds
    from jendela.people.access.actions import grant_role
    from jendela.people.accounts.models import User

    person = User.objects.create_user(f"ukur-{os.getpid()}-{path.suffix[1:]}@contoh.id", name="Ukur")
    by = Actor("Ukur", user=person)
    grant_role(user=person, agency=None, role="information_team", by=by)
    asked = {"user_id": person.pk, "actor": "Ukur", "address": None}
    kind = kinds()["titik"]
    with timed(results, "read"):
        read(path)
    with timed(results, "take in"), path.open("rb") as file:
        run = actions.take_in(kind=kind, name=path.name, chunks=iter(lambda: file.read(1 << 16), b""), by=by)
    actions.match_columns(run=run, mapping=guess(kind, run.headings), by=by)
    with timed(results, "dry run"):
        jobs.check(run_id=run.pk, **asked)
    run.refresh_from_db()
    actions.apply_import(run=run, skip_wrong=True, by=by)
    with timed(results, "apply"):
        jobs.apply(run_id=run.pk, **asked)
    run.refresh_from_db()
    if run.state != "selesai":
        raise SystemExit(f"not applied: {run.state} {run.message}")
    actions.undo_import(run=run, also_moved=False, by=by)
    with timed(results, "undo"):
        jobs.undo(run_id=run.pk, also_moved=False, **asked)
    run.refresh_from_db()
    return dict(run.counts)


def main(number: int) -> None:
    setup()
    headline(f"Import of {number} rows, 8 columns", "django", "psycopg", "openpyxl", "rapidfuzz")
    rows = table(number)
    steps = ("read", "take in", "dry run", "apply", "undo")
    print(f"{'file':<8}{'MB':>7}" + "".join(f"{step:>10}" for step in steps) + f"{'ratio':>9}{'peak MB':>9}")
    for form, write, read in (("xlsx", write_xlsx, read_xlsx), ("csv", write_csv, read_csv)):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"titik.{form}"
            write(path, rows)
            size = path.stat().st_size / 1_000_000
            results: dict[str, float] = {}
            counts = measure(path, read, results)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        seconds = "".join(f"{results[step]:>9.2f}s" for step in steps)
        ratio = f"{results['dry run'] / results['read']:.1f}x" if form == "xlsx" else ""
        print(f"{form:<8}{size:>7.1f}{seconds}{ratio:>9}{peak:>9.0f}")
        print(f"{'cpu':<15}" + "".join(f"{results[f'{step} cpu']:>9.2f}s" for step in steps))
        print(f"        {counts}")
    print("\nratio: dry run against plain reading of the same file.")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ROWS)
