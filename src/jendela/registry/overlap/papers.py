"""Documents of a request: the needs document for the national consideration (Permenkomdigi 6/2025: analisis kebutuhan
before a new application), and the decision."""

from decimal import Decimal

from django.conf import settings
from django.utils import timezone

from jendela.common.documents import Facts, Heading, Letter, LetterKind, Numbered, Paragraph, Signer, Table
from jendela.common.money import full
from jendela.registry.applications.choices import CostKind, Hosting
from jendela.registry.overlap.choices import RefusalReason, RequestState
from jendela.registry.overlap.models import Request
from jendela.registry.overlap.request_actions import total

HEAD = ("PEMERINTAH KABUPATEN KOTAWARINGIN TIMUR",)
UNKNOWN = "Belum diisi."


def needs_document(row: Request) -> Letter:
    """For Kominfo and, through it, the ministry."""
    sent = row.sent_at or row.changed_at
    return Letter(
        kind=LetterKind.SURAT,
        subject=f"Analisis kebutuhan aplikasi {row.name}",
        to=["Kepala Dinas Komunikasi dan Informatika"],
        signer=Signer(f"Kepala {row.agency.name}"),
        simulated=settings.DEMO,
        letterhead=(*HEAD, row.agency.name.upper()),
        date=timezone.localdate(sent),
        place="Sampit",
        to_place="di Sampit",
        opening=["Bersama ini kami sampaikan analisis kebutuhan sebelum membangun aplikasi baru."],
        blocks=[
            Heading("1. Masalah"), Paragraph(row.problem or UNKNOWN),
            Heading("2. Yang sudah dicoba tanpa aplikasi baru"), Paragraph(row.without_app or UNKNOWN),
            Heading("3. Aplikasi yang diusulkan"),
            Facts([
                ("Nama", row.name), ("Guna", row.purpose), ("Pemakai", row.users),
                ("Fungsi (RAB)", f"{row.function.name} ({row.function.code})" if row.function else None),
                ("Dasar hukum", row.legal_basis),
                ("Tempat server", str(Hosting(row.hosting).label) if row.hosting else None),
            ]),
            Heading("4. Data dan integrasi"), Paragraph(row.data_needed or UNKNOWN),
            Paragraph(row.integration or UNKNOWN),
            Heading("5. Aplikasi mirip menurut daftar aplikasi"), _found(row),
            Paragraph(row.why_not_existing or UNKNOWN),
            Heading("6. Rencana biaya"), _costs(row),
        ],
        closing=["Demikian kami sampaikan untuk dipertimbangkan."],
        draft_note=f"Usulan nomor {row.pk}. Daftar aplikasi dibaca {timezone.localdate(sent):%d-%m-%Y}.",
    )  # fmt: skip


def _found(row: Request) -> Table | Paragraph:
    if not row.found:
        return Paragraph("Tidak ditemukan aplikasi yang mirip.")
    return Table(
        headers=["Aplikasi", "Pemilik", "Mengapa mirip"],
        rows=[[one["name"], one["owner"], "; ".join(one["reasons"])] for one in row.found],
        widths=[3, 2, 4],
    )


def _costs(row: Request) -> Table | Paragraph:
    if not row.cost_plan:
        return Paragraph("Belum ada rencana biaya.")
    rows = [
        [str(one["year"]), str(CostKind(one["kind"]).label), full(Decimal(one["amount"]))]
        for one in row.cost_plan
    ]
    note = f"Seluruhnya {full(total(row))}."
    return Table(headers=["Tahun", "Jenis", "Jumlah"], rows=rows, widths=[1, 3, 3], note=note)


def decision_letter(row: Request) -> Letter:
    """From Diskominfo to the agency that asked."""
    approved = row.state == RequestState.APPROVED
    blocks: list[Paragraph | Numbered | Table | Facts] = [
        Facts([("Usulan", row.name), ("Diusulkan oleh", row.agency.name),
               ("Keputusan", str(RequestState(row.state).label).capitalize())])
    ]  # fmt: skip
    if row.reasons:
        blocks.append(Numbered([str(RefusalReason(one).label) for one in row.reasons]))
    blocks.append(Paragraph(row.answer))
    cited = [one for one in row.found if (one["slug"] or one["name"]) in row.cited]
    if cited:
        blocks.append(
            Table(headers=["Aplikasi yang disarankan", "Pemilik", "Telepon"],
                  rows=[[one["name"], one["owner"], one["phone"] or None] for one in cited])
        )  # fmt: skip
    words = "dapat direncanakan" if approved else "belum dapat disetujui"
    return Letter(
        kind=LetterKind.NOTA_DINAS,
        subject=f"Keputusan atas usulan aplikasi {row.name}",
        to=[f"Kepala {row.agency.name}"],
        from_="Kepala Dinas Komunikasi dan Informatika",
        signer=Signer("Kepala Dinas Komunikasi dan Informatika"),
        simulated=settings.DEMO,
        letterhead=(*HEAD, "DINAS KOMUNIKASI DAN INFORMATIKA"),
        date=timezone.localdate(row.decided_at) if row.decided_at else None,
        opening=[f"Usulan aplikasi {row.name} {words}, dengan penjelasan berikut."],
        blocks=blocks,
        closing=["Demikian untuk menjadi perhatian."],
        draft_note=f"Usulan nomor {row.pk}.",
    )
