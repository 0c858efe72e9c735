"""Ways to obtain a service: each channel text of layanan.csv is looked up in kanal.csv."""

from collections.abc import Sequence
from pathlib import Path

from jendela.common.tables import Report, Row, RowError, read_table
from jendela.people.agencies.models import Office
from jendela.people.areas.imports import check_values
from jendela.registry.applications.models import Application
from jendela.services.catalogue.actions import Drafts
from jendela.services.catalogue.choices import LocalOffice, WayKind
from jendela.services.catalogue.imports.tools import find_service
from jendela.services.catalogue.models import Service, Way

CHANNELS = (
    "kanal", "jenis", "tampil", "kantor", "aplikasi", "url", "telepon", "kantor_setempat", "urutan", "catatan",
)  # fmt: skip
MORE = ("layanan", "kanal", "alasan")
LAST = 99  # an unknown channel comes after all known ones


def add_ways(directory: Path, drafts: Drafts, services: dict[str, Service], report: Report) -> list[RowError]:
    errors: list[RowError] = []
    channel_rows = read_table(directory / "kanal.csv", CHANNELS, unique=["kanal"])
    offices = {office.slug: office for office in Office.objects.all()}
    applications = {
        application.name: application
        for application in Application.objects.exclude(record_state="digabung").order_by("-pk")
    }
    _check_channels(channel_rows, offices, applications, errors)
    channels = {row["kanal"]: row for row in channel_rows if row["urutan"].isdecimal()}
    wanted: dict[str, list[tuple[str, Row]]] = {name: [] for name in services}
    for row in read_table(directory / "layanan.csv", ("nama", "kanal")):
        for text in row.parts("kanal"):
            wanted.setdefault(row["nama"], []).append((text, row))
    for row in read_table(directory / "kanal_tambahan.csv", MORE, unique=["layanan", "kanal"]):
        if find_service(row, "layanan", services, errors):
            wanted[row["layanan"]].append((row["kanal"], row))
    for name, service in services.items():
        texts = sorted(wanted[name], key=lambda pair: _rank(channels.get(pair[0])))
        for position, (text, row) in enumerate(texts, start=1):
            channel = channels.get(text)
            if channel is None:
                message = f"{name}: kanal tidak ada di kanal.csv: {text}"
                report.place_failed(row.table, row.number, "kanal", message)
                way = Way(service=service, position=position, kind=WayKind.OTHER, text=text)
            else:
                way = _way(service, position, channel, offices, applications)
            check_values(channel or row, way, errors)
            drafts.ways.append(way)
    report.add("Cara mengurus", len(drafts.ways))
    without = [name for name in services if not wanted[name]]
    if without:
        names = "; ".join(without)
        report.notes.append(f"layanan.csv: {len(without)} layanan belum punya kanal menurut sumber: {names}")
    return errors


def _rank(channel: Row | None) -> int:
    return int(channel["urutan"]) if channel else LAST


def _check_channels(
    rows: Sequence[Row],
    offices: dict[str, Office],
    applications: dict[str, Application],
    errors: list[RowError],
) -> None:
    for row in rows:
        if row["jenis"] not in WayKind.values:
            errors.append(row.error("jenis", f"tidak dikenal: {row['jenis'] or '(kosong)'}"))
        if row["kantor"] and row["kantor"] not in offices:
            errors.append(row.error("kantor", f"kantor tidak ada di kantor.csv: {row['kantor']}"))
        if row["aplikasi"] and row["aplikasi"] not in applications:
            errors.append(row.error("aplikasi", f"aplikasi tidak dikenal: {row['aplikasi']}"))
        if row["kantor_setempat"] and row["kantor_setempat"] not in LocalOffice.values:
            errors.append(row.error("kantor_setempat", f"tidak dikenal: {row['kantor_setempat']}"))
        if row["telepon"] and not row["telepon"].isdecimal():
            errors.append(row.error("telepon", f"hanya angka: {row['telepon']}"))
        if not row["urutan"].isdecimal():
            errors.append(row.error("urutan", f"bukan bilangan: {row['urutan'] or '(kosong)'}"))


def _way(
    service: Service,
    position: int,
    channel: Row,
    offices: dict[str, Office],
    applications: dict[str, Application],
) -> Way:
    application = applications.get(channel["aplikasi"])
    linked = channel["jenis"] in {WayKind.APPLICATION, WayKind.WEB}
    text = channel["tampil"] or channel["kanal"]
    return Way(
        service=service,
        position=position,
        kind=channel["jenis"],
        text=text[:1].upper() + text[1:] if text.split(" ", 1)[0].isalpha() else text,
        detail=channel["catatan"],
        office=offices.get(channel["kantor"]),
        application=application,
        url=channel["url"] or (application.url if application and linked else ""),
        phone=channel["telepon"],
        local_office=channel["kantor_setempat"],
    )
