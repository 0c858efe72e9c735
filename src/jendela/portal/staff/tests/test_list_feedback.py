"""/kelola/kabar/: reading what the public said, marking it as done, and taking that back."""

import datetime

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from tests.people import client_of, member

from jendela.common.audit import Actor
from jendela.common.jobs import REGISTRY
from jendela.common.models import AuditEntry
from jendela.people.access.roles import ServiceAdmin, ServiceOfficer
from jendela.people.accounts.models import User
from jendela.people.agencies.models import Agency
from jendela.people.members import work
from jendela.portal.staff.reads import PAGE
from jendela.services.catalogue.choices import FeedbackState, FeedbackTopic
from jendela.services.catalogue.models import Feedback, Service


def said(number: int = 1) -> list[Feedback]:
    rows = [
        Feedback(
            page="/aplikasi/siapkerja/",
            topic=FeedbackTopic.WRONG,
            text=f"Kabar {i}",
            contact="0812 0000 0000",
        )
        for i in range(number)
    ]
    return Feedback.objects.bulk_create(rows)


def answer(client: Client, row: Feedback, **values: str) -> int:
    return client.post(f"/kelola/kabar/{row.pk}/", {"state": "selesai", **values}).status_code


def test_newest_first_in_pages(
    administrator: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    rows = said(PAGE + 3)
    with django_assert_num_queries(7):  # session, account, roles, feedback, readers, owners, agencies
        page = administrator.get("/kelola/kabar/").content.decode()
    assert page.count("<blockquote") == PAGE
    assert f"Nomor {rows[-1].pk}" in page
    key = rows[3].pk
    assert f"keadaan=baru&amp;sebelum={key}" in page
    rest = administrator.get(f"/kelola/kabar/?keadaan=baru&sebelum={key}").content.decode()
    assert rest.count("<blockquote") == 3
    assert "Kembali ke awal" in rest


def test_marked_as_done_and_taken_back(administrator: Client) -> None:
    row = said()[0]
    reply = administrator.post(
        f"/kelola/kabar/{row.pk}/", {"state": "selesai", "answer": "Jam diperbaiki.", "keadaan": "baru"}
    )
    assert reply["Location"] == f"/kelola/kabar/?keadaan=baru&dijawab={row.pk}"
    assert f"Kabar nomor {row.pk} ditandai selesai." in administrator.get(reply["Location"]).content.decode()
    row.refresh_from_db()
    assert (row.state, row.answer) == (FeedbackState.DONE, "Jam diperbaiki.")
    assert row.answered_at is not None
    assert answer(administrator, row, state="baru") == 302
    again = Feedback.objects.get(answered_at=None)
    assert (again.state, again.answer) == (FeedbackState.NEW, "Jam diperbaiki.")


def test_the_trail_keeps_no_words_of_the_reader(administrator: Client) -> None:
    row = said()[0]
    answer(administrator, row, answer="Sudah.")
    entry = AuditEntry.objects.get(action="catalogue.answer_feedback")
    assert entry.actor == "Ani Rahmawati"
    assert entry.before == {"state": "baru", "answer": ""}
    assert entry.after == {"state": "selesai", "answer": "Sudah."}


def test_too_long_an_answer_keeps_what_was_typed(administrator: Client) -> None:
    row = said()[0]
    reply = administrator.post(f"/kelola/kabar/{row.pk}/", {"state": "selesai", "answer": "x" * 501})
    assert reply.status_code == 400
    assert "x" * 501 in reply.content.decode()
    row.refresh_from_db()
    assert row.state == FeedbackState.NEW


@pytest.mark.parametrize(("state", "seen"), [("baru", 1), ("selesai", 1), ("semua", 2), ("ngawur", 1)])
def test_filter_by_state(administrator: Client, state: str, seen: int) -> None:
    first, _second = said(2)
    Feedback.objects.filter(pk=first.pk).update(state=FeedbackState.DONE)
    page = administrator.get(f"/kelola/kabar/?keadaan={state}&sebelum=x").content.decode()
    assert page.count("<blockquote") == seen


def test_words_of_readers_are_escaped_and_pages_are_own(administrator: Client) -> None:
    Feedback.objects.create(page="//jahat.id/", topic=FeedbackTopic.OTHER, text="<script>x</script>")
    page = administrator.get("/kelola/kabar/").content.decode()
    assert "<script>x" not in page
    assert 'href="//jahat.id/"' not in page


def test_what_does_not_exist(administrator: Client) -> None:
    assert administrator.post("/kelola/kabar/999/", {"state": "selesai"}).status_code == 404
    assert administrator.post("/kelola/kabar/999/", {"state": "ngawur"}).status_code == 404
    row = said()[0]
    assert administrator.get(f"/kelola/kabar/{row.pk}/").status_code == 405
    assert administrator.get(f"/kelola/kabar/{row.pk}/tugas/").status_code == 405


def test_a_post_needs_the_token_of_the_form(administrator: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = administrator.cookies
    row = said()[0]
    assert answer(strict, row) == 403


@pytest.fixture
def two(region: None) -> tuple[Feedback, Feedback]:
    """Words for Disdukcapil and for another agency."""
    rows = []
    for slug in ("disdukcapil", "diskominfo"):
        service = Service.objects.filter(owner__slug=slug).first()
        rows.append(
            Feedback.objects.create(
                page="/", topic=FeedbackTopic.WRONG, text=f"Untuk {slug}", service=service
            )
        )
    Feedback.objects.create(page="/instansi/disdukcapil/", topic=FeedbackTopic.MISSING, text="Tanpa layanan")
    return rows[0], rows[1]


def test_each_agency_reads_its_own(two: tuple[Feedback, Feedback]) -> None:
    own, other = two
    officer = client_of(member(ServiceOfficer.code, at=Agency.objects.get(slug="disdukcapil")))
    page = officer.get("/kelola/kabar/?keadaan=semua").content.decode()
    assert "Untuk disdukcapil" in page
    assert "Untuk diskominfo" not in page
    assert "Tanpa layanan" not in page
    for path in (f"/kelola/kabar/{other.pk}/", f"/kelola/kabar/{other.pk}/tugas/"):
        assert officer.post(path, {"state": "selesai", "kepada": ""}).status_code == 404
    assert answer(officer, own) == 302
    other.refresh_from_db()
    assert other.state == FeedbackState.NEW


def test_narrowed_by_agency_topic_and_self(administrator: Client, two: tuple[Feedback, Feedback]) -> None:
    own, _other = two
    assert "Untuk diskominfo" not in administrator.get("/kelola/kabar/?instansi=disdukcapil").content.decode()
    found = administrator.get("/kelola/kabar/?tentang=kurang").content.decode()
    assert "Tanpa layanan" in found
    assert "Untuk disdukcapil" not in found
    me = User.objects.get(email="ani@contoh.id")
    assert "<blockquote" not in administrator.get("/kelola/kabar/?saya=1").content.decode()
    administrator.post(f"/kelola/kabar/{own.pk}/tugas/", {"kepada": str(me.pk)})
    assert administrator.get("/kelola/kabar/?saya=1").content.decode().count("<blockquote") == 1


def test_given_to_a_colleague_and_back(administrator: Client, two: tuple[Feedback, Feedback]) -> None:
    own, _other = two
    near = member(ServiceOfficer.code, at=Agency.objects.get(slug="disdukcapil"), name="Budi Santoso")
    far = member(ServiceOfficer.code, at=Agency.objects.get(slug="diskominfo"), name="Eka Putri")
    page = administrator.get("/kelola/kabar/?instansi=disdukcapil").content.decode()
    assert "Budi Santoso</option>" in page
    assert "Eka Putri</option>" not in page
    path = f"/kelola/kabar/{own.pk}/tugas/"
    reply = administrator.post(path, {"kepada": str(near.pk), "instansi": "disdukcapil"})
    expected = f"/kelola/kabar/?keadaan=baru&instansi=disdukcapil&ditugaskan={own.pk}#kabar-{own.pk}"
    assert reply["Location"] == expected
    own.refresh_from_db()
    assert own.assigned_to == near
    assert administrator.post(path, {"kepada": str(far.pk)}).status_code == 404
    administrator.post(path, {"kepada": ""})
    assert Feedback.objects.get(pk=own.pk).assigned_to_id is None
    entry = AuditEntry.objects.filter(action="catalogue.assign_feedback").order_by("id").first()
    assert entry is not None
    assert entry.after == {"assigned_to": near.pk}


def test_a_way_to_mend_the_page(two: tuple[Feedback, Feedback]) -> None:
    own, _other = two
    place = Agency.objects.get(slug="disdukcapil")
    assert own.service is not None
    link = f'href="/kelola/standar/{own.service.slug}/"'
    assert link in client_of(member(ServiceAdmin.code, at=place)).get("/kelola/kabar/").content.decode()
    assert link not in client_of(member(ServiceOfficer.code, at=place)).get("/kelola/kabar/").content.decode()


def test_a_leavers_letters_go_to_a_colleague(two: tuple[Feedback, Feedback]) -> None:
    own, other = two
    place = Agency.objects.get(slug="disdukcapil")
    old, new = member(ServiceOfficer.code, at=place), member(ServiceOfficer.code, at=place)
    Feedback.objects.filter(pk__in=[own.pk, other.pk]).update(assigned_to=old)
    kind = next(one for one in work.kinds() if one.key == "kabar")
    assert (kind.count(old.pk, place.pk), kind.count(old.pk, None)) == (1, 1)
    assert kind.hand_over(old.pk, new.pk, place.pk, Actor("uji")) == 1
    assert kind.count(old.pk, place.pk) == 0
    own.refresh_from_db()
    other.refresh_from_db()
    assert (own.assigned_to, other.assigned_to) == (new, old)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("age", "answered", "contact", "text"),
    [(1, 89, "0812", "Isi"), (1, 91, "", "Isi"), (729, None, "0812", "Isi"), (731, None, "", "")],
)
def test_contacts_and_texts_have_an_end(age: int, answered: int | None, contact: str, text: str) -> None:
    row = Feedback.objects.create(page="/", topic=FeedbackTopic.WRONG, text="Isi", contact="0812")
    now = timezone.now()
    Feedback.objects.filter(pk=row.pk).update(
        created_at=now - datetime.timedelta(days=age),
        state=FeedbackState.DONE if answered else FeedbackState.NEW,
        answered_at=now - datetime.timedelta(days=answered) if answered else None,
    )
    REGISTRY["services_catalogue.forget_feedback"].handler()
    row.refresh_from_db()
    assert (row.contact, row.text) == (contact, text)
