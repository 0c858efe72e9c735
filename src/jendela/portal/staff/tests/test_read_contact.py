"""/kelola/kabar/<number>/kontak/: what a reader left is covered, and opened by a POST that says why."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from tests.people import agency, client_of, member

from jendela.common.models import AuditEntry
from jendela.people.access.choices import Permission
from jendela.people.access.models import Membership
from jendela.people.access.roles import (
    ROLES,
    Administrator,
    AgencyHead,
    InformationTeam,
    ServiceAdmin,
    ServiceOfficer,
)
from jendela.services.catalogue.choices import FeedbackState, FeedbackTopic
from jendela.services.catalogue.models import Feedback
from jendela.services.editor.tests.world import world

CONTACT = "0812 3456 7890"


@pytest.fixture
def letter(db: None) -> Feedback:
    return Feedback.objects.create(
        page="/", topic=FeedbackTopic.WRONG, text="Loketnya pindah", contact=CONTACT, service=world().service
    )


def path_of(row: Feedback) -> str:
    return f"/kelola/kabar/{row.pk}/kontak/"


def officer_of(row: Feedback) -> Client:
    assert row.service is not None
    return client_of(member(ServiceOfficer.code, row.service.owner, name="Budi Santoso"))


def readings() -> list[AuditEntry]:
    return list(AuditEntry.objects.filter(action="personal.read"))


def test_covered_until_a_reason_is_given(letter: Feedback) -> None:
    officer = officer_of(letter)
    listed = officer.get("/kelola/kabar/").content.decode()
    asking = officer.get(path_of(letter)).content.decode()
    for page in (listed, asking):
        assert "0812 …" in page
        assert "3456" not in page
    assert f'href="{path_of(letter)}?keadaan=baru"' in listed
    assert readings() == []
    answer = officer.post(path_of(letter), {"why": "balas"})
    page = answer.content.decode()
    assert f'<a class="secret" href="tel:081234567890">{CONTACT}</a>' in page
    assert 'href="https://wa.me/6281234567890"' in page
    assert "no-store" in answer["Cache-Control"]
    entry = readings()[0]
    assert (entry.actor, entry.target_key) == ("Budi Santoso", str(letter.pk))
    assert entry.after == {"fields": ["contact"], "reason": "membalas kabar"}
    assert "3456" not in officer.get(path_of(letter)).content.decode()


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({}, "Pilih salah satu."),
        ({"why": "iseng"}, "Pilih salah satu dari daftar."),
        ({"why": "lain", "other": "  "}, "Tulis alasannya dengan singkat."),
        ({"why": "lain", "other": "x" * 201}, "Terlalu panjang: 201 huruf. Paling banyak 200."),
    ],
)
def test_no_reason_no_contact(letter: Feedback, sent: dict[str, str], words: str) -> None:
    page = officer_of(letter).post(path_of(letter), sent).content.decode()
    assert "data-error-summary" in page
    assert words in page
    assert "3456" not in page
    assert sent.get("other", "").strip() in page
    assert readings() == []


def test_a_reason_of_ones_own(letter: Feedback) -> None:
    officer_of(letter).post(path_of(letter), {"why": "lain", "other": "Diminta Inspektorat"})
    assert readings()[0].after == {"fields": ["contact"], "reason": "Diminta Inspektorat"}


def test_the_trail_says_it_in_words(letter: Feedback, administrator: Client) -> None:
    officer_of(letter).post(path_of(letter), {"why": "isi"})
    page = administrator.get("/kelola/catatan/?pribadi=1").content.decode()
    assert "membuka data pribadi" in page
    assert "memastikan isi kabar" in page
    assert "3456" not in page + administrator.get("/kelola/catatan.csv?pribadi=1").content.decode()


def test_of_another_agency_or_without_the_permission(letter: Feedback) -> None:
    other = member(AgencyHead.code, agency("Dinas Lain"))
    team = client_of(member(InformationTeam.code))
    assert letter.service is not None
    data_operator = member("agency_operator", letter.service.owner)
    for client in (client_of(other), team, client_of(data_operator)):
        assert client.get(path_of(letter)).status_code == 404
        assert client.post(path_of(letter), {"why": "balas"}).status_code == 404
    assert "Tampilkan kontak" not in team.get("/kelola/kabar/").content.decode()
    assert "0812 …" in team.get("/kelola/kabar/").content.decode()
    assert readings() == []


def test_reading_here_and_the_permission_elsewhere_is_not_enough(letter: Feedback) -> None:
    """A role that reads all feedback, and an officer's role at another agency: the contact stays covered."""
    who = member(InformationTeam.code)
    Membership.objects.create(
        user=who, agency=agency("Dinas Lain"), role=ServiceOfficer.code, valid_from="2026-01-01"
    )
    client = client_of(who)
    assert client.post(path_of(letter), {"why": "balas"}).status_code == 404
    assert "Tampilkan kontak" not in client.get("/kelola/kabar/").content.decode()
    letter.service = None
    letter.save()
    assert client.post(path_of(letter), {"why": "balas"}).status_code == 404
    assert readings() == []


def test_what_is_about_no_service_is_opened_by_those_who_keep_all(
    letter: Feedback, administrator: Client
) -> None:
    letter.service = None
    letter.save()
    assert CONTACT in administrator.post(path_of(letter), {"why": "balas"}).content.decode()


def test_nothing_to_open(letter: Feedback, administrator: Client) -> None:
    Feedback.objects.update(contact="")
    assert "Tidak ada kontak." in administrator.get("/kelola/kabar/").content.decode()
    assert administrator.get(path_of(letter)).status_code == 404
    assert administrator.post(path_of(letter), {"why": "balas"}).status_code == 404
    assert administrator.get("/kelola/kabar/999999/kontak/").status_code == 404


def test_the_way_back_leads_to_the_list_that_has_it(letter: Feedback, administrator: Client) -> None:
    back = administrator.get(path_of(letter) + "?keadaan=semua&saya=1").content.decode()
    assert f'href="/kelola/kabar/?keadaan=semua&amp;saya=1#kabar-{letter.pk}"' in back
    Feedback.objects.update(state=FeedbackState.DONE)
    back = administrator.get(path_of(letter)).content.decode()
    assert f'href="/kelola/kabar/?keadaan=selesai#kabar-{letter.pk}"' in back


def test_words_of_the_reader_are_escaped(letter: Feedback, administrator: Client) -> None:
    Feedback.objects.filter(pk=letter.pk).update(contact='"><script>x</script>', text="<b>y</b>")
    page = administrator.post(path_of(letter), {"why": "balas"}).content.decode()
    assert "<script>x" not in page
    assert "<b>y" not in page


def test_queries(letter: Feedback, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    officer = officer_of(letter)
    with django_assert_num_queries(4):  # session, account, roles, feedback
        officer.get(path_of(letter))


def test_the_roles_that_may() -> None:
    may = {code for code, role in ROLES.items() if Permission.READ_PERSONAL in role.permissions}
    assert may == {ServiceOfficer.code, ServiceAdmin.code, AgencyHead.code, Administrator.code}


def test_the_home_of_an_agency_shows_no_contact(letter: Feedback) -> None:
    assert letter.service is not None
    home = client_of(member(AgencyHead.code, letter.service.owner))
    page = home.get(f"/kelola/instansi/{letter.service.owner.slug}/").content.decode()
    assert "Loketnya pindah" in page
    assert "0812" not in page
