"""The first account: an administrator, who signs in by a one-time link."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from jendela.common.audit import Actor
from jendela.config.management.commands.sign_in_link import print_link
from jendela.people.access.actions import grant_role
from jendela.people.access.roles import Administrator
from jendela.people.accounts.actions import create_account, make_sign_in_link
from jendela.people.accounts.forms import AccountForm


class Command(BaseCommand):
    help = "Buat akun pengelola Jendela, lalu cetak tautan masuk sekali pakai."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--email", default="")
        parser.add_argument("--name", default="")

    def handle(self, *args: Any, **options: Any) -> None:
        form = AccountForm(
            {
                "email": options["email"] or ask("Alamat e-mail: "),
                "name": options["name"] or ask("Nama: "),
            }
        )
        if not form.is_valid():
            raise CommandError("\n".join(str(error) for errors in form.errors.values() for error in errors))
        by = Actor("operator, dari baris perintah")
        with transaction.atomic():
            user = create_account(email=form.cleaned_data["email"], name=form.cleaned_data["name"], by=by)
            grant_role(user=user, agency=None, role=Administrator.code, by=by)
        self.stdout.write(f"Akun dibuat: {user.name}, {user.email}, {Administrator.label}.")
        print_link(self.stdout, make_sign_in_link(user=user, by=by))


def ask(question: str) -> str:
    """The operator's answer, or '' where nobody can answer."""
    return input(question) if sys.stdin.isatty() else ""
