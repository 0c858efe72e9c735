"""/aplikasi/: all of the register, its numbers, and filters in the address."""

import gzip
import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from jendela.registry.applications.models import Application

pytestmark = pytest.mark.usefixtures("region")


def read(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    assert not answer.cookies
    return answer.content.decode()


def listed(page: str) -> list[str]:
    return re.findall(r'<h3><a href="(?:/en)?/aplikasi/([^"]+)/"', page)


def test_all_are_listed_and_light(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(4):
        page = read(client, "/aplikasi/")
    assert sorted(listed(page)) == sorted(Application.objects.values_list("slug", flat=True))
    assert len(gzip.compress(page.encode(), 6)) <= 12 * 1024


def test_numbers_are_counted(client: Client) -> None:
    page = read(client, "/aplikasi/")
    centre = Application.objects.filter(operator_level="pusat").count()
    assert f"{centre} dari {Application.objects.count()} dijalankan pusat." in page


@pytest.mark.parametrize(
    "query", ["?pengelola=daerah", "?keadaan=mati", "?q=pajak&pemilik=bapenda", "?untuk=internal"]
)
def test_queries_do_not_grow(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, query: str
) -> None:
    with django_assert_num_queries(4):
        assert listed(read(client, f"/aplikasi/{query}"))


def test_filters_join_and_can_be_taken_away(client: Client) -> None:
    page = read(client, "/aplikasi/?q=parkir&keadaan=mati")
    assert listed(page) == ["e-parking-ppm-sampit"]
    assert "1 dari 82 aplikasi" in page
    assert "tidak berfungsi, menurut sumber 2023" in page
    assert '<a href="/aplikasi/?q=parkir" aria-current="true">Tidak berfungsi' in page


def test_unknown_values_are_passed_over(client: Client) -> None:
    page = read(client, "/aplikasi/?pengelola=x&keadaan=y&untuk=z&pemilik=tidak-ada&setelah=%00&q=%00")
    assert "Semua 82 aplikasi" in page


def test_nothing_found_leads_on(client: Client) -> None:
    page = read(client, "/aplikasi/?q=zzzz")
    assert "Tidak ada aplikasi yang cocok." in page
    assert 'href="/cari/?q=zzzz"' in page


def test_what_a_state_means_and_where_jendela_stands(client: Client) -> None:
    page = read(client, "/aplikasi/")
    assert "Keadaan berlaku pada tanggal sumbernya." in page
    assert "Jendela ikut tercatat, satu dari 82 aplikasi ini." in page
    assert 'href="/aplikasi/jendela/"' in page
    assert "Daftar ini belum lengkap." in page
    assert 'href="/aplikasi/lapor/"' in page
    assert 'href="/api/v1/applications"' in page


def test_english(client: Client) -> None:
    page = read(client, "/en/aplikasi/?pengelola=pusat")
    assert '<html lang="en">' in page
    assert ">Central population register (SIAK)<" in page
    assert '<p lang="id">' in page
    assert 'href="/en/aplikasi/srikandi/"' in page


def test_reports_merged_and_refused_records_are_not_listed(client: Client) -> None:
    Application.objects.filter(slug="srikandi").update(record_state="konsep")
    page = read(client, "/aplikasi/")
    assert "srikandi" not in listed(page)
    assert "Semua 81 aplikasi" in page


def test_pages_follow_each_other(client: Client) -> None:
    from jendela.registry.applications import reads

    names: list[str] = []
    key = ""
    for _turn in range(6):
        found = reads.list_applications(reads.Filters(), after=key, size=20)
        names += [one.slug for one in found.entries]
        key = found.next_key
        if not key:
            break
    assert len(names) == len(set(names)) == 82
