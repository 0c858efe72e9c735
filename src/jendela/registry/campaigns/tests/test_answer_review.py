"""Sending from the phone, and what comes after: late, again, handed over, proof, spreadsheet."""

import datetime
from io import BytesIO
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from jendela.registry.campaigns import proof
from jendela.registry.campaigns.actions import reviewing, rounds
from jendela.registry.campaigns.choices import BundleState
from jendela.registry.campaigns.models import Bundle
from jendela.registry.campaigns.tests.answering import Phone
from jendela.registry.campaigns.tests.world import DUE, MONDAY, World

pytestmark = pytest.mark.django_db
LATE = DUE + datetime.timedelta(days=3)


def at(day: datetime.date, hour: int = 3) -> Any:
    return time_machine.travel(datetime.datetime.combine(day, datetime.time(hour, 5)), tick=False)


@pytest.fixture
def world() -> Any:
    with at(MONDAY):
        yield World()


def fill(phone: Phone) -> None:
    for name in ("Aplikasi Satu", "Aplikasi Dua"):
        phone.tap(name, "semua")
        phone.say(name, "pengelola", operating_unit="Bidang Uji")
        phone.tap(name, "belum_tahu", "biaya")
    phone.post("aplikasi-lain/", {"say": "tidak_ada"})


def sent(world: World) -> Phone:
    phone = Phone(world, world.sent())
    fill(phone)
    assert phone.post("periksa/")["Location"] == f"{phone.base}terkirim/"
    return phone


def test_sent_is_said_only_after_it_is_written(world: World) -> None:
    phone = sent(world)

    page = phone.get("terkirim/").content.decode()

    assert "Terkirim 23 November 2026 10.05 WIB." in page
    world.first.refresh_from_db()
    assert world.first.operating_unit == "Bidang Uji"
    source = world.first.sources.get(field="operating_unit")
    assert (source.stated_by, source.grade) == ("Dinas Contoh", "C")


def test_unfinished_is_not_sent_and_says_where(world: World) -> None:
    phone = Phone(world, world.sent())
    phone.tap("Aplikasi Satu", "semua")

    answer = phone.post("periksa/", {"note": "Maaf lama."})

    page = answer.content.decode()
    assert answer.status_code == 400
    assert "Masih ada pertanyaan yang belum dijawab" in page
    assert "Maaf lama." in page
    assert phone.get("terkirim/")["Location"] == phone.base
    assert phone.bundle.state == BundleState.WORKING


def test_opened_again_until_the_deadline(world: World) -> None:
    phone = sent(world)
    code = proof.code_of(phone.bundle)

    assert phone.post("buka-lagi/")["Location"] == phone.base
    assert phone.bundle.state == BundleState.WORKING
    assert "sedang diperbarui" in Client().get(f"/bukti/{code}/").content.decode()
    with at(MONDAY, 5):
        phone.say("Aplikasi Satu", "pengelola", operating_unit="Bidang Lain")
        phone.post("periksa/")
    world.first.refresh_from_db()
    assert world.first.operating_unit == "Bidang Lain"
    assert Client().get(f"/bukti/{code}/").status_code == 404  # a newer proof took its place


def test_after_the_deadline_it_is_taken_and_said(world: World) -> None:
    phone = Phone(world, world.sent())
    with at(LATE):
        fill(phone)
        assert "Batas waktunya sudah lewat" in phone.get("periksa/").content.decode()
        phone.post("periksa/")
        assert "Batas waktunya sudah lewat" in phone.get("terkirim/").content.decode()
        assert "Buka lagi" not in phone.get("terkirim/").content.decode()
        phone.post("buka-lagi/")
        assert phone.bundle.state == BundleState.SUBMITTED


def test_closed_round_takes_nothing_and_leaves_the_proof(world: World) -> None:
    phone = sent(world)
    rounds.close_round(round_=phone.round, by=world.by)

    assert phone.get("bukti/").status_code == 200
    assert phone.get("terkirim/").status_code == 200
    assert phone.post("buka-lagi/").status_code == 410
    assert phone.get("tanya/").status_code == 410


def test_returned_with_a_note_comes_back_to_the_phone(world: World) -> None:
    phone = sent(world)
    row = phone.item("Aplikasi Satu")
    reviewing.decide(bundle=phone.bundle, returned={row.pk: "Sebut nama seksinya."}, by=world.by)

    assert "perlu dilengkapi" in phone.get().content.decode()
    assert "Sebut nama seksinya." in phone.get(f"{row.pk}/").content.decode()
    phone.say("Aplikasi Satu", "pengelola", operating_unit="Seksi Uji")
    assert phone.post("periksa/").status_code == 302
    assert phone.bundle.state == BundleState.SUBMITTED


def test_unlisted_applications_are_named(world: World) -> None:
    phone = Phone(world, world.sent())

    assert phone.post("aplikasi-lain/", {"say": "isi", "name": [""], "purpose": [""]}).status_code == 400
    more = phone.post("aplikasi-lain/", {"say": "tambah", "name": ["Buku Tamu"], "purpose": [""]})
    assert "Buku Tamu" in more.content.decode()
    phone.post("aplikasi-lain/", {"say": "isi", "name": ["Buku Tamu", " "], "purpose": ["Tamu kantor", ""]})

    assert phone.bundle.unlisted == [{"name": "Buku Tamu", "purpose": "Tamu kantor"}]


def test_handed_over_with_all_that_is_saved(world: World) -> None:
    phone = Phone(world, world.sent())
    phone.tap("Aplikasi Satu", "semua")
    assert phone.post("serahkan/", {"name": "Ani", "email": "bukan alamat"}).status_code == 400

    answer = phone.post("serahkan/", {"name": "Ani Rekan", "email": "ani@contoh.go.id"})

    assert "Sudah diserahkan" in answer.content.decode()
    assert phone.get().status_code == 410
    new = Phone(world, phone.round, client=Client(), begin=False)
    assert new.base != phone.base
    assert "Anda Ani Rekan?" in new.get().content.decode()
    new.post("mulai/")
    assert new.item("Aplikasi Satu").answers
    assert Bundle.objects.get(pk=phone.bundle.pk).holder is None


def test_question_to_kominfo_and_its_answer(world: World) -> None:
    phone = Phone(world, world.sent())
    assert phone.post("tanya/", {"text": ""}).status_code == 400
    phone.post("tanya/", {"text": "Yang mana SIMPEG?"})

    reviewing.answer_question(bundle=phone.bundle, text="Yang di BKPSDM.", by=world.by)

    page = phone.get().content.decode()
    assert "Yang mana SIMPEG?" in page
    assert "Yang di BKPSDM." in page


def test_proof_names_no_person_and_cannot_be_made_up(world: World) -> None:
    phone = sent(world)
    page = phone.get("bukti/").content.decode()
    code = proof.code_of(phone.bundle)

    assert code in page
    assert "<svg" in page
    public = Client().get(f"/bukti/{code.lower()}/").content.decode()
    assert "Dinas Contoh" in public
    assert "2 aplikasi" in public
    assert "Oki" not in public
    key = code.partition("-")[0]
    for wrong in (f"{key}-AAAA-AAAA", "x", "0-AAAA-AAAA", "ZZZZZZZZZZZZ-AAAA-AAAA"):
        assert Client().get(f"/bukti/{wrong}/").status_code == 404


def test_no_proof_before_it_is_sent(world: World) -> None:
    phone = Phone(world, world.sent())
    assert phone.get("bukti/")["Location"] == phone.base
    with pytest.raises(ValueError, match="nothing was sent"):
        proof.code_of(phone.bundle)


def test_spreadsheet_goes_out_and_comes_back(world: World) -> None:
    phone = Phone(world, world.sent())
    data = phone.get("isian.xlsx").content
    book = load_workbook(BytesIO(data))
    assert "Aplikasi Satu" in str([[cell.value for cell in row] for row in book.active.iter_rows()])

    answer = phone.post("berkas/", {"file": SimpleUploadedFile("isian.xlsx", data)})
    assert answer.status_code == 200
    assert phone.post("berkas/", {"file": SimpleUploadedFile("x.xlsx", b"%PDF-1.4")}).status_code == 400
