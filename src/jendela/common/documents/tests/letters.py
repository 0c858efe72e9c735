"""A letter of invented offices for tests."""

import datetime
from typing import Any

from jendela.common.documents import (
    Annex,
    Facts,
    Heading,
    Letter,
    LetterKind,
    Numbered,
    Paragraph,
    Signer,
    Table,
)

DAY = datetime.date(2026, 11, 24)


def table(rows: int = 2) -> Table:
    return Table(
        ["No", "Nama", "Biaya setahun", "Sampai"],
        [[number, f"Barang <{number}> & lain", 1_250_000 * number, DAY] for number in range(1, rows + 1)],
        widths=[1, 4, 3, 3],
        title="Daftar barang",
        note="Sumber: catatan contoh, 24 November 2026.",
    )


def letter(kind: LetterKind = LetterKind.NOTA_DINAS, **changes: Any) -> Letter:
    values: dict[str, Any] = {
        "kind": kind,
        "subject": "Pemutakhiran daftar barang",
        "to": ["Kepala Dinas Satu", "Kepala Dinas Dua"],
        "from_": "Kepala Dinas Contoh",
        "cc": ["Sekretaris Contoh"],
        "signer": Signer("Kepala Dinas Contoh"),
        "simulated": False,
        "letterhead": ["PEMERINTAH KABUPATEN CONTOH", "DINAS CONTOH", "Jalan Contoh 0"],
        "date": DAY,
        "place": "Contoh",
        "attachments": "1 (satu) berkas",
        "opening": ["Kami mohon bantuan Saudara."],
        "blocks": [
            Heading("Yang kami minta"),
            Paragraph("Periksa daftar di bawah ini."),
            Numbered(["Baca.", "Betulkan."]),
            Facts([("Tenggat", datetime.date(2026, 12, 30)), ("Narahubung", "")]),
            table(),
        ],
        "closing": ["Terima kasih."],
        "annexes": [Annex("Lampiran", [table(3)], wide=True)],
        "draft_note": "Disiapkan dari catatan contoh.",
    }
    return Letter(**{**values, **changes})
