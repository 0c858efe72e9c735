"""Residents' words and English names from kata.csv, which may be missing."""

from pathlib import Path

from jendela.common.tables import Report, RowError, read_table
from jendela.people.areas.imports import check_values
from jendela.services.catalogue.actions import Drafts
from jendela.services.catalogue.choices import WordKind
from jendela.services.catalogue.imports.tools import check_filled, find_service
from jendela.services.catalogue.models import Service, ServiceWord

WORDS = ("layanan_nama", "jenis", "teks")


def add_words(
    directory: Path, drafts: Drafts, services: dict[str, Service], report: Report
) -> list[RowError]:
    path = directory / "kata.csv"
    if not path.exists():
        report.notes.append("kata.csv belum ada: pencarian hanya memakai nama layanan")
        return []
    errors: list[RowError] = []
    for row in read_table(path, WORDS, unique=["layanan_nama", "jenis", "teks"]):
        check_filled(row, ("teks",), errors)
        if row["jenis"] not in WordKind.values:
            errors.append(row.error("jenis", f"tidak dikenal: {row['jenis'] or '(kosong)'}"))
        service = find_service(row, "layanan_nama", services, errors)
        if service is None:
            continue
        if row["jenis"] == WordKind.ENGLISH and not service.name_en:
            service.name_en = row["teks"]
        drafts.words.append(ServiceWord(service=service, kind=row["jenis"], text=row["teks"]))
        check_values(row, drafts.words[-1], errors)
    report.add("Kata warga", len(drafts.words))
    missing = [name for name, service in services.items() if not service.name_en]
    if missing:
        report.notes.append(
            f"kata.csv: nama Inggris belum ada untuk {len(missing)} layanan: {'; '.join(missing)}"
        )
    return errors
