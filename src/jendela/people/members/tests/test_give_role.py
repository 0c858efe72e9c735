"""/kelola/orang/<n>/peran/: a role from somebody who may give it."""

import datetime

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from tests.people import agency, client_of, member

from jendela.common.audit import SYSTEM, Actor
from jendela.common.dates import today
from jendela.common.models import AuditEntry
from jendela.people.access.actions import AlreadyHeldError, grant_role
from jendela.people.access.models import Membership
from jendela.people.access.policy import held, roles_to_give
from jendela.people.access.roles import (
    ROLES,
    Administrator,
    AgencyHead,
    InformationTeam,
    Planner,
    ServiceAdmin,
    ServiceOfficer,
)
from jendela.people.accounts.models import User
from jendela.people.members import actions

pytestmark = pytest.mark.django_db


def test_a_head_gives_a_role_until_a_day() -> None:
    here = agency()
    head, person = member(AgencyHead.code, here), member(ServiceOfficer.code, here)
    url = f"/kelola/orang/{person.pk}/peran/"
    client = client_of(head)
    page = client.get(url).content.decode()
    assert f"<b>Admin layanan</b>: {ServiceAdmin.sentence}" in page
    assert "<b>Kepala instansi</b>" not in page  # may not be given by a head
    assert "<b>Pengelola Jendela</b>" not in page
    until = today() + datetime.timedelta(days=30)
    data = {"role": "service_admin", "agency": here.pk, "valid_to": until.isoformat(), "note": "SPT 7"}
    answer = client.post(url, data)
    assert answer["Location"] == f"/kelola/orang/{person.pk}/?selesai=diberi"
    row = Membership.objects.get(user=person, role="service_admin")
    assert (row.valid_from, row.valid_to, row.note) == (today(), until, "SPT 7")
    assert AuditEntry.objects.get(action="access.grant_role", target_key=str(row.pk)).by == head


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"role": "agency_head"}, "Pilih salah satu peran."),
        ({"role": "administrator"}, "Pilih salah satu peran."),
        ({"role": ""}, "Pilih satu peran."),
        ({"agency": "999999"}, "Pilih dari daftar ini."),
        ({"valid_from": "2020-01-01"}, "Tanggal ini sudah lewat."),
        ({"valid_from": "2999-01-02", "valid_to": "2999-01-01"}, "lebih awal dari hari mulai"),
        ({"valid_to": "kapan-kapan"}, "Tanggal ini tidak ada."),
    ],
)
def test_what_cannot_be_is_said_and_what_was_typed_kept(change: dict[str, str], says: str) -> None:
    here = agency()
    person = member(ServiceOfficer.code, here)
    data = {"role": "service_admin", "agency": str(here.pk), "note": "Surat 99", **change}
    answer = client_of(member(AgencyHead.code, here)).post(f"/kelola/orang/{person.pk}/peran/", data)
    page = answer.content.decode()
    assert answer.status_code == 400
    assert says in page
    assert "data-error-summary" in page
    assert 'value="Surat 99"' in page
    assert Membership.objects.filter(user=person).count() == 1


def test_another_agency_is_no_choice_for_a_head() -> None:
    here, there = agency("Dinas Sini"), agency("Dinas Sana")
    person = member(ServiceOfficer.code, here)
    client = client_of(member(AgencyHead.code, here))
    answer = client.post(f"/kelola/orang/{person.pk}/peran/", {"role": "service_admin", "agency": there.pk})
    assert answer.status_code == 400
    by = Actor("x", user=member(AgencyHead.code, here))
    with pytest.raises(actions.NotAllowedError):
        actions.give_role(user=person, agency=there, role=ServiceAdmin.code, by=by)


def test_roles_for_all_agencies_take_none(db: None) -> None:
    here = agency()
    person = member(ServiceOfficer.code, here)
    client, url = client_of(member(InformationTeam.code)), f"/kelola/orang/{person.pk}/peran/"
    page = client.post(url, {"role": "planner", "agency": here.pk}).content.decode()
    assert "Kosongkan pilihan instansi." in page
    page = client.post(url, {"role": "service_admin"}).content.decode()
    assert "Peran ini butuh satu instansi." in page
    assert client.post(url, {"role": "planner"}).status_code == 302
    page = client.post(url, {"role": "planner"}).content.decode()
    assert "Orang ini sudah memegang peran itu pada tanggal ini." in page


def test_nobody_raises_himself() -> None:
    here = agency()
    for role in (Administrator.code, InformationTeam.code, AgencyHead.code):
        me = member(role, here)
        assert client_of(me).get(f"/kelola/orang/{me.pk}/peran/").status_code == 404
        with pytest.raises(actions.NotAllowedError):
            actions.give_role(user=me, agency=here, role=ServiceAdmin.code, by=Actor("x", user=me))
    with pytest.raises(actions.NotAllowedError):
        actions.give_role(user=member(), agency=here, role=ServiceAdmin.code, by=SYSTEM)


def test_who_gives_which_roles() -> None:
    here, there = agency("Dinas Sini"), agency("Dinas Sana")
    everywhere = {code for code, role in ROLES.items() if role.everywhere}
    local = set(ROLES) - everywhere
    for role in ROLES:
        viewer = member(role, here)
        if role == Administrator.code:
            expected = (everywhere, local, local)
        elif (
            role == InformationTeam.code
        ):  # an administrator may open personal data of all agencies, the team may not
            expected = (everywhere - {Administrator.code}, local, local)
        elif role == AgencyHead.code:
            expected = (set(), local - {AgencyHead.code}, set())
        else:
            expected = (set(), set(), set())
        found = tuple(set(roles_to_give(viewer, where)) for where in (None, here.pk, there.pk))
        assert found == expected, role


def test_the_team_neither_makes_nor_dismisses_an_administrator() -> None:
    team, admin, person = member(InformationTeam.code), member(Administrator.code), member()
    member(Administrator.code)  # another one stays
    by = Actor("x", user=team)
    with pytest.raises(actions.NotAllowedError):
        actions.give_role(user=person, agency=None, role=Administrator.code, by=by)
    with pytest.raises(actions.NotAllowedError):
        actions.invite(email="x@contoh.id", name="X", agency=None, role=Administrator.code, by=by)
    row = Membership.objects.get(user=admin)
    with pytest.raises(actions.NotAllowedError):
        actions.end_membership(membership=row, by=by)
    with pytest.raises(actions.NotAllowedError):
        actions.release(user=admin, by=by, receivers={})
    actions.end_membership(membership=row, by=Actor("x", user=admin))


days = st.integers(min_value=-40, max_value=40)
spans = st.lists(st.tuples(days, st.one_of(st.none(), st.integers(0, 30))), min_size=1, max_size=5)


@given(spans=spans, asked=days)
@hypothesis_settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_a_role_is_held_once_exactly_in_its_days(spans: list[tuple[int, int | None]], asked: int) -> None:
    """Whatever is asked for, spans that touch are refused, and a day is held when one accepted span holds it."""
    person = User.objects.create_user(f"hari{User.objects.count()}@contoh.id", name="Hari")
    accepted: list[tuple[datetime.date, datetime.date]] = []
    for first, length in spans:
        begin = today() + datetime.timedelta(days=first)
        end = None if length is None else begin + datetime.timedelta(days=length)
        last = end or datetime.date.max
        touching = any(a <= last and begin <= b for a, b in accepted)
        try:
            grant_role(user=person, agency=None, role=Planner.code, by=SYSTEM, valid_from=begin, valid_to=end)
        except AlreadyHeldError:
            assert touching
        else:
            assert not touching
            accepted.append((begin, last))
    day = today() + datetime.timedelta(days=asked)
    holds = any(a <= day <= b for a, b in accepted)
    assert Membership.objects.holding(day).filter(user=person).count() == int(holds)
    now = any(a <= today() <= b for a, b in accepted)
    assert bool(held(User.objects.get(pk=person.pk))) is now


def test_the_form_proposes_where_the_person_works_and_never_a_stranger_agency() -> None:
    agency("Aneka Dinas")  # first by name
    here = agency("Dinas Sini")
    person, planner = member(ServiceOfficer.code, here), member(Planner.code)
    client = client_of(member(Administrator.code))
    assert f'value="{here.pk}" selected' in client.get(f"/kelola/orang/{person.pk}/peran/").content.decode()
    for url in (f"/kelola/orang/{planner.pk}/peran/", "/kelola/undangan/baru/"):
        assert '<option value="" selected' in client.get(url).content.decode()
