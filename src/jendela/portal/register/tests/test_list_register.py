"""The list of staff: whose applications, chips, words, orders, pages; who may not see it."""

import datetime
import re
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from tests.people import agency, client_of, member

from jendela.people.access.roles import AgencyOperator, Leader, StaffMember
from jendela.registry.applications import actions, reads
from jendela.registry.applications.models import Application
from jendela.registry.applications.tests.samples import BY, SAID, made

pytestmark = pytest.mark.django_db
LIST = "/kelola/aplikasi/"


def names(client: Client, query: str = "") -> list[str]:
    page = client.get(LIST + query)
    assert page.status_code == 200
    return re.findall(r'<li><h3><a href="/kelola/aplikasi/[\w-]+/">(.*?)</a>', page.content.decode())


@pytest.fixture
def leader() -> Client:
    return client_of(member(Leader.code))


@pytest.fixture
def operator() -> Client:
    return client_of(member(AgencyOperator.code))


def test_people_of_an_agency_begin_with_their_own(operator: Client, leader: Client) -> None:
    made("Milik Kita")
    made("Milik Lain", agency("Dinas Lain"))
    assert names(operator) == ["Milik Kita"]
    assert names(operator, "?lihat=semua") == ["Milik Kita", "Milik Lain"]
    assert names(leader) == ["Milik Kita", "Milik Lain"]


def test_words_and_chips_narrow_and_say_how_many(leader: Client) -> None:
    made("Sistem Surat", purpose="Mengirim surat", hosting="komputasi_awan")
    made("Sistem Air", state="mati")
    assert names(leader, "?q=surat") == ["Sistem Surat"]
    assert names(leader, "?q=SURAT+sistem") == ["Sistem Surat"]
    assert names(leader, "?keadaan=mati") == ["Sistem Air"]
    assert names(leader, "?kurang=server") == ["Sistem Air"]
    assert names(leader, "?keadaan=entah") == ["Sistem Air", "Sistem Surat"]
    page = leader.get(LIST + "?q=surat").content.decode()
    assert "1 dari 2 aplikasi" in page
    assert 'Tempat server <b class="chip-count">1</b>' in page


def test_without_cost_is_a_chip(leader: Client) -> None:
    row = made("Berbiaya")
    made("Tanpa Data Biaya")
    cost = {"year": 2026, "kind": "hosting", "amount": Decimal(1)}
    actions.put_part(application=row, part="costs", values=cost, by=BY, provenance=SAID)
    assert names(leader, "?kurang=biaya") == ["Tanpa Data Biaya"]
    assert 'Biaya <b class="chip-count">1</b>' in leader.get(LIST).content.decode()


@pytest.mark.parametrize("order", ["nama", "perubahan", "kelengkapan"])
def test_pages_follow_each_other_in_every_order(order: str) -> None:
    for number in range(7):
        row = made(f"Aplikasi {number % 3}", state="dipakai")
        Application.objects.filter(pk=row.pk).update(
            completeness=None if number == 6 else number % 2,
            changed_at=timezone.now() - datetime.timedelta(days=number % 2),
        )
    filters = reads.RegisterFilters(order=order)
    whole = [one.pk for one in reads.register_page(filters, size=10).rows]
    seen: list[int] = []
    key = ""
    for _turn in range(4):
        page = reads.register_page(filters, after=key, size=2)
        seen += [one.pk for one in page.rows]
        key = page.next_key
        if not key:
            break
    assert seen == whole
    assert len(whole) == 7


@pytest.mark.parametrize("key", ["x", "1", "1~", "9" * 40 + "~a", "1~2026-99-99", "~", "1~\x00"])
@pytest.mark.parametrize("order", ["nama", "perubahan", "kelengkapan"])
def test_a_key_that_cannot_be_is_passed_over(leader: Client, key: str, order: str) -> None:
    made()
    assert leader.get(LIST, {"setelah": key, "urut": order}).status_code == 200


def test_concepts_and_merged_records_stand_apart(leader: Client) -> None:
    made("Terdaftar")
    concept = made("Dilaporkan")
    Application.objects.filter(pk=concept.pk).update(record_state="konsep")
    assert names(leader) == ["Terdaftar"]
    assert names(leader, "?catatan=konsep") == ["Dilaporkan"]


def test_the_number_of_queries_does_not_grow(
    leader: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    made("Satu")
    leader.get(LIST)
    with django_assert_max_num_queries(12) as few:
        leader.get(LIST + "?q=a")
    for number in range(30):
        made(f"Banyak {number}", agency(f"Dinas {number}"))
    with django_assert_max_num_queries(len(few)):
        leader.get(LIST + "?q=a")


def test_who_may_not_read_the_register_finds_nothing(client: Client) -> None:
    assert client.get(LIST).status_code == 302
    assert client_of(member(StaffMember.code)).get(LIST).status_code == 404


def test_an_empty_register_says_what_to_do(operator: Client) -> None:
    page = operator.get(LIST).content.decode()
    assert "Belum ada aplikasi yang tercatat di sini." in page
    assert f'href="{LIST}baru/"' in page


def test_a_search_uses_the_index_of_trigrams() -> None:
    rows: Any = reads.register_rows(reads.RegisterFilters(text="kepegawaian"))
    assert "UPPER" in str(rows.query)
    assert "search_text" in str(rows.query)
