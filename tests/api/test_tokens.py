"""Tokens: made once, shown once, revoked; and what they open."""

import datetime
import re
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from jendela.common import spool
from jendela.common.audit import SYSTEM
from jendela.common.dates import today
from jendela.common.models import AuditEntry
from jendela.people.access.roles import AgencyHead, InformationTeam
from jendela.people.tokens.models import Token
from jendela.registry.applications.actions import Provenance, create_application, put_part
from jendela.registry.applications.models import ApplicationPerson, Cost, Version
from tests.people import agency, client_of, member

pytestmark = pytest.mark.django_db
GOV = "/api/v1/gov/applications"


def make_token(**values: Any) -> str:
    client = client_of(member(InformationTeam.code))
    values = {
        "name": "Dasbor uji",
        "agency": agency("Dinas Pembaca").slug,
        "valid_to": today() + datetime.timedelta(30),
    } | values
    page = client.post("/kelola/token/baru/", values)
    assert page["Cache-Control"].startswith("max-age=0")
    found = re.search(r"jdl_[\w-]{40,}", page.content.decode())
    assert found, page.content.decode()
    return found.group(0)


def ask(token: str, address: str = GOV) -> Any:
    return Client().get(address, headers={"Authorization": f"Bearer {token}"})


def test_a_token_reads_what_the_government_may_see() -> None:
    owner = agency("Dinas Uji")
    row = create_application(
        values={
            "name": "SIUJI",
            "owner": owner,
            "operator_level": "daerah",
            "audience": "publik",
            "state": "dipakai",
            "hosting": "penyedia",
            "hosting_note": "rak 3",
        },
        by=SYSTEM,
        provenance=Provenance("Dinas Uji"),
    )
    Cost.objects.create(
        application=row,
        kind="pemeliharaan",
        year=2026,
        amount=Decimal("12000000"),
        grade="C",
        stated_by="Dinas Uji",
        stated_at=timezone.now(),
    )
    ApplicationPerson.objects.create(
        application=row,
        role="operator",
        name="Mawar Uji",
        email="mawar@contoh.id",
        position="Staf",
        since=today(),
    )
    use = {"agency": agency("Dinas Pemakai"), "state": "dipakai"}
    letter = Provenance("Dinas Uji", "SPK 7", "https://contoh.id/spk", grade="B")
    put_part(application=row, part="uses", values=use, by=SYSTEM, provenance=letter)
    machine = {"memory": "8 GB", "vendor_contact": "0531 21000", "contract_value": Decimal("7654321")}
    Version.objects.create(application=row, number="2", current=True, **machine)
    answer = ask(make_token())
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "private, no-store"
    [found] = answer.json()["items"]
    assert found["costs"] == [
        {
            "year": 2026,
            "kind": {
                "code": "pemeliharaan",
                "name": "pemeliharaan",
                "name_en": found["costs"][0]["kind"]["name_en"],
            },
            "amount": "12000000.00",
            "grade": found["costs"][0]["grade"],
            "said": None,  # its row was written without a history
        }
    ]
    fields = {one["field"] for one in found["fields"]}
    assert "hosting" in fields
    assert "hosting_note" not in fields  # for its owner alone
    assert found["people"][0]["position"] == "Staf"
    said = found["uses"][0]["said"]
    assert (said["stated_by"], said["source"], said["source_url"]) == (
        "Dinas Uji", "SPK 7", "https://contoh.id/spk",
    )  # fmt: skip
    assert (said["grade"]["code"], found["versions"][0]["said"]) == ("B", None)
    assert (found["versions"][0]["number"], found["versions"][0]["memory"]) == ("2", "8 GB")
    assert "0531 21000" not in answer.content.decode()
    assert "7654321" not in answer.content.decode()
    assert "mawar" not in answer.content.decode().lower()  # neither name nor address of a person


def test_the_secret_is_kept_nowhere_and_uses_are_counted() -> None:
    secret = make_token()
    row = Token.objects.get()
    assert (
        secret
        not in f"{row.digest}{row.hint}{AuditEntry.objects.filter(action='tokens.create_token').get().after}"
    )
    assert ask(secret).status_code == 200
    spool.flush()
    spool.write_spool()
    row.refresh_from_db()
    assert (row.uses, row.last_used_on) == (1, today())


def test_strangers_guesses_revoked_and_old_tokens_get_401(settings: Any) -> None:
    secret = make_token()
    for wrong in ("", "jdl_salah", secret[:-1], secret + "x" * 200):
        answer = ask(wrong)
        assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Bearer")
        assert answer.json()["status"] == 401
    assert Client().get(GOV).status_code == 401
    with time_machine.travel(timezone.now() + datetime.timedelta(days=32)):
        assert ask(secret).status_code == 401
    client = client_of(member(InformationTeam.code))
    page = client.post(f"/kelola/token/{Token.objects.get().pk}/cabut/", follow=True).content.decode()
    assert "Token sudah dicabut." in page
    assert ask(secret).status_code == 401


def test_a_closed_module_answers_401(settings: Any) -> None:
    secret = make_token()
    settings.ALL_MODULES_OPEN = False
    assert ask(secret).status_code == 401


def test_only_who_keeps_the_register_makes_tokens() -> None:
    head = client_of(member(AgencyHead.code, agency()))
    for address in ("/kelola/token/", "/kelola/token/baru/"):
        assert head.get(address).status_code == 404
        assert Client().get(address).status_code == 302


def test_bad_input_comes_back_with_what_was_typed() -> None:
    client = client_of(member(InformationTeam.code))
    page = client.post(
        "/kelola/token/baru/", {"name": "Dasbor", "agency": "tidak-ada", "valid_to": "2099-01-01"}
    )
    assert page.status_code == 400
    text = page.content.decode()
    assert "Dasbor" in text
    assert "sampai 400 hari lagi" in text
    assert not Token.objects.exists()


def test_the_list_asks_the_same_number_of_questions(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    secret = make_token()
    owner = agency("Dinas Uji")
    for number in range(12):
        create_application(
            values={
                "name": f"SIUJI {number}",
                "owner": owner,
                "operator_level": "daerah",
                "audience": "publik",
                "state": "dipakai",
            },
            by=SYSTEM,
            provenance=Provenance("Dinas Uji"),
        )
    with django_assert_num_queries(8):  # token, rows, sources, costs, people, uses, versions, history
        assert len(ask(secret).json()["items"]) == 12
