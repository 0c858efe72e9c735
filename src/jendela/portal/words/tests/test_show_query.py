"""/kelola/kata/kueri/: one query, its service chosen, tried, or kept as a test query."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from jendela.services.search import reads
from jendela.services.search.choices import ChangeState, Origin
from jendela.services.search.models import TestQuery, WordChange

pytestmark = pytest.mark.usefixtures("town")
OWN = "/kelola/kata/kueri/?q=keur+oto"


def test_the_nearest_services_are_offered(
    keeper: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    reads.ready()
    with django_assert_num_queries(6):  # session, account, roles, the query, services, words
        page = keeper.get("/kelola/kata/kueri/?q=raib+dompet&cari=kartu").content.decode()
    assert "“dompet raib”" in page
    assert "9 kali dalam 30 hari" in page
    assert "<li>raib dompet</li>" in page
    assert 'value="kartu-hilang" checked' in page
    assert 'value="dompet raib"' in page


@pytest.mark.parametrize("query", ["", "tidak pernah dicari", "kir mobil"])
def test_what_nobody_missed_has_no_page(keeper: Client, query: str) -> None:
    assert keeper.get("/kelola/kata/kueri/", {"q": query}).status_code == 404


def test_an_agency_is_offered_only_its_own(transport: Client) -> None:
    assert transport.get("/kelola/kata/kueri/?q=dompet+raib").status_code == 404
    page = transport.get(f"{OWN}&cari=kartu+ilang").content.decode()
    assert "kartu-hilang" not in page
    assert "Urusan instansi lain" not in page
    values = {"kata": "keur oto", "pilihan": "kartu-hilang", "aksi": "coba"}
    answer = transport.post(f"{OWN}&cari=kartu+ilang", values)
    assert answer.status_code == 200
    assert not WordChange.objects.exists()


def test_trying_leads_to_the_effect(transport: Client) -> None:
    answer = transport.post(f"{OWN}&cari=uji+kir", {"kata": "keur oto", "pilihan": "uji-kir", "aksi": "coba"})
    change = WordChange.objects.get()
    assert answer["Location"] == f"/kelola/kata/uji/{change.pk}/"
    assert (change.target, change.query, change.state) == ("uji-kir", "keur oto", ChangeState.TRIED)
    assert change.after["ungkapan"] == [*change.before["ungkapan"], "keur oto"]


def test_one_press_makes_a_test_query(transport: Client) -> None:
    answer = transport.post(f"{OWN}&cari=uji+kir", {"kata": "keur oto", "pilihan": "uji-kir", "aksi": "uji"})
    row = TestQuery.objects.get(query="keur oto")
    assert (row.wanted, row.origin) == (["service/uji-kir"], Origin.RESIDENTS)
    page = transport.get(answer["Location"]).content.decode()
    assert "Tersimpan sebagai kueri uji." in page
    assert f'action="/kelola/kata/kueri-uji/{row.pk}/"' in page
    assert not WordChange.objects.exists()


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"kata": "", "pilihan": "uji-kir"}, "Tulis kata yang dipakai warga."),
        ({"kata": "keur oto"}, "Pilih satu dulu."),
        ({"kata": "Kir Mobil", "pilihan": "uji-kir"}, "Kata ini sudah ada pada layanan itu."),
        ({"kata": "plat 0812 3456 7890", "pilihan": "uji-kir"}, "Hapus nomor atau e-mail orang"),
        ({"kata": "atas nama #", "pilihan": "uji-kir"}, "Hapus tanda #"),
        ({"kata": "satu; dua", "pilihan": "uji-kir"}, "Tulis satu saja."),
        ({"kata": "...", "pilihan": "uji-kir"}, "Tulis dengan huruf atau angka"),
    ],
)
def test_what_is_wrong_is_said_and_kept(transport: Client, values: dict[str, str], message: str) -> None:
    answer = transport.post(f"{OWN}&cari=uji+kir", {"aksi": "coba", **values})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert message in page
    assert "data-error-summary" in page
    if values["kata"]:
        assert f'value="{values["kata"]}"' in page
    assert not WordChange.objects.exists()
