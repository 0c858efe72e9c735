"""Every change of imports: a file taken in, its columns matched, a step asked for, stopped, swept."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from jendela.common.audit import Actor, record
from jendela.common.exchange import files, progress
from jendela.common.exchange.cells import shown
from jendela.common.exchange.choices import WORKING, ImportState, RowState
from jendela.common.exchange.guess import known_names, remember, suggest
from jendela.common.exchange.kinds import Kind, kinds
from jendela.common.exchange.models import ImportDecision, ImportProgress, ImportRow, ImportRun
from jendela.common.exchange.reading import FileRefusedError, open_table
from jendela.common.jobs import enqueue

SAMPLES = 3  # rows that the page shows
READ_FOR_GUESS = 40
Scope = frozenset[int] | None


class NotNowError(Exception):
    """The import is not in a state that allows this; it was changed in another window."""


def take_in(*, kind: Kind, name: str, chunks: Iterable[bytes], by: Actor, scope: Scope = None) -> ImportRun:
    """Keep an uploaded file and read its header. `scope` are the agencies the person imports for. Raises
    FileRefusedError with a sentence; nothing is kept then."""
    if by.user is None:
        raise ValueError("an import belongs to a person")
    stored, size, digest = files.keep(chunks, settings.EXCHANGE_MOST_BYTES)
    try:
        head = _head(files.folder() / stored, kind, "")
        with transaction.atomic():
            run = ImportRun.objects.create(
                kind=kind.key,
                state=ImportState.MAPPING,
                by_id=by.user.pk,
                actor=by.name[:120],
                address=by.address,
                file=stored,
                file_name=Path(name).name[:200] or "tabel",
                file_size=size,
                file_hash=digest,
                **head,
            )
            _propose(run, kind, scope)
            run.save(update_fields=["mapping", "recognised", "samples"])
            progress.start(run.pk)
            after = {"jenis": kind.key, "berkas": digest, "ukuran": size}
            record(by=by, action="exchange.take_in", target=run, after=after)
    except BaseException:
        files.drop(stored)
        raise
    return run


def _head(path: Path, kind: Kind, sheet: str) -> dict[str, Any]:
    """What the header and the first rows say."""
    with open_table(path, known=known_names(kind), sheet=sheet, fills_down=kind.fills_down) as table:
        rows = []
        for line in table.lines():
            rows.append([shown(cell) for cell in line.cells[: len(table.headings)]])
            if len(rows) == READ_FOR_GUESS:
                break
        if not rows:
            raise FileRefusedError(_("Berkas ini hanya berisi judul kolom. Isi paling sedikit satu baris."))
        return {
            "format": table.format,
            "sheet": table.sheet,
            "sheets": table.sheets,
            "headings": table.headings,
            "samples": rows,
            "notices": table.notices,
        }


def _propose(run: ImportRun, kind: Kind, scope: Scope) -> None:
    """Which column is which, as far as memory, headings and content tell; afterwards only what is shown is kept."""
    found = suggest(kind, run.headings, run.samples, scope or ())
    run.mapping = {name: place for name, (place, _how) in found.items()}
    run.recognised = {name: how for name, (_place, how) in found.items()}
    run.samples = run.samples[:SAMPLES]


@transaction.atomic
def choose_sheet(*, run: ImportRun, kind: Kind, sheet: str, by: Actor, scope: Scope = None) -> None:
    """Read another sheet of the same file. Raises FileRefusedError, NotNowError."""
    row = _held(run, ImportState.MAPPING)
    if sheet not in row.sheets:
        raise NotNowError
    for name, value in _head(files.path_of(row), kind, sheet).items():
        setattr(row, name, value)
    _propose(row, kind, scope)
    row.save()
    record(by=by, action="exchange.choose_sheet", target=row, after={"lembar": sheet})


@transaction.atomic
def match_columns(
    *,
    run: ImportRun,
    mapping: Mapping[str, int],
    by: Actor,
    kind: Kind | None = None,
    options: Mapping[str, str] | None = None,
    scope: Scope = None,
) -> None:
    """Keep which column is which, for this file and the next ones of the agency, what else was answered for the whole
    file, and ask for the dry run. Raises NotNowError."""
    row = _held(run, ImportState.MAPPING, ImportState.CHECKED)
    row.mapping, row.options = dict(mapping), dict(options or {})
    remember(kind or kinds()[row.kind], row.headings, row.mapping, scope)
    _begin(row, ImportState.CHECKING, "common_exchange.check", by)
    after = {"kolom": row.mapping, **({"pilihan": row.options} if row.options else {})}
    record(by=by, action="exchange.match_columns", target=row, after=after)


@dataclass(frozen=True)
class Decision:
    """One answer of the person; row 0 stands for all rows."""

    number: int
    piece: int
    question: str
    answer: str


@transaction.atomic
def decide(*, run: ImportRun, decisions: Sequence[Decision], check: bool, by: Actor) -> None:
    """Keep what the person decided about rows; with `check` a new dry run goes by it. Raises NotNowError."""
    row, now = _held(run, ImportState.CHECKED), timezone.now()
    ImportDecision.objects.bulk_create(
        [ImportDecision(run=row, at=now, **vars(one)) for one in decisions],
        update_conflicts=True,
        unique_fields=["run", "number", "piece", "question"],
        update_fields=["answer", "at"],
    )
    if check:
        _begin(row, ImportState.CHECKING, "common_exchange.check", by)
    if decisions or check:
        record(by=by, action="exchange.decide", target=row, after={"keputusan": len(decisions)})


@transaction.atomic
def carry_on(*, run: ImportRun, by: Actor) -> ImportRun:
    """A new import of the same file, for the rows that still wait: columns, answers and options are kept. Raises
    NotNowError when the file is gone or nothing waits."""
    row = _held(run, ImportState.APPLIED)
    if by.user is None or not row.file or not row.counts.get(RowState.WAITING, 0):
        raise NotNowError
    new = ImportRun.objects.get(pk=row.pk)
    new.pk, new.by_id, new.actor, new.address = None, by.user.pk, by.name[:120], by.address
    new.applied_at = new.undone_at = None
    new._state.adding = True
    new.state, new.skip_wrong, new.counts, new.continues = ImportState.CHECKED, False, {}, row
    new.file = files.copy(row.file)
    new.save()
    ImportDecision.objects.bulk_create(
        ImportDecision(run=new, number=n, piece=p, question=q, answer=a)
        for n, p, q, a in row.decisions.values_list("number", "piece", "question", "answer")
    )
    _begin(new, ImportState.CHECKING, "common_exchange.check", by)
    record(by=by, action="exchange.carry_on", target=new, after={"dari": row.pk})
    return new


@transaction.atomic
def check_again(*, run: ImportRun, by: Actor) -> None:
    """A new dry run of the same file. Raises NotNowError."""
    row = _held(run, ImportState.CHECKED)
    _begin(row, ImportState.CHECKING, "common_exchange.check", by)
    record(by=by, action="exchange.check_again", target=row)


@transaction.atomic
def apply_import(*, run: ImportRun, skip_wrong: bool, by: Actor) -> None:
    """Ask the worker to write the import. Wrong rows stop it unless the person chose to leave them out. Raises
    NotNowError."""
    row = _held(run, ImportState.CHECKED)
    wrong = row.counts.get(RowState.WRONG, 0)
    if (wrong and not skip_wrong) or not (
        row.counts.get(RowState.NEW, 0) + row.counts.get(RowState.CHANGED, 0)
    ):
        raise NotNowError
    row.skip_wrong = bool(wrong)
    _begin(row, ImportState.APPLYING, "common_exchange.apply", by)
    after = {"dilewati": wrong}
    record(by=by, action="exchange.ask_to_apply", target=row, after=after)


@transaction.atomic
def undo_import(*, run: ImportRun, also_moved: bool, by: Actor) -> None:
    """Ask the worker to take the import back; `also_moved` once more for rows that had changed since. Raises
    NotNowError."""
    row = _held(run, ImportState.UNDONE if also_moved else ImportState.APPLIED)
    if not row.file:
        raise NotNowError
    _begin(row, ImportState.UNDOING, "common_exchange.undo", by, also_moved=also_moved)
    record(by=by, action="exchange.ask_to_undo", target=row, after={"juga_yang_berubah": also_moved})


@transaction.atomic
def stop_import(*, run: ImportRun, by: Actor) -> None:
    """Stop what runs, or drop an import that waits for a decision. A step that a worker holds stops at its next
    batch."""
    record(by=by, action="exchange.stop", target=("common_exchange.importrun", str(run.pk)))
    ImportProgress.objects.filter(run_id=run.pk).update(stop_asked=True)
    try:
        with transaction.atomic():
            row = ImportRun.objects.select_for_update(no_key=True, nowait=True).get(pk=run.pk)
    except DatabaseError:
        return  # a worker is in it and reads the wish
    step_back(row)


def step_back(row: ImportRun, message: str = "") -> None:
    """From a step that ended early to the state before it. The row must be held."""
    before = {
        ImportState.CHECKING: ImportState.CANCELLED,
        ImportState.MAPPING: ImportState.CANCELLED,
        ImportState.CHECKED: ImportState.CANCELLED,
        ImportState.APPLYING: ImportState.CHECKED,
        ImportState.UNDOING: ImportState.APPLIED if row.undone_at is None else ImportState.UNDONE,
    }
    state = before.get(ImportState(row.state))
    if state is None:
        return
    row.state = state
    row.message = message
    if state == ImportState.CANCELLED:
        row.rows.all().delete()
        file, row.file = row.file, ""
        transaction.on_commit(lambda: files.drop(file))
    row.save(update_fields=["state", "message", "file"])


def _held(run: ImportRun, *states: ImportState) -> ImportRun:
    row = ImportRun.objects.select_for_update(no_key=True).filter(pk=run.pk, state__in=states).first()
    if row is None:
        raise NotNowError
    return row


def _begin(row: ImportRun, state: ImportState, job: str, by: Actor, **values: Any) -> None:
    """The worker acts for who asked, who need not be who uploaded the file."""
    if by.user is None:
        raise ValueError("a step is asked for by a person")
    row.state = state
    row.message = ""
    row.save()
    progress.start(row.pk)
    enqueue(job, run_id=row.pk, user_id=by.user.pk, actor=by.name, address=by.address, **values)


@transaction.atomic
def sweep(*, by: Actor) -> int:
    """Drop files and rows of imports older than the limit; what was done stays on record. Returns how many."""
    limit = timezone.now() - datetime.timedelta(days=settings.EXCHANGE_KEEP_DAYS)
    old = list(
        ImportRun.objects.select_for_update(skip_locked=True)
        .filter(created_at__lt=limit)
        .exclude(file="")
        .exclude(state__in=WORKING)[:500]
    )
    names = [run.file for run in old]
    ImportRow.objects.filter(run__in=old).delete()
    for run in old:
        run.file, run.samples = "", []
        if run.state in (ImportState.MAPPING, ImportState.CHECKED):
            run.state = ImportState.CANCELLED
    ImportRun.objects.bulk_update(old, ["file", "samples", "state"])
    if old:
        target = ("common_exchange.importrun", "*")
        record(by=by, action="exchange.sweep", target=target, after={"berkas": len(old)})
    transaction.on_commit(lambda: files.drop(*names))
    return len(old)
