"""The nota dinas of one act of giving: what is advised about which application, on which facts, and room for answers.
Whoever signs adds number, name and signature; nothing of that is invented here."""

from collections.abc import Sequence

from django.conf import settings
from django.utils import timezone, translation

from jendela.common.dates import today
from jendela.common.documents import Annex, Block, Facts, Letter, LetterKind, Paragraph, Signer, Table
from jendela.insight.recommendations import models
from jendela.insight.recommendations.models import Recommendation
from jendela.insight.recommendations.rules import RULES, sentence

LETTERHEAD = ("PEMERINTAH KABUPATEN KOTAWARINGIN TIMUR", "DINAS KOMUNIKASI DAN INFORMATIKA")
OFFICE = "Kepala Dinas Komunikasi dan Informatika"
SECRETARY = "Sekretaris Daerah Kabupaten Kotawaringin Timur"


def advice_letter(row: models.Letter) -> Letter:
    """The letter in Indonesian, whatever language the page has; with the answers that have come since."""
    rows = sorted(row.recommendations.all(), key=lambda one: (-one.weight, one.pk))
    with translation.override("id"):
        return Letter(
            kind=LetterKind.NOTA_DINAS,
            subject=f"Rekomendasi atas aplikasi {row.agency.short_name}",
            to=(f"Kepala {row.agency.name}",),
            signer=Signer(OFFICE),
            simulated=settings.DEMO,
            letterhead=LETTERHEAD,
            from_=OFFICE,
            cc=(SECRETARY,),
            date=timezone.localdate(row.made_at),
            attachments="1 (satu) daftar",
            opening=[
                "Dari daftar aplikasi kabupaten kami menyusun rekomendasi di bawah ini.",
                "Setiap rekomendasi menyebut fakta dan dasarnya dalam lampiran.",
            ],
            blocks=[
                Facts([("Dijawab paling lambat", row.due_on), ("Jumlah rekomendasi", len(rows))]),
                Table(
                    headers=("No.", "Rekomendasi", "Yang diharapkan"),
                    rows=[
                        (number, sentence(one.rule, one.application.name), _effect(one))
                        for number, one in enumerate(rows, start=1)
                    ],
                    widths=(1, 6, 5),
                ),
                Paragraph(
                    "Mohon Saudara menjawab setiap rekomendasi: ya dengan rencana dan tanggal, sebagian, "
                    "atau tidak dengan alasan. “Tidak” dengan alasan juga jawaban."
                ),
            ],
            closing=[
                "Jawaban dapat diisi di Jendela, pada menu Rekomendasi, atau pada lampiran ini.",
                "Atas perhatian dan kerja sama Saudara kami ucapkan terima kasih.",
            ],
            annexes=[Annex("Fakta, dasar dan jawaban", _annex(rows))],
            draft_note=f"Disusun dari rekomendasi di Jendela, {today():%d-%m-%Y}.",
        )


def _effect(row: Recommendation) -> str:
    rule = RULES.get(row.rule)
    return str(rule.effect) if rule else ""


def _annex(rows: Sequence[Recommendation]) -> list[Block]:
    """One table of facts and answers for each recommendation."""
    blocks: list[Block] = []
    for number, row in enumerate(rows, start=1):
        rule = RULES.get(row.rule)
        title = f"{number}. {sentence(row.rule, row.application.name)}"
        facts = [("Fakta", _fact(fact)) for fact in row.facts]
        basis = [("Dasar", str(rule.citation))] if rule else []
        blocks.append(
            Table(
                headers=("", ""),
                rows=[*facts, *basis, *_answer(row)],
                widths=(2, 7),
                title=title,
            )
        )
    return blocks


def _fact(fact: dict[str, str]) -> str:
    """The fact with its source as far as known."""
    origin = ", ".join(part for part in (fact.get("source", ""), fact.get("date", "")) if part)
    return f"{fact['words']} (Sumber: {origin})" if origin else fact["words"]


def _answer(row: Recommendation) -> list[tuple[str, str]]:
    """The newest answer; without one the lines to fill in by hand."""
    found = next(iter(row.answers.all()), None)
    if found is None:
        dots = "." * 60
        return [("Jawaban", "Ya / Sebagian / Tidak *)"), ("Rencana atau alasan", dots), ("Selesai", "." * 24)]
    planned = f"{found.planned_on:%d-%m-%Y}" if found.planned_on else "tanpa tanggal"
    return [
        ("Jawaban", f"{found.get_kind_display()} ({found.name}, {timezone.localdate(found.at):%d-%m-%Y})"),
        ("Rencana atau alasan", found.text),
        ("Selesai", planned),
    ]
