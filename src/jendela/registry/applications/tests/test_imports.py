"""The register of applications from tables."""

from pathlib import Path

import pytest

from jendela.common.audit import Actor
from jendela.common.tables import Report, TableError
from jendela.people.agencies.models import Agency
from jendela.registry.applications import actions
from jendela.registry.applications.actions import Provenance
from jendela.registry.applications.imports import APPLICATIONS, TASKS, load_applications
from jendela.registry.applications.models import Application, Change, ValueSource

pytestmark = pytest.mark.django_db
URL = "https://example.org/a"
ROW = f"e-Absen,Mencatat kehadiran,BKPSDM,daerah,internal,Kepegawaian,,2025,dipakai,ya,,{URL},2025-03,"


@pytest.fixture(autouse=True)
def owner() -> Agency:
    return Agency.objects.create(
        slug="bkpsdm", short_name="BKPSDM", name="Badan", level="kabupaten", kind="badan"
    )


def write(
    directory: Path, *rows: str, task: str = "e-Absen,Absen dan kinerja,Attendance,E-attendance"
) -> Path:
    text = "\n".join([",".join(APPLICATIONS), *rows])
    (directory / "aplikasi.csv").write_text(text + "\n", encoding="utf-8")
    (directory / "aplikasi_tugas.csv").write_text(f"{','.join(TASKS)}\n{task}\n", encoding="utf-8")
    return directory


def test_application(tmp_path: Path, owner: Agency) -> None:
    load_applications(write(tmp_path, ROW), by=Actor("uji"), report=Report())
    read = Application.objects.get()
    assert (read.slug, read.owner, read.task, read.name_en) == (
        "e-absen",
        owner,
        "Absen dan kinerja",
        "E-attendance",
    )
    assert (read.state_as_of, read.works) == ("2025-03", True)


def test_every_column_is_kept_with_its_source(tmp_path: Path) -> None:
    row = "e-Absen,Mencatat,BKPSDM,daerah,internal,Kepegawaian,https://a.contoh.go.id,2021,dipakai,ya,"
    load_applications(
        write(tmp_path, f"{row}300 pegawai,{URL},2025-03,Catatan"), by=Actor("uji"), report=Report()
    )
    read = Application.objects.get()
    said = (
        read.purpose,
        read.function,
        read.url,
        read.since,
        read.evidence,
        read.usage_note,
        read.source_url,
    )
    assert said == ("Mencatat", "Kepegawaian", "https://a.contoh.go.id", "2021", "ya", "300 pegawai", URL)
    assert (read.note, read.state_as_of, read.record_state) == ("Catatan", "2025-03", "terdaftar")
    sources = {one.field: one for one in ValueSource.objects.filter(application=read)}
    assert {"name", "purpose", "owner", "operator_level", "audience", "function", "url", "since", "state", "evidence",
            "usage_note", "source_url", "state_as_of", "note"} <= set(sources)  # fmt: skip
    assert {one.grade for one in sources.values()} == {"D"}
    one = sources["purpose"]
    assert (one.source, one.source_url, one.source_date, one.stated_by) == (
        "aplikasi.csv",
        URL,
        "2025-03",
        "example.org",
    )


def test_a_second_load_keeps_what_people_said_and_confirms_nothing(tmp_path: Path) -> None:
    load_applications(write(tmp_path, ROW), by=Actor("uji"), report=Report())
    read = Application.objects.get()
    actions.set_values(
        application=read, values={"purpose": "Absen semua"}, by=Actor("Budi"), provenance=Provenance("BKPSDM")
    )
    report = Report()
    newer = ROW.replace("Mencatat kehadiran", "Mencatat jam").replace("2025-03", "2025-04")
    load_applications(write(tmp_path, newer), by=Actor("uji"), report=report)
    read.refresh_from_db()
    assert (read.purpose, read.state_as_of) == ("Absen semua", "2025-04")
    assert "e-Absen: diisi orang, dibiarkan: Gunanya" in report.notes
    assert not ValueSource.objects.exclude(confirmed_at=None).exists()
    changes = Change.objects.count()
    load_applications(write(tmp_path, newer), by=Actor("uji"), report=Report())
    assert Change.objects.count() == changes, "the same table again changes nothing"


def test_a_merged_record_is_left(tmp_path: Path, owner: Agency) -> None:
    load_applications(write(tmp_path, ROW), by=Actor("uji"), report=Report())
    other = Application.objects.create(
        slug="lain", name="Lain", owner=owner, audience="internal", state="dipakai"
    )
    Application.objects.filter(slug="e-absen").update(record_state="digabung", merged_into=other)
    report = Report()
    load_applications(write(tmp_path, ROW), by=Actor("uji"), report=report)
    assert Application.objects.count() == 2
    assert "dibiarkan: e-Absen" in " ".join(report.notes)


def test_internal_application_without_a_task_is_reported(tmp_path: Path) -> None:
    report = Report()
    load_applications(write(tmp_path, ROW, task=""), by=Actor("uji"), report=report)
    assert "kelompok tugas pegawai belum ada" in str(report.unplaced[0])


@pytest.mark.parametrize(
    ("rows", "task", "message"),
    [
        ((ROW, ROW.replace("e-Absen", "e Absen")), "", "kuncinya berulang"),
        ((ROW.replace("BKPSDM", "Tak Ada"),), "", "kolom pemilik: tidak ada di daftar instansi kami"),
        ((ROW.replace("internal", "semua"),), "", "kolom sasaran: tidak dikenal: semua"),
        ((ROW.replace(URL, "situs"),), "", "bukan alamat web: situs"),
        ((ROW,), "Tak Ada,x,x,x", "aplikasi tidak dikenal: Tak Ada"),
    ],
)
def test_faults(tmp_path: Path, rows: tuple[str, ...], task: str, message: str) -> None:
    with pytest.raises(TableError) as caught:
        load_applications(write(tmp_path, *rows, task=task), by=Actor("uji"), report=Report())
    assert message in str(caught.value)
    assert not Application.objects.exists()
