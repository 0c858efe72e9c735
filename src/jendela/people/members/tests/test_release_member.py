"""/kelola/orang/<n>/lepas/: somebody leaves, and the work goes to others."""

from collections.abc import Iterator

import pytest
from tests.people import agency, client_of, member

from jendela.common.audit import SYSTEM, Actor, record
from jendela.common.models import AuditEntry
from jendela.people.access.actions import grant_role
from jendela.people.access.policy import is_staff
from jendela.people.access.roles import Administrator, AgencyHead, ServiceAdmin, ServiceOfficer
from jendela.people.accounts.models import User
from jendela.people.members import actions, work
from jendela.people.members.models import Invitation

pytestmark = pytest.mark.django_db
Key = tuple[int, int | None]


class Desk:
    """Papers on desks: a kind of work that only tests know."""

    def __init__(self) -> None:
        self.papers: dict[Key, int] = {}

    def count(self, user_id: int, agency_id: int | None) -> int:
        return self.papers.get((user_id, agency_id), 0)

    def hand_over(self, giver: int, taker: int, agency_id: int | None, by: Actor) -> int:
        number = self.papers.pop((giver, agency_id), 0)
        self.papers[taker, agency_id] = self.count(taker, agency_id) + number
        record(by=by, action="test.hand_over", target=("test.desk", str(taker)))
        return number


@pytest.fixture
def desk() -> Iterator[Desk]:
    found = Desk()
    work.register(work.WorkKind("test_papers", "berkas uji", found.count, found.hand_over))
    yield found
    work.unregister("test_papers")


def staff(user: User) -> bool:
    return is_staff(User.objects.get(pk=user.pk))


def test_all_roles_end_and_all_work_goes_over(desk: Desk) -> None:
    here = agency()
    leaver, taker = (
        member(ServiceAdmin.code, here, name="Budi Pergi"),
        member(ServiceOfficer.code, here, name="Citra"),
    )
    grant_role(user=leaver, agency=here, role=ServiceOfficer.code, by=SYSTEM)
    desk.papers[leaver.pk, here.pk] = 3
    head = member(AgencyHead.code, here)
    client, url = client_of(head), f"/kelola/orang/{leaver.pk}/lepas/"
    page = client.get(url).content.decode()
    assert "3 berkas uji" in page
    assert "Citra" in page
    answer = client.post(url, {f"to_{here.pk}": taker.pk, "note": "pensiun"})
    assert answer["Location"] == f"/kelola/orang/{leaver.pk}/?selesai=dilepas"
    assert not staff(leaver)
    assert desk.papers == {(taker.pk, here.pk): 3}
    assert User.objects.get(pk=leaver.pk).is_active  # it may be a resident's account too
    entry = AuditEntry.objects.get(action="members.release")
    assert entry.after == {"work": {"test_papers": 3}, "to": [taker.pk], "note": "pensiun"}
    assert client.get(url).status_code == 404  # nothing left to end


def test_work_without_a_receiver_stops_everything(desk: Desk) -> None:
    here = agency()
    leaver = member(ServiceAdmin.code, here)
    desk.papers[leaver.pk, here.pk] = 1
    head = member(AgencyHead.code, here)
    answer = client_of(head).post(f"/kelola/orang/{leaver.pk}/lepas/", {})
    assert answer.status_code == 400
    assert "Pilih satu orang." in answer.content.decode()
    with pytest.raises(actions.NoReceiverError):
        actions.release(user=leaver, by=Actor("x", user=head), receivers={})
    assert staff(leaver)


def test_work_may_stay_when_that_is_said(desk: Desk) -> None:
    here = agency()
    leaver = member(ServiceAdmin.code, here)
    desk.papers[leaver.pk, here.pk] = 1
    client = client_of(member(AgencyHead.code, here))
    assert client.post(f"/kelola/orang/{leaver.pk}/lepas/", {f"to_{here.pk}": "biarkan"}).status_code == 302
    assert not staff(leaver)
    assert desk.papers == {(leaver.pk, here.pk): 1}


def test_a_failure_half_way_changes_nothing(desk: Desk) -> None:
    here = agency()
    leaver, taker = member(ServiceAdmin.code, here), member(ServiceOfficer.code, here)
    desk.papers[leaver.pk, here.pk] = 1

    def broken(*_values: object) -> int:
        raise RuntimeError("half way")

    work.register(work.WorkKind("test_broken", "x", lambda _user, _agency: 1, broken))
    try:
        with pytest.raises(RuntimeError, match="half way"):
            actions.release(
                user=leaver, by=Actor("x", user=member(AgencyHead.code, here)), receivers={here.pk: taker}
            )
    finally:
        work.unregister("test_broken")
    assert staff(leaver)
    assert not AuditEntry.objects.filter(action="test.hand_over").exists()


def test_only_the_work_and_roles_of_the_own_agency(desk: Desk) -> None:
    here, there = agency("Dinas Sini"), agency("Dinas Sana")
    leaver, taker = member(ServiceAdmin.code, here), member(ServiceAdmin.code, here)
    grant_role(user=leaver, agency=there, role=ServiceAdmin.code, by=SYSTEM)
    desk.papers = {(leaver.pk, here.pk): 1, (leaver.pk, there.pk): 5}
    client = client_of(member(AgencyHead.code, here))
    assert client.post(f"/kelola/orang/{leaver.pk}/lepas/", {f"to_{here.pk}": taker.pk}).status_code == 302
    assert staff(leaver)  # still at the other agency
    assert desk.papers == {(taker.pk, here.pk): 1, (leaver.pk, there.pk): 5}


@pytest.mark.parametrize("who", ["foreign", "self", "closed"])
def test_work_goes_to_colleagues_only(desk: Desk, who: str) -> None:
    here = agency("Dinas Sini")
    leaver = member(ServiceAdmin.code, here)
    closed = member(ServiceAdmin.code, here)
    closed.is_active = False
    closed.save()
    taker = {"foreign": member(ServiceAdmin.code, agency("Dinas Sana")), "self": leaver, "closed": closed}[
        who
    ]
    desk.papers[leaver.pk, here.pk] = 1
    head = member(AgencyHead.code, here)
    answer = client_of(head).post(f"/kelola/orang/{leaver.pk}/lepas/", {f"to_{here.pk}": taker.pk})
    assert answer.status_code == 400
    with pytest.raises(actions.NotAllowedError):
        actions.release(user=leaver, by=Actor("x", user=head), receivers={here.pk: taker})
    assert staff(leaver)


def test_the_last_administrator_stays_whole() -> None:
    last = member(Administrator.code)
    grant_role(user=last, agency=agency(), role=ServiceAdmin.code, by=SYSTEM)
    answer = client_of(last).post(f"/kelola/orang/{last.pk}/lepas/", {})
    assert answer.status_code == 400
    assert "Ini pengelola Jendela yang terakhir." in answer.content.decode()
    assert last.memberships.filter(ended_at__isnull=False).count() == 0


def test_open_invitations_are_withdrawn_too() -> None:
    here = agency()
    leaver = member(ServiceAdmin.code, here)
    by = Actor("x", user=member(AgencyHead.code, here))
    assert leaver.email
    actions.invite(email=leaver.email, name="x", agency=here, role=ServiceOfficer.code, by=by)
    actions.release(user=leaver, by=by, receivers={})
    assert Invitation.objects.get().withdrawn_at is not None


def test_who_stood_in_goes_with_the_leaver() -> None:
    here = agency()
    leaver, other = member(ServiceAdmin.code, here), member()
    own = leaver.memberships.get()
    grant_role(
        user=other,
        agency=here,
        role=ServiceAdmin.code,
        by=SYSTEM,
        valid_to=own.valid_from.replace(year=2999),
        substitutes=own,
    )
    actions.release(user=leaver, by=Actor("x", user=member(AgencyHead.code, here)), receivers={})
    assert not staff(other)
