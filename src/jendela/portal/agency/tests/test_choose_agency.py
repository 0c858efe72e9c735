"""/kelola/instansi/: own agencies first, all for those who may, straight on with one."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from tests.people import agency, client_of, member

from jendela.people.access.models import Membership
from jendela.people.access.roles import ServiceAdmin, ServiceOfficer

pytestmark = pytest.mark.django_db


def test_one_agency_opens_at_once() -> None:
    client = client_of(member(ServiceAdmin.code, at=agency("Dinas Satu")))
    assert client.get("/kelola/instansi/")["Location"] == "/kelola/instansi/dinas-satu/"


def test_several_are_listed_and_no_other() -> None:
    user = member(ServiceAdmin.code, at=agency("Dinas Satu"))
    two = agency("Dinas Dua")
    agency("Dinas Tiga")
    Membership.objects.create(user=user, agency=two, role=ServiceOfficer.code, valid_from="2026-01-01")
    page = client_of(user).get("/kelola/instansi/").content.decode()
    assert "/kelola/instansi/dinas-satu/" in page
    assert "/kelola/instansi/dinas-dua/" in page
    assert "dinas-tiga" not in page
    assert "/gabung/" not in page


def test_all_with_a_search(administrator: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    agency("Dinas Satu")
    agency("Badan Dua")
    with django_assert_num_queries(6):  # session, account, roles, agencies, services, gaps
        page = administrator.get("/kelola/instansi/").content.decode()
    assert "dinas-satu" in page
    assert "badan-dua" in page
    found = administrator.get("/kelola/instansi/?q=badan").content.decode()
    assert "badan-dua" in found
    assert "dinas-satu" not in found
    assert "Tidak ada instansi yang cocok." in administrator.get("/kelola/instansi/?q=xx").content.decode()


def test_who_holds_no_role_finds_nothing() -> None:
    assert client_of(member("")).get("/kelola/instansi/").status_code == 404
