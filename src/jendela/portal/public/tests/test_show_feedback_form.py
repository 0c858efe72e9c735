"""/salah/: a word to us; kept once, without identity numbers; errors keep the text; floods are slowed down."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from jendela.common.models import AuditEntry
from jendela.portal.public.views.core import own_page
from jendela.services.catalogue.models import Feedback

pytestmark = pytest.mark.usefixtures("region")

SLUG = "akta-kematian"
ORIGIN = {"origin": "http://testserver"}
GOOD = {
    "halaman": f"/layanan/{SLUG}/",
    "topic": "salah",
    "text": "Sekarang harus bawa KTP asli.",
    "contact": "",
}


def post(client: Client, address: str = "203.0.113.1", **changed: str) -> object:
    return client.post("/salah/", {**GOOD, **changed}, headers=ORIGIN, REMOTE_ADDR=address)


def text_of(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined,no-any-return]


def test_the_form(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        answer = client.get(f"/salah/?halaman=/layanan/{SLUG}/")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert not answer.cookies
    assert "csrfmiddlewaretoken" not in page
    assert "Tentang halaman: Akta kematian" in page
    assert page.count('type="radio"') == 4
    assert "Hanya dipakai untuk menjawab Anda." in page
    english = client.get(f"/en/salah/?halaman=/en/layanan/{SLUG}/").content.decode()
    assert '<html lang="en">' in english
    assert 'action="/en/salah/"' in english


def test_a_word_is_kept_and_thanked_for(client: Client, settings: Settings) -> None:
    settings.RATE_FEEDBACK = (20, 3600)
    answer = post(client, contact="0812 0000 0000")
    row = Feedback.objects.get()
    assert answer.status_code == 302  # type: ignore[attr-defined]
    assert answer["Location"] == f"/salah/terima-kasih/{row.pk}/"  # type: ignore[index]
    assert row.service is not None
    assert row.service.slug == SLUG
    assert (row.page, row.topic, row.contact) == (f"/layanan/{SLUG}/", "salah", "0812 0000 0000")
    audit = AuditEntry.objects.get(action="catalogue.record_feedback")
    assert audit.target_key == str(row.pk)
    assert "asli" not in str(audit.after)
    assert "0812" not in str(audit.after)
    thanks = client.get(f"/salah/terima-kasih/{row.pk}/")
    assert thanks.status_code == 200
    assert f"<b>{row.pk}</b>" in thanks.content.decode()
    assert "belum bergabung" in thanks.content.decode()
    assert not thanks.cookies


def test_a_number_that_is_not_kept_is_not_thanked_for(client: Client) -> None:
    for number in (987654, 2**63, 10**30):
        assert client.get(f"/salah/terima-kasih/{number}/").status_code == 404


def test_identity_numbers_are_masked(client: Client) -> None:
    for number in ("9" * 16, " ".join(["9999"] * 4), "-".join(["99999999"] * 2)):
        post(client, text=f"NIK saya {number} ditolak", contact=number)
        row = Feedback.objects.latest("pk")
        assert row.text == f"NIK saya {'x' * 16} ditolak"
        assert "9" not in row.contact


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"text": ""}, "Tulis apa yang salah atau kurang."),
        ({"text": "   \n "}, "Tulis apa yang salah atau kurang."),
        ({"text": "a" * 2001}, "Terlalu panjang: 2001 huruf. Paling banyak 2000."),
        ({"topic": ""}, "Pilih salah satu."),
        ({"topic": "bukan"}, "Pilih salah satu dari daftar."),
        ({"contact": "a" * 121}, "Terlalu panjang: 121 huruf. Paling banyak 120."),
        ({"site": "https://iklan.example"}, "Kosongkan kolom ini."),
        ({"text": "a\x00b"}, ""),
    ],
)
def test_errors_are_plain_and_keep_the_text(client: Client, changed: dict[str, str], message: str) -> None:
    answer = post(client, **{"text": "kalimat <saya>", **changed})
    page = text_of(answer)
    assert answer.status_code == 200  # type: ignore[attr-defined]
    assert Feedback.objects.count() == 0
    assert "Ada yang perlu diperbaiki" in page
    assert "data-error-summary" in page
    assert message in page
    if "text" not in changed:
        assert "kalimat &lt;saya&gt;" in page


def test_hundreds_from_one_address(client: Client, settings: Settings) -> None:
    settings.RATE_FEEDBACK = (20, 3600)
    answers = [post(client, "203.0.113.77", text=f"kabar {number}") for number in range(300)]
    kept = Feedback.objects.count()
    assert 20 <= kept <= 40  # the hour may turn while the test runs
    assert sum(answer.status_code == 429 for answer in answers) == 300 - kept  # type: ignore[attr-defined]
    page = text_of(answers[-1])
    assert "Belum terkirim." in page
    assert "kabar 299</textarea>" in page
    assert "kantor desa" in page
    assert post(client, "203.0.113.78").status_code == 302  # type: ignore[attr-defined]


def test_errors_do_not_use_up_the_limit(client: Client, settings: Settings) -> None:
    settings.RATE_FEEDBACK = (1, 3600)
    for _ in range(5):
        post(client, "203.0.113.88", text="")
    assert post(client, "203.0.113.88").status_code == 302  # type: ignore[attr-defined]


def test_only_from_our_own_pages(client: Client) -> None:
    for headers in (
        {},
        {"origin": "https://jahat.example"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
    ):
        assert client.post("/salah/", GOOD, headers=headers).status_code == 403
    assert Feedback.objects.count() == 0


@pytest.mark.parametrize(
    ("raw", "page"),
    [
        ("/layanan/akta-kematian/?wilayah=62.02", "/layanan/akta-kematian/"),
        ("/cari/?q=nama+saya", "/cari/"),
        ("/en/layanan/akta-kematian/#cara", "/en/layanan/akta-kematian/"),
        ("https://jahat.example/", "/"),
        ("//jahat.example/", "/"),
        ("/\\jahat.example", "/"),
        ("javascript:alert(1)", "/"),
        ("/a\x00b", "/"),
        ("", "/"),
        ("/" + "a" * 500, "/" + "a" * 199),
    ],
)
def test_only_paths_of_this_site_are_kept(raw: str, page: str) -> None:
    assert own_page(raw) == page
