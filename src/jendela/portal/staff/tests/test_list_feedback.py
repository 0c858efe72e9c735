"""/kelola/kabar/: reading what the public said, marking it as done, and taking that back."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from jendela.common.models import AuditEntry
from jendela.portal.staff.reads import PAGE
from jendela.services.catalogue.choices import FeedbackState, FeedbackTopic
from jendela.services.catalogue.models import Feedback


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
    with django_assert_num_queries(4):  # session, account, feedback
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
    assert administrator.get("/kelola/kabar/999/").status_code == 405


def test_a_post_needs_the_token_of_the_form(administrator: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = administrator.cookies
    row = said()[0]
    assert answer(strict, row) == 403
