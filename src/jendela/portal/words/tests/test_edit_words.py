"""/kelola/kata/layanan/<slug>/: the three lists of a service beside the queries that led here."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from jendela.portal.words.forms import MOST
from jendela.services.catalogue.models import ServiceWord
from jendela.services.search.models import WordChange

pytestmark = pytest.mark.usefixtures("town")
OWN = "/kelola/kata/layanan/uji-kir/"


def test_lists_beside_queries(transport: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(6):  # session, account, service, words, roles, queries
        page = transport.get(OWN).content.decode()
    assert "kir mobil\nuji kir truk</textarea>" in page
    nearly = page.split('id="hampir"')[1].split("</section>")[0]
    surely = page.split('id="sampai"')[1].split("</section>")[0]
    assert f'href="{OWN}?tambah=keur%20oto"' in nearly
    assert "kir mobil" in surely


def test_a_query_is_written_on_the_last_line(transport: Client) -> None:
    page = transport.get(f"{OWN}?tambah=keur+oto").content.decode()
    assert "uji kir truk\nkeur oto</textarea>" in page
    assert 'name="kueri" value="keur oto"' in page


def test_others_services_are_not_there(transport: Client) -> None:
    other = "/kelola/kata/layanan/kartu-hilang/"
    assert transport.get(other).status_code == 404
    assert transport.post(other, {"phrases": "x"}).status_code == 404
    assert transport.get("/kelola/kata/layanan/tidak-ada/").status_code == 404


def test_a_change_is_put_in_order_and_tried(transport: Client) -> None:
    typed = {
        "phrases": " kir  mobil\r\n\r\nkeur oto; Keur Oto\n",
        "keywords": "kir",
        "english": "vehicle test",
        "kueri": "keur oto",
    }
    answer = transport.post(OWN, typed)
    row = WordChange.objects.get()
    assert answer["Location"] == f"/kelola/kata/uji/{row.pk}/"
    assert row.after == {"ungkapan": ["kir mobil", "keur oto"], "kata": ["kir"], "english": ["vehicle test"]}
    assert row.query == "keur oto"
    assert set(ServiceWord.objects.filter(service__slug="uji-kir").values_list("text", flat=True)) == {
        "kir mobil",
        "uji kir truk",
    }


@pytest.mark.parametrize(
    ("phrases", "message"),
    [
        ("kir mobil\nuji kir truk", "Belum ada kata yang berubah."),
        ("x" * 201, "Persingkat sampai 200 huruf"),
        ("telepon 0812-3456-7890", "Hapus nomor atau e-mail orang"),
        ("nama #", "Hapus tanda #"),
        (
            "\n".join(f"kata {chr(97 + n // 26)}{chr(97 + n % 26)}" for n in range(MOST + 1)),
            "Terlalu banyak baris",
        ),
    ],
)
def test_what_is_wrong_is_said_and_kept(transport: Client, phrases: str, message: str) -> None:
    answer = transport.post(OWN, {"phrases": phrases})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert message in page
    assert phrases.splitlines()[0] in page
    assert not WordChange.objects.exists()
