"""Official letters of a round: the request to all agencies, and a reminder to one that has not answered. Whoever signs
adds number, name and signature; nothing of that is invented here."""

from collections.abc import Sequence

from django.conf import settings

from jendela.common.dates import today
from jendela.common.documents import (
    Annex,
    Facts,
    Letter,
    LetterKind,
    Numbered,
    Paragraph,
    Signer,
    Table,
)
from jendela.people.agencies.models import Agency
from jendela.registry.campaigns.days import days_late
from jendela.registry.campaigns.models import Question, Round
from jendela.registry.campaigns.reads.board import Row

LETTERHEAD = ("PEMERINTAH KABUPATEN KOTAWARINGIN TIMUR", "DINAS KOMUNIKASI DAN INFORMATIKA")
OFFICE = "Kepala Dinas Komunikasi dan Informatika"
SECRETARY = "Sekretaris Daerah Kabupaten Kotawaringin Timur"


def _letter(round_: Round, subject: str, to: Sequence[str], **values: object) -> Letter:
    return Letter(
        kind=LetterKind.NOTA_DINAS,
        subject=subject,
        to=to,
        signer=Signer(OFFICE),
        simulated=round_.simulated or settings.DEMO,
        letterhead=LETTERHEAD,
        from_=OFFICE,
        **values,  # type: ignore[arg-type]  # names of Letter, given below
    )


def request_letter(round_: Round, rows: Sequence[Row], questions: Sequence[Question]) -> Letter:
    """Nota dinas to the heads of all agencies that were asked, with the list of them and what is asked."""
    people = Annex(
        "Instansi dan pengisi",
        [
            Table(
                headers=("No.", "Instansi", "Pengisi", "Jumlah aplikasi"),
                rows=[
                    (number, row.agency.short_name, "; ".join(one.name for one in row.bundles), row.items)
                    for number, row in enumerate(rows, start=1)
                ],
                widths=(1, 5, 4, 2),
                note="Jumlah aplikasi menurut daftar pada hari surat ini dibuat.",
            )
        ],
    )
    opening = [round_.text] if round_.text else []
    opening.append(
        "Kami memutakhirkan daftar aplikasi dan data Pemerintah Kabupaten Kotawaringin Timur. "
        "Mohon instansi Saudara memeriksa dan melengkapi bagiannya."
    )
    return _letter(
        round_,
        round_.title,
        ("Kepala perangkat daerah sebagaimana terlampir",),
        cc=(SECRETARY,),
        attachments="1 (satu) daftar",
        opening=opening,
        blocks=[
            Facts(
                [
                    ("Dijawab paling lambat", round_.due_on),
                    ("Diperiksa Diskominfo paling lambat", round_.approval_due_on),
                    ("Cara mengisi", "Lewat tautan pribadi yang dikirim kepada pengisi, tanpa kata sandi"),
                ]
            ),
            Paragraph("Yang ditanyakan untuk setiap aplikasi, sebagian besar sudah terisi:"),
            Numbered([one.text for one in questions]),
            Paragraph("Sesudah lengkap, kepala instansi menyatakan daftarnya dengan bunyi berikut:"),
            Paragraph(f"“{round_.statement}”"),
        ],
        closing=[
            "Yang belum diketahui dijawab “belum tahu”; itu juga jawaban.",
            "Atas perhatian dan kerja sama Saudara kami ucapkan terima kasih.",
        ],
        annexes=[people],
        draft_note=f"Disusun dari daftar di Jendela, {today():%d-%m-%Y}.",
    )


def reminder_letter(round_: Round, row: Row) -> Letter:
    """Nota dinas to the head of one agency whose answer is late."""
    late = days_late(row.due_on, today())
    agency: Agency = row.agency
    table = Table(
        headers=("Pengisi", "Keadaan"),
        rows=[(one.name, str(one.get_state_display())) for one in row.bundles],
    )
    return _letter(
        round_,
        f"Pengingat: {round_.title}",
        (f"Kepala {agency.name}",),
        cc=(SECRETARY,),
        opening=[
            "Jawaban instansi Saudara atas permintaan ini belum kami terima.",
        ],
        blocks=[
            Facts(
                [
                    ("Dijawab paling lambat", row.due_on),
                    ("Lewat", f"{late} hari kerja" if late else "belum lewat"),
                    ("Aplikasi dalam permintaan", row.items or "belum ada di daftar"),
                    ("Sudah dikirim", f"{row.answered} aplikasi" if row.answered else "belum ada"),
                    ("Isian wajib terisi", f"{row.percent} persen" if row.percent is not None else ""),
                ]
            ),
            table,
        ],
        closing=[
            "Mohon bantuan Saudara agar pengisinya menjawab, atau menunjuk orang lain.",
            "Bila jawaban sudah dikirim, abaikan surat ini.",
        ],
        draft_note=f"Disusun dari papan pemutakhiran di Jendela, {today():%d-%m-%Y}.",
    )
