"""The road to 'Standar berlaku': discussion, decree, target, charter; the gate opens only when all is there."""

import datetime

import pytest

from jendela.common.dates import today
from jendela.services.catalogue import actions as catalogue
from jendela.services.catalogue.choices import StandardState
from jendela.services.catalogue.models import InterimTarget, ServiceCharter, Standard
from jendela.services.editor import actions
from jendela.services.editor.models import Draft, DraftPart
from jendela.services.editor.reads import draft_changes
from jendela.services.editor.tests.world import World, world

pytestmark = pytest.mark.django_db
SK = {
    "decree_number": "188/12/2026",
    "decree_date": "2026-11-20",
    "signed_by": "Kepala",
    "valid_from": "2026-11-20",
}


@pytest.fixture
def w() -> World:
    return world()


def body(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined,no-any-return]


def fill(w: World) -> None:
    parts = {
        "A3": "3 hari kerja",
        "A5": "Kartu",
        "A6": "Kotak pengaduan",
        "complaint": {"officer": "Budi, kepala seksi", "channel": "0531 000000"},
    }
    for part, value in parts.items():
        actions.save_part(service=w.service, part=part, value=value, revision=0, by=w.by)


def discuss(w: World) -> None:
    data = {"consulted_on": "2026-11-01", "participants": "12 warga", "minutes": "Disetujui dengan usul."}
    assert w.client().post(w.path("konsultasi/"), data).status_code == 302


def decree(w: World, **changed: str) -> object:
    client = w.client("head")
    seen = client.get(w.path("tetapkan/")).context["seen"]
    return client.post(w.path("tetapkan/"), SK | {"seen": seen} | changed)


def test_the_gate_names_each_missing_thing_with_the_way_to_it(w: World) -> None:
    answer = decree(w)
    assert answer.status_code == 422  # type: ignore[attr-defined]
    page = body(answer)
    assert "Belum bisa ditetapkan." in page
    for part in ("A3", "A5", "A6", "pengaduan"):
        assert f'href="{w.path(part)}/"' in page
    assert f'href="{w.path("konsultasi/")}"' in page
    assert f'href="{w.path("A1/")}"' not in page
    assert 'value="188/12/2026"' in page
    assert not Standard.objects.filter(state=StandardState.IN_FORCE).exists()


def test_without_discussion_there_is_no_decree(w: World) -> None:
    fill(w)
    assert "Catat pembahasan rancangan bersama warga." in body(decree(w))
    assert not Standard.objects.filter(state=StandardState.IN_FORCE).exists()


def test_a_text_changed_after_the_discussion_is_discussed_again(w: World) -> None:
    fill(w)
    discuss(w)
    row = DraftPart.objects.get(part="A5")
    actions.save_part(service=w.service, part="A5", value="Kartu lain", revision=row.revision, by=w.by)
    assert "Catat pembahasan rancangan bersama warga." in body(decree(w))
    assert "Bahas lagi" in body(w.client().get(w.path()))
    actions.save_part(service=w.service, part="A5", value="Kartu", revision=row.revision + 1, by=w.by)
    assert decree(w).status_code == 302  # type: ignore[attr-defined]  # the wording that was discussed


@pytest.mark.parametrize("how", ["discarded", "published elsewhere"])
def test_however_the_text_changed_it_is_discussed_again(w: World, how: str) -> None:
    fill(w)
    discuss(w)
    if how == "discarded":
        actions.save_part(service=w.service, part="A4", value="Rp5.000", revision=0, by=w.by)
        discuss(w)
        actions.discard_draft(service=w.service, by=w.by, part="A4")
    else:
        catalogue.publish_interim(
            service=w.service, changes={"A2": "Datang"}, by=w.by, agency_name="Dinas Contoh"
        )
    assert "Catat pembahasan rancangan bersama warga." in body(decree(w))
    assert not Standard.objects.filter(state=StandardState.IN_FORCE).exists()


def test_publishing_what_was_discussed_needs_no_second_discussion(w: World) -> None:
    fill(w)
    discuss(w)
    actions.publish_draft(service=w.service, parts=["A3", "A5"], seen=None, by=w.by)
    assert decree(w).status_code == 302  # type: ignore[attr-defined]


def test_a_complete_draft_comes_in_force(w: World) -> None:
    fill(w)
    discuss(w)
    answer = decree(w)
    page = body(w.client("head").get(answer["Location"]))  # type: ignore[index]
    assert "Standar sudah berlaku" in page
    standard = Standard.objects.get(service=w.service, state=StandardState.IN_FORCE)
    assert (standard.decree_number, standard.complaint_officer) == ("188/12/2026", "Budi, kepala seksi")
    assert standard.consultation_participants == "12 warga"
    assert draft_changes(w.service) == {}
    draft = Draft.objects.get()
    assert (draft.keeper, draft.consulted_on) == (None, None)
    public = body(w.client().get(f"/layanan/{w.service.slug}/"))
    assert "Standar berlaku" in public
    assert "3 hari kerja" in public


def test_a_decreed_component_waits_for_a_new_decree_the_rest_does_not(w: World) -> None:
    fill(w)
    discuss(w)
    decree(w)
    client = w.client()
    revision = DraftPart.objects.get(part="A5").revision
    client.post(w.path("A5/"), {"text": "Kartu lain", "revision": str(revision)})
    actions.save_part(
        service=w.service, part="ways", value=[{"kind": "loket", "text": "Loket"}], revision=0, by=w.by
    )
    page = client.get(w.path("terbit/"))
    assert "Menunggu SK baru" in body(page)
    assert "Simpan dan terbitkan" not in body(client.get(w.path("A5/?langsung=1")))
    done = client.post(w.path("terbit/"), {"seen": page.context["seen"], "bagian": ["A5", "ways"]})
    assert done.status_code == 302
    assert "ways" not in draft_changes(w.service)
    assert Standard.objects.get(service=w.service, state=StandardState.IN_FORCE).version == 2
    assert "A5" in draft_changes(w.service)


def test_a_decree_for_a_day_to_come_waits(w: World) -> None:
    fill(w)
    discuss(w)
    later = today() + datetime.timedelta(days=3)
    answer = decree(w, valid_from=later.isoformat())
    assert "SK sudah dicatat" in body(w.client("head").get(answer["Location"]))  # type: ignore[index]
    assert Standard.objects.get(service=w.service, state=StandardState.DECREED).valid_from == later
    page = w.client().get(w.path())
    assert "Mulai hari itu, isi standar mengikuti SK." in body(page)
    assert "SK berlaku " in body(w.client().get("/kelola/standar/"))
    assert [stage.done for stage in page.context["stages"]] == [True, True, True, False, False]
    assert page.context["gate"] == []  # what is decreed lacks nothing
    assert (
        page.context["stages"][0].text == "6 dari 14 komponen terisi."
    )  # of the decree, not of today's page
    actions.save_part(service=w.service, part="B7", value="UU 24/2013", revision=0, by=w.by)
    assert "Mulai hari itu, isi standar mengikuti SK." in body(w.client().get(w.path("terbit/")))


def test_a_decree_older_than_the_discussion_is_refused_in_words(w: World) -> None:
    fill(w)
    discuss(w)
    answer = decree(w, decree_date="2026-10-30")
    assert answer.status_code == 422  # type: ignore[attr-defined]
    assert (
        body(answer).count("Pembahasan dilakukan sebelum SK ditetapkan.") == 2
    )  # in the summary and at its field


def test_a_part_that_is_wrong_is_named_where_it_hinders_the_decree(w: World) -> None:
    fill(w)
    discuss(w)
    way = {"kind": "situs", "text": "Situs", "url": "javascript:alert(1)"}
    actions.save_part(service=w.service, part="ways", value=[way], revision=0, by=w.by)
    page = body(decree(w))
    assert "Ada bagian yang perlu diperbaiki dulu." in page
    assert f'href="{w.path("cara/")}"' in page


def test_what_changed_while_the_head_read_is_not_decreed(w: World) -> None:
    fill(w)
    discuss(w)
    answer = decree(w, seen="0" * 32)
    assert "Isinya berubah sejak halaman ini dibuka." in body(answer)
    assert not Standard.objects.filter(state=StandardState.IN_FORCE).exists()


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("decree_number", "", "Isi bagian ini."),
        ("decree_date", "2099-01-01", "Tanggalnya belum tiba."),
        ("decree_date", "31/31/2026", "Tulis tanggal seperti 24/11/2026."),
        ("valid_from", "2026-11-01", "paling awal pada tanggal SK"),
    ],
)
def test_a_wrong_decree_is_refused_in_words(w: World, field: str, value: str, words: str) -> None:
    fill(w)
    discuss(w)
    answer = decree(w, **{field: value})
    assert answer.status_code == 422  # type: ignore[attr-defined]
    assert words in body(answer)
    assert not Standard.objects.filter(state=StandardState.IN_FORCE).exists()


def test_only_the_head_decrees_and_signs(w: World) -> None:
    for tail in ("tetapkan/", "target/"):
        assert w.client().get(w.path(tail)).status_code == 404
        assert w.client("head").get(w.path(tail)).status_code == 200
    assert w.client().get("/kelola/instansi/dinas-contoh/maklumat/").status_code == 404


def test_a_writer_cannot_take_a_decree_back(w: World) -> None:
    fill(w)
    discuss(w)
    decree(w)
    standard = Standard.objects.get(service=w.service, state=StandardState.IN_FORCE)
    path = w.path(f"terbit/{standard.publications.get().pk}/tarik/")
    assert "Tarik kembali" not in body(w.client().get(path.removesuffix("tarik/")))
    assert "Tarik kembali" in body(w.client("head").get(path.removesuffix("tarik/")))
    assert w.client().post(path).status_code == 404
    assert w.client("head").post(path).status_code == 302
    assert Standard.objects.get(service=w.service, state=StandardState.INTERIM).version == 1


def test_minutes_of_a_day_to_come_are_refused_and_kept(w: World) -> None:
    data = {"consulted_on": "2099-01-01", "participants": "12 warga", "minutes": "Isi"}
    answer = w.client().post(w.path("konsultasi/"), data)
    assert answer.status_code == 422
    assert "Tanggalnya belum tiba." in body(answer)
    assert "12 warga" in body(answer)


def test_a_target_only_where_no_time_is_known(w: World) -> None:
    client = w.client("head")
    data = {"longest": "5", "unit": "hari_kerja", "counts_from": "berkas lengkap", "signed_by": "Kepala"}
    assert client.post(w.path("target/"), data | {"longest": "0"}).status_code == 422
    assert client.post(w.path("target/"), data).status_code == 302
    target = InterimTarget.objects.get(service=w.service)
    assert (target.longest, target.counts_from) == (5, "sejak berkas lengkap")
    assert "dihitung sejak berkas lengkap" in body(client.get(w.path("target/")))
    assert "Ini bukan standar." in body(client.get(w.path()))
    client.post(w.path("target/tarik/"))
    assert InterimTarget.objects.get(service=w.service).withdrawn_at is not None
    actions.save_part(service=w.service, part="A3", value="3 hari kerja", revision=0, by=w.by)
    actions.publish_draft(service=w.service, parts=["A3"], seen=None, by=w.by)
    assert "Waktunya sudah diketahui." in body(client.get(w.path("target/")))
    assert client.post(w.path("target/"), data).status_code == 409
    assert InterimTarget.objects.count() == 1


def test_the_charter_begins_with_the_usual_wording(w: World) -> None:
    client = w.client("head")
    path = "/kelola/instansi/dinas-contoh/maklumat/"
    page = body(client.get(path))
    assert "kami menyatakan sanggup" in page
    assert "Belum kami pastikan bahwa kalimat itu wajib." in page
    data = {"text": "Kami sanggup.", "signed_by": "Kepala", "signed_on": "2026-11-20"}
    assert "Maklumat sudah terbit." in body(client.post(path, data, follow=True))
    assert ServiceCharter.objects.get(agency=w.owner).text == "Kami sanggup."
    assert client.post(path, data | {"signed_on": "2099-01-01"}).status_code == 422
    assert client.get("/kelola/instansi/dinas-lain/maklumat/").status_code == 404
    assert client.get("/kelola/instansi/tidak-ada/maklumat/").status_code == 404


def test_the_five_steps_say_what_is_next(w: World) -> None:
    page = w.client("head").get(w.path())
    assert [stage.next for stage in page.context["stages"]] == [True, False, False, False, False]
    fill(w)
    assert [stage.next for stage in w.client("head").get(w.path()).context["stages"]][1]
    discuss(w)
    assert [stage.next for stage in w.client("head").get(w.path()).context["stages"]][2]
    decree(w)
    page = w.client("head").get(w.path())
    assert [stage.next for stage in page.context["stages"]][3]
    assert page.context["gate"] == []
    data = {"text": "Kami sanggup.", "signed_by": "Kepala", "signed_on": "2026-11-20"}
    w.client("head").post("/kelola/instansi/dinas-contoh/maklumat/", data)
    stages = w.client("head").get(w.path()).context["stages"]
    assert not stages[4].done  # a review is still to come
    assert not any(stage.next for stage in stages)
    Standard.objects.filter(service=w.service).update(review_due=today())
    assert w.client("head").get(w.path()).context["stages"][4].next
