"""/kelola/kata/arti/ and /kelola/kata/urusan-lain/: what holds for all agencies, only by those who keep all words."""

import pytest
from django.test import Client

from jendela.services.search.choices import ChangeKind
from jendela.services.search.models import Topic, Variant, WordChange

pytestmark = pytest.mark.usefixtures("town")
MEANING = {"form": "Oto", "meaning": "mobil", "language": "banjar"}


@pytest.mark.parametrize("path", ["/kelola/kata/arti/", "/kelola/kata/urusan-lain/"])
def test_an_agency_finds_nothing(transport: Client, path: str) -> None:
    assert transport.get(path).status_code == 404
    assert transport.post(path, MEANING | {"kata": "x", "pilihan": "cpns"}).status_code == 404
    assert not WordChange.objects.exists()


def test_a_meaning_is_tried_and_kept(keeper: Client) -> None:
    answer = keeper.post("/kelola/kata/arti/?q=keur+oto", MEANING)
    row = WordChange.objects.get()
    assert answer["Location"] == f"/kelola/kata/uji/{row.pk}/"
    assert (row.kind, row.target, row.query) == (ChangeKind.MEANING, "oto", "keur oto")
    assert not Variant.objects.exists()
    page = keeper.get(answer["Location"]).content.decode()
    assert "<span>mobil</span>" in page
    assert "<span>banjar</span>" not in page
    keeper.post(answer["Location"], {"putusan": "simpan", "tahu": "ya"})
    assert Variant.objects.filter(form="oto", meaning="mobil", language="banjar", by_hand=True).exists()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"meaning": "OTO"}, "Arti ini sama dengan katanya."),
        ({"meaning": ""}, "data-error-summary"),
        ({"language": "rusak"}, "data-error-summary"),
        ({"form": "0812 3456 7890"}, "Hapus nomor atau e-mail orang"),
        ({"meaning": "kendaraan"}, "Arti ini sudah ada di daftar kata."),
    ],
)
def test_a_wrong_meaning(keeper: Client, change: dict[str, str], message: str) -> None:
    Variant.objects.create(form="oto", meaning="kendaraan", language="banjar")
    answer = keeper.post("/kelola/kata/arti/", MEANING | change)
    assert answer.status_code == 200
    assert message in answer.content.decode()
    assert not WordChange.objects.exists()


def test_a_query_becomes_anothers_task(keeper: Client) -> None:
    path = "/kelola/kata/urusan-lain/?q=cari+jodoh"
    page = keeper.get(path).content.decode()
    assert "Ini urusan BKN." in page
    answer = keeper.post(path, {"kata": "cari jodoh", "pilihan": "cpns"})
    keeper.post(answer["Location"], {"putusan": "simpan", "tahu": "ya"})
    assert Topic.objects.get(key="cpns").added == "cari jodoh"
    assert keeper.post(path, {"kata": "Cari Jodoh", "pilihan": "cpns"}).status_code == 200
    assert keeper.post(path, {"kata": "lain", "pilihan": "rusak"}).status_code == 200
