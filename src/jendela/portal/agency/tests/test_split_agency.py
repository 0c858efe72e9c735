"""An agency is split: what goes is ticked, checked, done, and taken back within a day."""

import re
from typing import Any

import pytest
from django.test import Client
from tests.people import agency, client_of, member

from jendela.common.audit import Actor
from jendela.people.access.roles import AgencyHead, InformationTeam
from jendela.people.agencies.models import Agency
from jendela.registry.applications import actions
from jendela.registry.applications.actions import Provenance
from jendela.registry.applications.models import Application, OwnerSplit
from jendela.registry.datasets.actions import declare_dataset
from jendela.registry.datasets.models import Dataset

pytestmark = pytest.mark.django_db
PAGE = "/kelola/instansi/pisah/?dari=dinas-besar"


@pytest.fixture
def team() -> Client:
    return client_of(member(InformationTeam.code))


@pytest.fixture
def rows() -> dict[str, Application]:
    by, said = Actor("x"), Provenance("Dinas Besar")
    old = agency("Dinas Besar")
    found = {}
    for name in ("Tetap", "Pindah"):
        values = {
            "name": name, "owner": old, "operator_level": "daerah", "audience": "internal", "state": "dipakai",
        }  # fmt: skip
        found[name] = actions.create_application(values=values, by=by, provenance=said)
        declare_dataset(application=found[name], producer=old, name=f"Data {name}", by=by, provenance=said)
    return found


def typed(rows: dict[str, Application], **changes: Any) -> dict[str, Any]:
    return {
        "applications": [rows["Pindah"].pk],
        "short_name": "Dinas Kecil",
        "name": "Dinas Kecil Sekali",
        "since": "2026-01-01",
        "source": "Perda Nomor 99 Tahun 2026",
    } | changes


def test_it_is_checked_first_then_done_then_taken_back(team: Client, rows: dict[str, Application]) -> None:
    checked = team.post(PAGE, typed(rows)).content.decode()
    assert "Belum ada yang berubah." in checked
    assert "<li>Pindah</li>" in checked
    assert "1 data" in checked
    assert "1 aplikasi lain tetap di instansi lama." in checked
    assert not Agency.objects.filter(short_name="Dinas Kecil").exists()
    hidden = re.findall(r'<input type="hidden" name="([\w-]+)" value="(.*?)"', checked)
    data: dict[str, Any] = {name: value for name, value in hidden if name != "csrfmiddlewaretoken"}
    answer = team.post(PAGE, data | {"sungguh": "1"}, follow=True).content.decode()
    assert "1 aplikasi pindah ke Dinas Kecil Sekali." in answer
    new = Agency.objects.get(short_name="Dinas Kecil")
    owners = dict(Application.objects.values_list("name", "owner"))
    assert owners == {"Pindah": new.pk, "Tetap": agency("Dinas Besar").pk}
    assert dict(Dataset.objects.values_list("name", "producer")) == {
        "Data Pindah": new.pk,
        "Data Tetap": agency("Dinas Besar").pk,
    }
    split = OwnerSplit.objects.get()
    team.post(f"/kelola/instansi/pisah/{split.pk}/")
    assert set(Application.objects.values_list("owner", flat=True)) == {agency("Dinas Besar").pk}
    assert set(Dataset.objects.values_list("producer", flat=True)) == {agency("Dinas Besar").pk}
    assert (
        "Belum dibatalkan." in team.post(f"/kelola/instansi/pisah/{split.pk}/", follow=True).content.decode()
    )


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"applications": []}, "Centang sedikitnya satu aplikasi."),
        ({"applications": ["999999"]}, "Ada yang sudah pindah."),
        ({"short_name": ""}, "Tulis singkatannya"),
        ({"since": "2999-01-01"}, "Tanggal ini belum tiba."),
        ({"source": ""}, "Sebutkan peraturan"),
    ],
)
def test_what_cannot_be_is_said(
    team: Client, rows: dict[str, Application], changes: dict[str, Any], words: str
) -> None:
    answer = team.post(PAGE, typed(rows, **changes) | {"sungguh": "1"})
    assert answer.status_code == 400
    assert words in answer.content.decode()
    assert not OwnerSplit.objects.exists()


def test_a_name_in_use_is_refused(team: Client, rows: dict[str, Application]) -> None:
    agency("Dinas Kecil")
    answer = team.post(PAGE, typed(rows) | {"sungguh": "1"}).content.decode()
    assert "Singkatan ini sudah dipakai." in answer


def test_the_agency_is_chosen_first(team: Client, rows: dict[str, Application]) -> None:
    page = team.get("/kelola/instansi/pisah/").content.decode()
    assert '<option value="dinas-besar">' in page
    agency("Dinas Kosong")
    page = team.get("/kelola/instansi/pisah/?dari=dinas-kosong").content.decode()
    assert "tidak memiliki aplikasi yang tercatat" in page


def test_others_find_nothing(rows: dict[str, Application]) -> None:
    client = client_of(member(AgencyHead.code, agency("Dinas Besar")))
    assert client.get(PAGE).status_code == 404
    assert client.post(PAGE, typed(rows) | {"sungguh": "1"}).status_code == 404
