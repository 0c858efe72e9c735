"""/kelola/orang/<n>/peran/<key>/akhiri/: now or after a day."""

import datetime

import pytest
import time_machine
from tests.people import agency, client_of, member

from jendela.common.audit import SYSTEM
from jendela.common.dates import today
from jendela.people.access.actions import AlreadyEndedError, LastAdministratorError, end_role, grant_role
from jendela.people.access.policy import is_staff
from jendela.people.access.roles import Administrator, AgencyHead, ServiceAdmin
from jendela.people.accounts.actions import StillWorkingError, close_account
from jendela.people.accounts.models import User

pytestmark = pytest.mark.django_db


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


def test_at_once_ends_at_the_next_request() -> None:
    here = agency()
    person = member(ServiceAdmin.code, here)
    row = person.memberships.get()
    worker = client_of(person)
    assert worker.get("/kelola/izin/").status_code == 200
    answer = client_of(member(AgencyHead.code, here)).post(
        f"/kelola/orang/{person.pk}/peran/{row.pk}/akhiri/", {"when": "now", "note": "pindah"}
    )
    assert answer["Location"] == f"/kelola/orang/{person.pk}/?selesai=berakhir"
    assert worker.get("/kelola/izin/").status_code == 404


def test_a_role_of_today_that_ends_today_was_held() -> None:
    """Its row keeps the day it began and the moment it ended; the same role can be given again at once."""
    person = member()
    row = grant_role(user=person, agency=agency(), role=ServiceAdmin.code, by=SYSTEM)
    end_role(membership=row, by=SYSTEM)
    row.refresh_from_db()
    assert row.valid_from == today()
    assert row.ended_at is not None
    assert row.is_over
    assert not is_staff(fresh(person))
    grant_role(user=person, agency=agency(), role=ServiceAdmin.code, by=SYSTEM)
    assert is_staff(fresh(person))


def test_after_a_day_it_holds_until_then() -> None:
    here = agency()
    person = member(ServiceAdmin.code, here)
    row = person.memberships.get()
    last = today() + datetime.timedelta(days=2)
    url = f"/kelola/orang/{person.pk}/peran/{row.pk}/akhiri/"
    client = client_of(member(AgencyHead.code, here))
    for data, says in (
        ({}, "Pilih kapan peran ini berakhir."),
        ({"when": "day"}, "Isi hari terakhirnya."),
        ({"when": "day", "last_day": "2020-01-01"}, "Hari terakhir paling awal hari ini"),
    ):
        answer = client.post(url, data)
        assert answer.status_code == 400
        assert says in answer.content.decode()
    assert client.post(url, {"when": "day", "last_day": last.isoformat()}).status_code == 302
    assert is_staff(fresh(person))
    with time_machine.travel(datetime.datetime.combine(last, datetime.time(12)), tick=False):
        assert is_staff(fresh(person))
    with time_machine.travel(
        datetime.datetime.combine(last, datetime.time(12)) + datetime.timedelta(1), tick=False
    ):
        assert not is_staff(fresh(person))
    with pytest.raises(AlreadyEndedError):
        end_role(membership=row, by=SYSTEM, last_day=last + datetime.timedelta(days=1))


def test_a_future_role_can_be_called_off_before_it_begins() -> None:
    person = member()
    begin = today() + datetime.timedelta(days=10)
    row = grant_role(user=person, agency=agency(), role=ServiceAdmin.code, by=SYSTEM, valid_from=begin)
    assert not is_staff(fresh(person))
    end_role(membership=row, by=SYSTEM)
    with time_machine.travel(datetime.datetime.combine(begin, datetime.time(12)), tick=False):
        assert not is_staff(fresh(person))


def test_the_last_administrator_stays() -> None:
    me = member(Administrator.code)
    row = me.memberships.get()
    answer = client_of(me).post(f"/kelola/orang/{me.pk}/peran/{row.pk}/akhiri/", {"when": "now"})
    assert answer.status_code == 400
    assert "Ini pengelola Jendela yang terakhir." in answer.content.decode()
    closed = member(Administrator.code)
    closed.is_active = False
    closed.save()
    for_a_while = member()
    grant_role(user=for_a_while, agency=None, role=Administrator.code, by=SYSTEM, valid_to=today())
    with pytest.raises(LastAdministratorError):
        end_role(membership=row, by=SYSTEM)
    with pytest.raises(LastAdministratorError):
        end_role(membership=row, by=SYSTEM, last_day=today() + datetime.timedelta(days=9))
    member(Administrator.code)
    answer = client_of(me).post(f"/kelola/orang/{me.pk}/peran/{row.pk}/akhiri/", {"when": "now"})
    assert answer.status_code == 302


def test_who_stands_in_goes_when_the_role_goes() -> None:
    here = agency()
    away, other = member(ServiceAdmin.code, here), member()
    row = away.memberships.get()
    week = today() + datetime.timedelta(days=7)
    grant_role(user=other, agency=here, role=ServiceAdmin.code, by=SYSTEM, valid_to=week, substitutes=row)
    tomorrow = today() + datetime.timedelta(days=1)
    end_role(membership=row, by=SYSTEM, last_day=tomorrow)
    assert other.memberships.get().valid_to == tomorrow
    end_role(membership=row, by=SYSTEM)
    assert not is_staff(fresh(other))


def test_a_head_ends_only_what_he_may_give() -> None:
    here, there = agency("Dinas Sini"), agency("Dinas Sana")
    client = client_of(member(AgencyHead.code, here))
    for person in (
        member(AgencyHead.code, here),
        member(ServiceAdmin.code, there),
        member(Administrator.code),
    ):
        row = person.memberships.get()
        assert (
            client.post(f"/kelola/orang/{person.pk}/peran/{row.pk}/akhiri/", {"when": "now"}).status_code
            == 404
        )
        assert is_staff(fresh(person))


def test_a_key_of_someone_else() -> None:
    here = agency()
    one, two = member(ServiceAdmin.code, here), member(ServiceAdmin.code, here)
    url = f"/kelola/orang/{one.pk}/peran/{two.memberships.get().pk}/akhiri/"
    assert client_of(member(AgencyHead.code, here)).get(url).status_code == 404


def test_who_held_a_role_until_this_moment_may_close_the_account_today() -> None:
    person = member()
    row = grant_role(user=person, agency=agency(), role=ServiceAdmin.code, by=SYSTEM)
    with pytest.raises(StillWorkingError):
        close_account(user=person, by=SYSTEM)
    end_role(membership=row, by=SYSTEM)
    close_account(user=person, by=SYSTEM)
    assert not fresh(person).is_active
