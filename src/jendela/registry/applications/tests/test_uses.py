"""'The centre says you use X': answered, all at once, with reasons, taken back; silence is seen."""

import datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests.people import agency, client_of, member

from jendela.common.audit import Actor
from jendela.people.accounts.models import User
from jendela.people.agencies.models import Agency
from jendela.registry.applications.actions import Provenance, create_application
from jendela.registry.applications.models import Application, ApplicationUse, Change

pytestmark = pytest.mark.django_db
BASE = "/kelola/pemakaian/"


@pytest.fixture
def dinkes() -> Agency:
    return agency("Dinkes", name="Dinas Kesehatan")


@pytest.fixture
def operator(dinkes: Agency) -> User:
    return member("agency_operator", dinkes)


def central(name: str) -> Application:
    owner = agency("Kemenkes", level="pusat")
    first = {"operator_level": "pusat", "audience": "internal", "state": "dipakai"}
    return create_application(
        values={"name": name, "owner": owner, **first}, by=Actor("x"), provenance=Provenance("Kemenkes")
    )


def claim(name: str, at: Agency, days: int = 0) -> ApplicationUse:
    said_at = timezone.now() - datetime.timedelta(days=days)
    return ApplicationUse.objects.create(
        application=central(name), agency=at, state="disebut", said_by="Kemenkes", said_at=said_at
    )


def test_yes_no_and_stopped(dinkes: Agency, operator: User) -> None:
    one, two, three = (claim(name, dinkes) for name in ("ASPAK", "SISRUTE", "e-Renggar"))
    client = client_of(operator)
    assert client.get(BASE)["Location"] == f"{BASE}dinkes/"
    page = client.get(f"{BASE}dinkes/").content.decode()
    assert "Kemenkes menyebut Anda memakai <b>ASPAK</b>" in page
    sent = {f"pakai-{one.pk}": "ya", f"pakai-{two.pk}": "tidak", f"pakai-{three.pk}": "berhenti"}
    page_back = client.post(f"{BASE}dinkes/", sent)
    assert page_back.status_code == 400
    text = page_back.content.decode()
    assert "Tulis alasannya" in text
    assert text.count(" checked") == 3, "what was chosen is kept"
    assert set(ApplicationUse.objects.values_list("state", flat=True)) == {"disebut"}
    answer = client.post(f"{BASE}dinkes/", {**sent, f"alasan-{two.pk}": "Dipakai rumah sakit"})
    states = dict(ApplicationUse.objects.values_list("pk", "state"))
    assert states == {one.pk: "dipakai", two.pk: "tidak_dipakai", three.pk: "berhenti"}
    two.refresh_from_db()
    assert (two.answered_by, two.reason) == ("Dinas Kesehatan", "Dipakai rumah sakit")
    page = client.get(answer["Location"]).content.decode()
    assert "3 jawaban tersimpan" in page
    undo = next(part.split('"')[0] for part in page.split('action="') if "batalkan" in part.split('"')[0])
    client.post(undo)
    assert set(ApplicationUse.objects.values_list("state", flat=True)) == {"disebut"}
    assert Change.objects.filter(field="part.uses").count() == 6


def test_all_at_once_in_a_constant_number_of_statements(
    dinkes: Agency, operator: User, django_assert_max_num_queries: Any
) -> None:
    for i in range(30):
        claim(f"Pusat {i}", dinkes)
    client = client_of(operator)
    with django_assert_max_num_queries(30):
        client.post(f"{BASE}dinkes/", {"semua": "ya"})
    assert ApplicationUse.objects.filter(state="dipakai").count() == 30


def test_one_that_nobody_named(dinkes: Agency, operator: User) -> None:
    row, client = central("SATUSEHAT"), client_of(operator)
    assert "SATUSEHAT" in client.get(f"{BASE}dinkes/?cari=satusehat").content.decode()
    answer = client.post(f"{BASE}dinkes/tambah/", {"aplikasi": row.slug})
    use = ApplicationUse.objects.get()
    assert (use.state, use.said_by, use.agency) == ("dipakai", "Dinas Kesehatan", dinkes)
    page = client.get(answer["Location"]).content.decode()
    undo = next(part.split('"')[0] for part in page.split('action="') if "batalkan" in part.split('"')[0])
    client.post(undo)
    assert not ApplicationUse.objects.exists()
    assert "Laporkan aplikasi itu" in client.get(f"{BASE}dinkes/?cari=tak+ada").content.decode()
    assert client.post(f"{BASE}dinkes/tambah/", {"aplikasi": "tak-ada"})["Location"].endswith("sudah")


def test_diskominfo_sees_answers_and_silence(dinkes: Agency) -> None:
    claim("ASPAK", dinkes, days=8)
    ApplicationUse.objects.filter(pk=claim("SISRUTE", dinkes).pk).update(state="tidak_dipakai")
    page = client_of(member("information_team")).get(BASE).content.decode()
    assert "belum menjawab (8 hari)" in page


def test_only_the_own_agency(dinkes: Agency, operator: User) -> None:
    other = agency("Dukcapil")
    use, client = claim("SIAK", other), client_of(operator)
    assert client.get(f"{BASE}dukcapil/").status_code == 404
    assert client.post(f"{BASE}dukcapil/", {f"pakai-{use.pk}": "ya"}).status_code == 404
    assert client.post(f"{BASE}dinkes/", {f"pakai-{use.pk}": "ya"})["Location"].endswith("sudah")
    use.refresh_from_db()
    assert use.state == "disebut"
    assert client_of(member("staff_member", dinkes)).get(BASE).status_code == 404
    assert Client().get(BASE).status_code == 302


@pytest.mark.parametrize("name", ["pakai-x", "pakai-", "pakai-99999999999999999999", "pakai-１"])
def test_nonsense_is_passed_over(dinkes: Agency, operator: User, name: str) -> None:
    claim("ASPAK", dinkes)
    answer = client_of(operator).post(f"{BASE}dinkes/", {name: "ya"})
    assert answer["Location"].endswith("kosong")


def test_number_of_queries(dinkes: Agency, django_assert_num_queries: Any) -> None:
    team = client_of(member("information_team"))
    for i in range(3):
        claim(f"Pusat {i}", agency(f"Dinas {i}"))
    with django_assert_num_queries(4):  # session, person, roles, board
        team.get(BASE)
