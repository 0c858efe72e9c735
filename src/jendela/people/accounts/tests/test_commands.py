"""`create_admin` and `sign_in_link`: what the operator types, and the link that is printed."""

import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django import Settings

from jendela.common.models import AuditEntry
from jendela.people.access.policy import held
from jendela.people.accounts.models import User

pytestmark = pytest.mark.django_db


def run(*words: str) -> str:
    out = StringIO()
    call_command(*words, stdout=out)
    return out.getvalue()


def link_in(printed: str) -> str:
    found = re.search(r"^https://jendela\.contoh\.id(/akun/masuk/[\w-]{40,}/)$", printed, re.MULTILINE)
    assert found, printed
    return found.group(1)


def test_an_administrator_and_the_link(client: Client, settings: Settings) -> None:
    settings.PUBLIC_URL = "https://jendela.contoh.id"
    printed = run("create_admin", "--email", "Ani@Contoh.ID", "--name", "Ani Rahmawati")
    user = User.objects.get()
    assert (user.email, user.name) == ("ani@contoh.id", "Ani Rahmawati")
    assert [one.role for one in held(user)] == ["administrator"]
    assert not user.has_usable_password()
    assert client.post(link_in(printed), REMOTE_ADDR="198.51.100.251").status_code == 302
    assert AuditEntry.objects.filter(action="accounts.create_account", by=None).count() == 1


def test_another_link_for_the_same_account(client: Client, settings: Settings) -> None:
    settings.PUBLIC_URL = "https://jendela.contoh.id"
    first = link_in(run("create_admin", "--email", "ani@contoh.id", "--name", "Ani"))
    second = link_in(run("sign_in_link", "ANI@contoh.id"))
    assert client.post(first, REMOTE_ADDR="198.51.100.252").status_code == 403
    assert client.post(second, REMOTE_ADDR="198.51.100.252").status_code == 302


@pytest.mark.parametrize(
    ("email", "name", "why"),
    [
        ("salah", "Ani", "tidak lengkap"),
        ("ani@contoh.id", "", "Isi nama."),
        ("", "Ani", "Isi alamat e-mail."),
    ],
)
def test_what_is_wrong_is_said(email: str, name: str, why: str) -> None:
    with pytest.raises(CommandError, match=why):
        run("create_admin", f"--email={email}", f"--name={name}")
    assert not User.objects.exists()


def test_twice_the_same_address(settings: Settings) -> None:
    run("create_admin", "--email", "ani@contoh.id", "--name", "Ani")
    with pytest.raises(CommandError, match="sudah punya akun"):
        run("create_admin", "--email", "ANI@contoh.id", "--name", "Ani")


def test_no_link_for_nobody() -> None:
    with pytest.raises(CommandError, match="create_admin"):
        run("sign_in_link", "tidak-ada@contoh.id")


def test_missing_words_are_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter(["ani@contoh.id", "Ani"])
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", lambda question: next(answers))
    run("create_admin")
    assert User.objects.get().email == "ani@contoh.id"
