"""Demo: example people of every role with one-time links, on this machine alone, marked as examples."""

import os
import re
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django import Settings

from jendela.common.audit import SYSTEM
from jendela.common.tables import Report
from jendela.config import demo
from jendela.people.access.models import Membership
from jendela.people.access.policy import held
from jendela.people.access.roles import ROLES
from jendela.people.accounts.actions import create_account
from jendela.people.accounts.models import User
from jendela.registry.applications.actions import Provenance, create_application
from jendela.registry.campaigns.imports import load_questions
from jendela.registry.campaigns.models import Round
from tests.launch.conftest import ROOT, Up, jendela
from tests.people import agency

SOURCE = str(ROOT / "src")  # without the stand-ins


@pytest.mark.django_db
def test_one_person_for_each_role_and_a_resident() -> None:
    agency("Disdukcapil")
    demo.make_examples()
    demo.make_examples()
    roles = [held(user)[0].role if held(user) else "" for user in User.objects.order_by("pk")]
    assert sorted(set(roles)) == sorted([*ROLES, ""])
    assert len(roles) == len(demo.EXAMPLES)


@pytest.mark.django_db
def test_links_work_once(settings: Settings) -> None:
    settings.DEMO = True
    agency("Disdukcapil")
    demo.make_examples()
    out = StringIO()
    call_command("demo_links", stdout=out)
    found = re.findall(r"(/akun/masuk/[\w-]{40,}/)$", out.getvalue(), re.MULTILINE)
    assert len(found) == len(demo.EXAMPLES)
    assert "Kepala instansi, Disdukcapil (Norhayati Sabran)" in out.getvalue()
    client = Client(REMOTE_ADDR="198.51.100.77")
    assert client.post(found[0])["Location"] == "/kelola/"
    assert Client(REMOTE_ADDR="198.51.100.77").post(found[0]).status_code == 403
    page = client.get("/kelola/").content.decode()
    assert "Contoh: orang dan pekerjaan di sini rekaan" in page


@pytest.mark.django_db
def test_an_example_round_is_asked_once_and_says_what_it_is(settings: Settings) -> None:
    settings.DEMO = True
    dishub = agency("Dishub")
    agency("Disdukcapil")
    values = {"name": "e-Parkir Uji", "owner": dishub, "operator_level": "daerah", "audience": "publik",
              "state": "dipakai"}  # fmt: skip
    create_application(values=values, by=SYSTEM, provenance=Provenance("Dishub"))
    load_questions(Path(), by=SYSTEM, report=Report())
    for _again in range(2):
        demo.make_examples()
        demo.make_example_round()
    row = Round.objects.get()
    assert (row.simulated, row.bundles.get().name) == (True, "Arbain Suling")
    out = StringIO()
    call_command("demo_links", stdout=out)
    found = re.search(r"/isi/\S+/", out.getvalue())
    assert found
    page = Client(REMOTE_ADDR="198.51.100.78").get(found[0]).content.decode()
    assert "Bukan permintaan sungguhan." in page


@pytest.mark.django_db
def test_no_links_without_demo() -> None:
    with pytest.raises(CommandError, match="--no-demo"):
        call_command("demo_links")


@pytest.mark.django_db
def test_without_demo_the_examples_are_closed_and_others_stay() -> None:
    real = create_account(email="pimpinan@contoh.id", name="Orang lain", by=SYSTEM)
    agency("Disdukcapil")
    demo.make_examples()
    assert not Membership.objects.filter(user=real).exists()
    assert demo.close_examples() == len(demo.EXAMPLES) - 1
    assert demo.close_examples() == 0
    assert list(User.objects.filter(is_active=True)) == [real]
    assert demo.links() == []
    demo.make_examples()
    assert User.objects.filter(is_active=True).count() == len(demo.EXAMPLES)


@pytest.mark.launch
@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "jendela.contoh.id"])  # noqa: S104  it is refused
def test_demo_stays_on_this_machine(home: Path, host: str) -> None:
    done = jendela(home, "up", "--host", host, "--port", "8099")
    assert done.returncode == 2
    assert "--no-demo" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert not home.exists()


def status(url: str, **headers: str) -> int:
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=10) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


@pytest.mark.launch
def test_a_real_demo(up: Callable[..., Up], home: Path) -> None:
    instance = up(PYTHONPATH=SOURCE, JENDELA_HOSTS="jendela.contoh.id").wait_ready()
    instance.wait_for("Tautan baru: ./jendela manage demo_links")
    links = re.findall(r"(http\S+/akun/masuk/\S+)", instance.text())
    assert len(links) == len(demo.EXAMPLES)
    assert links[0].startswith(f"http://localhost:{instance.port}/")
    assert status(links[0]) == 200
    assert status(f"http://localhost:{instance.port}/", Host="jendela.contoh.id") == 400
    printed = jendela(home, "manage", "demo_links", PYTHONPATH=SOURCE).stdout
    assert len(re.findall(r"/akun/masuk/[\w-]{40,}/", printed)) == len(demo.EXAMPLES)
    assert instance.end() == 0

    plain = up("--no-demo", PYTHONPATH=SOURCE).wait_ready()
    assert f"{len(demo.EXAMPLES)} akun contoh ditutup" in plain.text()
    assert "/akun/masuk/" not in plain.text()
    assert jendela(home, "manage", "demo_links", PYTHONPATH=SOURCE).returncode == 1
    assert plain.end() == 0


def in_service(*words: str, module: str = "production", demo: str = "1") -> str:
    """Settings of a site in service, as they print."""
    code = f"from jendela.config.settings import {module} as p; print([getattr(p, w, None) for w in {list(words)}])"
    values = {
        "JENDELA_DEMO": demo,
        "JENDELA_SECRET_KEY": "x" * 50,
        "JENDELA_DATA_KEY": "y" * 50,
        "JENDELA_HOSTS": "jendela.contoh.go.id",
        "JENDELA_PUBLIC_URL": "https://jendela.contoh.go.id",
        "DATABASE_URL": "postgresql://jendela@localhost/jendela",
        "PYTHONPATH": SOURCE,
        "PATH": os.environ["PATH"],
    }
    done = subprocess.run(
        [sys.executable, "-c", code], env=values, capture_output=True, text=True, check=True, timeout=60
    )
    return done.stdout.strip()


def test_a_site_in_service_is_never_a_demo() -> None:
    """Whatever the environment says; and without a mail server no message ends up in a file or log."""
    found = in_service(
        "DEMO", "STAFF_SECOND_FACTOR", "ALL_MODULES_OPEN", "MAIL_READY", "EMAIL_BACKEND", "PHONE_SENDER"
    )
    mail, phone = "django.core.mail.backends.dummy.EmailBackend", "jendela.notify.senders.NoSender"
    assert found == str([False, True, False, False, mail, phone])


def test_without_mail_server_only_a_demo_speaks_of_letters() -> None:
    """`up --no-demo` may serve real people: the sign-in page and invitations must not promise letters."""
    words = ("MAIL_READY", "PHONE_READY", "EMAIL_BACKEND", "PHONE_SENDER")
    mail, phone = "django.core.mail.backends.dummy.EmailBackend", "jendela.notify.senders.NoSender"
    assert in_service(*words, module="local", demo="0") == str([False, False, mail, phone])
    outbox = "jendela.notify.outbox."
    kept = [True, True, f"{outbox}OutboxEmailBackend", f"{outbox}OutboxSender"]
    assert in_service(*words, module="local") == str(kept)


def test_cookies_of_a_site_in_service_belong_to_its_host_alone() -> None:
    """What a browser asks of a name with __Host-: secure, for the whole site, for no other host."""
    names = in_service("SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME")
    assert names == str(["__Host-jendela_sesi", "__Host-jendela_csrf"])
    assert in_service("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE") == str([True, True])
    kept = in_service(
        "SESSION_COOKIE_PATH", "SESSION_COOKIE_DOMAIN", "CSRF_COOKIE_PATH", "CSRF_COOKIE_DOMAIN"
    )
    assert kept == str([None] * 4)  # as Django has them: "/" and no other host
