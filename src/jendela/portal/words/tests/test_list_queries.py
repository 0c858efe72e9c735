"""/kelola/kata/: what residents did not find, beside the nearest service and its words."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from tests.people import agency, client_of, member

from jendela.portal.words.tests.conftest import asked
from jendela.services.search.models import QueryMark

pytestmark = pytest.mark.usefixtures("town")
PATHS = [
    "/kelola/kata/",
    "/kelola/kata/kueri/?q=keur+oto",
    "/kelola/kata/layanan/uji-kir/",
    "/kelola/kata/arti/",
    "/kelola/kata/urusan-lain/",
    "/kelola/kata/riwayat/",
    "/kelola/kata/kueri-uji/",
]


def text(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("path", [*PATHS, "/kelola/kata/uji/1/"])
def test_strangers_sign_in_and_others_find_nothing(client: Client, path: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/akun/masuk/")
    officer = client_of(member("service_officer", agency("Dinas Perhubungan")))
    assert officer.get(path).status_code == 404
    assert officer.post(path).status_code == 404


@pytest.mark.parametrize("path", PATHS)
def test_no_page_is_kept(keeper: Client, path: str) -> None:
    assert "no-store" in keeper.get(path)["Cache-Control"]


def test_most_asked_first_beside_words(
    keeper: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    # session, account, roles, agencies, queries, services, words, searches without a find
    with django_assert_num_queries(8):
        page = text(keeper, "/kelola/kata/")
    assert page.index("dompet raib") < page.index("keur oto") < page.index("cari jodoh")
    assert "9 kali · 2 cara menulis" in page
    assert '<a class="words-near" href="/kelola/kata/layanan/kartu-hilang/">' in page
    assert "<li>ktp hilang di jalan</li>" in page
    assert "Belum ada layanan yang dekat." in page
    assert "kir mobil" in page  # a word of the nearest service
    assert "q=kir%20mobil" not in page  # but found by residents
    for number in range(20):
        asked(f"aneh{chr(97 + number)}", 3, near="akta-lahir")
    with django_assert_num_queries(8):
        text(keeper, "/kelola/kata/")


def test_an_agency_sees_its_own_and_what_is_near_nobody(transport: Client) -> None:
    page = text(transport, "/kelola/kata/")
    assert "keur oto" in page
    assert "cari jodoh" in page
    assert "dompet raib" not in page
    assert "Bukan urusan kita</button>" not in page
    assert "Tambah arti kata" not in page


def test_filters_stand_in_the_address(keeper: Client) -> None:
    page = text(keeper, "/kelola/kata/?instansi=dinas-perhubungan")
    assert "keur oto" in page
    assert "dompet raib" not in page
    assert "Belum ada apa-apa di sini." in text(keeper, "/kelola/kata/?keadaan=selesai")
    assert "dompet raib" in text(keeper, "/kelola/kata/?keadaan=rusak&instansi=rusak")
    assert keeper.get("/kelola/kata/?sesudah=rusak").status_code == 404


def test_paging(keeper: Client) -> None:
    for number in range(26):
        asked(f"aneh{chr(97 + number)}", 30)
    first = text(keeper, "/kelola/kata/")
    assert "dompet raib" not in first
    following = first.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")
    second = text(keeper, following)
    assert "anehz" in second
    assert "dompet raib" in second
    assert "Kembali ke awal" in second


def test_not_ours_and_back(keeper: Client) -> None:
    values = {"kueri": "cari jodoh", "keadaan": "bukan"}
    answer = keeper.post("/kelola/kata/tandai/", values)
    assert answer.status_code == 302
    page = text(keeper, answer["Location"])
    assert "“cari jodoh” sudah ditandai." in page
    assert 'q=cari%20jodoh"' not in page
    assert "cari jodoh" in text(keeper, "/kelola/kata/?keadaan=bukan")
    keeper.post("/kelola/kata/tandai/", values | {"keadaan": "belum"})
    assert not QueryMark.objects.exists()
    assert 'q=cari%20jodoh"' in text(keeper, "/kelola/kata/")


def test_an_agency_does_not_decide_for_all(transport: Client) -> None:
    values = {"kueri": "keur oto", "keadaan": "bukan"}
    assert transport.post("/kelola/kata/tandai/", values).status_code == 404
    assert not QueryMark.objects.exists()


@pytest.mark.parametrize(
    "values", [{}, {"kueri": "x"}, {"kueri": "", "keadaan": "bukan"}, {"keadaan": "rusak"}]
)
def test_a_mark_without_sense(keeper: Client, values: dict[str, str]) -> None:
    assert keeper.post("/kelola/kata/tandai/", values).status_code == 404
    assert keeper.get("/kelola/kata/tandai/").status_code == 405


def test_the_tile_says_how_many_wait(transport: Client, keeper: Client) -> None:
    for client, number in ((transport, 2), (keeper, 3)):
        tile = text(client, "/kelola/").split('href="/kelola/kata/"')[1].split("</li>")[0]
        assert f'class="tile-number">{number}<' in tile
