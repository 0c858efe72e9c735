"""/kelola/standar/: the services a person may write, narrowed by the address, with honest sums."""

import csv
import io

import pytest
from pytest_django import DjangoAssertNumQueries
from tests.people import agency, client_of, member

from jendela.services.catalogue.choices import StandardState
from jendela.services.catalogue.models import Standard
from jendela.services.catalogue.reads.parts import COMPONENTS
from jendela.services.editor import actions
from jendela.services.editor.reads import completeness, standards, waiting
from jendela.services.editor.tests.world import World, service, world

pytestmark = pytest.mark.django_db


@pytest.fixture
def w() -> World:
    return world()


def read(w: World, query: str = "", who: str = "writer") -> str:
    answer = w.client(who).get(f"/kelola/standar/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_one_sees_the_services_of_the_own_agency_with_what_is_filled(w: World) -> None:
    service(agency("Dinas Lain"), "Layanan lain")
    page = read(w)
    assert "Kartu contoh" in page
    assert "3 dari 14 komponen terisi" in page
    assert "Informasi sementara" in page
    assert "Dari 1 layanan, belum ada yang lengkap" in page
    assert "Layanan lain" not in page
    team = client_of(member("information_team"))
    page = team.get("/kelola/standar/").content.decode()
    assert "Layanan lain" in page
    assert "Kartu contoh" in page


def test_filters_in_the_address(w: World) -> None:
    service(w.owner, "Surat lain", {"A3": "1 hari"})
    assert "Surat lain" not in read(w, "?nama=kartu")
    assert "Kartu contoh" not in read(w, "?kurang=A1")
    assert "Surat lain" not in read(w, "?kurang=A3")
    assert "Kartu contoh" in read(w, "?kurang=complaint&keadaan=sementara")
    assert "Tidak ada layanan dengan saringan ini." in read(w, "?keadaan=berlaku")
    assert "Tidak ada layanan dengan saringan ini." in read(w, "?keadaan=rancangan")
    actions.save_part(service=w.service, part="A5", value="Kartu", revision=0, by=w.by)
    page = read(w, "?keadaan=rancangan")
    assert "Kartu contoh" in page
    assert "Dipegang Rina Wati." in page
    assert "Surat lain" not in page
    assert "Surat lain" in read(w, "?keadaan=apa-saja&kurang=tidak-ada&instansi=dinas-contoh")


def test_review_due(w: World) -> None:
    Standard.objects.filter(service=w.service).update(review_due="2026-01-01")
    page = read(w, "?keadaan=tinjau")
    assert "Kartu contoh" in page
    assert "Waktunya ditinjau" in page


def test_pages_go_on_where_the_last_one_ended(w: World) -> None:
    for number in range(standards.PAGE + 2):
        service(w.owner, f"Surat {number:03}", {})
    first = read(w)
    assert "Surat 028" in first
    assert "Surat 030" not in first
    second = read(w, "?sesudah=Surat+028")
    assert "Surat 030" in second
    assert "Kartu contoh" not in second
    assert "Kembali ke awal" in second


@pytest.mark.parametrize("more", [0, 25])
def test_cost_does_not_grow(w: World, more: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for number in range(more):
        made = service(w.owner, f"Surat {number:03}")
        actions.save_part(service=made, part="A5", value="Kartu", revision=0, by=w.by)
    client = w.client()
    with django_assert_num_queries(6):
        client.get("/kelola/standar/")
    with django_assert_num_queries(4):
        client.get("/kelola/standar.csv")


def test_complete_services_are_counted(w: World) -> None:
    service(w.owner, "Surat penuh", dict.fromkeys(COMPONENTS, "isi"))
    assert "1 dari 2 layanan lengkap" in read(w)
    rows = {row.slug: row for row in completeness([w.owner.pk])}
    assert (rows["surat-penuh"].known, rows["kartu-contoh"].known) == (14, 3)
    assert rows["kartu-contoh"].state == StandardState.INTERIM
    assert completeness([]) == []
    assert len(completeness(None)) == 2


def test_the_table_holds_the_same_rows_and_no_formula(w: World) -> None:
    service(w.owner, "=HYPERLINK lain")
    answer = w.client().get("/kelola/standar.csv?nama=lain")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [row["layanan"] for row in rows] == ["'=HYPERLINK lain"]
    assert rows[0]["komponen_terisi"] == "3"


def test_the_menu_counts_what_waits(w: World) -> None:
    assert waiting(w.writer) == 0
    actions.save_part(service=w.service, part="A5", value="Kartu", revision=0, by=w.by)
    assert (waiting(w.writer), waiting(w.stranger), waiting(member("information_team"))) == (1, 0, 1)
    assert "/kelola/standar/" in w.client().get("/kelola/").content.decode()


def test_without_services_the_page_says_what_to_do(w: World) -> None:
    assert "Belum ada layanan di instansi Anda." in read(w, who="stranger")
