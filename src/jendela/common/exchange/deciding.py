"""What a row asks of the person, and the answers already given: several names in one cell, capitals, and 'is this the
same as one that we have?'. Without an answer nothing is written that only the person can know."""

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from typing import Any

from django.utils.translation import gettext as _

from jendela.common.exchange.choices import Answer, Question
from jendela.common.exchange.kinds import Key, Kind, Row, matcher
from jendela.common.exchange.models import ImportRun
from jendela.common.exchange.shaping import proper, several

Answers = Mapping[tuple[int, int], Mapping[str, str]]  # (row, piece) -> question -> answer
SHOWN_CANDIDATES = 3


def answers_of(run: ImportRun) -> Answers:
    """Every decision of an import: one query."""
    found: dict[tuple[int, int], dict[str, str]] = {}
    for number, piece, question, answer in run.decisions.values_list("number", "piece", "question", "answer"):
        found.setdefault((number, piece), {})[question] = answer
    return found


def key_text(key: Key) -> str:
    """A key as an answer names it."""
    return "\n".join(key)


def shaped(row: Row, raw: Mapping[str, str], kind: Kind, answers: Answers) -> Iterator[Row]:
    """The row as the person wants it: one, or one for each name in its cell; names in capitals as they are or in the
    usual form. `raw` holds the cells of text with their line ends."""
    for one in _pieces(row, raw, kind, answers):
        one.answers = {**answers.get((0, 0), {}), **answers.get((row.number or 0, one.piece), {})}
        for column in kind.columns:
            form = proper(one.values.get(column.key, "")) if column.proper else ""
            if not form or form == one.values[column.key]:
                continue
            if one.answers.get(Question.PROPER) == Answer.YES:
                one.notes.append(_("Ditulis biasa; di berkas: %(text)s.") % {"text": one.values[column.key]})
                one.values[column.key] = one.said[column.key] = form
            elif Question.PROPER not in one.answers:
                one.asks[Question.PROPER] = {"column": column.key, "text": form}
        yield one


def _pieces(row: Row, raw: Mapping[str, str], kind: Kind, answers: Answers) -> Iterator[Row]:
    name = next((column.key for column in kind.columns if column.splits and column.key in raw), "")
    names = several(raw[name]) if name else []
    own, every = answers.get((row.number or 0, 0), {}), answers.get((0, 0), {})
    answer = own.get(Question.SPLIT, every.get(Question.SPLIT))
    if names and answer == Answer.YES:
        for piece, text in enumerate(names):
            one = deepcopy(row)
            one.piece = piece
            one.values[name] = one.said[name] = text
            one.errors = [error for error in one.errors if error[0] != name]
            one.notes.append(_("Nama ke-%(place)s dari satu sel.") % {"place": piece + 1})
            yield one
        return
    if names and answer is None:
        row.asks[Question.SPLIT] = {"column": name, "names": names}
    yield row


def find_likely(rows: Sequence[Row], kind: Kind, scope: frozenset[int] | None) -> None:
    """For rows that are new so far: what could be the same. The person's answer settles it, or the row waits."""
    new = [row for row in rows if row.before is None and not row.errors and Question.SPLIT not in row.asks]
    search = matcher(kind)
    if not new:
        return
    asked = new[: max(kind.likely_left, 0)] if search else []
    kind.likely_left -= len(new) if search else 0
    for row, found in zip(asked, search(asked) if search and asked else (), strict=True):
        own = {one.key for one in row.candidates}
        row.candidates = [*row.candidates, *(one for one in found if one.key not in own)]
    known = kind.current([one.key for row in new for one in row.candidates])
    answered = []
    for row in new:
        usable = [one for one in row.candidates if one.key in known]
        row.candidates = [one for one in usable if scope is None or known[one.key].owner in scope]
        row.candidates = sorted(row.candidates, key=lambda one: -one.score)[:SHOWN_CANDIDATES]
        if row.candidates and _settle(row, kind, known):
            answered.append(row)
    for row in answered:
        row.before = known[row.key]


def _settle(row: Row, kind: Kind, known: Mapping[Key, Any]) -> bool:
    """Go by the answer; True when the row is one that we have."""
    answer = row.answers.get(Question.SAME, "")
    chosen = next((one for one in row.candidates if key_text(one.key) == answer), None)
    if chosen is not None:
        row.key = chosen.key
        row.values |= dict(zip(kind.key_columns, chosen.key, strict=True))
        row.notes.append(_("Anda menyatakan ini sama dengan “%(name)s”.") % {"name": chosen.label})
        return True
    if answer == Answer.SKIP:
        row.skipped = True
    elif answer != Answer.NEW:
        shown = [column.key for column in kind.columns if column.key in row.values]
        row.asks[Question.SAME] = [
            {
                "key": key_text(one.key),
                "label": one.label,
                "score": round(one.score, 2),
                "reasons": list(one.reasons),
                "values": {name: known[one.key].values.get(name, "") for name in shown},
            }
            for one in row.candidates
        ]
    return False
