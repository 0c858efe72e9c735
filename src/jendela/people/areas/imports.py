"""Areas, population figures and signal records from tables."""

from collections.abc import Container
from decimal import Decimal, InvalidOperation
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db.models import Model, URLField

from jendela.common.audit import Actor
from jendela.common.dates import parse_partial
from jendela.common.tables import Report, Row, RowError, TableError, read_table
from jendela.people.areas.actions import put_areas
from jendela.people.areas.choices import AreaKind, SignalState
from jendela.people.areas.models import Area, PopulationFigure, SignalRecord

AREAS = ("kode", "nama", "jenis", "kode_induk")
POPULATION = (
    "kode", "nama", "tingkat", "tahun", "keterangan_waktu", "penduduk", "laki_laki", "perempuan", "jenis_data",
    "kepadatan_per_km2", "sumber_url", "sumber_tanggal", "catatan",
)  # fmt: skip
SIGNAL = (
    "kode", "nama_resmi", "nama_di_sumber", "kecamatan", "kecocokan_nama", "keadaan", "per_waktu", "sumber_url",
    "sumber_tanggal", "catatan",
)  # fmt: skip
LIST_SOURCE = "https://github.com/fityannugroho/idn-area-data (4.0.1, Kepmendagri 300.2.2-2138 Tahun 2025)"
REGENCY_SOURCE = "penduduk_kecamatan.csv"

DENSEST = 10_000_000  # people per square kilometre the column can hold
is_address = URLValidator(schemes=["http", "https"])


def load_areas(directory: Path, *, by: Actor, report: Report) -> None:
    """Read wilayah.csv, penduduk_kecamatan.csv and blankspot_desa.csv, and write all or nothing."""
    errors: list[RowError] = []
    area_rows = read_table(directory / "wilayah.csv", AREAS, unique=["kode"])
    people_rows = read_table(directory / "penduduk_kecamatan.csv", POPULATION)
    once = ["kode", "keadaan", "per_waktu", "sumber_url"]
    signal_rows = read_table(directory / "blankspot_desa.csv", SIGNAL, unique=once)
    areas = _areas(area_rows, people_rows, errors)
    codes = {area.code: area for area in areas}
    figures = [_figure(row, codes, errors) for row in people_rows]
    signals = [_signal(row, codes, errors) for row in signal_rows]
    _check_repeated(people_rows, errors)
    if errors:
        raise TableError(errors)
    put_areas(areas=areas, figures=figures, signals=signals, by=by)
    for kind in AreaKind:
        report.add(str(kind.label), sum(area.kind == kind for area in areas))
    report.add("Angka penduduk", len(figures))
    report.add("Catatan sinyal", len(signals))
    for row in people_rows:
        if not row["penduduk"]:
            report.place_failed(
                row.table, row.number, "penduduk", f"{row['nama']}: sumber tidak menulis jumlah jiwa"
            )
    for row in signal_rows:
        if row["kecocokan_nama"] != "persis":
            names = f"{row['nama_di_sumber']} dicocokkan dengan {row['nama_resmi']}"
            report.notes.append(f"{row.table} baris {row.number}: {names} ({row['kecocokan_nama']})")


def _areas(rows: list[Row], people_rows: list[Row], errors: list[RowError]) -> list[Area]:
    known = {row["kode"] for row in rows}
    regency = next((row for row in people_rows if row["tingkat"] == AreaKind.REGENCY), None)
    areas: list[Area] = []
    if regency is not None and regency["kode"] not in known:
        # the list names only what lies below the regency
        known.add(regency["kode"])
        source = f"{REGENCY_SOURCE}; {LIST_SOURCE}"
        areas.append(Area(code=regency["kode"], name=regency["nama"], kind=AreaKind.REGENCY, source=source))
        check_values(regency, areas[-1], errors)
    for row in rows:
        if not row["nama"]:
            errors.append(row.error("nama", "kosong"))
        if row["jenis"] not in AreaKind.values:
            errors.append(row.error("jenis", f"tidak dikenal: {row['jenis']}"))
        if row["jenis"] != AreaKind.REGENCY and row["kode_induk"] not in known:
            errors.append(row.error("kode_induk", f"wilayah induk tidak ada: {row['kode_induk']}"))
        areas.append(
            Area(
                code=row["kode"],
                name=row["nama"],
                kind=row["jenis"],
                parent_id=row["kode_induk"] or None,
                source=LIST_SOURCE,
            )
        )
        check_values(row, areas[-1], errors)
    return areas


def _figure(row: Row, codes: Container[str], errors: list[RowError]) -> PopulationFigure:
    _check_place_and_source(row, codes, errors)
    density: Decimal | None = None
    try:
        density = Decimal(row["kepadatan_per_km2"]) if row["kepadatan_per_km2"] else None
    except InvalidOperation:
        errors.append(row.error("kepadatan_per_km2", f"bukan angka: {row['kepadatan_per_km2']}"))
    if density is not None and not 0 <= density < DENSEST:
        errors.append(row.error("kepadatan_per_km2", f"di luar batas: {density}"))
    figure = PopulationFigure(
        area_id=row["kode"],
        year=_number(row, "tahun", errors, most=2100) or 0,
        period=row["keterangan_waktu"],
        people=_number(row, "penduduk", errors),
        men=_number(row, "laki_laki", errors),
        women=_number(row, "perempuan", errors),
        series=row["jenis_data"],
        density=density,
        source_url=row["sumber_url"],
        source_date=row["sumber_tanggal"],
        note=row["catatan"],
    )
    check_values(row, figure, errors)
    return figure


def _signal(row: Row, codes: dict[str, Area], errors: list[RowError]) -> SignalRecord:
    _check_place_and_source(row, codes, errors)
    if row["keadaan"] not in SignalState.values:
        errors.append(row.error("keadaan", f"tidak dikenal: {row['keadaan']}"))
    if row["kode"] in codes and codes[row["kode"]].name != row["nama_resmi"]:
        name = codes[row["kode"]].name
        errors.append(
            row.error("nama_resmi", f"kode {row['kode']} bernama {name}, bukan {row['nama_resmi']}")
        )
    signal = SignalRecord(
        area_id=row["kode"],
        state=row["keadaan"],
        as_of=row["per_waktu"],
        name_in_source=row["nama_di_sumber"],
        name_match=row["kecocokan_nama"],
        source_url=row["sumber_url"],
        source_date=row["sumber_tanggal"],
        note=row["catatan"],
    )
    check_values(row, signal, errors)
    return signal


def _check_repeated(rows: list[Row], errors: list[RowError]) -> None:
    """One figure a source, area and time."""
    seen: dict[tuple[str, ...], int] = {}
    for row in rows:
        key = tuple(row[name] for name in ("kode", "tahun", "keterangan_waktu", "jenis_data", "sumber_url"))
        if key in seen:
            errors.append(row.error("kode", f"sama dengan baris {seen[key]}"))
        seen.setdefault(key, row.number)


def _check_place_and_source(row: Row, codes: Container[str], errors: list[RowError]) -> None:
    if row["kode"] not in codes:
        errors.append(row.error("kode", f"wilayah tidak dikenal: {row['kode'] or '(kosong)'}"))
    if not row["sumber_url"]:
        errors.append(row.error("sumber_url", "kosong; setiap angka harus punya sumber"))
    try:
        parse_partial(row["sumber_tanggal"])
    except ValueError as error:
        errors.append(row.error("sumber_tanggal", str(error)))


def _number(row: Row, column: str, errors: list[RowError], *, most: int = 2_000_000_000) -> int | None:
    if not row[column]:
        return None
    if not (row[column].isascii() and row[column].isdigit()) or int(row[column]) > most:
        errors.append(row.error(column, f"bukan bilangan bulat yang masuk akal: {row[column]}"))
        return None
    return int(row[column])


def check_values(row: Row, filled: Model, errors: list[RowError]) -> None:
    """Nothing is cut, no address is trusted: what is too long for its place or no web address is an error that
    names the column the value came from. Every loader calls it for every row it fills."""
    for field in filled._meta.concrete_fields:
        value = getattr(filled, field.attname)
        if not isinstance(value, str) or not value:
            continue
        longest = getattr(field, "max_length", None)
        if longest is not None and len(value) > longest:
            errors.append(row.error(_column_of(row, value), f"lebih dari {longest} huruf: {value[:40]}…"))
        elif isinstance(field, URLField):
            try:
                is_address(value)
            except ValidationError:
                errors.append(row.error(_column_of(row, value), f"bukan alamat web: {value[:80]}"))


def _column_of(row: Row, value: str) -> str:
    return next((column for column, cell in row.values.items() if value in cell), "")
