"""/kelola/kata/uji/<n>/: what a change does; kept, left, or taken back."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from jendela.common.audit import SYSTEM
from jendela.people.accounts.models import User
from jendela.services.catalogue.models import ServiceWord
from jendela.services.search import actions, reads
from jendela.services.search.choices import ChangeKind, ChangeState
from jendela.services.search.models import WordChange

pytestmark = pytest.mark.usefixtures("town")


def texts() -> list[str]:
    return list(
        ServiceWord.objects.filter(service__slug="uji-kir").order_by("pk").values_list("text", flat=True)
    )


def tried(*phrases: str, query: str = "") -> WordChange:
    after = {"ungkapan": list(phrases), "kata": [], "english": []}
    return actions.try_change(kind=ChangeKind.WORDS, target="uji-kir", after=after, by=SYSTEM, query=query)


def own(row: WordChange) -> str:
    return f"/kelola/kata/uji/{row.pk}/"


def test_the_effect_is_shown_before_it_is_kept(
    transport: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    actions.add_test_query(query="keur oto", wanted=["service/uji-kir"], by=SYSTEM)
    row = tried("kir mobil", "uji kir truk", "keur oto", query="keur oto")
    with django_assert_num_queries(4):  # session, account, roles, change
        page = transport.get(own(row)).content.decode()
    assert "Jawaban benar di tempat pertama" in page
    assert "2 dari 3 (66,7%)" in page
    assert "3 dari 3 (100,0%)" in page
    better = page.split("words-better")[1].split("</details>")[0]
    assert "keur oto" in better
    assert "tempat ke-1" in better
    assert "Kueri uji yang menjadi lebih buruk: <b>tidak ada</b>" in page
    assert 'name="tahu"' not in page
    assert "keur oto" not in texts()


def test_kept_and_taken_back(transport: Client) -> None:
    before = texts()
    row = tried("kir mobil", "uji kir truk", "keur oto", query="keur oto")
    answer = transport.post(own(row), {"putusan": "simpan"})
    assert answer["Location"] == own(row)
    assert texts() == [*before, "keur oto"]
    page = transport.get(own(row)).content.decode()
    assert "Kata ini berlaku." in page
    assert 'href="/cari/?q=keur+oto"' in page
    actions.refresh_documents()
    reads.forget()
    assert reads.search("keur oto").results[0].slug == "uji-kir"
    transport.post(own(row), {"putusan": "kembali"})
    assert texts() == before
    assert "Kata sebelumnya berlaku lagi." in transport.get(own(row)).content.decode()


def test_left_alone(transport: Client) -> None:
    row = tried("kir mobil")
    transport.post(own(row), {"putusan": "batal"})
    row.refresh_from_db()
    assert row.state == ChangeState.CANCELLED
    assert texts() == ["kir mobil", "uji kir truk"]
    assert transport.post(own(row), {"putusan": "simpan"}).status_code == 409


def test_harm_asks_for_a_tick(keeper: Client) -> None:
    actions.add_test_query(query="truk", wanted=["service/uji-kir"], by=SYSTEM)
    row = tried("kir mobil")
    assert row.harmed == 1
    page = keeper.get(own(row)).content.decode()
    assert "Saya tahu 1 kueri uji menjadi lebih buruk" in page
    answer = keeper.post(own(row), {"putusan": "simpan"})
    assert answer.status_code == 200
    assert "data-error-summary" in answer.content.decode()
    assert 'aria-describedby="tahu-salah"' in answer.content.decode()
    assert keeper.post(own(row), {"putusan": "simpan", "tahu": "ya"}).status_code == 302
    row.refresh_from_db()
    assert row.state == ChangeState.KEPT


def test_someone_was_quicker(transport: Client) -> None:
    first, second = tried("kir mobil", "satu"), tried("kir mobil", "dua")
    transport.post(own(first), {"putusan": "simpan", "tahu": "ya"})
    answer = transport.post(own(second), {"putusan": "simpan", "tahu": "ya"})
    assert answer.status_code == 409
    assert "sudah diubah orang lain" in answer.content.decode()
    assert texts() == ["kir mobil", "satu"]


def test_changes_of_others_are_not_there(transport: Client, keeper: Client) -> None:
    other = actions.try_change(
        kind=ChangeKind.WORDS,
        target="kartu-hilang",
        after={"ungkapan": ["x"], "kata": [], "english": []},
        by=SYSTEM,
    )
    meaning = actions.try_change(kind=ChangeKind.MEANING, target="oto", after={"makna": ["mobil"]}, by=SYSTEM)
    for row in (other, meaning):
        assert transport.get(own(row)).status_code == 404
        assert transport.post(own(row), {"putusan": "simpan"}).status_code == 404
        assert keeper.get(own(row)).status_code == 200
    assert keeper.post(own(meaning), {"putusan": "rusak"}).status_code == 404


def test_a_role_that_ends_while_its_holder_works(transport: Client, transport_admin: User) -> None:
    row = tried("kir mobil", "satu")
    transport_admin.memberships.update(valid_to="2026-01-02")
    assert transport.post(own(row), {"putusan": "simpan", "tahu": "ya"}).status_code == 404
    assert texts() == ["kir mobil", "uji kir truk"]


def test_history(transport: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for number in range(30):
        tried("kir mobil", f"kata {chr(97 + number % 26)}{number % 7}")
    with django_assert_num_queries(4):  # session, account, roles, changes
        page = transport.get("/kelola/kata/riwayat/").content.decode()
    assert page.count("Uji berkala kendaraan</a>") == 25
    following = page.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0]
    assert transport.get(following).content.decode().count("Uji berkala kendaraan</a>") == 5
