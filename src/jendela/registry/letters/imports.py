"""The templates that come with the program, from templates.csv. What Kominfo changed or added stays."""

from pathlib import Path
from typing import Any

from jendela.common.audit import Actor
from jendela.common.tables import Report, read_table
from jendela.registry.letters.actions import change_template, make_template
from jendela.registry.letters.models import LetterTemplate

TABLE = Path(__file__).parent / "templates.csv"
WORDS = {
    "nama": "name",
    "peminta": "asker",
    "jenis": "kind",
    "yth": "to",
    "di": "to_place",
    "hal": "subject",
    "pembuka": "opening",
    "penutup": "closing",
    "dasar": "citation",
}
HEADINGS = ("kunci", "urutan", *WORDS, "kolom")


def columns_of(text: str) -> list[dict[str, Any]]:
    """'Heading=key|Heading=key' as a template keeps it."""
    pairs = [one.rpartition("=") for one in text.split("|") if one.strip()]
    return [{"heading": heading.strip(), "key": key.strip()} for heading, _sign, key in pairs]


# columns as they came with the program before: who kept them so gets the new ones
EARLIER = {
    "kementerian": "ID=slug|Nama Aplikasi=name|Uraian Aplikasi=purpose|Fungsi Aplikasi=function|Luaran Aplikasi=output|"
    "Basis Aplikasi=bases|Tipe Lisensi=licence|Bahasa Pemrograman=languages|Kerangka Pengembangan=framework|"
    "Basis Data=database|Unit Pengembang=developer_unit|Unit Operasional/Pengelola=operating_unit|RAA=raa|"
    "Proses Bisnis=rab|Data=datasets|Klasifikasi=app_class|Kategori=category|Dasar Hukum=legal|URL=url|"
    "Perangkat Daerah Pemilik=owner|Perangkat Daerah Pengguna=uses|Status=life_cycle|Tahun=since",
}

EARLIER_CITATION = {"kementerian": "Urutan kolom domain aplikasi SIA-SPBE (SIAP Digital), Perpres 132/2022"}


def load_templates(directory: Path, *, by: Actor, report: Report) -> None:
    """Make those that are not there yet, and renew those that stand as they once came. The table stands in this
    folder: `directory` has none of its own."""
    there = {one.slug: one for one in LetterTemplate.objects.all()}
    for row in read_table(TABLE, HEADINGS, unique=("kunci",)):
        values: dict[str, Any] = {name: row[heading] for heading, name in WORDS.items()}
        values["columns"] = columns_of(row["kolom"])
        standing = there.get(row["kunci"])
        if standing is not None:
            if standing.columns == columns_of(EARLIER.get(standing.slug, "")):
                renewed = {"columns": values["columns"]}
                if standing.citation == EARLIER_CITATION.get(standing.slug):
                    renewed["citation"] = values["citation"]
                change_template(template=standing, values=renewed, by=by)
            continue
        make_template(values=values, slug=row["kunci"], position=int(row["urutan"]), by=by)
        report.add("Bentuk jawaban surat")
