"""/cari/: finds, doubts with people to ask, odd input, filters, counting and the limit."""

import gzip

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from jendela.common import spool
from jendela.services.search import reads as search
from jendela.services.search.models import Topic

pytestmark = pytest.mark.usefixtures("searchable")

ODD = [
    "k" * 10_000,
    "ktp " * 2_500,
    "\x00\x01\x1b[31mktp",
    "<script>alert(1)</script>",
    "'; DROP TABLE services_catalogue_service; --",
    "%' OR 1=1 /*",
    "😀😀🙏",
    "بطاقة الهوية",
    "ꦏꦠꦺꦥꦺ",
    "身份证",
    "\ud800".encode("utf-8", "surrogatepass").decode("utf-8", "replace"),
    "&&&=%00",
    "-1",
    "٠١٢٣٤",
]


def read(client: Client, query: str, **more: str) -> str:
    answer = client.get("/cari/", {"q": query, **more})
    assert answer.status_code == 200
    assert not answer.cookies
    return answer.content.decode()


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    monkeypatch.setattr(spool, "count", lambda *row: rows.append(row))
    return rows


def test_everyday_words_find_the_service(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    search.ready()
    with django_assert_num_queries(2 if not search.search("ktp ilang").confident else 0):
        page = read(client, "ktp ilang")
    assert page.index("/layanan/penggantian-ktp-elektronik-hilang/") < page.index("Informasi sementara")
    assert "Disdukcapil" in page
    assert "Warga menyebutnya" in page
    assert len(gzip.compress(page.encode())) <= 12 * 1024


def test_without_a_question_there_are_examples(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, counted: list[tuple[str, ...]]
) -> None:
    with django_assert_num_queries(0):
        for query in ("", "   "):
            page = read(client, query)
            assert "Misalnya" in page
            assert "/cari/?q=KTP%20hilang" in page
    assert client.get("/cari/").status_code == 200
    assert counted == []


@pytest.mark.parametrize("query", ODD, ids=range(len(ODD)))
def test_odd_questions_get_a_humane_page(client: Client, query: str) -> None:
    page = read(client, query)
    assert "<script>alert" not in page
    assert "Traceback" not in page
    assert len(page) < 60_000
    assert "Lihat semua layanan" in page


def test_nothing_fits_is_said_kindly(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    search.ready()
    with django_assert_num_queries(2):
        page = read(client, "qqxw zzkk")
    assert "Belum ada yang cocok dengan kata itu." in page
    for who in ("Kantor desa atau kelurahan Anda", "MPP Habaring Hurung", "Jl MT Haryono", "SP4N-LAPOR!"):
        assert who in page
    assert "tanpa mencatat siapa yang mencari" in page


def test_a_topic_of_others_says_whose_task_it_is(
    client: Client, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    key = Topic.objects.filter(kind="elsewhere").values_list("key", flat=True)[0]
    found = search.search("ktp hilang")
    doubtful = search.Found(found.query, False, found.results[:6], key)
    monkeypatch.setattr(search, "search", lambda query, limit: doubtful)
    with django_assert_num_queries(3):
        page = read(client, "cari jodoh")
    topic = search.topic(key)
    assert topic is not None
    assert topic.name in page
    assert topic.text in page
    assert "Mungkin maksud Anda" in page


def test_filters_stand_in_the_address(client: Client) -> None:
    page = read(client, "parkir", jenis="application")
    assert "/aplikasi/" in page
    assert 'class="result-kind"' in page
    assert "· Informasi sementara" not in page
    assert 'aria-current="page">Aplikasi' in page
    finds = [read(client, "parkir", jenis=kind).split("<main")[1] for kind in ("hantu", "")]
    assert finds[0] == finds[1]


def test_the_village_travels_along(client: Client) -> None:
    page = read(client, "ktp hilang", wilayah="62.02.09.2006")
    assert "/layanan/penggantian-ktp-elektronik-hilang/?wilayah=62.02.09.2006" in page
    assert '<input type="hidden" name="wilayah" value="62.02.09.2006">' in page
    assert "wilayah" not in read(client, "ktp hilang", wilayah='"><b>').split("<main")[1]


def test_questions_are_counted_without_personal_data(client: Client, counted: list[tuple[str, ...]]) -> None:
    read(client, "KTP hilang 6202 0000 1111 2222")
    read(client, "qqxw zzkk")
    read(client, "0812 3456 7890")
    assert counted[0][:2] == ("query", "ktp hilang #")
    assert counted[0][2] in ("0", "1")
    assert counted[0][3:] == ("service", "penggantian-ktp-elektronik-hilang")
    assert counted[1] == ("query", "(tak dikenal)", "0", "", "")
    assert len(counted) == 2  # a number alone is not counted at all


def test_a_robot_is_slowed_down(client: Client, settings: Settings, counted: list[tuple[str, ...]]) -> None:
    settings.RATE_SEARCH = (5, 60)
    answers = [
        client.get("/cari/", {"q": "ktp hilang"}, REMOTE_ADDR="203.0.113.9").status_code for _ in range(50)
    ]
    assert answers.count(200) <= 10  # two windows at most
    assert answers.count(429) >= 40
    assert len(counted) == answers.count(200)
    page = client.get("/cari/", {"q": "ktp <hilang>"}, REMOTE_ADDR="203.0.113.9")
    assert page.status_code == 429
    text = page.content.decode()
    assert 'value="ktp &lt;hilang&gt;"' in text
    assert "Lihat semua layanan menurut kelompok" in text


def test_english(client: Client) -> None:
    page = client.get("/en/cari/", {"q": "lost id card"}).content.decode()
    assert '<html lang="en">' in page
    assert 'href="/en/layanan/' in page


def test_it_is_packed_for_the_way(client: Client) -> None:
    answer = client.get("/cari/", {"q": "ktp"}, headers={"accept-encoding": "gzip"})
    assert answer["Content-Encoding"] == "gzip"
