"""Compare the applications of any list: which may be the same, which do the same. No database is asked."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from jendela.common.tables import TableError
from jendela.registry.overlap.matching import Index
from jendela.registry.overlap.matching.tables import read_list, write_pairs

MOST_NAMED = 20


class Command(BaseCommand):
    help = "Cari aplikasi yang diduga sama, atau sama fungsinya, di daftar CSV."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--input", type=Path, required=True, help="daftar aplikasi, CSV")
        parser.add_argument("--output", type=Path, required=True, help="pasangan yang ditemukan, CSV")

    def handle(self, *args: Any, **options: Any) -> None:
        source, target = options["input"], options["output"]
        try:
            listed = read_list(source)
        except TableError as error:
            raise CommandError(f"{error}\nTidak ada yang ditulis.") from None
        if not target.parent.is_dir():
            raise CommandError(f"Map {target.parent} tidak ada. Tidak ada yang ditulis.")
        if target.exists() and target.samefile(source):
            raise CommandError("--output sama dengan --input. Tidak ada yang ditulis.")
        for problem in listed.errors[:MOST_NAMED]:
            self.stderr.write(f"Dilewati: {problem}")
        if len(listed.errors) > MOST_NAMED:
            self.stderr.write(f"Dilewati: {len(listed.errors) - MOST_NAMED} baris lain.")
        if not listed.records:
            raise CommandError("Tidak ada baris yang dapat dipakai. Tidak ada yang ditulis.")
        try:
            counts = write_pairs(target, Index(listed.records).pairs())
        except OSError as error:
            raise CommandError(f"{target} tidak dapat ditulis ({error.strerror}).") from None
        self.stdout.write(
            f"{len(listed.records)} aplikasi dibandingkan, {len(listed.errors)} baris dilewati. "
            f"Diduga sama: {counts.get('duplicate', 0)} pasang. "
            f"Diduga sama fungsi: {counts.get('function', 0)} pasang. "
            f"Mohon dipastikan oleh pemiliknya: {target}"
        )
