"""/kelola/orang/<n>/peran/<key>/pengganti/: somebody stands in for some days."""

import datetime

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st
from tests.people import agency, client_of, member

from jendela.common.audit import SYSTEM, Actor
from jendela.common.dates import today
from jendela.people.access.actions import grant_role
from jendela.people.access.choices import Permission
from jendela.people.access.models import Membership
from jendela.people.access.policy import has_permission
from jendela.people.access.roles import AgencyHead, ServiceAdmin, ServiceOfficer
from jendela.people.accounts.models import User
from jendela.people.agencies.models import Agency
from jendela.people.members import actions


def day(number: int) -> datetime.date:
    return today() + datetime.timedelta(days=number)


def may_write(user: User, place: Agency) -> bool:
    return has_permission(User.objects.get(pk=user.pk), Permission.WRITE_STANDARDS, place.pk)


@pytest.mark.django_db
def test_for_some_days_and_not_a_day_longer() -> None:
    here = agency()
    away, other = (
        member(ServiceAdmin.code, here, name="Budi Cuti"),
        member(ServiceOfficer.code, here, name="Citra"),
    )
    row = away.memberships.get()
    url = f"/kelola/orang/{away.pk}/peran/{row.pk}/pengganti/"
    client = client_of(member(AgencyHead.code, here))
    assert "Citra" in client.get(url).content.decode()
    data = {
        "user": other.pk,
        "valid_from": day(1).isoformat(),
        "valid_to": day(3).isoformat(),
        "note": "cuti",
    }
    assert client.post(url, data)["Location"].endswith("?selesai=diganti")
    assert not may_write(other, here)
    for number, holds in ((1, True), (3, True), (4, False)):
        with time_machine.travel(datetime.datetime.combine(day(number), datetime.time(10)), tick=False):
            assert may_write(other, here) is holds
            assert may_write(away, here)
    page = client.get(f"/kelola/orang/{away.pk}/").content.decode()
    assert "digantikan Citra" in page
    assert "menggantikan Budi Cuti" in client.get(f"/kelola/orang/{other.pk}/").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("first", "last", "says"),
    [
        (-1, 3, "Hari pertama paling awal hari ini"),
        (3, 2, "lebih awal dari hari pertama"),
        (1, 400, "Paling lama satu tahun."),
        (1, 20, "berakhir lebih awal dari tanggal ini"),
    ],
)
def test_days_that_do_not_fit(first: int, last: int, says: str) -> None:
    here = agency()
    other = member(ServiceOfficer.code, here)
    away = member()
    row = grant_role(user=away, agency=here, role=ServiceAdmin.code, by=SYSTEM, valid_to=day(10))
    data = {"user": other.pk, "valid_from": day(first).isoformat(), "valid_to": day(last).isoformat()}
    head = member(AgencyHead.code, here)
    answer = client_of(head).post(f"/kelola/orang/{away.pk}/peran/{row.pk}/pengganti/", data)
    assert answer.status_code == 400
    assert says in answer.content.decode()
    with pytest.raises(actions.BadDatesError):
        actions.substitute(
            membership=row, user=other, valid_from=day(first), valid_to=day(last), by=Actor("x", user=head)
        )


@pytest.mark.django_db
def test_only_colleagues_and_never_the_manager_himself() -> None:
    here, there = agency("Dinas Sini"), agency("Dinas Sana")
    away, foreign = member(ServiceAdmin.code, here), member(ServiceAdmin.code, there, name="Sari Sana")
    head = member(AgencyHead.code, here, name="Kepala Sini")
    url = f"/kelola/orang/{away.pk}/peran/{away.memberships.get().pk}/pengganti/"
    client = client_of(head)
    page = client.get(url).content.decode()
    assert "Belum ada rekan di tempat yang sama." in page
    for person in (foreign, head, away):
        data = {"user": person.pk, "valid_from": day(0).isoformat(), "valid_to": day(1).isoformat()}
        assert client.post(url, data).status_code == 400
    with pytest.raises(actions.NotAllowedError):
        actions.substitute(
            membership=away.memberships.get(),
            user=head,
            valid_from=day(0),
            valid_to=day(1),
            by=Actor("x", user=head),
        )
    assert Membership.objects.filter(substitutes__isnull=False).count() == 0


@pytest.mark.django_db
def test_nobody_stands_in_for_one_who_stands_in() -> None:
    here = agency()
    away, other = member(ServiceAdmin.code, here), member(ServiceOfficer.code, here)
    row = grant_role(
        user=other,
        agency=here,
        role=ServiceAdmin.code,
        by=SYSTEM,
        valid_to=day(5),
        substitutes=away.memberships.get(),
    )
    client = client_of(member(AgencyHead.code, here))
    assert client.get(f"/kelola/orang/{other.pk}/peran/{row.pk}/pengganti/").status_code == 404


@pytest.mark.django_db
def test_a_long_list_can_be_searched_without_a_script() -> None:
    here = agency()
    away = member(ServiceAdmin.code, here)
    for name in ("Dewi Lestari", "Eko Prasetyo"):
        member(ServiceOfficer.code, here, name=name)
    url = f"/kelola/orang/{away.pk}/peran/{away.memberships.get().pk}/pengganti/"
    page = client_of(member(AgencyHead.code, here)).get(f"{url}?cari=lestari+dewi").content.decode()
    assert "Dewi Lestari" in page
    assert "Eko Prasetyo" not in page


@given(
    begin=st.integers(-5, 5),
    end=st.one_of(st.none(), st.integers(0, 20)),
    first=st.integers(-9, 25),
    length=st.integers(-3, 400),
)
def test_days_of_standing_in_lie_within_the_role(
    begin: int, end: int | None, first: int, length: int
) -> None:
    row = Membership(valid_from=day(begin), valid_to=None if end is None else day(begin + end))
    fits = actions.substitution_fits(row, day(first), day(first + length))
    expected = (
        first >= 0
        and first >= begin
        and 0 <= length < actions.MOST_DAYS_AWAY
        and (end is None or first + length <= begin + end)
    )
    assert fits is expected
