"""/kelola/kata/kueri-uji/: queries whose right answer is known."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from jendela.common.audit import SYSTEM, Actor
from jendela.people.accounts.models import User
from jendela.services.search import actions
from jendela.services.search.models import TestQuery

pytestmark = pytest.mark.usefixtures("town")
OWN = "/kelola/kata/kueri-uji/"
WANTED: list[list[str]] = [[], ["service/uji-kir"]]


def test_with_the_names_of_what_they_should_find(
    transport: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(5):  # session, account, roles, test queries, names
        page = transport.get(OWN).content.decode()
    assert "Penggantian kartu hilang" in page
    assert "Lepas" not in page.split("<tbody>")[1].split("</tbody>")[0]
    for number in range(30):
        actions.add_test_query(query=f"uji {number}", wanted=WANTED[number % 2], by=SYSTEM)
    with django_assert_num_queries(5):
        page = transport.get(f"{OWN}?asal=warga").content.decode()
    assert page.count("tidak ada layanannya") in (12, 13)
    following = page.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")
    assert "kartu ilang" in transport.get(following).content.decode()


def test_search_and_empty(transport: Client) -> None:
    page = transport.get(f"{OWN}?q=KIR").content.decode()
    assert "uji kir" in page
    assert "kartu ilang" not in page
    assert "Tidak ada kueri uji di sini." in transport.get(f"{OWN}?q=zzz").content.decode()


def test_dropped_and_taken_back(keeper: Client) -> None:
    row = TestQuery.objects.get(query="uji kir")
    answer = keeper.post(f"{OWN}{row.pk}/", {"keadaan": "lepas"})
    page = keeper.get(answer["Location"]).content.decode()
    assert "Kueri uji dilepas." in page
    assert "uji kir" not in page
    assert "uji kir" in keeper.get(f"{OWN}?keadaan=dilepas").content.decode()
    keeper.post(f"{OWN}{row.pk}/", {"keadaan": "pakai"})
    row.refresh_from_db()
    assert row.active is True


def test_only_ones_own(transport: Client, transport_admin: User) -> None:
    others = TestQuery.objects.get(query="uji kir")
    assert transport.post(f"{OWN}{others.pk}/", {"keadaan": "lepas"}).status_code == 404
    assert transport.post(f"{OWN}999999/", {"keadaan": "lepas"}).status_code == 404
    by = Actor(transport_admin.name, user=transport_admin)
    mine = actions.add_test_query(query="keur oto", wanted=["service/uji-kir"], by=by)
    assert transport.get(f"{OWN}{mine.pk}/").status_code == 405
    assert transport.post(f"{OWN}{mine.pk}/", {"keadaan": "lepas"}).status_code == 302
    mine.refresh_from_db()
    assert mine.active is False
