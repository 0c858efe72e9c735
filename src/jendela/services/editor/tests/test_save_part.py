"""A draft that keeps itself: saved once, refused when another was faster, never lost."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from tests.people import member

from jendela.common.audit import Actor
from jendela.common.models import AuditEntry
from jendela.services.editor import actions
from jendela.services.editor.models import Draft, DraftEdit, DraftPart
from jendela.services.editor.reads import draft_changes
from jendela.services.editor.tests.world import World, world

pytestmark = pytest.mark.django_db


@pytest.fixture
def w() -> World:
    return world()


def save(w: World, text: str, revision: int = 0, who: str = "writer", part: str = "A5") -> Any:
    data = {"text": text, "revision": str(revision)}
    return w.client(who).post(w.path(f"{part}/simpan/"), data)


def test_a_save_says_when_and_which_revision(w: World) -> None:
    answer = save(w, "Kartu contoh")
    assert answer.status_code == 200
    told = answer.json()
    assert told["revision"] == 1
    assert told["said"].startswith("Tersimpan ")
    assert told["said"].endswith(" WIB")
    assert told["lines"] == ["Kartu contoh"]
    assert draft_changes(w.service) == {"A5": "Kartu contoh"}


def test_the_same_save_twice_changes_nothing(w: World) -> None:
    first, second = save(w, "Kartu"), save(w, "Kartu")
    assert (first.json()["revision"], second.json()["revision"]) == (1, 1)
    assert DraftEdit.objects.count() == 1


def test_saves_of_one_sitting_are_one_entry(w: World) -> None:
    save(w, "Ka")
    save(w, "Kartu", 1)
    save(w, "Kartu baru", 2)
    edit = DraftEdit.objects.get()
    assert (edit.before, edit.after, edit.by_name) == ("", "Kartu baru", "Rina Wati")
    assert AuditEntry.objects.filter(action="editor.written_part").count() == 1


def test_the_second_of_two_editors_is_told_and_nothing_is_written(w: World) -> None:
    save(w, "Tulisan Rina")
    answer = save(w, "Tulisan kepala", 0, who="head")
    assert answer.status_code == 409
    assert "Rina Wati" in answer.json()["said"]
    assert draft_changes(w.service) == {"A5": "Tulisan Rina"}


def test_a_save_after_publication_of_the_part_is_refused(w: World) -> None:
    save(w, "Kartu")
    actions.publish_draft(service=w.service, parts=["A5"], seen=None, by=w.by)
    assert save(w, "Kartu lama", 1).status_code == 409


def test_writing_what_is_published_ends_the_draft_of_the_part(w: World) -> None:
    save(w, "Kartu")
    save(w, "", 1)
    assert draft_changes(w.service) == {}
    assert Draft.objects.get().keeper is None


def test_opening_and_saving_unchanged_starts_no_draft(w: World) -> None:
    assert save(w, "").status_code == 200
    assert not Draft.objects.exists()


def test_what_cannot_be_kept_is_said(w: World) -> None:
    data = {"how": "angka", "longest": "tiga", "unit": "hari", "revision": "0"}
    answer = w.client().post(w.path("A3/simpan/"), data)
    assert answer.status_code == 422
    assert "Tulis angka saja" in answer.json()["said"]
    assert not DraftPart.objects.exists()


@pytest.mark.parametrize("revision", ["", "x", "-1", "٣", "9" * 40])
def test_a_broken_revision_is_taken_for_the_first(w: World, revision: str) -> None:
    answer = w.client().post(w.path("A5/simpan/"), {"text": "Kartu", "revision": revision})
    assert answer.json()["revision"] == 1


def test_reading_counts_fees_and_papers(w: World) -> None:
    data = {"how": "rincian", "revision": "0", "biaya-0-label": "Baru", "biaya-0-amount": "Rp 50.000",
            "biaya-1-label": "Cetak", "biaya-1-amount": "25000", "biaya-1-note": "per lembar"}  # fmt: skip
    told = w.client().post(w.path("A4/simpan/"), data).json()
    assert told["lines"] == ["Baru: Rp50.000", "Cetak: Rp25.000 (per lembar)"]
    assert told["note"] == "Bila semua baris dibayar: Rp75.000."
    assert draft_changes(w.service)["A4"] == "Baru Rp50.000\nCetak Rp25.000 (per lembar)"
    told = save(w, "Fotokopi KK\nKTP-el asli 2 lembar", part="A1").json()
    assert told["lines"] == [
        "Fotokopi KK (cukup fotokopi)",
        "KTP-el asli 2 lembar (bawa yang asli, 2 lembar)",
    ]


def test_a_stranger_and_a_get_get_nothing(w: World) -> None:
    assert save(w, "x", who="stranger").status_code == 404
    assert w.client().get(w.path("A5/simpan/")).status_code == 405
    assert not Draft.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_first_saves_at_once_keep_one_and_refuse_the_other() -> None:
    w = world()
    other = member("service_admin", w.owner, name="Budi")

    def write(who: Actor) -> str:
        try:
            actions.save_part(service=w.service, part="A5", value=who.name, revision=0, by=who)
            return "saved"
        except actions.PartChangedError:
            return "refused"
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        told = list(pool.map(write, [w.by, Actor("Budi", user=other)]))
    assert sorted(told) == ["refused", "saved"]
    assert DraftPart.objects.get().revision == 1
