"""/kelola/undangan/baru/: a role offered to an address, by letter and by a link shown once."""

import re

import pytest
from django.core import mail
from django.test import Client
from tests.people import agency, client_of, member

from jendela.common.audit import Actor
from jendela.common.encryption import decrypt, encrypt
from jendela.common.models import AuditEntry
from jendela.people.access.roles import Administrator, AgencyHead, ServiceAdmin
from jendela.people.members import actions, jobs
from jendela.people.members.models import Invitation
from jendela.people.members.tests.offers import token_of

pytestmark = pytest.mark.django_db
URL = "/kelola/undangan/baru/"


@pytest.fixture
def head() -> Client:
    return client_of(member(AgencyHead.code, agency(), name="Rina Kepala"))


def data(**values: object) -> dict[str, object]:
    return {
        "email": "Baru@Contoh.id",
        "name": "Siti  Baru",
        "role": "service_admin",
        "agency": agency().pk,
        **values,
    }


def test_the_link_is_shown_once_and_kept_nowhere(head: Client) -> None:
    answer = head.post(URL, data())
    row = Invitation.objects.get()
    assert (row.email, row.name, row.role) == ("baru@contoh.id", "Siti Baru", "service_admin")
    assert answer["Location"] == f"/kelola/undangan/{row.pk}/tautan/"
    page = head.get(answer["Location"]).content.decode()
    token = token_of(page)
    assert actions.digest_of(token) == row.digest
    assert token not in answer["Location"]
    again = head.get(answer["Location"]).content.decode()
    assert token not in again
    assert "Tautannya sudah pernah ditampilkan" in again
    kept = " ".join(str(one.after) for one in AuditEntry.objects.all())
    assert token not in kept
    assert row.digest not in kept


def test_the_letter_goes_out_once(head: Client) -> None:
    by = Actor("x", user=member(AgencyHead.code, agency(), name="Rina Kepala"))
    row, token = actions.invite(
        email="baru@contoh.id", name="Siti", agency=agency(), role=ServiceAdmin.code, by=by
    )
    for _run in range(2):  # jobs may run twice
        jobs.send_invitation(invitation=row.pk, token=encrypt(token), language="id")
    assert len(mail.outbox) == 1
    letter = mail.outbox[0]
    assert letter.to == ["baru@contoh.id"]
    assert f"/akun/undangan/{token}/" in letter.body
    assert "Rina Kepala mengundang Anda" in letter.body
    row.refresh_from_db()
    assert row.sent_at is not None


def test_the_queue_holds_the_link_sealed() -> None:
    from procrastinate.contrib.django.models import ProcrastinateJob

    by = Actor("x", user=member(AgencyHead.code, agency()))
    _row, token = actions.invite(
        email="baru@contoh.id", name="Siti", agency=agency(), role=ServiceAdmin.code, by=by
    )
    waiting = ProcrastinateJob.objects.get(task_name="people_members.send_invitation")
    assert token not in str(waiting.args)
    assert decrypt(waiting.args["token"]) == token


def test_no_letter_for_a_link_that_was_replaced_or_withdrawn() -> None:
    by = Actor("x", user=member(AgencyHead.code, agency()))
    row, token = actions.invite(
        email="baru@contoh.id", name="Siti", agency=agency(), role=ServiceAdmin.code, by=by
    )
    newer = actions.renew_invitation(invitation=row, by=by)
    jobs.send_invitation(invitation=row.pk, token=encrypt(token), language="id")
    actions.withdraw_invitation(invitation=row, by=by)
    jobs.send_invitation(invitation=row.pk, token=encrypt(newer), language="id")
    assert mail.outbox == []


def test_a_letter_that_does_not_go_out_says_so(head: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    import smtplib

    by = Actor("x", user=member(AgencyHead.code, agency()))
    row, token = actions.invite(
        email="baru@contoh.id", name="Siti", agency=agency(), role=ServiceAdmin.code, by=by
    )

    def refuse(*_values: object) -> None:
        raise smtplib.SMTPRecipientsRefused({})

    monkeypatch.setattr(jobs, "send_mail", refuse)
    jobs.send_invitation(invitation=row.pk, token=encrypt(token), language="id")
    assert "Alamat e-mail ini ditolak." in head.get("/kelola/undangan/").content.decode()


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"email": "bukan"}, "Alamat e-mail ini tidak lengkap."),
        ({"name": ""}, "Isi nama orang yang Anda undang."),
        ({"role": "agency_head"}, "Pilih salah satu peran."),
        ({"valid_to": "2020-01-01"}, "Tanggal ini sudah lewat."),
    ],
)
def test_what_cannot_be_is_said(head: Client, change: dict[str, str], says: str) -> None:
    answer = head.post(URL, data(**change))
    assert answer.status_code == 400
    assert says in answer.content.decode()
    assert not Invitation.objects.exists()


def test_the_agency_of_the_address_is_proposed_to_who_may_invite_there(head: Client) -> None:
    here, other = agency(), agency("Dinas Lain")
    everywhere = client_of(member(Administrator.code))
    for client, slug, chosen in (
        (everywhere, other.slug, other),
        (everywhere, here.slug, here),
        (everywhere, "tidak-ada", None),
        (everywhere, "", None),
        (head, other.slug, here),  # not his to give: his own one stays
    ):
        page = client.get(f"{URL}?instansi={slug}").content.decode()
        found = re.search(r'<option value="(\d+)" selected', page)
        assert (int(found.group(1)) if found else None) == (chosen.pk if chosen else None), slug
    member(ServiceAdmin.code, other)
    listed = everywhere.get(f"/kelola/orang/?instansi={other.slug}").content.decode()
    assert f'href="{URL}?instansi={other.slug}"' in listed


def test_not_twice_not_to_oneself_not_what_is_held(head: Client) -> None:
    holder = member(ServiceAdmin.code, agency())
    assert head.post(URL, data()).status_code == 302
    assert "Orang ini sudah diundang untuk peran itu." in head.post(URL, data()).content.decode()
    assert "Orang ini sudah memegang peran itu." in head.post(URL, data(email=holder.email)).content.decode()
    me = member(Administrator.code)
    own = client_of(me).post(URL, data(email=me.email, role="planner", agency=""))
    assert "diri sendiri" in own.content.decode()
    assert Invitation.objects.count() == 1


def test_many_in_an_hour_have_to_wait(head: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jendela.people.members.views.invitations.INVITATIONS_AN_HOUR", 2)
    for number in range(2):
        assert head.post(URL, data(email=f"b{number}@contoh.id")).status_code == 302
    assert "Lanjutkan satu jam lagi." in head.post(URL, data(email="b9@contoh.id")).content.decode()
    assert Invitation.objects.count() == 2
