"""Changes of words: tried on the test queries and on what residents asked, then kept or not; taken back if need be."""

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils import timezone

from jendela.common import content
from jendela.common.audit import Actor, record
from jendela.common.dates import today
from jendela.common.jobs import enqueue
from jendela.services.catalogue.actions import publish_interim
from jendela.services.catalogue.models import Service
from jendela.services.catalogue.reads.content import clean
from jendela.services.search.choices import ChangeKind, ChangeState, Kind, Language, QueryState
from jendela.services.search.models import QueryMark, Topic, Variant, WordChange
from jendela.services.search.norm import norm
from jendela.services.search.reads.trial import Change, report_of
from jendela.services.search.reads.words import words_of

Lists = dict[str, list[str]]
MEANINGS = "makna"
LANGUAGE = "bahasa"
PHRASES = "ungkapan"
PART = "words"  # of the service, in the catalogue


class ChangedMeanwhileError(Exception):
    """The words are no longer those from which the change was made, or it was decided already."""


class HarmNotAcceptedError(Exception):
    """Test queries are worse with this change, and nobody said that this is known."""


def try_change(
    *, kind: ChangeKind, target: str, after: Mapping[str, Sequence[str]], by: Actor, query: str = ""
) -> WordChange:
    """Measure a change and keep the result for the decision; the search stays as it is. `query` is what residents
    asked and led here. Takes about a second. Raises the model's DoesNotExist for an unknown service or topic."""
    title, before = _now(kind, target)
    lists: Lists = {name: list(texts) for name, texts in after.items()}
    if kind == ChangeKind.WORDS:
        lists = clean(PART, lists)  # as it will be written
    report, answered = report_of(Change(kind, target, lists))
    values = report.as_json() | {"answered": answered}
    with transaction.atomic():
        row = WordChange.objects.create(
            kind=kind,
            target=target,
            title=title[:200],
            before=before,
            after=lists,
            query=query[:120],
            report=values,
            harmed=len(report.worse),
            state=ChangeState.TRIED,
            by_id=by.user.pk if by.user is not None else None,
            by_name=by.name[:120],
        )
        _record(row, "search.try_change", by)
    return row


def _now(kind: str, target: str) -> tuple[str, Lists]:
    """How the target is called, and its words at this moment."""
    if kind == ChangeKind.WORDS:
        service = Service.objects.prefetch_related("words").get(slug=target)
        return service.name, words_of(service)
    if kind == ChangeKind.MEANING:
        rows = Variant.objects.filter(form=target, by_hand=True).order_by("pk")
        return target, {MEANINGS: list(rows.values_list("meaning", flat=True))}
    topic = Topic.objects.get(kind=Kind.ELSEWHERE, key=target)
    return topic.name, {PHRASES: [part for part in topic.added.split(";") if part]}


@transaction.atomic
def keep_change(*, number: int, accept_harm: bool, by: Actor) -> WordChange:
    """Make the change true: the search and its index follow at commit; the residents' queries it answers are done.
    Raises ChangedMeanwhileError, HarmNotAcceptedError."""
    row = _decided(number, ChangeState.TRIED)
    if row.harmed and not accept_harm:
        raise HarmNotAcceptedError
    _apply(row, row.before, row.after, by)
    row.state, row.decided_at = ChangeState.KEPT, timezone.now()
    row.save(update_fields=["state", "decided_at"])
    asked = [*row.report.get("answered", ()), *([row.query] if row.query else ())]
    for form in {norm(query) for query in asked} - {""}:
        values = {"state": QueryState.DONE, "until": today(), "by_name": by.name[:120], "change": row}
        QueryMark.objects.update_or_create(norm=form, defaults=values)
    _record(row, "search.keep_change", by)
    return row


@transaction.atomic
def cancel_change(*, number: int, by: Actor) -> WordChange:
    """The change is not wanted. Raises ChangedMeanwhileError when it was decided already."""
    row = _decided(number, ChangeState.TRIED)
    row.state, row.decided_at = ChangeState.CANCELLED, timezone.now()
    row.save(update_fields=["state", "decided_at"])
    _record(row, "search.cancel_change", by)
    return row


@transaction.atomic
def undo_change(*, number: int, by: Actor) -> WordChange:
    """Bring the words before the change back; queries it had answered are open again. Raises ChangedMeanwhileError
    when someone has changed the words since."""
    row = _decided(number, ChangeState.KEPT)
    _apply(row, row.after, row.before, by)
    row.marks.all().delete()
    row.state, row.decided_at = ChangeState.UNDONE, timezone.now()
    row.save(update_fields=["state", "decided_at"])
    _record(row, "search.undo_change", by)
    return row


def _decided(number: int, state: ChangeState) -> WordChange:
    row = WordChange.objects.select_for_update().get(pk=number)
    if row.state != state:
        raise ChangedMeanwhileError
    return row


def _apply(row: WordChange, old: Lists, new: Lists, by: Actor) -> None:
    """Write the lists when the words still are the old ones; a lock on the target keeps two editors in order."""
    if row.kind == ChangeKind.WORDS:
        service = Service.objects.select_related("owner").select_for_update(of=("self",)).get(slug=row.target)
        _check(_now(row.kind, row.target)[1], old)
        publish_interim(service=service, changes={PART: new}, by=by, agency_name=service.owner.name)
        return
    if row.kind == ChangeKind.MEANING:
        _check(_now(row.kind, row.target)[1][MEANINGS], old[MEANINGS])
        _write_meanings(row.target, old, new, by)
    else:
        topic = Topic.objects.select_for_update().get(kind=Kind.ELSEWHERE, key=row.target)
        _check(_now(row.kind, row.target)[1], old)
        topic.added = ";".join(new[PHRASES])
        topic.save(update_fields=["added"])
    enqueue("services_search.refresh")
    content.changed()


def _check(now: object, old: object) -> None:
    if now != old:
        raise ChangedMeanwhileError


def _write_meanings(form: str, old: Lists, new: Lists, by: Actor) -> None:
    gone = [meaning for meaning in old[MEANINGS] if meaning not in new[MEANINGS]]
    Variant.objects.filter(form=form, by_hand=True, meaning__in=gone).delete()
    language = next(iter(new.get(LANGUAGE, ())), Language.SLANG)
    Variant.objects.bulk_create(
        [
            Variant(form=form, meaning=meaning, language=language, note=by.name[:200], by_hand=True)
            for meaning in new[MEANINGS]
            if meaning not in old[MEANINGS]
        ],
        ignore_conflicts=True,
    )


def _record(row: WordChange, action: str, by: Actor) -> None:
    words = {"kind": row.kind, "target": row.target, "harmed": row.harmed}
    before, after = (row.after, row.before) if row.state == ChangeState.UNDONE else (row.before, row.after)
    record(by=by, action=action, target=row, before=words | {"words": before}, after=words | {"words": after})
