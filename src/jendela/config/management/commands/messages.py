"""Bring the English catalogue up to date with the texts of the interface."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from jendela.common.catalogues import merge, save, untranslated


class Command(BaseCommand):
    help = "Find all texts, update and compile the English catalogue, name what lacks a translation."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument(
            "--check", action="store_true", help="change nothing; fail when something is missing"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path = settings.PACKAGE / "locale" / "en" / "LC_MESSAGES" / "django.po"
        catalog = merge(settings.PACKAGE, path)
        missing = untranslated(catalog)
        if not options["check"]:
            save(catalog, path)
        for text in missing:
            self.stdout.write(f"belum ada bahasa Inggris: {text}")
        self.stdout.write(f"{len(catalog)} teks, {len(missing)} belum diterjemahkan")
        if options["check"] and missing:
            raise SystemExit(1)
