"""The page of a part: keeps what is typed, works without a script, sets two writers right."""

import pytest
from pytest_django import DjangoAssertNumQueries

from jendela.common.audit import Actor
from jendela.services.catalogue.models import GapCount, Standard
from jendela.services.catalogue.reads.parts import PARTS
from jendela.services.editor import actions
from jendela.services.editor.models import Draft, DraftEdit
from jendela.services.editor.reads import draft_changes
from jendela.services.editor.tests.world import World, world

pytestmark = pytest.mark.django_db


@pytest.fixture
def w() -> World:
    return world()


def body(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined,no-any-return]


@pytest.mark.parametrize("part", [part.key for part in PARTS])
def test_every_part_asks_one_question_and_saving_it_unchanged_changes_nothing(w: World, part: str) -> None:
    client = w.client()
    answer = client.get(w.path(f"{part}/"))
    assert answer.status_code == 200
    asked = next(one.question for one in PARTS if one.key == part)
    assert str(asked) in body(answer)
    form = answer.context["form"]
    data = {"revision": answer.context["revision"]}
    for one in [form.main, *(form.rows.forms if form.rows else [])]:
        for field in one.visible_fields() if one else []:
            value = field.value()
            data[field.html_name] = "" if value is None else value
    assert client.post(w.path(f"{part}/"), data).status_code == 302
    assert not Draft.objects.exists()


def test_a_plain_save_comes_back_and_says_so(w: World) -> None:
    client = w.client()
    answer = client.post(w.path("A5/"), {"text": "Kartu baru", "revision": "0", "lakukan": "simpan"})
    assert answer["Location"] == w.path("A5/?tersimpan=1")
    page = body(client.get(answer["Location"]))
    assert "Tersimpan sebagai rancangan. Warga belum melihatnya." in page
    assert "Kartu baru" in page
    assert "Kartu baru" not in body(client.get(f"/layanan/{w.service.slug}/"))


def test_next_part_and_the_indonesian_word_in_the_address(w: World) -> None:
    client = w.client()
    answer = client.post(w.path("A5/"), {"text": "Kartu", "revision": "0", "lakukan": "lanjut"})
    assert answer["Location"] == w.path("A6/")
    assert client.get(w.path("cara/")).status_code == client.get(w.path("ways/")).status_code == 200
    assert client.get(w.path("a3/")).status_code == 200
    assert client.get(w.path("A9/")).status_code == 404


def test_what_was_typed_stays_when_it_is_refused(w: World) -> None:
    data = {"how": "angka", "shortest": "9", "longest": "3", "unit": "hari", "counts_from": "berkas lengkap"}
    answer = w.client().post(w.path("A3/"), data | {"revision": "0"})
    assert answer.status_code == 422
    page = body(answer)
    assert "data-error-summary" in page
    assert 'href="#id_longest"' in page
    assert "Paling lama harus sama atau lebih dari paling cepat." in page
    assert 'value="berkas lengkap"' in page
    assert 'value="9"' in page


def test_a_draft_that_cannot_be_published_is_kept_and_named(w: World) -> None:
    client = w.client()
    answer = client.post(w.path("complaint/"), {"officer": "Budi", "channel": "", "revision": "0"})
    page = body(client.get(answer["Location"]))
    assert "Perbaiki dulu sebelum terbit." in page
    assert "Tulis petugas dan sarananya, keduanya." in page
    assert "ada yang salah" in body(client.get(w.path()))


def test_ways_are_added_moved_and_removed_without_a_script(w: World) -> None:
    client = w.client()
    row = {"cara-0-kind": "loket", "cara-0-text": "Loket kami", "revision": "0", "lakukan": "tambah"}
    answer = client.post(w.path("ways/"), row)
    assert answer["Location"].endswith("#cara-baru")
    two = {"cara-0-kind": "loket", "cara-0-text": "Loket kami", "cara-1-kind": "telepon",
           "cara-1-text": "Telepon", "cara-1-phone": "0531 000000"}  # fmt: skip
    client.post(w.path("ways/"), two | {"revision": "1", "lakukan": "naik-1"})
    assert [one["text"] for one in draft_changes(w.service)["ways"]] == ["Telepon", "Loket kami"]
    swapped = {"cara-0-kind": "telepon", "cara-0-text": "Telepon", "cara-1-kind": "loket",
               "cara-1-text": "Loket kami"}  # fmt: skip
    answer = client.post(w.path("ways/"), swapped | {"revision": "2", "lakukan": "hapus-0"})
    assert answer["Location"].endswith("#cara-0")
    assert [one["text"] for one in draft_changes(w.service)["ways"]] == ["Loket kami"]


def test_two_writers_see_both_texts_and_choose(w: World) -> None:
    rina, kepala = w.client(), w.client("head")
    rina.post(w.path("A5/"), {"text": "Kartu dari Rina", "revision": "0"})
    answer = kepala.post(w.path("A5/"), {"text": "Kartu dari kepala", "revision": "0", "lakukan": "simpan"})
    assert answer.status_code == 409
    page = body(answer)
    assert "Rina Wati menulis di bagian ini lebih dulu." in page
    assert "<del>" in page
    assert "<ins>" in page
    assert "Kartu dari kepala" in page
    assert 'name="revision" value="1"' in page
    assert draft_changes(w.service) == {"A5": "Kartu dari Rina"}
    kepala.post(w.path("A5/"), {"text": "Kartu dari kepala", "revision": "1", "lakukan": "simpan"})
    assert draft_changes(w.service) == {"A5": "Kartu dari kepala"}
    assert DraftEdit.objects.filter(after="Kartu dari Rina").exists()


def test_taking_the_others_text_keeps_the_own_in_the_history(w: World) -> None:
    actions.save_part(service=w.service, part="A5", value="Dari Rina", revision=0, by=w.by)
    data = {"text": "Dari kepala", "revision": "0", "lakukan": "punya-mereka"}
    assert w.client("head").post(w.path("A5/"), data).status_code == 302
    assert draft_changes(w.service) == {"A5": "Dari Rina"}
    assert DraftEdit.objects.filter(kind="disisihkan", after="Dari kepala").exists()
    history = body(w.client().get(w.path()))
    assert "menyisihkan tulisan sendiri" in history
    assert "Dari kepala" in history


def test_filling_a_gap_in_one_step_is_public_at_once(w: World) -> None:
    client = w.client()
    assert "Simpan dan terbitkan" in body(client.get(w.path("A3/?langsung=1")))
    nothing = client.post(
        w.path("A3/?langsung=1"), {"how": "angka", "revision": "0", "lakukan": "terbit"}, follow=True
    )
    assert "Sama dengan yang terbit." in body(nothing)
    data = {"how": "angka", "longest": "3", "unit": "hari_kerja", "counts_from": "berkas lengkap"}
    answer = client.post(w.path("A3/?langsung=1"), data | {"revision": "0", "lakukan": "terbit"})
    done = client.get(answer["Location"])
    assert "Sudah terbit" in body(done)
    assert "3 hari kerja" in body(client.get(f"/layanan/{w.service.slug}/"))
    assert Standard.objects.get(service=w.service, state="sementara").version == 2
    assert draft_changes(w.service) == {}


def test_a_gap_that_is_filled_wrongly_is_kept_but_not_published(w: World) -> None:
    data = {"officer": "Budi", "channel": "", "revision": "0", "lakukan": "terbit"}
    answer = w.client().post(w.path("complaint/?langsung=1"), data)
    assert answer["Location"] == w.path("pengaduan/?langsung=1&tersimpan=1")
    assert Standard.objects.filter(service=w.service).count() == 1
    assert "complaint" in draft_changes(w.service)


def test_what_readers_missed_stands_at_the_part(w: World) -> None:
    from jendela.common.dates import today

    GapCount.objects.create(service=w.service, gap="berapa_lama", day=today(), count=7)
    said = "Pembaca mencari lama pengurusan 7 kali dalam 30 hari."
    assert said in body(w.client().get(w.path("A3/")))
    assert said in body(w.client().get(w.path()))


def test_text_that_is_markup_is_only_text(w: World) -> None:
    client = w.client()
    client.post(w.path("A5/"), {"text": "<script>alert(1)</script>", "revision": "0"})
    for page in (w.path("A5/"), w.path("beda/"), w.path("terbit/")):
        assert "<script>alert" not in body(client.get(page))


def test_a_session_that_ended_gives_the_text_back(w: World) -> None:
    from django.test import Client

    answer = Client().post(w.path("A5/"), {"text": "Tulisan panjang " * 9, "revision": "0"})
    assert answer.status_code == 401
    assert "Tulisan panjang" in body(answer)


def test_cost_of_the_page(w: World, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    actions.save_part(service=w.service, part="A1", value="KTP", revision=0, by=Actor("x"))
    client = w.client()
    with django_assert_num_queries(14):
        client.get(w.path("A1/"))
    with django_assert_num_queries(17):
        client.get(w.path("ways/"))
