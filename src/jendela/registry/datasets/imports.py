"""The standard list of elements (standard_elements.csv, the same for every regency) and what sources say of a region's
data (data.csv of the region's folder). What people have said here since stays."""

from pathlib import Path
from typing import Any

from jendela.common.audit import Actor
from jendela.common.dates import parse_partial
from jendela.common.tables import Report, Row, RowError, TableError, read_table
from jendela.people.agencies.models import Agency
from jendela.registry.applications.actions import Provenance
from jendela.registry.applications.choices import Grade
from jendela.registry.applications.models import Application
from jendela.registry.datasets import actions
from jendela.registry.datasets.choices import DataKind, Openness, PersonalClass
from jendela.registry.datasets.models import Dataset, StandardElement

HERE = Path(__file__).parent
ELEMENTS = ("kode", "nama", "definisi", "sinonim", "data_pribadi", "sumber")
DATA = (
    "aplikasi", "nama", "uraian", "produsen", "walidata", "sifat", "ada_data_pribadi", "jenis_data_pribadi", "konsep",
    "definisi", "klasifikasi", "ukuran", "satuan", "bentuk", "berkas", "lisensi", "sumber", "sumber_url",
    "sumber_tanggal",
)  # fmt: skip
SAID_BY = "kumpulan sumber Jendela"
YES_NO = {"": None, "ya": True, "tidak": False}


def load_datasets(directory: Path, *, by: Actor, report: Report) -> None:
    """Read both tables and write all or nothing. Raises TableError naming each bad row."""
    load_standard_elements(by=by, report=report)
    if not (directory / "data.csv").exists():
        report.notes.append("data.csv belum ada, data tidak dimuat")
        return
    rows = read_table(directory / "data.csv", DATA)
    applications = {one.name: one for one in Application.objects.select_related("owner")}
    agencies = {one.short_name: one for one in Agency.objects.all()}
    errors = [error for row in rows for error in _wrong(row, applications, agencies)]
    keys = [(row["aplikasi"], row["produsen"], row["nama"].casefold()) for row in rows]
    errors += [
        row.error("nama", f"dua kali: {row['nama']}")
        for place, row in enumerate(rows)
        if keys[place] in keys[:place]
    ]
    if errors:
        raise TableError(errors)
    for row in rows:
        holder, producer = applications.get(row["aplikasi"]), agencies.get(row["produsen"])
        if holder is not None and producer is not None:
            actions.give_to_application(name=row["nama"], producer=producer, application=holder, by=by)
    own = set(Dataset.objects.exclude(stated_by=SAID_BY).values_list("application_id", "name"))
    for row in rows:
        holder = applications.get(row["aplikasi"])
        if (holder.pk if holder else None, row["nama"]) in own:
            report.notes.append(f"Sudah diisi instansinya sendiri, dibiarkan: {row['nama']}")
        else:
            _declare(row, holder, agencies, by)
    report.add("Data", len(rows))


def load_standard_elements(*, by: Actor, report: Report) -> None:
    rows = read_table(HERE / "standard_elements.csv", ELEMENTS, unique=["kode"])
    errors = [
        row.error("data_pribadi", f"tidak dikenal: {row['data_pribadi']}")
        for row in rows
        if row["data_pribadi"] not in ("", *PersonalClass.values)
    ]
    errors += [
        row.error(name, "kosong") for row in rows for name in ("nama", "definisi", "sumber") if not row[name]
    ]
    if errors:
        raise TableError(errors)
    made = [
        StandardElement(
            code=row["kode"],
            name=row["nama"],
            definition=row["definisi"],
            synonyms=row["sinonim"],
            personal=row["data_pribadi"],
            citation=row["sumber"],
        )
        for row in rows
    ]
    actions.put_standard_elements(rows=made, by=by)
    report.add("Unsur data baku", len(made))


def _wrong(row: Row, applications: dict[str, Application], agencies: dict[str, Agency]) -> list[RowError]:
    known: list[tuple[str, Any]] = [
        ("aplikasi", ("", *applications)),
        ("produsen", ("", *agencies)),
        ("walidata", ("", *agencies)),
        ("sifat", ("", *Openness.values)),
        ("bentuk", ("", *DataKind.values)),
        ("ada_data_pribadi", YES_NO),
    ]
    errors = [
        row.error(name, f"tidak dikenal: {row[name]}") for name, values in known if row[name] not in values
    ]
    errors += [
        row.error("jenis_data_pribadi", f"tidak dikenal: {one}")
        for one in row.parts("jenis_data_pribadi")
        if one not in PersonalClass.values
    ]
    errors += [
        row.error("berkas", f"bukan nama|format|alamat: {one}")
        for one in row.parts("berkas")
        if one.count("|") != 2
    ]
    errors += [row.error(name, "kosong") for name in ("nama", "sumber") if not row[name]]
    if not row["aplikasi"] and not row["produsen"]:
        errors.append(row.error("produsen", "kosong, padahal tidak ada aplikasi"))
    try:
        parse_partial(row["sumber_tanggal"])
    except ValueError:
        errors.append(row.error("sumber_tanggal", f"bukan tanggal: {row['sumber_tanggal']}"))
    return errors


def _declare(row: Row, holder: Application | None, agencies: dict[str, Agency], by: Actor) -> None:
    dated = f"{row['sumber']}, {row['sumber_tanggal']}" if row["sumber_tanggal"] else row["sumber"]
    made = actions.declare_dataset(
        application=holder,
        name=row["nama"],
        by=by,
        provenance=Provenance(SAID_BY, dated, row["sumber_url"], row["sumber_tanggal"], Grade.TOLD),
        description=row["uraian"],
        producer=agencies.get(row["produsen"]),
        steward=agencies.get(row["walidata"]),
        openness=row["sifat"],
        concept=row["konsep"],
        definition=row["definisi"],
        classification=row["klasifikasi"],
        measure=row["ukuran"],
        unit=row["satuan"],
        kind=row["bentuk"],
        has_personal=YES_NO[row["ada_data_pribadi"]],
        personal=row.parts("jenis_data_pribadi"),
    )
    for one in row.parts("berkas"):
        name, form, url = one.split("|")
        values = {"name": name, "format": form, "url": url, "licence": row["lisensi"]}
        actions.put_resource(dataset=made, values=values, by=by)
