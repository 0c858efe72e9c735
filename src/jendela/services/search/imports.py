"""The search's part of the data set: word list, topics answered elsewhere, help pages."""

from pathlib import Path

from django.utils.text import slugify

from jendela.common.audit import Actor
from jendela.common.tables import Report, Row, read_table
from jendela.services.search import actions
from jendela.services.search.choices import Kind
from jendela.services.search.models import Topic, Variant


def load(folder: Path, *, by: Actor, report: Report) -> None:
    """Read kamus.csv, di_luar.csv and halaman.csv. Raises TableError."""
    variants = [
        Variant(form=row["bentuk"], meaning=row["makna"], language=row["bahasa"], note=row["catatan"])
        for row in read_table(folder / "kamus.csv", ["bentuk", "makna", "bahasa", "catatan"])
    ]
    columns = ["topik", "topik_en", "ke_mana", "ke_mana_en", "ungkapan"]
    topics = [_elsewhere(row) for row in read_table(folder / "di_luar.csv", columns, unique=["topik"])]
    columns = ["kunci", "nama", "nama_en", "url", "isi", "isi_en", "ungkapan"]
    topics += [_help(row) for row in read_table(folder / "halaman.csv", columns, unique=["kunci"])]
    actions.load_topics(topics=topics, variants=variants, by=by)
    report.add("kata dan singkatan", len(variants))
    report.add("topik di luar kewenangan", sum(topic.kind == Kind.ELSEWHERE for topic in topics))
    report.add("halaman bantuan", sum(topic.kind == Kind.HELP for topic in topics))


def _elsewhere(row: Row) -> Topic:
    return Topic(
        kind=Kind.ELSEWHERE,
        key=f"{row.number}-{slugify(row['topik'])}"[:140],
        name=row["topik"],
        name_en=row["topik_en"],
        text=row["ke_mana"],
        text_en=row["ke_mana_en"],
        words=row["ungkapan"],
    )


def _help(row: Row) -> Topic:
    return Topic(
        kind=Kind.HELP,
        key=row["kunci"],
        name=row["nama"],
        name_en=row["nama_en"],
        url=row["url"],
        text=row["isi"],
        text_en=row["isi_en"],
        words=row["ungkapan"],
    )
