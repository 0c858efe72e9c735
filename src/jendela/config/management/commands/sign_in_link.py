"""A one-time sign-in link for an account that exists."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, OutputWrapper

from jendela.common.audit import Actor
from jendela.people.accounts.actions import MINUTES_VALID, make_sign_in_link
from jendela.people.accounts.reads import active_account
from jendela.people.factors.actions import reset_factors


class Command(BaseCommand):
    help = "Cetak tautan masuk sekali pakai untuk sebuah akun."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("email")
        parser.add_argument(
            "--reset-factors",
            action="store_true",
            help="hapus semua pengaman kedua dahulu, setelah Anda memastikan siapa orangnya",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        user = active_account(options["email"])
        if user is None:
            raise CommandError(
                f"Tidak ada akun aktif dengan alamat {options['email']}. "
                "Buat dahulu dengan: ./jendela manage create_admin"
            )
        by = Actor("operator, dari baris perintah")
        if options["reset_factors"]:
            self.stdout.write(f"Pengaman kedua dihapus: {reset_factors(user=user, by=by)}.")
        print_link(self.stdout, make_sign_in_link(user=user, by=by))


def print_link(out: OutputWrapper, token: str) -> None:
    out.write(f"Tautan masuk, sekali pakai, berlaku {MINUTES_VALID} menit:")
    out.write(f"{settings.PUBLIC_URL}/akun/masuk/{token}/")
