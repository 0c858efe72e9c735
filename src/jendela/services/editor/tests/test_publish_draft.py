"""Publishing: what was read is what becomes public, at once, and can be taken back for a day."""

import datetime

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from jendela.services.catalogue.choices import StandardState
from jendela.services.catalogue.models import Correction, Publication, Standard
from jendela.services.editor import actions
from jendela.services.editor.models import Draft, DraftPart
from jendela.services.editor.reads import draft_changes
from jendela.services.editor.tests.world import World, world

pytestmark = pytest.mark.django_db


@pytest.fixture
def w() -> World:
    return world()


def write(w: World, **parts: object) -> None:
    for part, value in parts.items():
        row = DraftPart.objects.filter(draft__service=w.service, part=part).first()
        actions.save_part(
            service=w.service, part=part, value=value, revision=row.revision if row else 0, by=w.by
        )


def publish(w: World, *parts: str, seen: str = "", who: str = "writer") -> object:
    client = w.client(who)
    seen = seen or client.get(w.path("terbit/")).context["seen"]
    return client.post(w.path("terbit/"), {"seen": seen, "bagian": list(parts)})


def body(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined,no-any-return]


def test_the_page_shows_old_and_new_and_asks_once(w: World) -> None:
    write(w, A1="KTP-el asli\nKartu keluarga asli", A5="Kartu")
    page = body(w.client().get(w.path("terbit/")))
    assert "<del>" in page
    assert "Terbitkan Bawa apa" in page
    assert Standard.objects.filter(service=w.service).count() == 1


def test_chosen_parts_become_public_the_others_stay_drafts(w: World) -> None:
    write(w, A1="KTP-el asli", A5="Kartu")
    answer = publish(w, "A1")
    page = body(w.client().get(answer["Location"]))  # type: ignore[index]
    assert "Sudah terbit" in page
    assert f"/layanan/{w.service.slug}/" in page
    assert draft_changes(w.service) == {"A5": "Kartu"}
    public = Standard.objects.get(service=w.service, state=StandardState.INTERIM)
    assert (public.version, public.stated_by) == (2, "Dinas Contoh")
    assert Correction.objects.filter(service=w.service).exists()


def test_an_empty_draft_is_nobodys_work(w: World) -> None:
    write(w, A5="Kartu")
    assert Draft.objects.get().keeper == w.writer
    publish(w, "A5")
    assert Draft.objects.get().keeper is None


def test_what_changed_since_it_was_read_is_not_published(w: World) -> None:
    write(w, A5="Kartu")
    seen = w.client().get(w.path("terbit/")).context["seen"]
    write(w, A5="Kartu lain")
    answer = publish(w, "A5", seen=seen)
    assert answer.status_code == 409  # type: ignore[attr-defined]
    assert "Isinya berubah sejak halaman ini dibuka." in body(answer)
    assert not Publication.objects.exists()


def test_nothing_chosen_and_nothing_to_publish_are_said(w: World) -> None:
    assert "Tidak ada yang bisa diterbitkan sekarang." in body(w.client().get(w.path("terbit/")))
    write(w, A5="Kartu")
    assert "Pilih sedikitnya satu bagian." in body(publish(w))
    assert not Publication.objects.exists()


def test_a_wrong_part_stops_all_of_it(w: World) -> None:
    write(w, A5="Kartu", complaint={"officer": "Budi", "channel": ""})
    page = body(publish(w, "A5", "complaint"))
    assert "Ada bagian yang perlu diperbaiki dulu. Tidak ada yang diterbitkan." in page
    assert "Tulis petugas dan sarananya, keduanya." in page
    assert not Publication.objects.exists()
    assert draft_changes(w.service).keys() == {"A5", "complaint"}


def test_a_publication_is_taken_back_and_becomes_a_draft_again(w: World) -> None:
    write(w, A5="Kartu")
    publish(w, "A5")
    made = Publication.objects.get()
    client = w.client()
    client.post(w.path(f"terbit/{made.pk}/tarik/"), {"alasan": "keliru"})
    assert Standard.objects.get(service=w.service, state=StandardState.INTERIM).version == 1
    assert draft_changes(w.service) == {"A5": "Kartu"}
    assert Draft.objects.get().keeper == w.writer
    page = body(client.get(w.path(f"terbit/{made.pk}/")))
    assert "Penerbitan ini sudah ditarik" in page
    assert "Alasan: keliru" in page


def test_what_would_become_empty_is_said_and_not_chosen(w: World) -> None:
    write(w, A1="", A5="Kartu")
    page = body(w.client().get(w.path("terbit/")))
    assert page.count("Bagian ini akan kosong.") == 1
    assert 'value="A5" checked' in page
    assert 'value="A1" checked' not in page


def test_after_a_day_it_stays(w: World) -> None:
    write(w, A5="Kartu")
    publish(w, "A5")
    made = Publication.objects.get()
    Publication.objects.update(published_at=timezone.now() - datetime.timedelta(hours=25))
    client = w.client()
    answer = client.post(w.path(f"terbit/{made.pk}/tarik/"), follow=True)
    assert "hanya dalam 24 jam" in body(answer)
    assert Standard.objects.get(service=w.service, state=StandardState.INTERIM).version == 2


def test_a_publication_of_another_service_is_not_here(w: World) -> None:
    assert w.client().get(w.path("terbit/999/")).status_code == 404
    assert w.client().post(w.path("terbit/999/tarik/")).status_code == 404


def test_discard_and_bring_back(w: World) -> None:
    write(w, A5="Kartu", A1="KTP")
    client = w.client()
    page = body(client.post(w.path("buang/"), {"bagian": "A1"}, follow=True))
    assert draft_changes(w.service) == {"A5": "Kartu"}
    page = body(client.post(w.path("buang/"), follow=True))
    assert "Ada rancangan yang dibuang." in page
    assert draft_changes(w.service) == {}
    client.post(w.path("kembalikan/"))
    assert draft_changes(w.service) == {"A5": "Kartu", "A1": "KTP"}
    assert Draft.objects.get().keeper == w.writer


def test_compare_marks_words_and_says_when_nothing_differs(w: World) -> None:
    assert "Tidak ada yang berbeda." in body(w.client().get(w.path("beda/")))
    write(w, A1="KTP-el asli\nFotokopi akta", ways=[{"kind": "loket", "text": "Loket kami"}])
    page = body(w.client().get(w.path("beda/")))
    assert "<ins>" in page
    assert "ditambah:" in page
    assert "Datang ke loket" in page


def test_cost_of_the_pages(w: World, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    write(w, A1="KTP", A2="Datang", A5="Kartu", ways=[{"kind": "loket", "text": "Loket kami"}])
    client = w.client()
    with django_assert_num_queries(13):
        client.get(w.path("beda/"))
    with django_assert_num_queries(14):
        client.get(w.path("terbit/"))
    with django_assert_num_queries(20):
        client.get(w.path())
