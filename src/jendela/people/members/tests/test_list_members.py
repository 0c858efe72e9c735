"""/kelola/orang/: who holds which role."""

import datetime

import pytest
from pytest_django import DjangoAssertNumQueries
from tests.people import agency, client_of, member

from jendela.common.audit import SYSTEM
from jendela.common.dates import today
from jendela.people.access.actions import end_role, grant_role
from jendela.people.access.models import Membership
from jendela.people.access.roles import Administrator, AgencyHead, Planner, ServiceAdmin, ServiceOfficer
from jendela.people.members import reads

pytestmark = pytest.mark.django_db
URL = "/kelola/orang/"


def test_a_manager_of_one_agency_sees_its_people_only() -> None:
    here, there = agency("Dinas Sini"), agency("Dinas Sana")
    member(ServiceAdmin.code, here, name="Siti Sini")
    member(ServiceAdmin.code, there, name="Sari Sana")
    member(Planner.code, name="Putu Perencana")
    head = client_of(member(AgencyHead.code, here, name="Kepala Sini")).get(URL).content.decode()
    assert "Siti Sini" in head
    assert "Sari Sana" not in head
    assert "Putu Perencana" not in head
    every = client_of(member(Administrator.code)).get(URL).content.decode()
    assert all(name in every for name in ("Siti Sini", "Sari Sana", "Putu Perencana", "Kepala Sini"))


def test_roles_at_another_agency_stay_hidden_from_a_head() -> None:
    here, there = agency("Dinas Sini"), agency("Dinas Sana")
    both = member(ServiceAdmin.code, here, name="Dua Tempat")
    grant_role(user=both, agency=there, role=ServiceOfficer.code, by=SYSTEM)
    page = client_of(member(AgencyHead.code, here)).get(URL).content.decode()
    assert "Dua Tempat" in page
    assert "Dinas Sana" not in page


def test_only_managers_open_it() -> None:
    assert client_of(member(ServiceAdmin.code)).get(URL).status_code == 404
    assert client_of(member()).get(URL).status_code == 404


def test_filters_stand_in_the_address() -> None:
    here, there = agency("Dinas Sini"), agency("Dinas Sana")
    now = member(ServiceAdmin.code, here, name="Nova Kini")
    gone = member(ServiceOfficer.code, there, name="Gani Pergi")
    end_role(membership=gone.memberships.get(), by=SYSTEM)
    coming = member("", name="Tuti Nanti")
    grant_role(
        user=coming,
        agency=there,
        role=ServiceOfficer.code,
        by=SYSTEM,
        valid_from=today() + datetime.timedelta(days=5),
    )
    client = client_of(member(Administrator.code, name="Rina Kelola"))
    for asked, names in (
        ("", {"Nova Kini", "Rina Kelola"}),
        ("keadaan=berakhir", {"Gani Pergi"}),
        ("keadaan=nanti", {"Tuti Nanti"}),
        ("instansi=dinas-sini", {"Nova Kini"}),
        ("instansi=semua", {"Rina Kelola"}),
        ("peran=service_admin", {"Nova Kini"}),
        (f"q={now.email}", {"Nova Kini"}),
        ("q=nova", {"Nova Kini"}),
        ("peran=ngawur&keadaan=x&instansi=zzz", {"Nova Kini", "Rina Kelola"}),
    ):
        page = client.get(f"{URL}?{asked}").content.decode()
        seen = {
            name
            for name in ("Nova Kini", "Gani Pergi", "Tuti Nanti", "Rina Kelola")
            if f">{name}</a></h2>" in page
        }
        assert seen == names, asked
    assert "Tidak ada orang yang cocok." in client.get(f"{URL}?q=zzz").content.decode()


def test_the_number_of_queries_does_not_grow(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    here = agency()
    client = client_of(member(Administrator.code))
    for number in range(3):
        away = member(ServiceAdmin.code, here, name=f"Orang {number}")
        other = member(ServiceOfficer.code, here, name=f"Ganti {number}")
        grant_role(
            user=other,
            agency=here,
            role=ServiceAdmin.code,
            by=SYSTEM,
            valid_to=today(),
            substitutes=away.memberships.get(),
        )
    with django_assert_num_queries(7):  # session, account, roles, agencies, people, roles, who stands in
        page = client.get(URL).content.decode()
    assert "digantikan Ganti 1" in page
    assert "menggantikan Orang 2" in page


def test_pages_by_name_lose_and_repeat_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reads, "PAGE", 2)
    for name in ("Budi", "Ani", "Budi", "Citra", "Budi"):
        member(Planner.code, name=name)
    viewer = member(Administrator.code, name="Zul")
    seen: list[int] = []
    after: int | None = None
    for _page in range(5):
        page = reads.people_page(viewer, reads.PeopleFilters(), after=after)
        seen += [one.user.pk for one in page.people]
        if not page.next_key:
            break
        after = int(page.next_key)
    assert len(seen) == len(set(seen)) == 6
    assert [Membership.objects.get(user=key).user.name for key in seen] == [
        "Ani",
        "Budi",
        "Budi",
        "Budi",
        "Citra",
        "Zul",
    ]


@pytest.mark.parametrize("asked", ["sesudah=x", "sesudah=999999999999", "q=%00"])
def test_odd_addresses(asked: str) -> None:
    assert client_of(member(Administrator.code)).get(f"{URL}?{asked}").status_code == 200
