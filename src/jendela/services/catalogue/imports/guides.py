"""Categories, life events, relations, emergency contacts and the log of corrections from their tables."""

import datetime
from pathlib import Path

from jendela.common.tables import Report, Row, RowError, read_table
from jendela.people.areas.imports import check_values
from jendela.services.catalogue.actions import Drafts
from jendela.services.catalogue.choices import RelationKind
from jendela.services.catalogue.imports.tools import check_dates, check_filled, find_service
from jendela.services.catalogue.models import (
    Category,
    Correction,
    EmergencyContact,
    LifeEvent,
    LifeEventStep,
    RelatedService,
    ReviewRule,
    Service,
)

CATEGORIES = ("slug", "nama", "nama_en", "ikon")
PLACEMENTS = ("layanan", "kategori", "darurat")
EVENTS = ("slug", "nama", "nama_en", "pengantar", "pengantar_en", "ikon", "di_beranda", "kata")
EVENT_STEPS = ("peristiwa", "layanan", "kapan", "kapan_en")
RELATIONS = ("layanan", "terkait")
CONTACTS = (
    "nama", "nama_en", "untuk", "untuk_en", "telepon", "whatsapp", "url", "berfungsi", "layanan", "sumber_url",
    "sumber_tanggal", "catatan", "catatan_en",
)  # fmt: skip
CORRECTIONS = ("tanggal", "layanan", "teks", "teks_en", "sumber")
REVIEWS = ("tahun", "dasar_hukum", "berlaku_sejak", "terbukti")
YES = {"ya": True, "tidak": False}


def add_guides(
    directory: Path, drafts: Drafts, services: dict[str, Service], report: Report
) -> list[RowError]:
    errors: list[RowError] = []
    _add_categories(directory, drafts, services, report, errors)
    _add_life_events(directory, drafts, services, errors)
    _add_relations(directory, drafts, services, errors)
    _add_contacts(directory, drafts, services, errors)
    _add_corrections(directory, drafts, services, errors)
    _add_review_rules(directory, drafts, errors)
    report.add("Kategori", len(drafts.categories))
    report.add("Peristiwa hidup", len(drafts.life_events))
    report.add("Langkah peristiwa", len(drafts.event_steps))
    report.add("Layanan terkait", len(drafts.relations))
    report.add("Kontak darurat", len(drafts.contacts))
    report.add("Catatan koreksi", len(drafts.corrections))
    return errors


def _add_categories(
    directory: Path, drafts: Drafts, services: dict[str, Service], report: Report, errors: list[RowError]
) -> None:
    categories: dict[str, Category] = {}
    rows = read_table(directory / "kategori.csv", CATEGORIES, unique=["slug"])
    for position, row in enumerate(rows, start=1):
        check_filled(row, ("nama", "nama_en", "ikon"), errors)
        categories[row["slug"]] = Category(
            slug=row["slug"], name=row["nama"], name_en=row["nama_en"], icon=row["ikon"], position=position
        )
        check_values(row, categories[row["slug"]], errors)
    drafts.categories = list(categories.values())
    placed: set[str] = set()
    for row in read_table(directory / "kategori_layanan.csv", PLACEMENTS, unique=["layanan"]):
        service = find_service(row, "layanan", services, errors)
        if service is None:
            continue
        placed.add(service.name)
        service.is_emergency = row["darurat"] == "ya"
        for slug in dict.fromkeys(row.parts("kategori")):
            if slug in categories:
                drafts.placements.append((categories[slug], service))
            else:
                errors.append(row.error("kategori", f"kategori tidak dikenal: {slug}"))
    for name, service in services.items():
        if name not in placed:
            message = f"{name}: belum punya kategori"
            report.place_failed("layanan.csv", service.number + 1, "nama", message)


def _add_life_events(
    directory: Path, drafts: Drafts, services: dict[str, Service], errors: list[RowError]
) -> None:
    events: dict[str, LifeEvent] = {}
    rows = read_table(directory / "peristiwa.csv", EVENTS, unique=["slug"])
    for position, row in enumerate(rows, start=1):
        check_filled(row, ("nama", "nama_en", "pengantar", "pengantar_en", "ikon"), errors)
        events[row["slug"]] = LifeEvent(
            slug=row["slug"],
            name=row["nama"],
            name_en=row["nama_en"],
            intro=row["pengantar"],
            intro_en=row["pengantar_en"],
            icon=row["ikon"],
            position=position,
            on_home=_yes(row, "di_beranda", errors),
            words=row["kata"],
        )
        check_values(row, events[row["slug"]], errors)
    drafts.life_events = list(events.values())
    positions = dict.fromkeys(events, 0)
    step_rows = read_table(directory / "peristiwa_langkah.csv", EVENT_STEPS, unique=["peristiwa", "layanan"])
    for row in step_rows:
        service = find_service(row, "layanan", services, errors)
        slug = row["peristiwa"]
        if slug not in events:
            errors.append(row.error("peristiwa", f"peristiwa tidak dikenal: {slug}"))
            continue
        positions[slug] += 1
        drafts.event_steps.append(
            LifeEventStep(
                event=events[slug],
                service=service,
                position=positions[slug],
                when=row["kapan"],
                when_en=row["kapan_en"],
            )
        )
        check_values(row, drafts.event_steps[-1], errors)
    errors += [row.error("slug", "peristiwa tanpa layanan") for row in rows if not positions[row["slug"]]]


def _add_relations(
    directory: Path, drafts: Drafts, services: dict[str, Service], errors: list[RowError]
) -> None:
    """See also, in both directions, where nothing stronger joins the two."""
    known = {(relation.service.name, relation.other.name) for relation in drafts.relations}
    for row in read_table(directory / "layanan_terkait.csv", RELATIONS, unique=["layanan", "terkait"]):
        one = find_service(row, "layanan", services, errors)
        other = find_service(row, "terkait", services, errors)
        if one is None or other is None:
            continue
        if one is other:
            errors.append(row.error("terkait", f"layanan tidak terkait dengan dirinya sendiri: {one.name}"))
            continue
        for left, right in ((one, other), (other, one)):
            if (left.name, right.name) not in known:
                known.add((left.name, right.name))
                kind = RelationKind.SEE_ALSO
                drafts.relations.append(RelatedService(service=left, other=right, kind=kind))


def _add_contacts(
    directory: Path, drafts: Drafts, services: dict[str, Service], errors: list[RowError]
) -> None:
    for position, row in enumerate(read_table(directory / "darurat.csv", CONTACTS, unique=["nama"]), start=1):
        check_filled(row, ("nama_en", "untuk", "untuk_en", "sumber_url"), errors)
        check_dates(row, "sumber_tanggal", errors)
        works = _yes(row, "berfungsi", errors)
        if works and not (row["telepon"] or row["whatsapp"] or row["url"]):
            errors.append(row.error("berfungsi", "tanpa nomor dan alamat tidak dapat disebut berfungsi"))
        service = find_service(row, "layanan", services, errors) if row["layanan"] else None
        drafts.contacts.append(
            EmergencyContact(
                position=position,
                name=row["nama"],
                name_en=row["nama_en"],
                what_for=row["untuk"],
                what_for_en=row["untuk_en"],
                phone=row["telepon"],
                whatsapp=row["whatsapp"],
                url=row["url"],
                works=works,
                service=service,
                source_url=row["sumber_url"],
                source_date=row["sumber_tanggal"],
                note=row["catatan"],
                note_en=row["catatan_en"],
            )
        )
        check_values(row, drafts.contacts[-1], errors)


def _add_corrections(
    directory: Path, drafts: Drafts, services: dict[str, Service], errors: list[RowError]
) -> None:
    for row in read_table(directory / "koreksi.csv", CORRECTIONS, unique=["tanggal", "teks"]):
        check_filled(row, ("teks_en", "sumber"), errors)
        try:
            date = datetime.date.fromisoformat(row["tanggal"])
        except ValueError:
            errors.append(row.error("tanggal", f"bukan tanggal: {row['tanggal']}"))
            continue
        service = find_service(row, "layanan", services, errors) if row["layanan"] else None
        drafts.corrections.append(
            Correction(
                date=date, service=service, text=row["teks"], text_en=row["teks_en"], source=row["sumber"]
            )
        )
        check_values(row, drafts.corrections[-1], errors)


def _add_review_rules(directory: Path, drafts: Drafts, errors: list[RowError]) -> None:
    for row in read_table(directory / "tinjau_ulang.csv", REVIEWS, unique=["berlaku_sejak"]):
        check_filled(row, ("dasar_hukum",), errors)
        try:
            rule = ReviewRule(
                years=int(row["tahun"]),
                citation=row["dasar_hukum"],
                valid_from=datetime.date.fromisoformat(row["berlaku_sejak"]),
                confirmed=_yes(row, "terbukti", errors),
            )
        except ValueError:
            errors.append(row.error("tahun", "tahun harus bilangan dan tanggal harus seperti 2014-06-01"))
            continue
        drafts.review_rules.append(rule)
        check_values(row, rule, errors)


def _yes(row: Row, column: str, errors: list[RowError]) -> bool:
    if row[column] not in YES:
        errors.append(row.error(column, f"harus ya atau tidak: {row[column] or '(kosong)'}"))
    return YES.get(row[column], False)
