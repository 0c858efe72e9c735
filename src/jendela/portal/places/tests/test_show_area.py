"""/desa/: choosing a village, its page, its poster."""

import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from jendela.people.areas import reads
from jendela.people.areas.models import Area, AreaBoundary

pytestmark = pytest.mark.usefixtures("region")
VILLAGE = "62.02.01.2006"  # Pamalian


def read(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    assert not answer.cookies
    return answer.content.decode()


def test_all_villages_are_listed(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(2):
        page = read(client, "/desa/")
    for code in Area.objects.values_list("code", flat=True):
        assert f'href="/desa/{code}/"' in page
    assert "185 desa dan kelurahan" in page
    assert "Ini bukan peta" in page
    assert "9 desa, 2 kelurahan, 4 tercatat tanpa sinyal" in page  # Kota Besi; Pamalian has satellite since


def test_names_repeat_and_misspelt_names_are_found(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(3):
        page = read(client, "/desa/?q=desa+sumber+makmr")
    hits = page[page.index("Nama yang mirip") : page.index("Pilih kecamatan")]
    assert hits.count("Desa Sumber Makmur") == 3
    assert {"Parenggean", "Telawang", "Mentaya Hilir Utara"} <= set(re.findall(r"Kecamatan ([\w ]+)<", hits))


@pytest.mark.parametrize(
    ("text", "name"),
    [("Sei Puring", "Sungai Puring"), ("pamalean", "Pamalian"), ("kec. baamang", "Baamang")],
)
def test_search_by_how_people_write(text: str, name: str) -> None:
    assert reads.search(text)[0].name == name


@pytest.mark.parametrize("text", ["zzzzqqq", "desa", "  ", "'; --", "%"])
def test_search_without_hits_is_no_dead_end(client: Client, text: str) -> None:
    answer = client.get("/desa/", {"q": text})
    assert answer.status_code == 200
    assert "Pilih kecamatan" in answer.content.decode()


def test_village_with_signal_records(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(8):
        page = read(client, "/desa/62.02.01.2006/")
    assert "Kecamatan Kota Besi, Kabupaten Kotawaringin Timur" in page
    assert "Kode wilayah 62.02.01.2006" in page
    for said in ("Desember 2020: tanpa sinyal.", "Oktober 2025: internet satelit (Starlink)."):
        assert said in page
    assert "borneonews.co.id" in page
    assert "MPP Habaring Hurung" in page
    assert "Jl MT Haryono, Sampit" in page
    assert 'href="/peristiwa/anak-lahir/?wilayah=62.02.01.2006"' in page
    assert 'name="wilayah" value="62.02.01.2006"' in page
    assert 'href="tel:110"' in page


def test_the_name_in_the_source_is_said(client: Client) -> None:
    assert "Sumber menulis namanya “Rawasari”." in read(client, "/desa/62.02.09.2006/")


def test_village_without_record_says_so(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(8):
        page = read(client, "/desa/62.02.01.1009/")
    assert "Kami tidak punya catatan sinyal untuk tempat ini." in page
    assert "Di kelurahan Anda" in page
    assert "laporan-desa-tanpa-sinyal" in page


def test_kecamatan(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(9):
        page = read(client, "/desa/62.02.06/")
    assert "145 jiwa per km²" in page
    assert "Belum kami ketahui." in page
    for code in Area.objects.filter(parent="62.02.06").values_list("code", flat=True):
        assert f'href="/desa/{code}/"' in page


def test_regency_shows_figures_side_by_side(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(8):
        page = read(client, "/desa/62.02/")
    for number in ("461.064", "454.515", "448.180", "428.900", "428.080"):
        assert number in page
    assert "Angka ini berbeda karena caranya berbeda." in page


def test_every_area_has_a_page(client: Client) -> None:
    for code in Area.objects.values_list("code", flat=True):
        assert client.get(f"/desa/{code}/").status_code == 200


def test_poster(client: Client, settings: Settings) -> None:
    settings.PUBLIC_URL = "https://jendela.example"
    page = read(client, "/desa/62.02.01.2006/poster/")
    assert "jendela.example/d/62.02.01.2006" in page
    assert "Kami tidak pernah meminta OTP, PIN, atau uang." in page
    assert page.count("<li>") >= 8
    qr = page[page.index('class="poster-qr"') :]
    assert "<path" in qr
    assert "style=" not in page
    assert "110" in page


def test_english(client: Client) -> None:
    page = read(client, "/en/desa/62.02.01.2006/")
    assert 'href="/en/desa/62.02.01/"' in page
    assert 'href="/en/peristiwa/anak-lahir/?wilayah=62.02.01.2006"' in page


@pytest.mark.parametrize("code", ["62.02.99", "99", "abc", "62.02.01.9999", "62-02"])
def test_unknown_area(client: Client, code: str) -> None:
    assert client.get(f"/desa/{code}/").status_code == 404
    assert client.get(f"/desa/{code}/poster/").status_code == 404


def test_help_without_a_number_is_reached_too(client: Client) -> None:
    """The disaster agency has a page and no number: it stands in the strip of a village as it does on the home page."""
    strip = client.get(f"/desa/{VILLAGE}/").content.decode().split('class="emergency"')[1]
    assert 'href="tel:110"' in strip
    assert 'href="https://s.id/bpbdkotim_official"' in strip
    poster = client.get(f"/desa/{VILLAGE}/poster/").content.decode()
    assert "BPBD" not in poster.split("poster-numbers")[1]


def test_a_kelurahan_is_not_called_a_desa(client: Client) -> None:
    assert "Ingat kelurahan ini di ponsel ini" in client.get("/desa/62.02.06.1002/").content.decode()
    assert "Ingat desa ini di ponsel ini" in client.get(f"/desa/{VILLAGE}/").content.decode()


def test_a_boundary_is_drawn_where_there_is_one(client: Client) -> None:
    assert 'class="outline"' not in client.get(f"/desa/{VILLAGE}/").content.decode()
    ring = [[112.9, -2.5], [113.0, -2.5], [113.0, -2.4], [112.9, -2.5]]
    AreaBoundary.objects.create(
        area_id=VILLAGE,
        geometry={"type": "Polygon", "coordinates": [ring]},
        source_url="https://example.org/batas",
        source_date="2025",
    )
    page = client.get(f"/desa/{VILLAGE}/").content.decode()
    assert 'aria-label="Batas ' in page
    assert "<path d=" in page
