"""The annex: asked order, unknown said with its date, numbers with theirs, what may be seen, formulas, many rows."""

import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.conf import settings
from django.utils import timezone, translation
from docx import Document
from openpyxl import load_workbook

from jendela.common.documents import pdf_missing, to_docx, to_pdf
from jendela.common.tables import Report
from jendela.registry.applications.actions import put_part
from jendela.registry.applications.choices import Visibility
from jendela.registry.applications.functions import load_functions
from jendela.registry.applications.models import Application, Cost, FunctionNode
from jendela.registry.datasets.actions import declare_dataset
from jendela.registry.letters import actions, reads
from jendela.registry.letters.cells import HIDDEN
from jendela.registry.letters.columns import COLUMNS
from jendela.registry.letters.imports import EARLIER, columns_of, load_templates
from jendela.registry.letters.models import LetterTemplate
from jendela.registry.letters.papers import is_on_paper, letter_of, workbook_of
from jendela.registry.letters.tests.world import BY, PROVENANCE, World, application
from jendela.registry.links.models import Link

pytestmark = pytest.mark.django_db
ALL = {Visibility.PUBLIC, Visibility.GOVERNMENT, Visibility.OWNER}
DAY = datetime.datetime(2026, 11, 24, 3)


@pytest.fixture
def world() -> Any:
    with time_machine.travel(DAY, tick=False):
        yield World()


def grid(data: bytes, sheet: int = 0) -> list[list[Any]]:
    return [list(row) for row in load_workbook(BytesIO(data)).worksheets[sheet].iter_rows(values_only=True)]


def text_of(data: bytes) -> str:
    document = Document(BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in document.paragraphs), *cells])


def test_columns_stand_in_the_asked_order(world: World) -> None:
    one = application("Aplikasi Satu", world.owner, purpose="Mencatat", vendor="PT Uji")
    template = world.template("inspektorat")

    row = actions.issue_letter(template=template, agency=world.owner, visible=ALL, by=BY)

    found = grid(workbook_of(row))
    assert found[0] == [column["heading"] for column in template.columns]
    assert found[1][:5] == [1, "Aplikasi Satu", "Dinas Contoh", "dipakai", "PT Uji"]
    assert found[1][8] == "belum diketahui per 24 November 2026"
    assert one.slug


def test_every_template_names_columns_that_exist_with_a_citation(world: World) -> None:
    rows = list(LetterTemplate.objects.all())
    assert len(rows) == 5
    for row in rows:
        assert {one["key"] for one in row.columns} <= set(COLUMNS)
        assert row.citation


def test_the_ministry_reads_four_levels_and_the_services(world: World) -> None:
    """As the region records it: functions down to the second level, some deeper by its own hand."""
    load_functions(settings.DATASET, by=BY, report=Report())
    deep = {"tree": "RAA", "citation": "Uji"}
    parent = FunctionNode.objects.get(code="RAA.02.02")
    for code, name in (("RAA.02.02.01", "Kepegawaian"), ("RAA.02.02.01.03", "Kehadiran")):
        parent = FunctionNode.objects.create(code=code, name=name, parent=parent, **deep)
    attendance, complaints = application("i-Personal", world.owner), application("SP4N-LAPOR!", world.owner)
    application("Tanpa fungsi", world.owner)
    said: dict[str, Any] = {"by": BY, "provenance": PROVENANCE, "part": "functions"}
    put_part(application=attendance, values={"node": parent, "main": False}, **said)
    other = FunctionNode.objects.get(code="RAB.09.06")
    put_part(application=attendance, values={"node": other, "main": False}, **said)
    put_part(application=complaints, values={"node": FunctionNode.objects.get(code="RAA.01.01")}, **said)
    service = apps.get_model("services_catalogue.Service").objects.create(
        number=1, slug="pengaduan", name="Pengaduan masyarakat", owner=world.owner, rule_scope="kotim"
    )
    apps.get_model("services_catalogue.Way").objects.create(
        service=service, position=1, kind="aplikasi", text="SP4N", application=complaints
    )
    Link.objects.create(source=complaints, target=attendance, data="Aduan", method="api", state="berjalan",
                        declared_at=timezone.now())  # fmt: skip

    row = actions.issue_letter(template=world.template("kementerian"), agency=world.owner, visible=ALL, by=BY)

    head, *rows = grid(workbook_of(row))
    place = head.index("RAA Level 1")
    assert head[:2] == ["ID", "Nama Aplikasi"]
    assert head[place : place + 9] == [
        "RAA Level 1", "RAA Level 2", "RAA Level 3", "RAA Level 4", "Proses Bisnis", "Layanan", "Data Masukan",
        "Data Luaran", "Data Pelanggan",
    ]  # fmt: skip
    nothing = "belum diketahui per 24 November 2026"
    assert {one[1]: one[place : place + 9] for one in rows} == {
        "i-Personal": ["RAA.02 Aplikasi khusus", "RAA.02.02 Aplikasi fungsi tertentu", "RAA.02.02.01 Kepegawaian",
         "RAA.02.02.01.03 Kehadiran", "RAB.09.06 Aparatur", nothing, "Aduan (SP4N-LAPOR!)", nothing, nothing],
        "SP4N-LAPOR!": ["RAA.01 Aplikasi umum", "RAA.01.01 Aplikasi umum layanan publik", nothing, nothing, nothing,
         "Pengaduan masyarakat", nothing, "Aduan", "i-Personal"],
        "Tanpa fungsi": [nothing] * 9,
    }  # fmt: skip


def test_a_form_that_stands_as_it_came_is_renewed_and_a_changed_one_is_kept(world: World) -> None:
    now, old = world.template("kementerian").columns, columns_of(EARLIER["kementerian"])
    for columns, after in ((old, now), (old[1:], old[1:])):
        LetterTemplate.objects.filter(slug="kementerian").update(columns=columns)
        load_templates(Path("/nowhere"), by=BY, report=Report())
        assert world.template("kementerian").columns == after


def test_numbers_stay_numbers_and_say_as_of_when(world: World) -> None:
    one = application("Aplikasi Satu", world.owner, users=1250, users_as_of="2026-10")
    Cost.objects.create(
        application=one,
        kind="hosting",
        year=2025,
        amount=1,
        stated_by="x",
        stated_at=timezone.now(),
        grade="C",
    )
    for kind, amount in (("hosting", 1_000_000), ("lisensi", 500_000)):
        values = {"kind": kind, "year": 2026, "amount": amount, "stated_by": "x", "grade": "C"}
        Cost.objects.create(application=one, stated_at=timezone.now(), **values)
    template = world.with_columns("name", "users", "cost", "cost_year", "audit_date")

    row = actions.issue_letter(template=template, agency=world.owner, visible=ALL, by=BY)

    assert grid(workbook_of(row))[1][:4] == ["Aplikasi Satu", 1250, 1_500_000, "2026"]
    notes = "\n".join(str(line[0]) for line in grid(workbook_of(row), 1))
    assert "Baris 1, users: per Oktober 2026." in notes
    assert "tahun 2026, dinyatakan 24 November 2026" in notes
    assert "1.250 (per Oktober 2026)" in text_of(to_docx(letter_of(row)))


def test_data_and_links_are_told(world: World) -> None:
    one, two = application("Satu", world.owner), application("Dua", world.other)
    declare_dataset(application=one, name="Data pegawai", by=BY, provenance=PROVENANCE, has_personal=True)
    values = {"data": "pegawai", "method": "ketik_ulang", "state": "berjalan", "grade": "C"}
    Link.objects.create(source=two, target=one, declared_words="x", declared_at=timezone.now(), **values)
    template = world.with_columns("datasets", "personal", "links_in", "links_out", "links")

    row = actions.issue_letter(template=template, agency=world.owner, visible=ALL, by=BY)

    assert grid(workbook_of(row))[1] == [
        "Data pegawai",
        "Ya",
        "Dua (diketik ulang)",
        "belum diketahui per 24 November 2026",
        "Dua (diketik ulang)",
    ]


def test_only_links_that_run_connect(world: World) -> None:
    one = application("Satu", world.owner)
    for name, state, confirmation in (
        ("Berjalan", "berjalan", "menunggu"), ("Direncanakan", "rencana", "dibenarkan"),
        ("Berhenti", "berhenti", "dibenarkan"), ("Terputus", "terputus", "dibenarkan"),
        ("Dibantah", "berjalan", "dibantah"),
    ):  # fmt: skip
        Link.objects.create(source=one, target=application(name, world.other), data="pegawai", method="api",
                            state=state, confirmation=confirmation, grade="C", declared_words="x",
                            declared_at=timezone.now())  # fmt: skip
    template = world.with_columns("links_out", "links")

    row = actions.issue_letter(template=template, agency=world.owner, visible=ALL, by=BY)

    assert grid(workbook_of(row))[1] == ["Berjalan (API)", "Berjalan (API)"]


def test_what_may_not_be_seen_is_not_written(world: World) -> None:
    application("Satu", world.owner, hosting_note="rak 3", vendor="PT Uji")
    template = world.with_columns("name", "hosting_note", "vendor")

    public = actions.issue_letter(template=template, agency=world.owner, visible={Visibility.PUBLIC}, by=BY)
    owner = actions.issue_letter(template=template, agency=world.owner, visible=ALL, by=BY)

    assert grid(workbook_of(public))[1] == ["Satu", HIDDEN, HIDDEN]
    assert not public.owner_only
    assert grid(workbook_of(owner))[1] == ["Satu", "rak 3", "PT Uji"]
    assert owner.owner_only


@pytest.mark.parametrize("name", ['=HYPERLINK("http://x")', "+1+1", "-2", "@SUM(A1)"])
def test_cells_begin_no_formula(world: World, name: str) -> None:
    application("Satu", world.owner, purpose=name)
    template = world.with_columns("purpose")

    row = actions.issue_letter(template=template, agency=world.owner, visible=ALL, by=BY)

    cell = load_workbook(BytesIO(workbook_of(row))).worksheets[0]["A2"]
    assert cell.data_type == "s"
    assert not str(cell.value).startswith(("=", "+", "-", "@"))


def test_letter_without_any_application(world: World) -> None:
    row = actions.issue_letter(template=world.template(), agency=world.owner, visible=ALL, by=BY)

    words = text_of(to_docx(letter_of(row)))

    assert "tidak ada aplikasi" in words
    assert not is_on_paper(row)
    assert len(grid(workbook_of(row))) == 1


def test_four_hundred_applications_cost_the_same_queries(
    world: World, django_assert_max_num_queries: Any
) -> None:
    given = {"owner": world.owner, "operator_level": "daerah", "audience": "internal", "state": "dipakai"}
    Application.objects.bulk_create(
        Application(slug=f"a-{number}", name=f"Aplikasi {number:03}", record_state="terdaftar", **given)
        for number in range(400)
    )
    keys = [one["key"] for one in world.template("kementerian").columns]
    with django_assert_max_num_queries(9):
        assert len(reads.annex(keys, agency_id=world.owner.pk, visible=ALL).rows) == 400

    row = actions.issue_letter(template=world.template("kementerian"), agency=world.owner, visible=ALL, by=BY)
    narrow = actions.issue_letter(template=world.template(), agency=world.owner, visible=ALL, by=BY)

    assert not is_on_paper(row)
    assert "berkas XLSX" in text_of(to_docx(letter_of(row)))
    assert len(grid(workbook_of(row))) == 401
    assert is_on_paper(narrow)
    assert "Aplikasi 399" in text_of(to_docx(letter_of(narrow)))


def test_wide_list_has_a_table_for_each_application(world: World) -> None:
    application("Satu", world.owner)
    row = actions.issue_letter(template=world.template("kementerian"), agency=world.owner, visible=ALL, by=BY)

    words = text_of(to_docx(letter_of(row)))

    assert "Kerangka Pengembangan" in words
    assert "Aplikasi 1" in words
    if not pdf_missing():
        assert to_pdf(letter_of(row)).startswith(b"%PDF")


def test_the_same_letter_comes_again_after_the_record_changed(world: World) -> None:
    one = application("Satu", world.owner, vendor="PT Lama")
    row = actions.issue_letter(template=world.with_columns("vendor"), agency=world.owner, visible=ALL, by=BY)
    Application.objects.filter(pk=one.pk).update(vendor="PT Baru")
    world.with_columns("name")

    again = reads.issue(row.pk)

    assert again is not None
    assert grid(workbook_of(again)) == [["vendor"], ["PT Lama"]]


def test_letter_is_indonesian_on_an_english_page(world: World) -> None:
    application("Satu", world.owner, users=3, users_as_of="2026-10")
    with translation.override("en"):
        row = actions.issue_letter(template=world.with_columns("users"), agency=None, visible=ALL, by=BY)
        assert "per Oktober 2026" in text_of(to_docx(letter_of(row)))


def test_letter_that_asked_is_named(world: World) -> None:
    asked = actions.Asked(number="700/12", date=datetime.date(2026, 11, 20), subject="Daftar aplikasi")
    row = actions.issue_letter(
        template=world.template("inspektorat"), agency=world.owner, visible=ALL, asked=asked, by=BY
    )
    assert (
        "Menjawab surat Inspektorat Kabupaten Kotawaringin Timur Nomor 700/12 tanggal 20 November 2026 "
        "hal Daftar aplikasi"
    ) in text_of(to_docx(letter_of(row)))
