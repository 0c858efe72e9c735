"""/kelola/orang/<n>/: one person's roles now and before."""

import pytest
from pytest_django import DjangoAssertNumQueries
from tests.people import agency, client_of, member

from jendela.common.audit import SYSTEM
from jendela.people.access.actions import end_role, grant_role
from jendela.people.access.roles import Administrator, AgencyHead, ServiceAdmin, ServiceOfficer

pytestmark = pytest.mark.django_db


def test_roles_now_and_before(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    here = agency()
    person = member(ServiceAdmin.code, here, name="Siti Aminah")
    grant_role(user=person, agency=here, role=ServiceOfficer.code, by=SYSTEM, note="SPT 12/2026")
    end_role(membership=person.memberships.get(role=ServiceAdmin.code), by=SYSTEM)
    client = client_of(member(AgencyHead.code, here))
    with django_assert_num_queries(
        6
    ):  # session, account, roles, memberships, who stands in, what can be undone
        page = client.get(f"/kelola/orang/{person.pk}/").content.decode()
    assert page.index("Peran sekarang") < page.index("Petugas layanan") < page.index("Peran sebelumnya")
    assert page.index("Peran sebelumnya") < page.index("diakhiri")
    assert "SPT 12/2026" in page
    assert "Batalkan pengakhiran" in page


def test_what_is_not_yours_does_not_exist() -> None:
    here, there = agency("Dinas Sini"), agency("Dinas Sana")
    other, resident = member(ServiceAdmin.code, there), member()
    head, all_of_them = client_of(member(AgencyHead.code, here)), client_of(member(Administrator.code))
    assert head.get(f"/kelola/orang/{other.pk}/").status_code == 404
    assert all_of_them.get(f"/kelola/orang/{other.pk}/").status_code == 200
    assert all_of_them.get(f"/kelola/orang/{resident.pk}/").status_code == 404  # residents have no page here
    assert all_of_them.get("/kelola/orang/999999/").status_code == 404


def test_a_head_may_not_touch_the_role_of_a_head() -> None:
    here = agency()
    other = member(AgencyHead.code, here)
    page = client_of(member(AgencyHead.code, here)).get(f"/kelola/orang/{other.pk}/").content.decode()
    assert "/akhiri/" not in page
    assert "Akhiri semua peran" not in page


def test_nobody_is_offered_a_role_for_himself() -> None:
    me = member(Administrator.code)
    page = client_of(me).get(f"/kelola/orang/{me.pk}/").content.decode()
    assert "Ini Anda sendiri." in page
    assert "Beri peran</a>" not in page
