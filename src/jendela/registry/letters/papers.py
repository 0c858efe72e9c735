"""An answering letter as a document: cover letter with the list as its annex, and the list as a workbook.

A narrow list is a table on turned paper; a wide one has a small table for each application, since thirty columns are
unreadable on A4; a very long one goes along as the workbook alone.
"""

from collections.abc import Sequence
from typing import Any

from jendela.common.documents import (
    Annex,
    Block,
    Facts,
    Letter,
    LetterKind,
    Paragraph,
    Signer,
    Table,
    annex_xlsx,
)
from jendela.common.documents.letter import day_in_words
from jendela.registry.letters import cells
from jendela.registry.letters.choices import Kind
from jendela.registry.letters.models import LetterIssue

REGENCY = "PEMERINTAH KABUPATEN KOTAWARINGIN TIMUR"
KOMINFO = "Dinas Komunikasi dan Informatika"
PLACE = "Sampit"
WIDEST = 8  # columns of a table that can be read on turned A4
LONGEST = 3500  # cells on paper; a list with more is the workbook alone


def is_on_paper(row: LetterIssue) -> bool:
    return 0 < len(row.rows) * len(row.headings) <= LONGEST


def letter_of(row: LetterIssue) -> Letter:
    """The same letter each time it is asked for."""
    office = row.agency.name if row.agency else KOMINFO
    return Letter(
        kind=LetterKind.NOTA_DINAS if row.kind == Kind.NOTE else LetterKind.SURAT,
        subject=row.subject,
        to=[row.to] if row.to else [],
        to_place=row.to_place,
        signer=Signer(f"Kepala {office}"),
        from_=f"Kepala {office}",
        simulated=row.simulated,
        letterhead=(REGENCY, office.upper()),
        number=row.number,
        date=row.date,
        place=PLACE,
        attachments="1 (satu) berkas" if row.applications else "",
        opening=[first_sentence(row), *_paragraphs(row.opening)],
        blocks=_blocks(row),
        closing=_paragraphs(row.closing)
        or ["Demikian disampaikan, atas perhatiannya kami ucapkan terima kasih."],
        annexes=_annexes(row),
        draft_note=(
            f"Disusun dari daftar aplikasi di Jendela, {day_in_words(row.date)}. Yang tertulis "
            f"“{cells.unknown(row.date)}” memang belum ada datanya."
        ),
    )


def first_sentence(row: LetterIssue) -> str:
    """'Menjawab surat … Nomor … tanggal … hal …', as far as known."""
    what = (
        f"daftar aplikasi {row.agency.name}" if row.agency else "daftar aplikasi Kabupaten Kotawaringin Timur"
    )
    if not (row.asked_number or row.asked_date or row.asked_subject):
        asked = f"Memenuhi permintaan {row.asker}" if row.asker else "Memenuhi permintaan Saudara"
    else:
        asked = f"Menjawab surat {row.asker}" if row.asker else "Menjawab surat Saudara"
        asked += f" Nomor {row.asked_number}" if row.asked_number else ""
        asked += f" tanggal {day_in_words(row.asked_date)}" if row.asked_date else ""
        asked += f" hal {row.asked_subject}" if row.asked_subject else ""
    return f"{asked}, bersama ini kami sampaikan {what} menurut catatan sampai {day_in_words(row.date)}."


def _paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _blocks(row: LetterIssue) -> list[Block]:
    facts: list[Block] = [Facts([("Jumlah aplikasi", row.applications), ("Keadaan per", row.date)])]
    if not row.applications:
        facts.append(Paragraph("Menurut catatan kami, tidak ada aplikasi yang dimiliki instansi ini."))
    elif not is_on_paper(row):
        facts.append(Paragraph("Daftarnya panjang, sehingga disampaikan sebagai berkas XLSX."))
    return facts


def _annexes(row: LetterIssue) -> list[Annex]:
    if not is_on_paper(row):
        return []
    rows = [[cells.words_of(cell, row.date) for cell in one] for one in row.rows]
    note = f"Sumber: Jendela, {day_in_words(row.date)}."
    if len(row.headings) <= WIDEST:
        table = Table(headers=row.headings, rows=rows, note=note)
        return [Annex("Lampiran: daftar aplikasi", [table], wide=len(row.headings) > 4)]
    blocks: list[Block] = [_sheet_of(row.headings, one, place) for place, one in enumerate(rows, start=1)]
    return [Annex("Lampiran: daftar aplikasi", [*blocks, Paragraph(note)])]


def _sheet_of(headings: Sequence[str], row: Sequence[Any], place: int) -> Table:
    """One application of a wide list: headings and values below each other."""
    pairs = list(zip(headings, row, strict=True))
    return Table(headers=("Kolom", "Isi"), rows=pairs, widths=(3, 5), title=f"Aplikasi {place}")


def workbook_of(row: LetterIssue) -> bytes:
    """The list in the asked order; dates of numbers and what is not known stand on a second sheet."""
    rows = [[cells.value_of(cell, row.date) for cell in one] for one in row.rows]
    notes = [
        f"Sumber: Jendela, {day_in_words(row.date)}.",
        f"“{cells.unknown(row.date)}”: belum ada datanya; bukan nol.",
        *_dated(row),
    ]
    return annex_xlsx(row.headings, rows, "Lampiran", simulated=row.simulated, notes=notes)


def _dated(row: LetterIssue) -> list[str]:
    """'Baris 3, Jumlah pengguna: per Oktober 2026' for each number with a date."""
    return [
        f"Baris {place}, {heading}: {cell['per']}."
        for place, one in enumerate(row.rows, start=1)
        for heading, cell in zip(row.headings, one, strict=True)
        if cell.get("per")
    ]
