"""Everything between a started database and a started web server; `up` runs it at each start."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from jendela.common import content
from jendela.common.documents.pdf import pdf_missing
from jendela.config import demo
from jendela.people.areas.models import Area
from jendela.services.search.actions import refresh_documents
from jendela.ui import assets


class Command(BaseCommand):
    help = "Migrate, load the region's data on the first start, collect static files."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--no-demo", action="store_true", help="load no data")

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write("Menyiapkan tabel …")
        call_command("migrate", verbosity=0, interactive=False)
        if not options["no_demo"] and not Area.objects.exists():
            self.stdout.write("Memuat data Kotawaringin Timur …")
            call_command("load_kotim", stdout=self.stdout)
            refresh_documents()
        self._examples()
        self.stdout.write("Menyiapkan tampilan …")
        assets.build(Path(settings.HOME) / "assets")
        call_command("collectstatic", verbosity=0, interactive=False)
        content.bump()
        if missing := pdf_missing():
            self.stdout.write(missing)

    def _examples(self) -> None:
        """Example people live in a demo alone."""
        if settings.DEMO:
            demo.make_examples()
            demo.make_example_round()
        elif closed := demo.close_examples():
            self.stdout.write(f"Bukan mode contoh: {closed} akun contoh ditutup.")
