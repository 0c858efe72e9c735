"""/kelola/izin/: who may do what, as the roles say it."""

import datetime

import pytest
from pytest_django import DjangoAssertNumQueries
from tests.people import agency, client_of, member

from jendela.common.audit import SYSTEM
from jendela.common.dates import today
from jendela.people.access import reads
from jendela.people.access.actions import end_role, grant_role
from jendela.people.access.choices import Permission
from jendela.people.access.roles import ROLES, AgencyHead, Planner, ServiceAdmin

pytestmark = pytest.mark.django_db


def test_every_role_and_permission_in_words(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    here = agency()
    client = client_of(member(ServiceAdmin.code, here))
    for _number in range(3):
        member(ServiceAdmin.code, here)
    with django_assert_num_queries(6):  # session, account, roles, counts, own roles, who stands in
        page = client.get("/kelola/izin/").content.decode()
    for role in ROLES.values():
        assert str(role.sentence) in page
    for permission in Permission:
        assert f'<th scope="row">{permission.label}</th>' in page
    assert "Dipegang 4 orang." in page
    assert "Belum ada yang memegangnya." in page


def test_everybody_with_a_role_reads_it_and_only_managers_see_names() -> None:
    assert "/kelola/orang/" not in client_of(member(Planner.code)).get("/kelola/izin/").content.decode()
    assert "/kelola/orang/?peran=" in client_of(member(AgencyHead.code)).get("/kelola/izin/").content.decode()
    assert client_of(member()).get("/kelola/izin/").status_code == 404


def test_own_roles_with_who_stands_in_for_whom() -> None:
    here = agency()
    away, other = member(ServiceAdmin.code, here, name="Budi Away"), member("", name="Citra Ganti")
    until = today() + datetime.timedelta(days=3)
    grant_role(
        user=other,
        agency=here,
        role=ServiceAdmin.code,
        by=SYSTEM,
        valid_to=until,
        substitutes=away.memberships.get(),
    )
    assert "menggantikan Budi Away" in client_of(other).get("/kelola/izin/").content.decode()
    assert "digantikan Citra Ganti" in client_of(away).get("/kelola/izin/").content.decode()


def test_counts_leave_out_the_ended_and_the_closed() -> None:
    one, two = member(Planner.code), member(Planner.code)
    assert reads.role_counts() == {Planner.code: 2}
    end_role(membership=one.memberships.get(), by=SYSTEM)
    two.is_active = False
    two.save()
    assert reads.role_counts() == {}


def test_in_english() -> None:
    page = client_of(member(Planner.code)).get("/en/kelola/izin/")
    assert page.status_code == 200
    assert b'href="/en/kelola/"' in page.content
