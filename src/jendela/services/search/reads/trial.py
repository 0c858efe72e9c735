"""What a change of words would do: an index with the change, made in memory, asked the test queries and what
residents asked in the last 30 days, beside the index as it is. Nothing is written."""

import copy
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from jendela.services.search.choices import ChangeKind, Kind
from jendela.services.search.models import Document, TestQuery
from jendela.services.search.reads import asking
from jendela.services.search.reads.asked import most_asked
from jendela.services.search.reads.words import searchable
from jendela.services.search.text import clean

LOOKED_AT = 10  # places that count
MOST_ASKED = 300
MOST_SHOWN = 40
NOWHERE = LOOKED_AT + 1


@dataclass(frozen=True)
class Change:
    """What is to be: the lists of a service ({'ungkapan': […], …}), the meanings of a form ({'makna': […]}), or the
    phrases editors added to a topic ({'ungkapan': […]})."""

    kind: str
    target: str
    after: Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Outcome:
    """What a query leads to: the place of the right answer (0: not among the first ten), the name that stands first,
    and whether the search is sure."""

    place: int
    first: str
    sure: bool


@dataclass(frozen=True)
class Row:
    query: str
    wanted: str
    before: Outcome
    after: Outcome


@dataclass
class Totals:
    """Of test queries: how many have an answer here, how many of them find it first or among the first three; how
    many have none, and of how many of these the search is wrongly sure."""

    asked: int = 0
    first: int = 0
    three: int = 0
    without: int = 0
    wrongly_sure: int = 0


@dataclass
class Report:
    before: Totals = field(default_factory=Totals)
    after: Totals = field(default_factory=Totals)
    better: list[Row] = field(default_factory=list)
    worse: list[Row] = field(default_factory=list)
    asked: int = 0  # queries of residents that were looked at
    asked_better: list[Row] = field(default_factory=list)
    asked_worse: list[Row] = field(default_factory=list)
    asked_other: list[Row] = field(default_factory=list)  # sure as before, of something else
    seconds: float = 0.0

    def as_json(self) -> dict[str, Any]:
        """For a row of the database: lists are cut, their lengths kept."""
        values = asdict(self)
        for name in ("better", "worse", "asked_better", "asked_worse", "asked_other"):
            values[f"{name}_count"] = len(values[name])
            values[name] = values[name][:MOST_SHOWN]
        return values


def changed(change: Change) -> asking.Ready:
    """An index as it will be once the change is kept."""
    rows, forms = asking.documents(), asking.variants()
    if change.kind == ChangeKind.MEANING:
        known = set(forms)
        new = [(change.target, meaning) for meaning in change.after.get("makna", ())]
        return asking.build(rows, [*forms, *(pair for pair in new if pair not in known)])
    key = (Kind.SERVICE if change.kind == ChangeKind.WORDS else Kind.ELSEWHERE, change.target)
    if key in rows:
        rows[key] = _with_words(rows[key], change)
    return asking.build(rows, forms)


def _with_words(row: Document, change: Change) -> Document:
    new = copy.copy(row)
    if change.kind == ChangeKind.WORDS:
        new.phrases, new.keywords = searchable(change.after)
    else:
        added = change.after.get("ungkapan", ())
        new.phrases = [*row.phrases, *(text for text in added if text not in row.phrases)]
    return new


def report_of(change: Change) -> tuple[Report, list[str]]:
    """What the change does to all test queries and to what residents asked; and those of the residents' queries that
    it answers."""
    began = time.perf_counter()
    tests = [(row.query, tuple(row.wanted)) for row in TestQuery.objects.filter(active=True).order_by("pk")]
    report, answered = compare(
        asking.ready(), changed(change), tests=tests, asked=most_asked(limit=MOST_ASKED)
    )
    report.seconds = round(time.perf_counter() - began, 2)
    return report, answered


def compare(
    before: asking.Ready,
    after: asking.Ready,
    *,
    tests: Iterable[tuple[str, Sequence[str]]],
    asked: Sequence[str],
) -> tuple[Report, list[str]]:
    """Ask both indexes. A test query is better when its right answer stands higher, or as high and surely; one that
    nothing answers is better when the search is no longer sure."""
    report = Report(asked=len(asked))
    for query, wanted in tests:
        old, new = outcome(before, query, wanted), outcome(after, query, wanted)
        _count(report.before, old, wanted)
        _count(report.after, new, wanted)
        row = Row(query, _names(after, wanted), old, new)
        difference = _worth(new, wanted) - _worth(old, wanted)
        if difference > 0:
            report.better.append(row)
        elif difference < 0:
            report.worse.append(row)
    answered: list[str] = []
    for query in asked:
        old, new = outcome(before, query, ()), outcome(after, query, ())
        row = Row(query, "", old, new)
        if new.sure and not old.sure:
            report.asked_better.append(row)
            answered.append(query)
        elif old.sure and not new.sure:
            report.asked_worse.append(row)
        elif new.sure and old.first != new.first:
            report.asked_other.append(row)
    return report, answered


def outcome(now: asking.Ready, query: str, wanted: Sequence[str]) -> Outcome:
    """What an index answers; it is asked the same once only."""
    keys, first, sure = now.asked.get(query) or _ask(now, query)
    place = next((number for number, key in enumerate(keys, 1) if key in wanted), 0)
    return Outcome(place, first, sure)


def _ask(now: asking.Ready, query: str) -> tuple[list[str], str, bool]:
    _answer, sure, hits = asking.find(now, clean(query), limit=LOOKED_AT)
    keys = [f"{hit.item.group}/{hit.item.key}" for hit in hits[:LOOKED_AT]]
    found = now.asked[query] = (keys, hits[0].item.name if hits else "", sure)
    return found


def _worth(one: Outcome, wanted: Sequence[str]) -> float:
    if not wanted:
        return 0.0 if one.sure else 1.0
    return NOWHERE - (one.place or NOWHERE) + (0.5 if one.sure and one.place else 0.0)


def _count(totals: Totals, one: Outcome, wanted: Sequence[str]) -> None:
    if not wanted:
        totals.without += 1
        totals.wrongly_sure += one.sure
        return
    totals.asked += 1
    totals.first += one.place == 1
    totals.three += 1 <= one.place <= 3


def _names(now: asking.Ready, wanted: Sequence[str]) -> str:
    names = []
    for one in wanted:
        kind, _sign, key = one.partition("/")
        row = now.documents.get((kind, key))
        names.append(row.name if row else key)
    return " / ".join(names)
