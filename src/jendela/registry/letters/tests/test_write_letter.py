"""Screens of answering letters: one click, whose letters one sees, forms of askers without code."""

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook
from tests.people import client_of, member

from jendela.registry.letters import actions
from jendela.registry.letters.models import LetterIssue, LetterTemplate
from jendela.registry.letters.tests.world import BY, World, application

pytestmark = pytest.mark.django_db
HOME = "/kelola/surat/"


@pytest.fixture
def world() -> World:
    made = World()
    application("Aplikasi Satu", made.owner, hosting_note="rak 3")
    application("Aplikasi Dua", made.other)
    return made


def test_operator_makes_a_letter_with_one_click(world: World) -> None:
    client = client_of(world.operator)
    assert "Buat sekarang" in client.get(HOME).content.decode()

    answer = client.post(f"{HOME}tulis/bebas/")

    row = LetterIssue.objects.get()
    assert answer["Location"] == f"{HOME}{row.pk}/"
    assert (row.agency, row.made_by, row.applications) == (world.owner, "Oki Operator", 1)
    page = client.get(answer["Location"]).content.decode()
    assert "Aplikasi Satu" in page
    assert "Aplikasi Dua" not in page
    for form in ("docx", "xlsx"):
        file = client.get(f"{HOME}{row.pk}/surat.{form}")
        assert file.content.startswith(b"PK")
        assert "attachment" in file["Content-Disposition"]
    assert client.get(f"{HOME}{row.pk}/surat.exe").status_code == 404
    assert "Surat lain" in client.get(HOME).content.decode()


def test_bad_date_comes_back_with_what_was_typed(world: World) -> None:
    answer = client_of(world.operator).post(
        f"{HOME}tulis/bebas/", {"asked_number": "700/12", "asked_date": "kemarin"}
    )
    assert answer.status_code == 400
    assert "700/12" in answer.content.decode()
    assert not LetterIssue.objects.exists()


def test_others_see_no_letter_of_this_agency(world: World) -> None:
    row = actions.issue_letter(template=world.template(), agency=world.owner, visible=set(), by=BY)
    client = client_of(world.stranger)

    assert client.get(f"{HOME}{row.pk}/").status_code == 404
    assert client.get(f"{HOME}{row.pk}/surat.docx").status_code == 404
    assert "Dinas Contoh" not in client.get(HOME).content.decode()
    forged = client.post(f"{HOME}tulis/bebas/", {"agency": str(world.owner.pk)})
    assert forged.status_code == 302
    assert LetterIssue.objects.latest("pk").agency == world.other


def test_cells_of_the_owner_stay_with_owner_and_kominfo(world: World) -> None:
    template = world.with_columns("name", "hosting_note")
    client_of(world.operator).post(f"{HOME}tulis/{template.slug}/")
    row = LetterIssue.objects.get()
    assert row.owner_only
    reader = member("planner")

    assert client_of(reader).get(f"{HOME}{row.pk}/").status_code == 404
    assert client_of(world.team).get(f"{HOME}{row.pk}/").status_code == 200
    client_of(reader).post(f"{HOME}tulis/{template.slug}/", {"agency": str(world.owner.pk)})
    assert "rak 3" not in str(LetterIssue.objects.latest("pk").rows)


def test_kominfo_writes_for_all_agencies(world: World) -> None:
    client = client_of(world.team)
    client.post(f"{HOME}tulis/bebas/", {"agency": "semua"})
    row = LetterIssue.objects.get()
    assert (row.agency, row.applications) == (None, 2)
    assert client_of(world.operator).get(f"{HOME}{row.pk}/").status_code == 404


def test_list_costs_the_same_and_pages(world: World, django_assert_max_num_queries: Any) -> None:
    for _one in range(33):
        actions.issue_letter(template=world.template(), agency=world.owner, visible=set(), by=BY)
    client = client_of(world.operator)
    client.get(HOME)
    with django_assert_max_num_queries(10):
        page = client.get(HOME).content.decode()
    assert page.count("Surat lain ·") == 30
    assert "sebelum=" in page


def test_a_form_of_an_asker_is_added_without_code(world: World) -> None:
    client = client_of(world.team)
    given = {
        "lakukan": "simpan",
        "name": "BPK",
        "asker": "BPK Perwakilan",
        "kind": "surat",
        "subject": "Data aplikasi",
        "rows": "3",
        "heading-0": "Nama Sistem",
        "key-0": "name",
        "heading-1": "Nilai",
        "key-1": "cost",
        "heading-2": "",
        "key-2": "",
    }
    wrong = client.post(f"{HOME}bentuk/baru/", {**given, "heading-2": "Lain", "key-2": ""})
    assert wrong.status_code == 400
    assert "Nama Sistem" in wrong.content.decode()

    assert client.post(f"{HOME}bentuk/baru/", given).status_code == 302

    row = LetterTemplate.objects.get(slug="bpk")
    assert row.columns == [{"heading": "Nama Sistem", "key": "name"}, {"heading": "Nilai", "key": "cost"}]
    client.post(f"{HOME}bentuk/bpk/", {**given, "heading-1": "Anggaran"})
    row.refresh_from_db()
    assert row.columns[1]["heading"] == "Anggaran"
    client.post(f"{HOME}bentuk/bpk/hapus/")
    assert "BPK" not in client.get(HOME).content.decode()
    client.post(f"{HOME}bentuk/bpk/hapus/", {"lakukan": "kembali"})
    assert "BPK" in client.get(HOME).content.decode()


def test_more_columns_keep_what_was_typed(world: World) -> None:
    given = {"lakukan": "tambah", "rows": "2", "name": "BPK", "heading-0": "Nama Sistem"}
    page = client_of(world.team).post(f"{HOME}bentuk/baru/", given).content.decode()
    assert 'name="key-4"' in page
    assert 'value="Nama Sistem"' in page
    assert "Ada yang perlu diperbaiki" not in page


def test_empty_form_of_the_asker_is_read(world: World) -> None:
    book = Workbook()
    book.active.append(["DAFTAR APLIKASI"])
    book.active.append(["No.", "Nama Aplikasi", "Uraian Aplikasi", "Warna", "Perangkat Daerah Pemilik"])
    buffer = BytesIO()
    book.save(buffer)
    client = client_of(world.team)

    file = SimpleUploadedFile("formulir.xlsx", buffer.getvalue())
    page = client.post(f"{HOME}bentuk/baru/", {"lakukan": "baca", "file": file}).content.decode()
    bad = client.post(
        f"{HOME}bentuk/baru/", {"lakukan": "baca", "file": SimpleUploadedFile("f.xlsx", b"%PDF-1.7 x")}
    )

    assert 'value="Warna"' in page
    for key in ("no", "name", "purpose", "owner"):
        assert f'<option value="{key}" selected>' in page
    assert bad.status_code == 400


def test_forms_are_kept_by_kominfo_alone(world: World) -> None:
    client = client_of(world.operator)
    assert client.get(f"{HOME}bentuk/baru/").status_code == 404
    assert client.get(f"{HOME}bentuk/bebas/").status_code == 404
    assert client.post(f"{HOME}bentuk/bebas/hapus/").status_code == 404
