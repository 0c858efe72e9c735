"""New one-time links for the example people of a demo."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from jendela.config import demo


class Command(BaseCommand):
    help = "Cetak tautan masuk sekali pakai untuk setiap orang contoh (hanya mode contoh)."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("Orang contoh hanya ada bila ./jendela up berjalan tanpa --no-demo.")
        rows = demo.links()
        if not rows:
            raise CommandError("Belum ada orang contoh; jalankan ./jendela up dahulu.")
        width = max(len(f"{label} ({name})") for label, name, _token in rows)
        self.stdout.write("Masuk sebagai orang contoh; tiap tautan untuk satu kali, berlaku 12 jam:")
        for label, name, token in rows:
            who = f"{label} ({name})"
            self.stdout.write(f"  {who:<{width}}  {settings.PUBLIC_URL}/akun/masuk/{token}/")
        if personal := demo.personal_links():
            self.stdout.write("Isian pemutakhiran di telepon, tanpa masuk (tautan pribadi, satu perangkat):")
        for holder, token in personal:
            self.stdout.write(f"  {holder}  {settings.PUBLIC_URL}/isi/{token}/")
