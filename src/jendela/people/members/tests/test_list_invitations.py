"""/kelola/undangan/: what was offered and not answered."""

import datetime

import pytest
import time_machine
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from tests.people import agency, client_of, member

from jendela.common.audit import SYSTEM
from jendela.common.models import AuditEntry
from jendela.people.access.roles import AgencyHead
from jendela.people.members import actions, reads
from jendela.people.members.models import Invitation
from jendela.people.members.tests.offers import offer

pytestmark = pytest.mark.django_db
URL = "/kelola/undangan/"


def test_by_state_and_agency(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    head = member(AgencyHead.code, agency())
    client = client_of(head)
    assert "Tidak ada undangan di sini." in client.get(URL).content.decode()
    for number in range(3):
        offer(f"b{number}@contoh.id", head=head)
    with django_assert_num_queries(4):  # session, account, roles, invitations
        page = client.get(URL).content.decode()
    assert page.count("Buat tautan baru") == 3
    assert reads.count_open_invitations(head) == 3
    assert "b1@contoh.id" not in client.get(f"{URL}?keadaan=diterima").content.decode()
    foreign = client_of(member(AgencyHead.code, agency("Dinas Sana")))
    assert "b1@contoh.id" not in foreign.get(URL).content.decode()
    with time_machine.travel(timezone.now() + datetime.timedelta(days=8)):
        late = client_of(head)
        assert "b1@contoh.id" not in late.get(URL).content.decode()
        assert "b1@contoh.id" in late.get(f"{URL}?keadaan=lewat").content.decode()


def test_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reads, "PAGE", 2)
    head = member(AgencyHead.code, agency())
    keys = [offer(f"b{number}@contoh.id", head=head)[0].pk for number in range(5)]
    seen: list[int] = []
    before: int | None = None
    for _page in range(3):
        rows, key = reads.invitations(head, "menunggu", before=before)
        seen += [row.pk for row in rows]
        before = int(key) if key else None
    assert seen == keys[::-1]


def test_the_forgotten_are_deleted_with_their_addresses() -> None:
    row, _token = offer()
    assert actions.forget_invitations(by=SYSTEM) == 0
    with time_machine.travel(timezone.now() + datetime.timedelta(days=98)):
        assert actions.forget_invitations(by=SYSTEM) == 1
    assert not Invitation.objects.filter(pk=row.pk).exists()
    assert AuditEntry.objects.filter(action="members.forget_invitations").count() == 1
