"""/kelola/undangan/<n>/perbarui/: a new link; the old one ends."""

import datetime

import pytest
import time_machine
from django.utils import timezone
from tests.people import agency, client_of, member

from jendela.people.access.roles import AgencyHead
from jendela.people.members import actions
from jendela.people.members.tests.offers import offer, token_of

pytestmark = pytest.mark.django_db


def test_a_new_link_for_seven_days() -> None:
    row, old = offer()
    client = client_of(row.invited_by)
    assert client.get(f"/kelola/undangan/{row.pk}/perbarui/").status_code == 405
    answer = client.post(f"/kelola/undangan/{row.pk}/perbarui/")
    new = token_of(client.get(answer["Location"]).content.decode())
    assert new != old
    assert client.get(f"/akun/undangan/{old}/").status_code == 404
    row.refresh_from_db()
    assert row.digest == actions.digest_of(new)


def test_one_that_ran_out_can_be_renewed_but_not_one_that_was_accepted_or_withdrawn() -> None:
    row, _token = offer()
    with time_machine.travel(timezone.now() + datetime.timedelta(days=8)):
        client = client_of(row.invited_by)
        answer = client.post(f"/kelola/undangan/{row.pk}/perbarui/")
        assert answer["Location"].endswith("/tautan/")
        client.post(f"/kelola/undangan/{row.pk}/tarik/")
        assert client.post(f"/kelola/undangan/{row.pk}/perbarui/")["Location"] == "/kelola/undangan/"


def test_who_renews_answers_for_it() -> None:
    row, _token = offer()
    other = member(AgencyHead.code, agency())
    client_of(other).post(f"/kelola/undangan/{row.pk}/perbarui/")
    row.refresh_from_db()
    assert row.invited_by == other


def test_another_agency_cannot() -> None:
    row, _token = offer()
    foreign = client_of(member(AgencyHead.code, agency("Dinas Sana")))
    assert foreign.post(f"/kelola/undangan/{row.pk}/perbarui/").status_code == 404
