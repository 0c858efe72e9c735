"""Every change of pairs and merges. Requests for new applications: request_actions.py."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from jendela.common import content
from jendela.common.audit import Actor, record
from jendela.common.dates import today
from jendela.common.events import publish
from jendela.registry.applications.actions import Provenance, follow_contracts, set_values, undo_batch
from jendela.registry.applications.choices import RecordState
from jendela.registry.applications.events import ApplicationsChanged
from jendela.registry.applications.models import Application, ApplicationFunction, ValueSource, Version
from jendela.registry.applications.values import value_of
from jendela.registry.datasets.reads import data_overlaps
from jendela.registry.links.actions.declaring import count_again
from jendela.registry.links.models import Link
from jendela.registry.overlap import matching
from jendela.registry.overlap.choices import PairKind, Verdict
from jendela.registry.overlap.events import ApplicationMerged, ApplicationMergeUndone
from jendela.registry.overlap.merging import LINKS, MOVES, ONLY_ONE, Moving
from jendela.registry.overlap.models import DataPair, Decided, Merge, Pair
from jendela.registry.overlap.register import records

CHUNK = 1000


class CannotMergeError(Exception):
    """Not two standing records, or one of them went elsewhere since."""


class CannotDeclareError(Exception):
    """One application twice, or one that is merged or refused."""


class CannotUndoMergeError(Exception):
    """Something was changed since; the message says what."""


@transaction.atomic
def refresh_pairs(*, by: Actor) -> int:
    """Find all pairs anew. What a person decided stays; what is alike no more is marked, not deleted. Returns how many
    stand. Safe to run twice."""
    now = timezone.now()
    found = {}
    for pair in matching.Index(records()).pairs():
        a, b = sorted((int(pair.a.id), int(pair.b.id)))
        found[a, b, str(pair.kind.value)] = (pair.score, list(pair.reasons))
    there = {(one.a_id, one.b_id, one.kind): one for one in Pair.objects.all().iterator(chunk_size=CHUNK)}
    new = [
        Pair(a_id=a, b_id=b, kind=kind, score=score, reasons=reasons, found_at=now)
        for (a, b, kind), (score, reasons) in found.items()
        if (a, b, kind) not in there
    ]
    _settle(there, found, now)
    Pair.objects.bulk_create(new, batch_size=CHUNK)
    _refresh_data(now)
    return len(found)


def _refresh_data(now: Any) -> None:
    found = {}
    for one in data_overlaps():
        a, b = sorted((one.dataset_a.pk, one.dataset_b.pk))
        found[a, b] = (one.score, list(one.shared))
    there = {(one.a_id, one.b_id): one for one in DataPair.objects.all()}
    _settle(there, found, now)
    DataPair.objects.bulk_create(
        [
            DataPair(a_id=a, b_id=b, score=score, reasons=shared, found_at=now)
            for (a, b), (score, shared) in found.items()
            if (a, b) not in there
        ],
        batch_size=CHUNK,
    )


def _settle(there: Mapping[Any, Decided], found: Mapping[Any, tuple[float, list[str]]], now: Any) -> None:
    """Renew scores of pairs that stand, and mark those that are gone."""
    changed: list[Any] = []
    for key, row in there.items():
        if key in found:
            score, reasons = found[key]
            if (row.score, row.reasons, row.gone_at) != (score, reasons, None):
                row.score, row.reasons, row.gone_at = score, reasons, None
                changed.append(row)
        elif row.gone_at is None and not getattr(row, "declared_by", ""):
            row.gone_at = now
            changed.append(row)
    if changed:
        type(changed[0])._default_manager.bulk_update(
            changed, ["score", "reasons", "gone_at"], batch_size=CHUNK
        )


@transaction.atomic
def declare(*, applications: tuple[Application, Application], reason: str, said_by: str, by: Actor) -> Pair:
    """Two applications do the same in part, as somebody says without being asked: a pair of the kind "function" with
    the words, which stands until it is decided. A pair that was found already gets the words; one that was decided
    keeps its decision. Raises CannotDeclareError when it is one application, or one of them is merged or refused."""
    a, b = sorted(applications, key=lambda one: one.pk)
    states = {a.record_state, b.record_state}
    if a.pk == b.pk or states & {RecordState.MERGED, RecordState.REFUSED}:
        raise CannotDeclareError
    now = timezone.now()
    pair, _new = Pair.objects.select_for_update(of=("self",)).get_or_create(
        a=a, b=b, kind=PairKind.FUNCTION, defaults={"score": 1.0, "found_at": now}
    )
    before = {"reason": pair.declared_reason, "said_by": pair.declared_by}
    pair.declared_by, pair.declared_reason, pair.declared_on = said_by[:160], reason[:300], today()
    pair.gone_at = None
    pair.save(update_fields=["declared_by", "declared_reason", "declared_on", "gone_at"])
    after = {"reason": pair.declared_reason, "said_by": pair.declared_by}
    record(by=by, action="overlap.declare", target=pair, before=before, after=after)
    return pair


@transaction.atomic
def take_back_declaration(*, pair: Pair, by: Actor) -> None:
    """The words go; the pair stands only as long as it is found alike. A second time changes nothing."""
    row = Pair.objects.select_for_update(of=("self",)).get(pk=pair.pk)
    if not row.declared_by:
        return
    before = {"reason": row.declared_reason, "said_by": row.declared_by}
    row.declared_by, row.declared_reason, row.declared_on = "", "", None
    if not row.reasons:
        row.gone_at = timezone.now()
    row.save(update_fields=["declared_by", "declared_reason", "declared_on", "gone_at"])
    record(by=by, action="overlap.take_back_declaration", target=row, before=before)


@transaction.atomic
def decide(*, pair: Decided, verdict: str, reason: str, review_on: Any, by: Actor) -> None:
    """Remember what a person said; '' takes it back. A merge is its own act."""
    rows: QuerySet[Any] = type(pair)._default_manager.select_for_update()
    row = rows.get(pk=pair.pk)
    if Verdict.MERGED in (verdict, row.verdict):
        raise CannotMergeError
    before = {"verdict": row.verdict, "reason": row.reason, "review_on": str(row.review_on or "")}
    row.verdict, row.reason, row.review_on = verdict, reason[:300], review_on
    row.decided_by, row.decided_at = (by.name[:120], timezone.now()) if verdict else ("", None)
    row.save(update_fields=["verdict", "reason", "review_on", "decided_by", "decided_at"])
    after = {"verdict": verdict, "reason": row.reason, "review_on": str(review_on or "")}
    record(by=by, action="overlap.decide", target=row, before=before, after=after)


@transaction.atomic
def merge(
    *,
    standing: Application,
    merged: Application,
    take: Iterable[str],
    reason: str,
    stated_by: str,
    by: Actor,
    pair: Pair | None = None,
) -> Merge:
    """Put `merged` into `standing`: the fields named in `take` get the merged one's values, its parts, data and links
    move, its address leads to the standing one, and both histories stay. Raises CannotMergeError."""
    keys = sorted((standing.pk, merged.pk))
    locked = Application.objects.select_for_update(of=("self",)).select_related("owner")
    rows = {one.pk: one for one in locked.filter(pk__in=keys).order_by("pk")}
    one, other = rows[standing.pk], rows[merged.pk]
    if one.pk == other.pk or {one.record_state, other.record_state} & {
        RecordState.MERGED,
        RecordState.REFUSED,
    }:
        raise CannotMergeError
    batch = uuid.uuid4()
    follows = _following(keys)
    values = {name: value_of(other, name) for name in take if name not in follows}
    if values:
        source = _source_of(other, values, stated_by)
        set_values(application=one, values=values, by=by, provenance=source, batch=batch)
    moved, ended = _move(one, other)
    source = Provenance(stated_by, source=f"Catatan {other.name}")
    renewed = follow_contracts(application=one, by=by, provenance=source, batch=batch)
    row = Merge.objects.create(
        standing=one,
        merged=other,
        pair=pair,
        moved=moved,
        ended=ended,
        batch=batch if values or renewed else None,
        record_state=other.record_state,
        reason=reason[:300],
        made_by=by.name[:120],
        made_at=timezone.now(),
    )
    count_again([one.pk, other.pk])
    other.record_state, other.merged_into = RecordState.MERGED, one
    other.save(update_fields=["record_state", "merged_into"])
    Application.objects.filter(merged_into=other).update(merged_into=one)  # no chains
    if pair is not None:
        Pair.objects.filter(pk=pair.pk).update(
            verdict=Verdict.MERGED, reason=reason[:300], decided_by=by.name[:120], decided_at=row.made_at
        )
    record(
        by=by, action="overlap.merge", target=one, after={"merged": other.pk, "moved": moved, "ended": ended}
    )
    _told(ApplicationMerged(one.pk, other.pk))
    return row


def _following(keys: Sequence[int]) -> set[str]:
    """Fields that are what the versions say, not chosen."""
    contracts = Version.objects.filter(application__in=keys, contract_until__isnull=False)
    return {"contract_until"} if contracts.exists() else set()


def _source_of(row: Application, names: Iterable[str], stated_by: str) -> Provenance:
    """One source for what is taken over: the one the merged record names most often."""
    sources = list(ValueSource.objects.filter(application=row, field__in=list(names)).order_by("-stated_at"))
    if not sources:
        return Provenance(stated_by, source=f"Catatan {row.name}")
    first = sources[0]
    return Provenance(
        first.stated_by,
        first.source or f"Catatan {row.name}",
        first.source_url,
        first.source_date,
        first.grade,
    )


def _move(one: Application, other: Application) -> tuple[dict[str, list[int]], dict[str, list[int]]]:
    moved: dict[str, list[int]] = {}
    ended: dict[str, list[int]] = {}
    for spec in MOVES:
        _move_table(spec, one, other, moved, ended)
    _move_links(one, other, moved, ended)
    return {k: v for k, v in moved.items() if v}, {k: v for k, v in ended.items() if v}


def _move_table(
    spec: Moving,
    one: Application,
    other: Application,
    moved: dict[str, list[int]],
    ended: dict[str, list[int]],
) -> None:
    rows: QuerySet[Any] = spec.model._default_manager.all()
    own = list(rows.filter(**{spec.field: one}))
    taken = {spec.natural_of(row, one.pk) for row in own} if spec.natural else set()
    flagged = {flag for flag in spec.once if any(getattr(row, flag) for row in own)}
    for row in rows.filter(**{spec.field: other}).order_by("pk"):
        stays = (own and spec.model in ONLY_ONE) or (spec.natural and spec.natural_of(row, one.pk) in taken)
        if stays:
            ended.setdefault(spec.key, []).append(row.pk)
            continue
        changes: dict[str, Any] = {spec.field: one}
        for flag in flagged:
            if getattr(row, flag):
                changes[flag] = False  # the standing record's main function and version stay the main ones
                moved.setdefault(f"{spec.key}.{flag}", []).append(row.pk)
        rows.filter(pk=row.pk).update(**changes)
        moved.setdefault(spec.key, []).append(row.pk)


def _move_links(
    one: Application, other: Application, moved: dict[str, list[int]], ended: dict[str, list[int]]
) -> None:
    """Links that the standing record has already, and links between the two, end."""
    standing = Link.objects.filter(ended_at=None)
    own = {
        (row.source_id, row.target_id, row.method, row.data)
        for spec in LINKS
        for row in standing.filter(**{spec.field: one})
    }
    for spec in LINKS:
        for row in standing.filter(**{spec.field: other}).order_by("pk"):
            source = one.pk if row.source_id == other.pk else row.source_id
            target = one.pk if row.target_id == other.pk else row.target_id
            key = (source, target, row.method, row.data)
            if source == target or key in own:
                Link.objects.filter(pk=row.pk).update(ended_at=timezone.now())
                ended.setdefault(spec.key, []).append(row.pk)
                continue
            own.add(key)
            Link.objects.filter(pk=row.pk).update(**{spec.field: one})
            moved.setdefault(spec.key, []).append(row.pk)


@transaction.atomic
def undo_merge(*, merge: Merge, stated_by: str, by: Actor) -> None:
    """Move back exactly what had moved, and the values with their sources. Raises CannotUndoMergeError."""
    row = Merge.objects.select_for_update().get(pk=merge.pk)
    if row.undone_at is not None:
        raise CannotUndoMergeError
    if row.batch is not None:
        undo_batch(batch=row.batch, by=by, stated_by=stated_by)
    other = Application.objects.select_for_update().get(pk=row.merged_id)
    other.record_state, other.merged_into = row.record_state, None
    other.save(update_fields=["record_state", "merged_into"])
    for spec in (*MOVES, *LINKS):
        keys = row.moved.get(spec.key, [])
        rows = spec.model._default_manager.filter(pk__in=keys, **{spec.field: row.standing_id})
        if rows.count() != len(keys):
            raise CannotUndoMergeError(str(spec.model._meta.verbose_name))
        for flag in spec.once:
            back = row.moved.get(f"{spec.key}.{flag}", [])
            spec.model._default_manager.filter(pk__in=back).update(**{spec.field: row.merged_id, flag: True})
        rows.update(**{spec.field: row.merged_id})
        if spec.model is Link:
            Link.objects.filter(pk__in=row.ended.get(spec.key, [])).update(ended_at=None)
    count_again([row.standing_id, row.merged_id])
    row.undone_at = timezone.now()
    row.save(update_fields=["undone_at"])
    Pair.objects.filter(merges=row).update(verdict="", reason="", decided_by="", decided_at=None)
    record(by=by, action="overlap.undo_merge", target=("registry_applications.application", str(row.standing_id)),
           after={"merged": row.merged_id})  # fmt: skip
    _told(ApplicationMergeUndone(row.standing_id, row.merged_id))


def _told(event: Any) -> None:
    publish(event)
    publish(ApplicationsChanged())
    content.changed()


@transaction.atomic
def confirm_function(*, application: Application, node: str, main: bool, by: Actor, stated_by: str) -> None:
    """A person says that an application has a function; a suggestion of it becomes a fact."""
    row, _made = ApplicationFunction.objects.select_for_update().get_or_create(
        application=application, node_id=node
    )
    if main:
        ApplicationFunction.objects.filter(application=application, main=True).exclude(pk=row.pk).update(
            main=False
        )
    row.main, row.confirmed_by, row.confirmed_at = main, stated_by[:200], timezone.now()
    row.save(update_fields=["main", "confirmed_by", "confirmed_at"])
    record(
        by=by, action="overlap.confirm_function", target=application, after={"function": node, "main": main}
    )
    publish(ApplicationsChanged())
    content.changed()
