"""/kelola/undangan/<n>/tautan/: the link, this once."""

import pytest
from tests.people import agency, client_of, member

from jendela.people.access.roles import AgencyHead
from jendela.people.members.tests.offers import offer

pytestmark = pytest.mark.django_db


def test_without_a_fresh_link_it_offers_a_new_one() -> None:
    row, token = offer()
    page = client_of(row.invited_by).get(f"/kelola/undangan/{row.pk}/tautan/").content.decode()
    assert token not in page
    assert "Buat tautan baru" in page


def test_the_link_of_one_is_not_shown_beside_another() -> None:
    head = member(AgencyHead.code, agency())
    first, _token = offer("satu@contoh.id", head=head)
    second, _other = offer("dua@contoh.id", head=head)
    client = client_of(head)
    client.post(f"/kelola/undangan/{first.pk}/perbarui/")
    assert "Buat tautan baru" in client.get(f"/kelola/undangan/{second.pk}/tautan/").content.decode()


def test_another_agency_does_not_see_it() -> None:
    row, _token = offer()
    other = client_of(member(AgencyHead.code, agency("Dinas Sana")))
    assert other.get(f"/kelola/undangan/{row.pk}/tautan/").status_code == 404
