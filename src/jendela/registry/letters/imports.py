"""The templates that come with the program, from templates.csv. What Kominfo changed or added stays."""

from pathlib import Path
from typing import Any

from jendela.common.audit import Actor
from jendela.common.tables import Report, read_table
from jendela.registry.letters.actions import make_template
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


def load_templates(directory: Path, *, by: Actor, report: Report) -> None:
    """Make those that are not there yet. The table stands in this folder: `directory` has none of its own."""
    there = set(LetterTemplate.objects.values_list("slug", flat=True))
    for row in read_table(TABLE, HEADINGS, unique=("kunci",)):
        if row["kunci"] in there:
            continue
        values: dict[str, Any] = {name: row[heading] for heading, name in WORDS.items()}
        values["columns"] = columns_of(row["kolom"])
        make_template(values=values, slug=row["kunci"], position=int(row["urutan"]), by=by)
        report.add("Bentuk jawaban surat")
