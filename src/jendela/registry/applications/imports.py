"""The register of applications from tables."""

from pathlib import Path

from django.utils.text import slugify

from jendela.common.audit import Actor
from jendela.common.dates import parse_partial
from jendela.common.tables import Report, Row, RowError, TableError, read_table
from jendela.people.agencies.models import Agency
from jendela.people.areas.imports import check_values
from jendela.registry.applications.actions import put_applications
from jendela.registry.applications.choices import (
    ApplicationAudience,
    ApplicationState,
    Evidence,
    OperatorLevel,
)
from jendela.registry.applications.models import Application

APPLICATIONS = (
    "nama", "deskripsi", "pemilik", "pengelola", "sasaran", "fungsi_urusan", "url", "tahun", "status", "bukti_kotim",
    "angka_pemakaian", "sumber_url", "sumber_tanggal", "catatan",
)  # fmt: skip
TASKS = ("nama", "tugas", "tugas_en", "nama_en")
CHOICES = {
    "pengelola": OperatorLevel,
    "sasaran": ApplicationAudience,
    "status": ApplicationState,
    "bukti_kotim": Evidence,
}


def load_applications(directory: Path, *, by: Actor, report: Report) -> None:
    """Read aplikasi.csv and aplikasi_tugas.csv, and write all or nothing."""
    errors: list[RowError] = []
    rows = read_table(directory / "aplikasi.csv", APPLICATIONS, unique=["nama"])
    tasks = {row["nama"]: row for row in read_table(directory / "aplikasi_tugas.csv", TASKS, unique=["nama"])}
    owners = {agency.short_name: agency for agency in Agency.objects.all()}
    applications = [_application(row, tasks.get(row["nama"]), owners, errors) for row in rows]
    seen: dict[str, str] = {}
    for application, row in zip(applications, rows, strict=True):
        if application.slug in seen:
            errors.append(row.error("nama", f"alamatnya sama dengan {seen[application.slug]}"))
        seen[application.slug] = application.name
    names = {row["nama"] for row in rows}
    errors += [
        row.error("nama", f"aplikasi tidak dikenal: {name}")
        for name, row in tasks.items()
        if name not in names
    ]
    if errors:
        raise TableError(errors)
    left = put_applications(applications=applications, by=by)
    report.add("Aplikasi", len(applications))
    for application, row in zip(applications, rows, strict=True):
        if application.audience != ApplicationAudience.PUBLIC and not application.task:
            report.place_failed(
                row.table, row.number, "nama", f"{row['nama']}: kelompok tugas pegawai belum ada"
            )
    for column, words in (("url", "alamat"), ("sumber_tanggal", "tanggal sumber")):
        missing = sum(not row[column] for row in rows)
        report.notes.append(
            f"aplikasi.csv: {words} belum diketahui untuk {missing} dari {len(rows)} aplikasi"
        )
    report.notes += left


def _application(
    row: Row, task: Row | None, owners: dict[str, Agency], errors: list[RowError]
) -> Application:
    for column in ("deskripsi", "fungsi_urusan", "sumber_url"):
        if not row[column]:
            errors.append(row.error(column, "kosong"))
    for column, choices in CHOICES.items():
        if row[column] not in choices.values:
            errors.append(row.error(column, f"tidak dikenal: {row[column] or '(kosong)'}"))
    if row["pemilik"] not in owners:
        errors.append(row.error("pemilik", f"instansi tidak dikenal: {row['pemilik'] or '(kosong)'}"))
    try:
        parse_partial(row["sumber_tanggal"])
    except ValueError as error:
        errors.append(row.error("sumber_tanggal", str(error)))
    application = Application(
        slug=slugify(row["nama"].replace("/", " ")),
        name=row["nama"],
        name_en=task["nama_en"] if task else "",
        purpose=row["deskripsi"],
        owner=owners.get(row["pemilik"]),
        operator_level=row["pengelola"],
        audience=row["sasaran"],
        function=row["fungsi_urusan"],
        task=task["tugas"] if task else "",
        task_en=task["tugas_en"] if task else "",
        url=row["url"],
        since=row["tahun"],
        state=row["status"],
        state_as_of=row["sumber_tanggal"],
        evidence=row["bukti_kotim"],
        usage_note=row["angka_pemakaian"],
        source_url=row["sumber_url"],
        note=row["catatan"],
    )
    check_values(row, application, errors)
    return application
