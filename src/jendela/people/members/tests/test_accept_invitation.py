"""/akun/undangan/<token>/: shown by a GET, accepted by a POST, once."""

import datetime
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from tests.messages import delivered
from tests.people import agency, client_of, member

from jendela.common.audit import SYSTEM, Actor
from jendela.common.dates import today
from jendela.common.models import AuditEntry
from jendela.people.access.actions import end_role
from jendela.people.access.models import Membership
from jendela.people.access.policy import is_staff
from jendela.people.access.roles import Administrator, AgencyHead, ServiceAdmin
from jendela.people.accounts.models import User
from jendela.people.members import actions
from jendela.people.members.tests.offers import offer

pytestmark = pytest.mark.django_db


def url(token: str) -> str:
    return f"/akun/undangan/{token}/"


def test_a_newcomer_gets_account_role_and_session() -> None:
    row, token = offer()
    client = Client()
    page = client.get(url(token)).content.decode()
    for words in ("Rina Kepala mengundang Anda.", "Admin layanan", "Dinas Contoh", "b…@contoh.id"):
        assert words in page
    assert "baru@contoh.id" not in page
    answer = client.post(url(token), {"name": "Siti Aminah"})
    assert answer.status_code == 302
    user = User.objects.get(email="baru@contoh.id")
    assert user.name == "Siti Aminah"
    membership = Membership.objects.get(user=user)
    assert (membership.role, membership.agency, membership.valid_from) == ("service_admin", agency(), today())
    assert client.get("/kelola/izin/").status_code == 200
    row.refresh_from_db()
    assert row.accepted_by == user
    assert AuditEntry.objects.get(action="members.accept_invitation").after == {"user": user.pk}


def test_the_owner_of_the_address_hears_of_the_account() -> None:
    """Who holds the link need not be who reads the mail."""
    _row, token = offer()
    Client().post(url(token), {"name": "Siti Aminah"})
    letter = delivered()[-1]
    assert letter["to"] == "baru@contoh.id"
    assert letter["subject"] == "Akun Jendela Anda sudah dibuat"
    assert token not in letter["text"]


def test_who_has_an_account_is_not_told_again() -> None:
    user = member(email="baru@contoh.id")
    _row, token = offer()
    assert client_of(user).post(url(token)).status_code == 302
    assert not [one for one in delivered() if one["subject"] == "Akun Jendela Anda sudah dibuat"]


def test_robots_that_look_at_links_burn_nothing() -> None:
    _row, token = offer()
    for _look in range(3):
        assert Client().get(url(token)).status_code == 200
        assert Client().head(url(token)).status_code == 200
    assert not User.objects.filter(email="baru@contoh.id").exists()
    assert Client().post(url(token), {"name": "Siti"}).status_code == 302


def test_used_once() -> None:
    _row, token = offer()
    assert Client().post(url(token), {"name": "Siti"}).status_code == 302
    again = Client()
    assert "Undangan ini sudah diterima" in again.get(url(token)).content.decode()
    answer = again.post(url(token), {"name": "Orang Lain"})
    assert answer.status_code == 403
    assert "Undangan ini sudah diterima" in answer.content.decode()
    assert Membership.objects.filter(user__email="baru@contoh.id").count() == 1
    with pytest.raises(actions.InvitationError, match="used"):
        actions.accept_invitation(token=token, name="x", user=None, address=None)


def test_seven_days() -> None:
    _row, token = offer()
    with time_machine.travel(timezone.now() + datetime.timedelta(days=7, minutes=1)):
        assert "sudah lewat waktunya" in Client().get(url(token)).content.decode()
        assert Client().post(url(token), {"name": "x"}).status_code == 403
    assert not User.objects.filter(email="baru@contoh.id").exists()


def test_a_cut_address_is_not_known() -> None:
    answer = Client().get(url("a" * 43))
    assert answer.status_code == 404
    assert "Tautan ini tidak kami kenal" in answer.content.decode()
    assert Client().post(url("a" * 43)).status_code == 404


def test_the_link_never_opens_an_account_that_exists() -> None:
    """Otherwise a head could invite an administrator's address and walk in with the link."""
    victim = member(Administrator.code, email="admin@contoh.id")
    _row, token = offer("admin@contoh.id")
    client = Client()
    page = client.get(url(token)).content.decode()
    assert "sudah punya akun" in page
    assert "/akun/masuk/?next=" in page
    assert client.post(url(token), {"name": "Pencuri"}).status_code == 403
    assert client.get("/kelola/izin/").status_code == 302  # still nobody
    owner = client_of(victim)
    assert "Terima undangan" in owner.get(url(token)).content.decode()
    assert owner.post(url(token))["Location"] == "/kelola/izin/"
    assert victim.memberships.filter(role=ServiceAdmin.code).exists()


def test_somebody_else_who_is_signed_in_cannot_take_it() -> None:
    _row, token = offer()
    other = member("", name="Budi Lain")
    client = client_of(other)
    page = client.get(url(token)).content.decode()
    assert "Anda masuk sebagai Budi Lain." in page
    assert client.post(url(token)).status_code == 403
    assert not other.memberships.exists()


def test_void_when_the_inviter_may_not_give_it_any_more() -> None:
    row, token = offer()
    end_role(membership=row.invited_by.memberships.get(), by=SYSTEM)
    assert "Undangan ini tidak berlaku lagi" in Client().get(url(token)).content.decode()
    assert Client().post(url(token), {"name": "x"}).status_code == 403


def test_void_when_the_agency_is_no_more() -> None:
    _row, token = offer()
    here = agency()
    here.valid_to = "2026-11"
    here.save()
    assert Client().post(url(token), {"name": "x"}).status_code == 403


def test_an_account_put_to_rest_is_not_woken() -> None:
    user = member("", email="baru@contoh.id")
    _row, token = offer()
    user.is_active = False
    user.save()
    assert "Akun ini sudah ditutup" in Client().get(url(token)).content.decode()
    assert Client().post(url(token), {"name": "x"}).status_code == 403


def test_the_role_ends_on_the_day_that_was_offered() -> None:
    head = member(AgencyHead.code, agency())
    last = today() + datetime.timedelta(days=3)
    _row, token = actions.invite(
        email="baru@contoh.id",
        name="Siti",
        agency=agency(),
        role=ServiceAdmin.code,
        by=Actor("x", user=head),
        valid_to=last,
    )
    Client().post(url(token), {"name": "Siti"})
    assert Membership.objects.get(user__email="baru@contoh.id").valid_to == last


def test_a_role_given_meanwhile_is_not_given_twice() -> None:
    user = member("", email="baru@contoh.id")
    _row, token = offer()
    head = member(AgencyHead.code, agency())
    actions.give_role(user=user, agency=agency(), role=ServiceAdmin.code, by=Actor("x", user=head))
    assert client_of(user).post(url(token)).status_code == 302
    assert user.memberships.count() == 1
    assert is_staff(User.objects.get(pk=user.pk))


def test_a_name_is_needed_and_guessing_is_slowed(settings: Any) -> None:
    _row, token = offer()
    answer = Client().post(url(token), {"name": ""})
    assert answer.status_code == 400
    assert "Isi nama Anda." in answer.content.decode()
    settings.RATE_SIGN_IN = (0, 900)
    assert Client().post(url(token), {"name": "Siti"}).status_code == 429


def test_the_address_stays_with_this_site() -> None:
    _row, token = offer()
    answer = Client().get(url(token))
    assert answer["Referrer-Policy"] == "same-origin"
    assert "no-store" in answer["Cache-Control"] or "max-age=0" in answer["Cache-Control"]
