"""Lists of applications: how long 60,000 rows as offices send them take from file to difference, to database, and back.

Names are made of words, every seventh owner cell is 'idem', some names stand in capitals. Each step is the worker's
own, on a real database with the region's data; `asked` is how many rows wait for a person because they may be one that
stands already. Memory is the highest resident size of this process.

    ./jendela bench lists            60,000 rows
    ./jendela bench lists 5000       another number
"""

import os
import random
import resource
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from _setup import headline, setup

ROWS = 60_000
HEAD = ["No", "Nama Aplikasi", "Perangkat Daerah", "Uraian", "Status", "Tahun"]
WORDS = [
    "arsip", "klinik", "gizi", "pajak", "surat", "izin", "rapat", "aset", "cuti", "pasar", "parkir", "benih", "irigasi",
    "posyandu", "sekolah", "jalan", "hutan", "air", "listrik", "kapal", "ternak", "kebun", "wisata", "budaya", "arena",
    "bencana", "lahan", "kerja", "magang", "beasiswa", "dana", "desa", "warga", "data", "peta", "kamus",
]  # fmt: skip


def rows(number: int) -> list[list[Any]]:
    from jendela.people.agencies.models import Agency

    owners = list(Agency.objects.filter(level="kabupaten").order_by("pk").values_list("name", flat=True))
    chance = random.Random(7)  # noqa: S311  the same table each time
    found = []
    for place in range(number):
        name = f"{chance.choice(('Sistem', 'Layanan', 'e', 'Portal'))} {' '.join(chance.sample(WORDS, 3))} {place}"
        owner = "idem" if place % 7 == 3 else owners[place % len(owners)]
        said = name.upper() if place % 10 == 9 else name
        found.append(
            [place + 1, said, owner, f"Mencatat {chance.choice(WORDS)}.", "Aktif", 2015 + place % 11]
        )
    return found


def main(number: int) -> None:
    setup()
    headline(f"A list of {number} applications, 6 columns", "django", "psycopg", "openpyxl", "rapidfuzz")
    from openpyxl import Workbook

    from jendela.common.audit import Actor
    from jendela.common.exchange import actions, jobs
    from jendela.common.exchange.kinds import kinds
    from jendela.people.access.actions import grant_role
    from jendela.people.accounts.models import User

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "daftar.xlsx"
        book = Workbook(write_only=True)
        sheet = book.create_sheet()
        for row in (["DAFTAR APLIKASI"], HEAD, *rows(number)):
            sheet.append(row)
        book.save(path)
        person = User.objects.create_user(f"ukur-{os.getpid()}@contoh.id", name="Ukur")
        by = Actor("Ukur", user=person)
        grant_role(user=person, agency=None, role="information_team", by=by)
        asked = {"user_id": person.pk, "actor": "Ukur", "address": None}
        kind = kinds()["aplikasi"].ready()
        first = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        with path.open("rb") as file:
            chunks = iter(lambda: file.read(1 << 16), b"")
            run = actions.take_in(kind=kind, name=path.name, chunks=chunks, by=by)
        options = {one.name: one.initial for one in kind.options(None)}
        actions.match_columns(run=run, mapping=run.mapping, options=options, by=by)
        seconds = {}

        def step(name: str, work: Any, **more: Any) -> None:
            begun = time.perf_counter()
            work(run_id=run.pk, **asked, **more)
            seconds[name] = time.perf_counter() - begun
            run.refresh_from_db()

        step("dry run", jobs.check)
        counts = dict(run.counts)
        actions.apply_import(run=run, skip_wrong=bool(counts["salah"]), by=by)
        step("apply", jobs.apply)
        state = run.state
        actions.undo_import(run=run, also_moved=False, by=by)
        step("undo", jobs.undo, also_moved=False)
    print(" ".join(f"{name} {value:.1f}s" for name, value in seconds.items()), state, run.state)
    print(f"rows {counts}, asked {counts.get('menunggu', 0)}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"memory before {first:.0f} MB, highest {peak:.0f} MB")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ROWS)
