"""The search's part of the data set: word list, topics answered elsewhere, help pages, test queries."""

from pathlib import Path

from django.utils.text import slugify

from jendela.common.audit import Actor
from jendela.common.tables import Report, Row, RowError, TableError, read_table
from jendela.services.catalogue.models import Service
from jendela.services.search import actions
from jendela.services.search.choices import Kind, Origin
from jendela.services.search.models import TestQuery, Topic, Variant


def load(folder: Path, *, by: Actor, report: Report) -> None:
    """Read kamus.csv, di_luar.csv, halaman.csv and, if it is there, uji_pencarian.csv. Raises TableError."""
    variants = [
        Variant(form=row["bentuk"], meaning=row["makna"], language=row["bahasa"], note=row["catatan"])
        for row in read_table(folder / "kamus.csv", ["bentuk", "makna", "bahasa", "catatan"])
    ]
    columns = ["topik", "topik_en", "ke_mana", "ke_mana_en", "ungkapan"]
    topics = [_elsewhere(row) for row in read_table(folder / "di_luar.csv", columns, unique=["topik"])]
    columns = ["kunci", "nama", "nama_en", "url", "isi", "isi_en", "ungkapan"]
    topics += [_help(row) for row in read_table(folder / "halaman.csv", columns, unique=["kunci"])]
    tests = _test_queries(folder / "uji_pencarian.csv", report)
    actions.load_topics(topics=topics, variants=variants, test_queries=tests, by=by)
    report.add("kata dan singkatan", len(variants))
    report.add("topik di luar kewenangan", sum(topic.kind == Kind.ELSEWHERE for topic in topics))
    report.add("halaman bantuan", sum(topic.kind == Kind.HELP for topic in topics))
    report.add("kueri uji pencarian", len(tests))


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


def _test_queries(path: Path, report: Report) -> list[TestQuery]:
    """Queries with the services that answer them ('|' between several; empty: nothing here does). A query whose
    services are all gone measures nothing and is left out, with a note."""
    if not path.exists():
        return []
    slugs = dict(Service.objects.values_list("name", "slug"))
    found: list[TestQuery] = []
    errors: list[RowError] = []
    for row in read_table(path, ["kueri", "layanan_nama", "asal", "catatan"], unique=["kueri"]):
        if row["asal"] not in Origin.values:
            errors.append(row.error("asal", f"tidak dikenal: {row['asal'] or '(kosong)'}"))
        names = row.parts("layanan_nama", "|")
        wanted = [f"{Kind.SERVICE}/{slugs[name]}" for name in names if name in slugs]
        if names and not wanted:
            report.notes.append(f"{row.table}: kueri uji dilewati, layanannya tidak ada: {row['kueri']}")
            continue
        found.append(TestQuery(query=row["kueri"], wanted=wanted, origin=row["asal"], note=row["catatan"]))
    if errors:
        raise TableError(errors)
    return found
