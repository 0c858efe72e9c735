"""Services and their interim standards from layanan.csv; papers from berkas.csv; components from komponen.csv."""

import datetime
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from jendela.common.dates import parse_partials
from jendela.common.tables import Report, Row, RowError, read_table
from jendela.people.agencies.models import Agency
from jendela.people.areas.imports import check_values
from jendela.services.catalogue.actions import Drafts
from jendela.services.catalogue.choices import ComponentGroup, FeeKind, RelationKind, RuleScope, StandardState
from jendela.services.catalogue.imports.tools import check_dates, check_filled, slug_of
from jendela.services.catalogue.models import (
    ComponentType,
    RelatedService,
    Service,
    ServiceSource,
    Standard,
    StandardComponent,
    Step,
)
from jendela.services.catalogue.reads.rows import fee_of, requirement_of, time_of
from jendela.services.catalogue.reads.values import parse_fees, parse_requirements, parse_time, split_steps

SERVICES = (
    "nama", "opd", "scope", "kelompok_sasaran", "persyaratan", "prosedur_ringkas", "waktu", "biaya", "produk", "kanal",
    "dasar_hukum", "sumber_url", "sumber_tanggal", "catatan",
)  # fmt: skip
TYPES = ("kode", "kelompok", "nama", "nama_en", "pertanyaan", "pertanyaan_en", "dasar_hukum", "berlaku_sejak")
PAPERS = ("pola", "layanan", "biasa_dimiliki", "catatan")
COMPONENTS = {
    "persyaratan": "A1",
    "prosedur_ringkas": "A2",
    "waktu": "A3",
    "biaya": "A4",
    "produk": "A5",
    "dasar_hukum": "B7",
}


@dataclass(frozen=True)
class PaperRule:
    """A pattern of the text of a requirement, and the service that gives such a paper."""

    pattern: re.Pattern[str]
    service: str
    usually_owned: bool


@dataclass(frozen=True)
class Papers:
    """The rules in their order: the first that fits decides."""

    rules: Sequence[PaperRule]
    services: dict[str, Service]

    def find(self, text: str, asking: Service) -> tuple[Service | None, bool]:
        """The service that gives this paper (never the asking one), and whether most people have it."""
        rule = next((rule for rule in self.rules if rule.pattern.search(text)), None)
        if rule is None:
            return None, False
        giver = self.services.get(rule.service)
        return (None if giver is asking else giver), rule.usually_owned


def add_services(directory: Path, drafts: Drafts, report: Report) -> list[RowError]:
    errors: list[RowError] = []
    rows = read_table(directory / "layanan.csv", SERVICES, unique=["nama"])
    types = _types(read_table(directory / "komponen.csv", TYPES, unique=["kode"]), errors)
    owners = {agency.short_name: agency for agency in Agency.objects.all()}
    drafts.component_types = list(types.values())
    drafts.services = [_service(number, row, owners, errors) for number, row in enumerate(rows, start=1)]
    services = {service.name: service for service in drafts.services}
    _check_slugs(rows, drafts.services, errors)
    rules = _paper_rules(read_table(directory / "berkas.csv", PAPERS, unique=["pola"]), services, errors)
    papers = Papers(rules, services)
    for row, service in zip(rows, drafts.services, strict=True):
        standard = Standard(service=service, version=1, state=StandardState.INTERIM)
        drafts.standards.append(standard)
        for column, code in COMPONENTS.items():
            if row[column] and code in types:
                drafts.components.append(
                    StandardComponent(standard=standard, type=types[code], text=row[column])
                )
        _add_sources(row, service, drafts, report, errors)
        _add_requirements(row, standard, drafts, papers, errors)
        _add_steps(row, standard, drafts, errors)
        _add_time(row, standard, drafts, report, errors)
        _add_fees(row, standard, drafts, report, errors)
    _count(drafts, report)
    return errors


def _types(rows: Sequence[Row], errors: list[RowError]) -> dict[str, ComponentType]:
    types: dict[str, ComponentType] = {}
    for position, row in enumerate(rows, start=1):
        if row["kelompok"] not in ComponentGroup.values:
            errors.append(row.error("kelompok", f"tidak dikenal: {row['kelompok']}"))
        check_filled(row, ("nama", "dasar_hukum"), errors)
        try:
            valid_from = datetime.date.fromisoformat(row["berlaku_sejak"])
        except ValueError:
            errors.append(row.error("berlaku_sejak", f"bukan tanggal: {row['berlaku_sejak']}"))
            continue
        types[row["kode"]] = ComponentType(
            code=row["kode"],
            group=row["kelompok"],
            position=position,
            name=row["nama"],
            name_en=row["nama_en"],
            question=row["pertanyaan"],
            question_en=row["pertanyaan_en"],
            citation=row["dasar_hukum"],
            valid_from=valid_from,
        )
        check_values(row, types[row["kode"]], errors)
    if rows:
        missing = sorted(set(COMPONENTS.values()) - {row["kode"] for row in rows})
        errors += [rows[0].error("kode", f"komponen tidak ada: {code}") for code in missing]
    return types


def _service(number: int, row: Row, owners: dict[str, Agency], errors: list[RowError]) -> Service:
    if row["opd"] not in owners:
        errors.append(row.error("opd", f"instansi tidak dikenal: {row['opd'] or '(kosong)'}"))
    if row["scope"] not in RuleScope.values:
        errors.append(row.error("scope", f"tidak dikenal: {row['scope'] or '(kosong)'}"))
    check_filled(row, ("sumber_url",), errors)
    check_dates(row, "sumber_tanggal", errors)
    service = Service(
        number=number,
        slug=slug_of(row["nama"]),
        name=row["nama"],
        owner=owners.get(row["opd"]),
        rule_scope=row["scope"],
        audience=row["kelompok_sasaran"],
        product=row["produk"],
        note=row["catatan"],
        last_checked=_newest(row["sumber_tanggal"]),
        source_dates=row["sumber_tanggal"],
    )
    check_values(row, service, errors)
    return service


def _newest(dates: str) -> str:
    try:
        return str(max(parse_partials(dates), default=""))
    except ValueError:
        return ""  # said by check_dates


def _check_slugs(rows: Sequence[Row], services: Sequence[Service], errors: list[RowError]) -> None:
    seen: dict[str, str] = {}
    for row, service in zip(rows, services, strict=True):
        if service.slug in seen:
            errors.append(row.error("nama", f"alamatnya sama dengan {seen[service.slug]}: {service.slug}"))
        seen[service.slug] = service.name


def _paper_rules(
    rows: Sequence[Row], services: dict[str, Service], errors: list[RowError]
) -> list[PaperRule]:
    rules = []
    for row in rows:
        if row["layanan"] and row["layanan"] not in services:
            errors.append(row.error("layanan", f"layanan tidak dikenal: {row['layanan']}"))
        try:
            pattern = re.compile(row["pola"], re.IGNORECASE)
        except re.error as error:
            errors.append(row.error("pola", f"pola tidak terbaca: {error}"))
            continue
        rules.append(PaperRule(pattern, row["layanan"], row["biasa_dimiliki"] == "ya"))
    return rules


def _add_sources(row: Row, service: Service, drafts: Drafts, report: Report, errors: list[RowError]) -> None:
    """Addresses and dates are two lists; they are paired only when they are of the same length."""
    urls = row.parts("sumber_url", " ; ")
    dates = row.parts("sumber_tanggal")
    paired = len(urls) == len(dates)
    if dates and not paired:
        message = f"{len(urls)} alamat, {len(dates)} tanggal; tanggal disimpan tanpa dipasangkan"
        report.place_failed(row.table, row.number, "sumber_tanggal", f"{service.name}: {message}")
    for position, url in enumerate(urls, start=1):
        date = dates[position - 1] if paired else ""
        drafts.sources.append(ServiceSource(service=service, url=url, date=date, position=position))
        check_values(row, drafts.sources[-1], errors)


def _add_requirements(
    row: Row,
    standard: Standard,
    drafts: Drafts,
    papers: Papers,
    errors: list[RowError],
) -> None:
    first: set[str] = set()
    for position, paper in enumerate(parse_requirements(row["persyaratan"]), start=1):
        giver, owned = papers.find(paper.text, standard.service)
        drafts.requirements.append(requirement_of(paper, standard, position, giver, owned))
        check_values(row, drafts.requirements[-1], errors)
        if giver is not None and not owned and giver.name not in first:
            first.add(giver.name)
            kind = RelationKind.SEE_ALSO if paper.only_if else RelationKind.NEEDS_FIRST
            drafts.relations.append(RelatedService(service=standard.service, other=giver, kind=kind))


def _add_steps(row: Row, standard: Standard, drafts: Drafts, errors: list[RowError]) -> None:
    for position, text in enumerate(split_steps(row["prosedur_ringkas"]), start=1):
        drafts.steps.append(Step(standard=standard, position=position, text=text))
        check_values(row, drafts.steps[-1], errors)


def _add_time(row: Row, standard: Standard, drafts: Drafts, report: Report, errors: list[RowError]) -> None:
    if not row["waktu"]:
        return
    time = parse_time(row["waktu"])
    if time is None:
        message = f"{row['nama']}: tetap teks, bukan satu angka: {row['waktu']}"
        report.place_failed(row.table, row.number, "waktu", message)
        return
    drafts.times.append(time_of(time, standard))
    check_values(row, drafts.times[-1], errors)


def _add_fees(row: Row, standard: Standard, drafts: Drafts, report: Report, errors: list[RowError]) -> None:
    for position, line in enumerate(parse_fees(row["biaya"]), start=1):
        if line.kind == FeeKind.TEXT:
            message = f"{row['nama']}: tetap teks, tanpa jumlah: {line.label}"
            report.place_failed(row.table, row.number, "biaya", message)
        drafts.fees.append(fee_of(line, standard, position))
        check_values(row, drafts.fees[-1], errors)


def _count(drafts: Drafts, report: Report) -> None:
    filled = Counter(part.type_id for part in drafts.components)
    report.add("Layanan", len(drafts.services))
    report.add("Syarat", len(drafts.requirements))
    report.add("Syarat yang diurus lewat layanan lain", sum(bool(r.obtained_by) for r in drafts.requirements))
    report.add("Langkah", len(drafts.steps))
    report.add("Lama pengurusan terbaca", len(drafts.times))
    report.add("Baris biaya", len(drafts.fees))
    report.add("Sumber layanan", len(drafts.sources))
    total = len(drafts.services)
    for column, code in COMPONENTS.items():
        report.notes.append(f"layanan.csv: {column} terisi pada {filled[code]} dari {total} layanan")
