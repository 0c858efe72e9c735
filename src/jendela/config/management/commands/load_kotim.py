"""Load the region's data set: all tables in one transaction, then a report in plain words."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DataError, IntegrityError, transaction

from jendela.common.audit import Actor
from jendela.common.jobs import enqueue
from jendela.common.tables import Report, TableError, read_table
from jendela.common.workdays.imports import load_holidays
from jendela.insight.recommendations.actions import find_all
from jendela.people.agencies.imports import load_agencies
from jendela.people.areas.imports import load_areas
from jendela.people.areas.models import Area
from jendela.registry.applications.functions import load_functions
from jendela.registry.applications.imports import load_applications
from jendela.registry.applications.itself import load_itself
from jendela.registry.campaigns.imports import load_questions
from jendela.registry.datasets.imports import load_datasets
from jendela.registry.letters.imports import load_templates
from jendela.registry.links.imports import load_source_rules
from jendela.registry.overlap.actions import refresh_pairs
from jendela.registry.overlap.imports import load_declared_pairs
from jendela.services.catalogue.imports import load_catalogue
from jendela.services.search.imports import load as load_search

HERE = Path(__file__).resolve().parents[3] / "dataset" / "kotim"
LOADERS = (
    load_holidays,
    load_areas,
    load_agencies,
    load_functions,
    load_applications,
    load_itself,
    load_datasets,
    load_source_rules,
    load_declared_pairs,
    load_questions,
    load_templates,
    load_catalogue,
)
SEARCH_TABLES = ("kamus.csv", "di_luar.csv", "halaman.csv")
FIGURES = "indikator.csv"  # read by the planning part, which is not open yet

NOT_LOADED = "Data tidak dimuat, tidak ada yang diubah."


class Command(BaseCommand):
    help = "Muat data Kotawaringin Timur: wilayah, instansi, aplikasi, layanan."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--dir", type=Path, default=HERE, help="map dengan tabel CSV")
        parser.add_argument("--again", action="store_true", help="ganti data yang sudah dimuat")

    def handle(self, *args: Any, **options: Any) -> None:
        if Area.objects.exists() and not options["again"]:
            raise CommandError("Data sudah dimuat, tidak ada yang diubah. Pakai --again untuk menggantinya.")
        report = Report()
        by = Actor("pemuat data")
        try:
            with transaction.atomic():
                for load in LOADERS:
                    load(options["dir"], by=by, report=report)
                self.load_search(options["dir"], by, report)
                report.loaded["dugaan aplikasi mirip"] = refresh_pairs(by=by)
                found, _closed = find_all(by=by)
                report.loaded["bahan rekomendasi"] = found
                enqueue(
                    "portal_opendata.write_dump"
                )  # the page of daily copies is not empty on the first day
        except TableError as error:
            lines = "\n".join(f"  {row}" for row in error.errors)
            raise CommandError(f"{NOT_LOADED} Perbaiki dulu:\n{lines}") from None
        except (DataError, IntegrityError) as error:  # a fault no check of the tables foresaw
            raise CommandError(f"{NOT_LOADED} Basis data menolak: {error}") from error
        self.print_report(report, full=options["verbosity"] > 1)

    def load_search(self, directory: Path, by: Actor, report: Report) -> None:
        """The words of the search, as far as their tables are there."""
        missing = [name for name in SEARCH_TABLES if not (directory / name).exists()]
        if missing:
            report.notes.append(f"Kata pencarian tidak dimuat, belum ada: {', '.join(missing)}")
        else:
            load_search(directory, by=by, report=report)
        if (directory / FIGURES).exists():
            number = len(read_table(directory / FIGURES, ("indikator", "nilai")))
            report.notes.append(f"{FIGURES}: {number} angka tetap di tabel, belum dimuat pada tahap ini")

    def print_report(self, report: Report, *, full: bool) -> None:
        """How many of each kind and how many notes; the notes go to a file, and are printed when asked for."""
        self.stdout.write("Dimuat:")
        for kind, number in report.loaded.items():
            self.stdout.write(f"  {number:>5}  {kind}")
        notes = "\n".join(notes_of(report))
        file = Path(settings.HOME) / "log" / "load.log"
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file.write_text(f"{notes}\n", "utf-8")
        if full:
            self.stdout.write(notes)
        elif number := len(report.unplaced) + len(report.notes):
            self.stdout.write(f"  {number:>5}  catatan, lihat {file}")


def notes_of(report: Report) -> Iterator[str]:
    """What could not be placed and what else is worth knowing, line by line."""
    if report.unplaced:
        yield f"Belum dapat ditempatkan ({len(report.unplaced)}), tetap disimpan sebagai teks:"
        yield from (f"  {row}" for row in report.unplaced)
    if report.notes:
        yield "Catatan:"
        yield from (f"  {note}" for note in report.notes)
