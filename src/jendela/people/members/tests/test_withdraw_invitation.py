"""/kelola/undangan/<n>/tarik/: the link works no more."""

import pytest
from django.test import Client
from tests.people import agency, client_of, member

from jendela.common.models import AuditEntry
from jendela.people.access.roles import AgencyHead
from jendela.people.members.tests.offers import offer

pytestmark = pytest.mark.django_db


def test_withdrawn_is_said_to_both_sides() -> None:
    row, token = offer()
    client, url = client_of(row.invited_by), f"/kelola/undangan/{row.pk}/tarik/"
    assert client.get(url).status_code == 405
    answer = client.post(url)
    assert "Undangan sudah ditarik." in client.get(answer["Location"]).content.decode()
    assert "Undangan ini sudah ditarik" in Client().get(f"/akun/undangan/{token}/").content.decode()
    client.post(url)  # twice does no harm
    assert AuditEntry.objects.filter(action="members.withdraw_invitation").count() == 1


def test_another_agency_cannot() -> None:
    row, _token = offer()
    foreign = client_of(member(AgencyHead.code, agency("Dinas Sana")))
    assert foreign.post(f"/kelola/undangan/{row.pk}/tarik/").status_code == 404
