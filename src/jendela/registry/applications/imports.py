"""The region's own list of applications: read, compared and written by the same kind as every import of a list, so that
each value has its source. What people said since stays and is named."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from jendela.common.audit import Actor
from jendela.common.exchange.checking import compare, read_line
from jendela.common.exchange.guess import guess, known_names
from jendela.common.exchange.kinds import About, Key, Row
from jendela.common.exchange.reading import FileRefusedError, open_table
from jendela.common.tables import Report, RowError, TableError, read_table
from jendela.common.tables import Row as TableRow
from jendela.registry.applications.actions.imported import first_sources
from jendela.registry.applications.actions.values import slug_for
from jendela.registry.applications.choices import ApplicationAudience, Grade
from jendela.registry.applications.kinds import CLEAR, Applications
from jendela.registry.applications.matching import STANDING
from jendela.registry.applications.models import Application, FormerSlug, ValueSource

TABLE = "aplikasi.csv"
APPLICATIONS = (
    "nama", "deskripsi", "pemilik", "pengelola", "sasaran", "fungsi_urusan", "url", "tahun", "status", "bukti_kotim",
    "angka_pemakaian", "sumber_url", "sumber_tanggal", "catatan",
)  # fmt: skip
TASKS = ("nama", "tugas", "tugas_en", "nama_en")
FILLED = ("uraian", "pengelola", "sasaran", "fungsi", "bukti_kotim", "sumber_url")
OWN_NAMES = {"uraian": "deskripsi", "fungsi": "fungsi_urusan"}  # our column -> the table's


def load_applications(directory: Path, *, by: Actor, report: Report) -> None:
    """Read aplikasi.csv and aplikasi_tugas.csv, and write all or nothing. Raises TableError."""
    tasks = read_table(directory / "aplikasi_tugas.csv", TASKS, unique=["nama"])
    load_list(directory / TABLE, tasks=tasks, by=by, report=report)
    report.notes.append(f"{TABLE} berasal dari berita dan dokumen terbuka; daftarnya belum lengkap")


@transaction.atomic
def load_list(path: Path, *, tasks: Sequence[TableRow] = (), by: Actor, report: Report) -> None:
    """One table of applications, with the groups of the staff window for its names. Raises TableError."""
    about = About(
        number=f"{path.name} {timezone.now().isoformat()}",
        file_name=path.name,
        options={"tingkat": Grade.TOLD, "kosong": CLEAR},
        scope=None,
    )
    kind = Applications().ready(about)
    rows = _read(path, kind, {task["nama"]: task for task in tasks})
    names = {row.values.get("nama") for row in rows}
    rows = _standing(rows, path.name, report)
    _compare(rows, kind)
    errors = [
        RowError(path.name, row.number or 0, OWN_NAMES.get(name, name), sentence)
        for row in rows
        for name, sentence, _cell in row.errors
    ]
    unknown = (task for task in tasks if task["nama"] not in names)
    errors += [task.error("nama", f"aplikasi tidak dikenal: {task['nama']}") for task in unknown]
    if errors:
        raise TableError(errors)
    _leave_what_people_said(rows, kind, path.name, report)
    kind.apply([row for row in rows if row.changes], by=by)
    _name_sources(rows, kind)
    report.add("Aplikasi", len(rows))
    _tell(rows, path.name, report)


def _read(path: Path, kind: Applications, tasks: Mapping[str, TableRow]) -> list[Row]:
    """All rows with their codes; what is wrong is in their errors."""
    try:
        with open_table(path, known=known_names(kind)) as table:
            missing = [name for name in APPLICATIONS if name not in table.headings]
            if missing:
                raise TableError([RowError(path.name, 1, name, "kolom tidak ada") for name in missing])
            mapping = guess(kind, table.headings)
            rows = [read_line(line, table, mapping, kind) for line in table.lines()]
    except FileNotFoundError:
        raise TableError([RowError(path.name, 0, "", "berkas tidak ada")]) from None
    except FileRefusedError as error:
        raise TableError([RowError(path.name, 0, "", str(error))]) from None
    for row in rows:
        name = row.values.get("nama", "")
        row.values["kode"] = slug_for(name)
        row.key = (row.values["kode"],)
        if task := tasks.get(name):
            row.values |= {
                "nama_inggris": task["nama_en"],
                "tugas": task["tugas"],
                "tugas_en": task["tugas_en"],
            }
    return rows


def _compare(rows: Sequence[Row], kind: Applications) -> None:
    """Beside the register; what the region's own table must say is missed as well."""
    seen: dict[Key, int] = {}
    compare(rows, kind, None, seen)
    for row in rows:
        faulty = {column for column, _text, _cell in row.errors}
        for column in FILLED:
            if not row.values.get(column) and column not in faulty:
                row.wrong(column, "kosong")


def _standing(rows: Sequence[Row], table: str, report: Report) -> list[Row]:
    """Without those that were merged or refused since: their records stay as people left them."""
    slugs = [row.key[0] for row in rows]
    gone = set(
        Application.objects.filter(slug__in=slugs)
        .exclude(record_state__in=STANDING)
        .values_list("slug", flat=True)
    )
    gone |= set(FormerSlug.objects.filter(slug__in=slugs).values_list("slug", flat=True))
    report.notes += [
        f"{table}: sudah digabung atau ditolak, dibiarkan: {row.values.get('nama')}"
        for row in rows
        if row.key[0] in gone
    ]
    return [row for row in rows if row.key[0] not in gone]


def _leave_what_people_said(rows: Sequence[Row], kind: Applications, table: str, report: Report) -> None:
    """A value whose source is not this table was said by people: it stays, and is named."""
    changed = [row for row in rows if row.before is not None and row.changes]
    slugs = [row.key[0] for row in changed]
    sources = {
        (slug, name): source
        for slug, name, source in ValueSource.objects.filter(application__slug__in=slugs).values_list(
            "application__slug", "field", "source"
        )
    }
    own_addresses = Application.objects.filter(slug__in=slugs).exclude(url_stated_at=None)
    stated = set(own_addresses.values_list("slug", flat=True))
    for row in changed:
        left = []
        for column in list(row.changes):
            name = kind.names[column][0]
            source = sources.get((row.key[0], name))
            theirs = source is not None and source != table
            if theirs or (source is None and name == "url" and row.key[0] in stated):
                del row.values[column]
                left.append(kind.label_of(column))
        if left:
            report.notes.append(f"{row.label}: diisi orang, dibiarkan: {', '.join(left)}")


def _name_sources(rows: Sequence[Row], kind: Applications) -> None:
    """Values that stood before anyone kept sources get theirs."""
    known = kind.found([row.key for row in rows])
    first_sources(
        rows=[
            (
                known[row.key],
                [kind.names[column][0] for column, text in row.values.items() if text and column != "kode"],
                kind.provenance(row),
            )
            for row in rows
        ]
    )


def _tell(rows: Sequence[Row], table: str, report: Report) -> None:
    """What is not known, and what the table no longer names."""
    for row in rows:
        if row.get("sasaran") != ApplicationAudience.PUBLIC and not row.get("tugas"):
            report.place_failed(
                table, row.number or 0, "nama", f"{row.label}: kelompok tugas pegawai belum ada"
            )
    for column, words in (("url", "alamat"), ("sumber_tanggal", "tanggal sumber")):
        missing = sum(not row.get(column) for row in rows)
        report.notes.append(f"{table}: {words} belum diketahui untuk {missing} dari {len(rows)} aplikasi")
    listed = [row.key[0] for row in rows]
    gone = Application.objects.filter(sources__source=table, record_state__in=STANDING).exclude(
        slug__in=listed
    )
    names = gone.order_by("name").values_list("name", flat=True).distinct()
    report.notes += [f"Tidak ada lagi di {table}, dibiarkan: {name}" for name in names]
