"""/layanan/ and /kategori/<slug>/: every service once at least, narrowed by the address, light."""

import gzip

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from jendela.services.catalogue.models import Category, Service

pytestmark = pytest.mark.usefixtures("region")


def read(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    assert not answer.cookies
    return answer.content.decode()


def test_every_service_is_listed_and_the_page_is_light(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(5):
        page = read(client, "/layanan/")
    for slug in Service.objects.values_list("slug", flat=True):
        assert f'href="/layanan/{slug}/"' in page
    assert f"{Service.objects.count()} layanan" in page
    assert len(gzip.compress(page.encode())) <= 12 * 1024


def test_narrowed_by_agency_and_text(client: Client) -> None:
    page = read(client, "/layanan/?instansi=disdukcapil&wilayah=62.02.01.2006")
    assert "/layanan/akta-kelahiran/?wilayah=62.02.01.2006" in page
    assert "Desa Pamalian" in page
    assert "/layanan/blt-dana-desa/" not in page
    assert "/layanan/akta-kelahiran/" not in read(client, "/layanan/?untuk=petani")


def test_narrowed_by_counter(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(6):
        page = read(client, "/layanan/?kantor=mpp-habaring-hurung")
    assert "MPP Habaring Hurung" in page
    assert "Tampilkan semua" in page


def test_no_dead_end_when_nothing_fits(client: Client) -> None:
    page = read(client, "/layanan/?untuk=zzzz&keadaan=berlaku&kategori=tidak-ada")
    assert "Tidak ada layanan dengan saringan ini." in page
    assert "/cari/?q=zzzz" in page


def test_unknown_village_is_ignored(client: Client) -> None:
    assert "Dibuka untuk" not in read(client, "/layanan/?wilayah=99.99")
    assert "Dibuka untuk" not in read(client, "/layanan/?wilayah=%27--")


@pytest.mark.parametrize("which", ["most", "fewest"])
def test_category_costs_the_same_for_any_size(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, which: str
) -> None:
    order = sorted(Category.objects.all(), key=lambda row: row.services.count(), reverse=which == "most")
    with django_assert_num_queries(6):
        page = read(client, f"/kategori/{order[0].slug}/")
    assert order[0].name in page
    for service in order[0].services.all():
        assert f"/layanan/{service.slug}/" in page


def test_category_says_the_state_and_what_is_not_known(client: Client) -> None:
    category = Category.objects.filter(services__slug="akta-kelahiran")[0]
    page = read(client, f"/kategori/{category.slug}/")
    assert "Informasi sementara" in page
    assert 'Belum kami ketahui: lama pengurusan. Tanyakan ke <a href="/instansi/disdukcapil/">' in page


def test_english(client: Client) -> None:
    page = read(client, "/en/layanan/")
    assert 'href="/en/layanan/akta-kelahiran/"' in page


def test_unknown_category(client: Client) -> None:
    assert client.get("/kategori/tidak-ada/").status_code == 404
