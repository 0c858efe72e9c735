"""/kelola/orang/<n>/peran/<key>/pulihkan/: the end of a role taken back, for a day."""

import datetime

import pytest
import time_machine
from tests.people import agency, client_of, member

from jendela.common.audit import SYSTEM
from jendela.common.dates import today
from jendela.people.access.actions import TooLateError, end_role, grant_role, restore_role
from jendela.people.access.policy import is_staff
from jendela.people.access.roles import AgencyHead, ServiceAdmin
from jendela.people.accounts.models import User

pytestmark = pytest.mark.django_db


def staff(user: User) -> bool:
    return is_staff(User.objects.get(pk=user.pk))


def test_back_as_it_was() -> None:
    here = agency()
    person = member(ServiceAdmin.code, here)
    row = person.memberships.get()
    before = (row.valid_from, row.valid_to, row.note)
    end_role(membership=row, by=SYSTEM, note="salah orang")
    client, url = (
        client_of(member(AgencyHead.code, here)),
        f"/kelola/orang/{person.pk}/peran/{row.pk}/pulihkan/",
    )
    assert client.get(url).status_code == 405
    assert client.post(url)["Location"].endswith("?selesai=pulih")
    row.refresh_from_db()
    assert (row.valid_from, row.valid_to, row.note, row.ended_at) == (*before, None)
    assert staff(person)
    assert client.post(url)["Location"].endswith("?tolak=terlambat")  # nothing left to take back


def test_a_date_of_end_can_be_taken_back() -> None:
    person = member(ServiceAdmin.code)
    row = person.memberships.get()
    end_role(membership=row, by=SYSTEM, last_day=today() + datetime.timedelta(days=3))
    restore_role(membership=row, by=SYSTEM)
    row.refresh_from_db()
    assert row.valid_to is None


def test_not_after_a_day() -> None:
    person = member(ServiceAdmin.code)
    row = person.memberships.get()
    with time_machine.travel(datetime.datetime.now(datetime.UTC) - datetime.timedelta(hours=25)):
        end_role(membership=row, by=SYSTEM)
    with pytest.raises(TooLateError):
        restore_role(membership=row, by=SYSTEM)
    assert not staff(person)


def test_not_when_the_role_was_given_again() -> None:
    here = agency()
    person = member(ServiceAdmin.code, here)
    row = person.memberships.get()
    end_role(membership=row, by=SYSTEM)
    grant_role(user=person, agency=here, role=ServiceAdmin.code, by=SYSTEM)
    url = f"/kelola/orang/{person.pk}/peran/{row.pk}/pulihkan/"
    client = client_of(member(AgencyHead.code, here))
    assert client.post(url)["Location"].endswith("?tolak=sudah")
    assert (
        "Orang ini sudah memegang peran itu."
        in client.get(f"/kelola/orang/{person.pk}/?tolak=sudah").content.decode()
    )


def test_nobody_takes_back_his_own_end() -> None:
    here = agency()
    head = member(AgencyHead.code, here)
    own = grant_role(user=head, agency=here, role=ServiceAdmin.code, by=SYSTEM)
    end_role(membership=own, by=SYSTEM)
    assert client_of(head).post(f"/kelola/orang/{head.pk}/peran/{own.pk}/pulihkan/").status_code == 404
