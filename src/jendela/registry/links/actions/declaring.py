"""A link as one side declares it, the other answers, and either corrects or ends."""

import datetime
import uuid
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone

from jendela.common import content
from jendela.common.audit import Actor, record
from jendela.people.agencies.models import Agency
from jendela.people.agencies.reads import UNDO
from jendela.registry.applications.choices import Grade, RecordState
from jendela.registry.applications.models import Application
from jendela.registry.datasets.choices import Frequency
from jendela.registry.datasets.models import Dataset
from jendela.registry.links.choices import Confirmation, Direction, LinkState, Method
from jendela.registry.links.events import tell
from jendela.registry.links.models import Link
from jendela.registry.links.policy import answering_agency

KEY = ("data", "method")
FIELDS = (*KEY, "dataset", "direction", "frequency", "state", "agreement", "agreement_until", "hours_a_month")
GONE = Q(ended_at__isnull=False) | Q(confirmation=Confirmation.REJECTED)


class SameApplicationError(Exception):
    """A link goes from one application to another."""


class LinkExistsError(Exception):
    """The same pair, method and data is in the register already; the argument is its number."""


class CannotAnswerError(Exception):
    """The agency is not the other side, or the link has ended."""


class NoReasonError(Exception):
    """A denial says why."""


class CannotUndoLinkError(Exception):
    """Too late, not ended, or the same link was declared again since."""


@transaction.atomic
def declare_link(
    *,
    source: Application,
    target: Application,
    data: str,
    method: str,
    by: Actor,
    declared_by: Agency | None,
    declared_words: str,
    dataset: Dataset | None = None,
    direction: str = Direction.ONE_WAY,
    frequency: str = Frequency.UNKNOWN,
    state: str = LinkState.UNKNOWN,
    agreement: str = "",
    agreement_until: datetime.date | None = None,
    hours_a_month: Decimal | None = None,
    grade: str = Grade.STATED,
    source_words: str = "",
    source_url: str = "",
    batch: uuid.UUID | None = None,
) -> Link:
    """Data goes from `source` to `target`. The same pair, method and data (in any letter case) is one link: known
    values fill what was unknown, and the other side declaring it confirms it. Of two applications of one owner its
    word is enough. Raises SameApplicationError, ValueError without data."""
    words = " ".join(data.split())[:300]
    if source.pk == target.pk:
        raise SameApplicationError
    if not words:
        raise ValueError("a link says which data it carries")
    _lock(source.pk, target.pk)
    values = {
        "dataset": dataset,
        "direction": direction,
        "frequency": frequency,
        "state": state,
        "agreement": agreement[:200],
        "agreement_until": agreement_until,
        "hours_a_month": hours_a_month if method == Method.RETYPED else None,
    }
    row = (
        Link.objects.select_for_update(of=("self",))
        .select_related("source", "target")
        .filter(source=source, target=target, method=method, data__iexact=words, ended_at__isnull=True)
        .first()
    )
    if row is not None:
        return _declared_again(
            row, values, by=by, declared_by=declared_by, declared_words=declared_words, batch=batch
        )
    row = Link(source=source, target=target, method=method, data=words, **values)
    row.declared_by, row.declared_words, row.declared_at = declared_by, declared_words[:200], timezone.now()
    row.grade, row.source_words, row.source_url = grade, source_words[:300], source_url
    if _speaks_for_both(declared_by, source, target):
        _confirm(row, declared_words)
    row.save()
    record(by=by, action="links.declare_link", target=row, after=snapshot_of(row))
    count_again({source.pk, target.pk})
    tell([source.pk, target.pk], by=by, batch=batch)
    content.changed()
    return row


def _speaks_for_both(agency: Agency | None, source: Application, target: Application) -> bool:
    """Both are its own; whose a concept is, nobody knows yet."""
    states = {source.record_state, target.record_state}
    owners = {source.owner_id, target.owner_id}
    return agency is not None and owners == {agency.pk} and RecordState.CONCEPT not in states


def _declared_again(
    row: Link,
    values: Mapping[str, Any],
    *,
    by: Actor,
    declared_by: Agency | None,
    declared_words: str,
    batch: uuid.UUID | None,
) -> Link:
    """Known values fill what was unknown, what both know stays as it was said first; the other side confirms."""
    before = snapshot_of(row)
    for name, value in values.items():
        unknown = getattr(row, name) in (None, "", "tidak_diketahui")
        if unknown and value not in (None, "", "tidak_diketahui"):
            setattr(row, name, value)
    other = declared_by is not None and declared_by.pk in answering_agency(row)
    if other and row.confirmation != Confirmation.CONFIRMED:
        _confirm(row, declared_words)
    after = snapshot_of(row)
    if after != before:
        row.save()
        record(by=by, action="links.declare_link", target=row, before=before, after=after)
        count_again({row.source_id, row.target_id})
        tell([row.source_id, row.target_id], by=by, batch=batch)
        content.changed()
    return row


@transaction.atomic
def answer_link(*, link: Link, confirm: bool, reason: str, by: Actor, agency: Agency) -> Link:
    """The other side confirms or denies. Raises CannotAnswerError, NoReasonError for a denial without reason."""
    row = _locked(link)
    if row.ended_at is not None or agency.pk not in answering_agency(row):
        raise CannotAnswerError
    if not confirm and not reason.strip():
        raise NoReasonError
    before = snapshot_of(row)
    row.confirmation = Confirmation.CONFIRMED if confirm else Confirmation.REJECTED
    row.answered_by, row.answered_at = f"{by.name}, {agency.short_name}"[:200], timezone.now()
    row.reason = reason.strip()[:300]
    row.save(update_fields=["confirmation", "answered_by", "answered_at", "reason"])
    record(by=by, action="links.answer_link", target=row, before=before, after=snapshot_of(row))
    count_again({row.source_id, row.target_id})
    tell([row.source_id, row.target_id], by=by)
    content.changed()
    return row


@transaction.atomic
def set_link(*, link: Link, values: Mapping[str, Any], by: Actor, agency: Agency | None) -> Link:
    """Correct what a link says (names of FIELDS). A change of data or method by one side asks the other again.
    Raises LinkExistsError, KeyError for an unknown name."""
    row = _locked(link)
    before = snapshot_of(row)
    for name, value in values.items():
        if name not in FIELDS:
            raise KeyError(name)
        setattr(row, name, value)
    if row.method != Method.RETYPED:
        row.hours_a_month = None
    after = snapshot_of(row)
    if after == before:
        return row
    if any(after[name] != before[name] for name in KEY):
        same = Link.objects.filter(
            source=row.source_id,
            target=row.target_id,
            method=row.method,
            data__iexact=row.data,
            ended_at=None,
        )
        if found := same.exclude(pk=row.pk).values_list("pk", flat=True).first():
            raise LinkExistsError(found)
        if not (row.source.owner_id == row.target.owner_id == (agency.pk if agency else None)):
            row.confirmation, row.answered_by, row.answered_at = Confirmation.WAITING, "", None
            row.declared_by, row.declared_at = agency, timezone.now()
            row.declared_words = by.name[:200]
    row.save()
    record(by=by, action="links.set_link", target=row, before=before, after=snapshot_of(row))
    count_again({row.source_id, row.target_id})
    tell([row.source_id, row.target_id], by=by)
    content.changed()
    return row


@transaction.atomic
def end_link(*, link: Link, reason: str, by: Actor) -> Link:
    """Take it out of the register; the row stays. A second call changes nothing."""
    row = _locked(link)
    if row.ended_at is not None:
        return row
    row.ended_at, row.reason = timezone.now(), reason.strip()[:300] or row.reason
    row.save(update_fields=["ended_at", "reason"])
    after = {"ended_at": row.ended_at.isoformat(), "reason": row.reason}
    record(by=by, action="links.end_link", target=row, before={"ended_at": None}, after=after)
    count_again({row.source_id, row.target_id})
    tell([row.source_id, row.target_id], by=by)
    content.changed()
    return row


@transaction.atomic
def reopen_link(*, link: Link, by: Actor) -> Link:
    """Take an ending back, within a day. Raises CannotUndoLinkError."""
    row = _locked(link)
    if row.ended_at is None or timezone.now() - row.ended_at > UNDO:
        raise CannotUndoLinkError
    again = Link.objects.filter(
        source=row.source_id, target=row.target_id, method=row.method, data__iexact=row.data, ended_at=None
    )
    if again.exists():
        raise CannotUndoLinkError
    before = {"ended_at": row.ended_at.isoformat()}
    row.ended_at = None
    row.save(update_fields=["ended_at"])
    record(by=by, action="links.reopen_link", target=row, before=before, after={"ended_at": None})
    count_again({row.source_id, row.target_id})
    tell([row.source_id, row.target_id], by=by)
    content.changed()
    return row


def _confirm(row: Link, words: str) -> None:
    row.confirmation, row.answered_by, row.answered_at = Confirmation.CONFIRMED, words[:200], timezone.now()


def _locked(link: Link) -> Link:
    return Link.objects.select_for_update(of=("self",)).select_related("source", "target").get(pk=link.pk)


def _lock(*keys: int) -> None:
    """Two who declare between the same applications wait for each other."""
    rows = Application.objects.select_for_update(of=("self",)).filter(pk__in=keys)
    list(rows.order_by("pk").values_list("pk", flat=True))


def count_again(keys: Iterable[int]) -> None:
    """Keep `links_count` of applications: links that stand and are not denied, in and out."""
    wanted = set(keys)
    counts = dict.fromkeys(wanted, 0)
    for end in ("source", "target"):
        rows = Link.objects.exclude(GONE).filter(**{f"{end}__in": wanted}).order_by()
        for key, number in rows.values_list(f"{end}_id").annotate(number=Count("pk")):
            counts[key] += number
    for number in set(counts.values()):
        same = [key for key, count in counts.items() if count == number]
        Application.objects.filter(pk__in=same).exclude(links_count=number).update(links_count=number)


def snapshot_of(row: Link) -> dict[str, Any]:
    names = ("confirmation", "answered_by", "reason", "declared_words")
    found: dict[str, Any] = {
        name: getattr(row, f"{name}_id" if name == "dataset" else name) for name in FIELDS
    }
    found |= {name: getattr(row, name) for name in names}
    found |= {"source": row.source_id, "target": row.target_id, "declared_by": row.declared_by_id}
    return {name: _plain(value) for name, value in found.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime.date | Decimal):
        return DjangoJSONEncoder().default(value)
    return str(value) if isinstance(value, str) else value
