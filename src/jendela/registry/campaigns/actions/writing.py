"""Answers written to the record on submission: values with source and date, the parts by the actions of their rooms."""

import uuid
from collections.abc import Sequence
from typing import Any

from jendela.common.audit import Actor
from jendela.common.dates import today
from jendela.registry.applications.actions import Provenance, set_many
from jendela.registry.applications.choices import Evidence, Grade
from jendela.registry.applications.values import known, value_of
from jendela.registry.campaigns import answers as shapes
from jendela.registry.campaigns.choices import QuestionKind, Say
from jendela.registry.campaigns.models import Bundle, Item, Question


def provenance_of(bundle: Bundle) -> Provenance:
    return Provenance(
        stated_by=bundle.agency.short_name,
        source=bundle.round.title,
        source_date=today().isoformat(),
        grade=Grade.STATED,
    )


def write_answers(*, bundle: Bundle, items: Sequence[Item], questions: Sequence[Question], by: Actor) -> None:
    """Write what was answered in these items, all values in one batch; 'belum tahu' changes nothing. A value that is
    still true is confirmed. Answers to questions that do not apply any more stay in the item alone."""
    batch, provenance = uuid.uuid4(), provenance_of(bundle)
    rows: list[tuple[Any, dict[str, Any]]] = []
    for item in items:
        item.batch = batch
        values = _values(item, questions)
        if values:
            rows.append((item.application, values))
    if rows:
        set_many(rows=rows, by=by, provenance=provenance, batch=batch, reason=bundle.round.title)


def _values(item: Item, questions: Sequence[Question]) -> dict[str, Any]:
    """Values by name: a confirmed one is given as it stands, which confirms it."""
    found: dict[str, Any] = {}
    for question in shapes.asked(questions, item.application, item.answers):
        answer = shapes.answer_of(item.answers, question.key)
        if answer is None or answer.say == Say.UNKNOWN:
            continue
        names = question.fields
        if question.kind == QuestionKind.PEOPLE:
            names = ["operating_unit"]
        for name in names:
            if answer.say == Say.SAME:
                value = value_of(item.application, name)
                if known(name, value):
                    found[name] = value
            elif name in answer.value:
                found[name] = answer.value[name]
        if "state" in question.fields:  # the list says as of when, and that someone here said so
            found["state_as_of"] = today().isoformat()
            found["evidence"] = Evidence.REGENCY
    return found
