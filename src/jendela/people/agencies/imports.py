"""Agencies, their successions and offices from tables."""

from pathlib import Path

from django.utils.text import slugify

from jendela.common.audit import Actor
from jendela.common.dates import parse_partial
from jendela.common.tables import Report, Row, RowError, TableError, read_table
from jendela.people.agencies.actions import put_agencies
from jendela.people.agencies.choices import AgencyKind, Level
from jendela.people.agencies.models import Agency, Office, Succession
from jendela.people.areas.choices import AreaKind
from jendela.people.areas.imports import check_values
from jendela.people.areas.models import Area

AGENCIES = ("singkatan", "nama", "jenis", "sumber_url", "sumber_tanggal", "catatan")
MORE = ("singkatan", "nama_en", "situs")
OWNERS = ("nama", "pemilik", "pengelola", "sumber_url", "sumber_tanggal")
CHANGES = ("pendahulu", "pendahulu_nama", "pengganti", "sejak", "sumber_url", "sumber_tanggal", "catatan")
OFFICES = (
    "slug", "nama", "instansi", "kode_wilayah", "alamat", "jam", "jam_sumber", "jam_tanggal", "telepon", "sumber_url",
    "sumber_tanggal", "catatan",
)  # fmt: skip
LEVELS = {AgencyKind.PROVINCIAL: Level.PROVINCE, AgencyKind.VERTICAL: Level.CENTRE}  # else the regency
OWNER_KINDS = {
    "daerah": (Level.REGENCY, AgencyKind.OFFICE),
    "pusat": (Level.CENTRE, AgencyKind.MINISTRY),
    "provinsi": (Level.PROVINCE, AgencyKind.PROVINCIAL),
    "lain": (Level.OTHER, AgencyKind.COMPANY),
}


def load_agencies(directory: Path, *, by: Actor, report: Report) -> None:
    """Read opd.csv with its companions and the owners named in aplikasi.csv, and write all or nothing."""
    errors: list[RowError] = []
    listed = read_table(directory / "opd.csv", AGENCIES, unique=["singkatan"])
    more = {
        row["singkatan"]: row
        for row in read_table(directory / "opd_tambahan.csv", MORE, unique=["singkatan"])
    }
    areas = {area.name: area for area in Area.objects.filter(kind=AreaKind.DISTRICT)}
    agencies = {row["singkatan"]: _agency(row, more.get(row["singkatan"]), areas, errors) for row in listed}
    for name, extra in more.items():
        if name not in agencies:
            errors.append(extra.error("singkatan", f"instansi tidak dikenal: {name}"))
    changes = read_table(directory / "opd_perubahan.csv", CHANGES, unique=["pendahulu", "pengganti"])
    successions = [_succession(row, agencies, errors) for row in changes]
    _add_owners(read_table(directory / "aplikasi.csv", OWNERS), agencies, report, errors)
    _check_slugs([*listed, *changes], agencies, errors)
    codes = {area.code: area for area in Area.objects.all()}
    office_rows = read_table(directory / "kantor.csv", OFFICES, unique=["slug"])
    offices = [_office(row, agencies, codes, errors) for row in office_rows]
    if errors:
        raise TableError(errors)
    left = put_agencies(
        agencies=list(agencies.values()), successions=[s for s in successions if s], offices=offices, by=by
    )
    report.add("Instansi", len(agencies))
    report.add("Perubahan instansi", len(successions))
    report.add("Kantor", len(offices))
    _say_what_is_missing(office_rows, report)
    report.notes += left


def _agency(row: Row, more: Row | None, areas: dict[str, Area], errors: list[RowError]) -> Agency:
    kind = row["jenis"]
    if kind not in AgencyKind.values:
        errors.append(row.error("jenis", f"tidak dikenal: {kind}"))
    _check_source(row, errors)
    area = None
    if kind == AgencyKind.DISTRICT:
        area = areas.get(row["nama"].removeprefix("Kecamatan "))
        if area is None:
            errors.append(row.error("nama", f"kecamatan tidak ada di wilayah.csv: {row['nama']}"))
    agency = Agency(
        slug=slugify(row["singkatan"].replace("/", " ").replace("(", " ")),
        short_name=row["singkatan"],
        name=row["nama"],
        name_en=more["nama_en"] if more else "",
        level=LEVELS.get(AgencyKind(kind), Level.REGENCY) if kind in AgencyKind.values else Level.REGENCY,
        kind=kind,
        area=area,
        website=more["situs"] if more else "",
        source_url=row["sumber_url"],
        source_date=row["sumber_tanggal"],
        note=row["catatan"],
    )
    check_values(row, agency, errors)
    return agency


def _succession(row: Row, agencies: dict[str, Agency], errors: list[RowError]) -> Succession | None:
    """The succession; the predecessor is made when it is not listed, the dates of both are set."""
    _check_source(row, errors)
    successor = agencies.get(row["pengganti"])
    if successor is None:
        errors.append(row.error("pengganti", f"instansi tidak dikenal: {row['pengganti']}"))
        return None
    if row["pendahulu"] == row["pengganti"]:
        errors.append(row.error("pendahulu", "sama dengan penggantinya"))
    try:
        parse_partial(row["sejak"])
    except ValueError as error:
        errors.append(row.error("sejak", str(error)))
    before = agencies.get(row["pendahulu"])
    if before is None:
        before = agencies[row["pendahulu"]] = Agency(
            slug=slugify(row["pendahulu"]),
            short_name=row["pendahulu"],
            name=row["pendahulu_nama"],
            level=Level.REGENCY,
            kind=AgencyKind.DISSOLVED,
            source_url=row["sumber_url"],
            source_date=row["sumber_tanggal"],
            note=row["catatan"],
        )
        check_values(row, before, errors)
    before.valid_to = row["sejak"]
    successor.valid_from = row["sejak"]
    succession = Succession(
        predecessor=before,
        successor=successor,
        since=row["sejak"],
        source_url=row["sumber_url"],
        note=row["catatan"],
    )
    check_values(row, succession, errors)
    return succession


def _add_owners(rows: list[Row], agencies: dict[str, Agency], report: Report, errors: list[RowError]) -> None:
    """Owners named by the application list only: kept, and marked to be checked."""
    for row in rows:
        name = row["pemilik"]
        if not name or name in agencies or row["pengelola"] not in OWNER_KINDS:
            continue  # an empty or unknown value is an error of the application list, said there
        level, kind = OWNER_KINDS[row["pengelola"]]
        agencies[name] = Agency(
            slug=slugify(name.replace("/", " ")),
            short_name=name,
            name=name,
            level=level,
            kind=kind,
            needs_check=True,
            source_url=row["sumber_url"],
            source_date=row["sumber_tanggal"],
            note=f"Dari daftar aplikasi (pemilik {row['nama']}), tidak ada di daftar instansi",
        )
        check_values(row, agencies[name], errors)
        report.add("Instansi dari daftar aplikasi, perlu dicek")


def _office(row: Row, agencies: dict[str, Agency], codes: dict[str, Area], errors: list[RowError]) -> Office:
    _check_source(row, errors)
    if row["instansi"] not in agencies:
        errors.append(row.error("instansi", f"instansi tidak dikenal: {row['instansi']}"))
    if row["kode_wilayah"] and row["kode_wilayah"] not in codes:
        errors.append(row.error("kode_wilayah", f"wilayah tidak dikenal: {row['kode_wilayah']}"))
    if row["jam"] and not (row["jam_sumber"] and row["jam_tanggal"]):
        errors.append(row.error("jam_sumber", "jam buka harus punya sumber dan tanggal"))
    office = Office(
        slug=row["slug"],
        name=row["nama"],
        agency=agencies.get(row["instansi"]),
        area=codes.get(row["kode_wilayah"]),
        address=row["alamat"],
        hours=row["jam"],
        hours_source=row["jam_sumber"],
        hours_date=row["jam_tanggal"],
        phone=row["telepon"],
        source_url=row["sumber_url"],
        source_date=row["sumber_tanggal"],
        note=row["catatan"],
    )
    check_values(row, office, errors)
    return office


def _check_slugs(rows: list[Row], agencies: dict[str, Agency], errors: list[RowError]) -> None:
    """Two names may give the same address; the database would refuse them without naming the row."""
    by_name = {row.values.get("singkatan") or row.values.get("pendahulu"): row for row in rows}
    seen: dict[str, str] = {}
    for name, agency in agencies.items():
        if agency.slug in seen or not agency.slug:
            row = by_name.get(name, rows[0])
            errors.append(row.error("", f"alamat {name} sama dengan {seen.get(agency.slug, '(kosong)')}"))
        seen[agency.slug] = name


def _check_source(row: Row, errors: list[RowError]) -> None:
    if not row["sumber_url"]:
        errors.append(row.error("sumber_url", "kosong; setiap baris harus punya sumber"))
    try:
        parse_partial(row["sumber_tanggal"])
    except ValueError as error:
        errors.append(row.error("sumber_tanggal", str(error)))


def _say_what_is_missing(rows: list[Row], report: Report) -> None:
    for column, words in (("alamat", "alamat"), ("jam", "jam buka"), ("telepon", "telepon")):
        missing = sum(not row[column] for row in rows)
        report.notes.append(f"kantor.csv: {words} belum diketahui untuk {missing} dari {len(rows)} kantor")
