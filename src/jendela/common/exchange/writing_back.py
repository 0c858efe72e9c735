"""Writing an import in one transaction, and taking a whole import back."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from jendela.common.audit import Actor, record
from jendela.common.exchange.checking import compare
from jendela.common.exchange.choices import ImportState, Outcome, RowState
from jendela.common.exchange.kinds import Current, Key, Kind, Row
from jendela.common.exchange.models import ImportRow, ImportRun
from jendela.common.exchange.progress import Progress

WRITTEN = (RowState.NEW, RowState.CHANGED)


class MovedOnError(Exception):
    """Rows are no longer as they were when the file was checked."""

    def __init__(self, number: int) -> None:
        self.number = number
        super().__init__(f"{number} rows")


def apply(run: ImportRun, kind: Kind, scope: frozenset[int] | None, progress: Progress, by: Actor) -> None:
    """Write every new and changed row. Before the first is written, all are compared with the database again under
    lock. Raises MovedOnError."""
    total = run.rows.filter(state__in=WRITTEN).count()
    progress.begin(2 * total)
    moved = 0
    for stored in _batches(run, WRITTEN):
        moved += _moved_on(stored, kind, scope)
        progress.tell(len(stored))
    if moved:
        raise MovedOnError(moved)
    for stored in _batches(run, WRITTEN):
        known = kind.current([tuple(one.key) for one in stored])
        rows = [_row(one, kind, known.get(tuple(one.key))) for one in stored]
        kind.apply(rows, by=by)
        _keep_as_written(stored, kind)
        progress.tell(len(stored))
    if total:
        kind.finish(by=by)
    run.rows.filter(state__in=WRITTEN).update(outcome=Outcome.APPLIED)
    run.state = ImportState.APPLIED
    run.applied_at = timezone.now()
    run.save(update_fields=["state", "applied_at"])
    counts = {"jenis": run.kind, "berkas": run.file_hash, **run.counts}
    record(by=by, action="exchange.apply", target=run, after=counts)


@dataclass(frozen=True)
class Undo:
    """What an undo of one import goes by."""

    kind: Kind
    scope: frozenset[int] | None
    by: Actor
    also_moved: bool

    def stays(self, one: ImportRow, now: Current, same: bool) -> bool:
        """Must the row be left as it is? Then its outcome and reason say why."""
        if self.scope is not None and now.owner not in self.scope:
            one.outcome, one.reason = Outcome.IN_USE, str(self.kind.not_yours)[:300]
        elif not same and not self.also_moved:
            one.outcome, one.reason = Outcome.MOVED_ON, _moved_words(one, self.kind, now)
        else:
            return False
        return True


def undo(run: ImportRun, how: Undo, progress: Progress) -> None:
    """Put the cells back that this import wrote. A row that says something else by now is left and named, unless
    `also_moved`; a new row that others refer to stays and is named."""
    outcome = Outcome.MOVED_ON if how.also_moved else Outcome.APPLIED
    progress.begin(run.rows.filter(outcome=outcome).count())
    for stored in _batches(run, WRITTEN, outcome=outcome):
        known = how.kind.current([tuple(one.key) for one in stored], lock=True)
        _restore([one for one in stored if one.state == RowState.CHANGED], known, how)
        _take_back([one for one in stored if one.state == RowState.NEW], known, how)
        _keep_outcomes(stored)
        progress.tell(len(stored))
    how.kind.finish(by=how.by)
    run.state = ImportState.UNDONE
    run.undone_at = timezone.now()
    outcomes = (Outcome.UNDONE, Outcome.MOVED_ON, Outcome.IN_USE)
    run.counts = {**run.counts, **{one: run.rows.filter(outcome=one).count() for one in outcomes}}
    run.save(update_fields=["state", "undone_at", "counts"])
    record(by=how.by, action="exchange.undo", target=run, after={"jenis": run.kind, **run.counts})


def _batches(run: ImportRun, states: Sequence[str], **only: str) -> Iterator[list[ImportRow]]:
    """Rows in order, a batch at a time, by the last position seen."""
    last = -1
    while True:
        rows = run.rows.filter(state__in=states, position__gt=last, **only).order_by("position")
        batch = list(rows[: settings.EXCHANGE_BATCH])
        if not batch:
            return
        last = batch[-1].position
        yield batch


def _row(stored: ImportRow, kind: Kind, now: Current | None) -> Row:
    """The stored row as it goes to the kind: only the cells that differ, and its whole key."""
    key = tuple(stored.key)
    values = {**dict(zip(kind.key_columns, key, strict=True)), **stored.values}
    return Row(number=stored.number, key=key, values=values, before=now, label=stored.label)


def _keep_as_written(stored: Sequence[ImportRow], kind: Kind) -> None:
    """New rows as the database has them now, with what it filled in by itself, so that an undo sees every later
    change."""
    new = [one for one in stored if one.state == RowState.NEW]
    known = kind.current([tuple(one.key) for one in new]) if new else {}
    differing = []
    for one in new:
        written = {name: value for name, value in known[tuple(one.key)].values.items() if value}
        if written != one.values:
            one.values = written
            differing.append(one)
    ImportRow.objects.bulk_update(differing, ["values"])


def _moved_on(stored: Sequence[ImportRow], kind: Kind, scope: frozenset[int] | None) -> int:
    """How many rows of the batch the database no longer shows as the dry run saw them, or no longer accepts."""
    rows = [_row(one, kind, None) for one in stored]
    for row, one in zip(rows, stored, strict=True):
        if one.state == RowState.NEW:
            # cells that were empty in the file are not kept; they are no error of a new row
            row.values = {column.key: "" for column in kind.columns if not column.required} | row.values
    compare(rows, kind, scope, {}, lock=True)
    moved = 0
    for row, one in zip(rows, stored, strict=True):
        now = row.before
        if one.state == RowState.NEW:
            same = now is None
        else:
            same = now is not None and all(now.values.get(k, "") == v for k, v in one.before.items())
        moved += not same or bool(row.errors)
    return moved


def _keep_outcomes(stored: Sequence[ImportRow]) -> None:
    """One statement for each outcome and reason: most rows of a batch share them."""
    groups: dict[tuple[str, str], list[int]] = {}
    for one in stored:
        groups.setdefault((one.outcome, one.reason), []).append(one.pk)
    for (outcome, reason), keys in groups.items():
        ImportRow.objects.filter(pk__in=keys).update(outcome=outcome, reason=reason)


def _restore(stored: Sequence[ImportRow], known: dict[Key, Current], how: Undo) -> None:
    rows = []
    for one in stored:
        now = known.get(tuple(one.key))
        if now is None:
            one.outcome, one.reason = Outcome.IN_USE, _("Baris ini sudah tidak ada.")
            continue
        if how.stays(one, now, all(now.values.get(k, "") == v for k, v in one.values.items())):
            continue
        key = dict(zip(how.kind.key_columns, one.key, strict=True))
        rows.append(Row(None, tuple(one.key), {**key, **one.before}, before=now, label=one.label))
        one.outcome, one.reason = Outcome.UNDONE, ""
    if rows:
        how.kind.restore(rows, by=how.by)


def _take_back(stored: Sequence[ImportRow], known: dict[Key, Current], how: Undo) -> None:
    going: dict[Key, ImportRow] = {}
    for one in stored:
        now = known.get(tuple(one.key))
        if now is None:
            one.outcome, one.reason = Outcome.UNDONE, _("Baris ini sudah dihapus.")
        elif not how.stays(one, now, {k: v for k, v in now.values.items() if v} == one.values):
            going[tuple(one.key)] = one
    staying = how.kind.remove(list(going), by=how.by) if going else {}
    for key, one in going.items():
        if key in staying:
            one.outcome, one.reason = Outcome.IN_USE, staying[key][:300]
        else:
            one.outcome, one.reason = Outcome.UNDONE, ""


def _moved_words(one: ImportRow, kind: Kind, now: Current) -> str:
    compared = now.values if one.state == RowState.NEW else one.values
    names = [kind.label_of(k) for k in compared if now.values.get(k, "") != one.values.get(k, "")]
    return (_("Berubah lagi sesudah impor: %(names)s.") % {"names": ", ".join(names)})[:300]
