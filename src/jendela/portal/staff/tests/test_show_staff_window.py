"""/pegawai/: the tools of staff by task, open to everybody."""

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


def tools(page: str) -> list[str]:
    return re.findall(r'<h3>\s*<a href="(?:/en)?/aplikasi/([^"]+)/"', page)


@pytest.mark.parametrize("query", ["", "?tugas=keuangan-desa", "?pengelola=pusat&q=desa"])
def test_queries(client: Client, django_assert_num_queries: DjangoAssertNumQueries, query: str) -> None:
    with django_assert_num_queries(3):
        assert tools(read(client, f"/pegawai/{query}"))


def test_all_work_tools_by_task(client: Client) -> None:
    page = read(client, "/pegawai/")
    assert sorted(tools(page)) == sorted(
        Application.objects.exclude(audience="publik").values_list("slug", flat=True)
    )
    assert "42 aplikasi, menurut pekerjaan" in page
    assert page.index("Absen dan kinerja</h2>") < page.index("Keuangan desa</h2>")
    assert 'href="/instansi/bkpsdm/"' in page
    assert "Kabupaten tidak bisa mengubahnya." in page
    assert "Semua isi halaman ini berasal dari sumber publik." in page
    assert 'Tanya dulu ke <a href="/instansi/diskominfo/">Diskominfo</a>.' in page
    assert len(gzip.compress(page.encode(), 6)) <= 12 * 1024


def test_filters_in_the_address(client: Client) -> None:
    page = read(client, "/pegawai/?tugas=keuangan-desa")
    assert sorted(tools(page)) == ["cms-nontunai-desa-bank-kalteng", "jaga-desa", "siskeudes-daring"]
    assert "3 dari 42 aplikasi" in page
    assert tools(read(client, "/pegawai/?tugas=keuangan-desa&pengelola=pusat&q=kejaksaan")) == ["jaga-desa"]
    assert len(tools(read(client, "/pegawai/?tugas=ngawur&pengelola=ngawur"))) == 42


def test_nothing_found_leads_to_the_directory(client: Client) -> None:
    assert 'href="/aplikasi/?q=zzzz"' in read(client, "/pegawai/?q=zzzz")


def test_english(client: Client) -> None:
    page = read(client, "/en/pegawai/")
    assert "Attendance and performance</h2>" in page
    assert 'href="/en/instansi/bkpsdm/"' in page
