"""The register of applications from tables."""

from pathlib import Path

import pytest

from jendela.common.audit import Actor
from jendela.common.tables import Report, TableError
from jendela.people.agencies.models import Agency
from jendela.registry.applications.imports import APPLICATIONS, TASKS, load_applications
from jendela.registry.applications.models import Application

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


def test_internal_application_without_a_task_is_reported(tmp_path: Path) -> None:
    report = Report()
    load_applications(write(tmp_path, ROW, task=""), by=Actor("uji"), report=report)
    assert "kelompok tugas pegawai belum ada" in str(report.unplaced[0])


@pytest.mark.parametrize(
    ("rows", "task", "message"),
    [
        ((ROW, ROW.replace("e-Absen", "e Absen")), "", "alamatnya sama dengan e-Absen"),
        ((ROW.replace("BKPSDM", "Tak Ada"),), "", "instansi tidak dikenal: Tak Ada"),
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
