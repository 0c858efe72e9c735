"""After a new key was added to JENDELA_DATA_KEY: write all personal data again under it."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from jendela.common.audit import Actor
from jendela.common.rotation import rotate


class Command(BaseCommand):
    help = "Tulis ulang data pribadi dengan kunci terbaru. Boleh diulang; yang sudah benar dibiarkan."

    def handle(self, *args: Any, **options: Any) -> None:
        result = rotate(Actor("operator, dari baris perintah"))
        newest = max(settings.DATA_KEYS)
        for place, number in result.written.items():
            self.stdout.write(f"  {number:>5}  {place}")
        if result.unreadable:
            places = ", ".join(f"{place} ({number})" for place, number in result.unreadable.items())
            raise CommandError(
                f"Belum terbuka dengan kunci yang ada: {places}. "
                "Tambahkan kunci lamanya ke JENDELA_DATA_KEY, lalu ulangi."
            )
        self.stdout.write(f"Semua data pribadi memakai kunci {newest}.")
