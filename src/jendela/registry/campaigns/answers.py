"""Answers to questions: their shape in `Item.answers`, and which questions apply. No database here.

`Item.answers` maps the key of a question to {"say": "benar" | "isi" | "belum_tahu", "value": {...}, "rev": n, "by":
name, "at": ISO time}. `value` by kind of question:

    field      {field name: value as JSON holds it}
    people     {"operating_unit", "name", "position"}
    uses       {"agencies": [keys], "others": "in words"}
    datasets   {"rows": [{"name", "personal": "ya" | "tidak" | ""}], "none": bool}
    links_*    {"rows": [{"application": key or null, "words", "data", "method", "hours": number or null}], "none"}
    cost       {"year": 2026, "rows": [{"kind", "amount": whole rupiah, "fund"}], "none": bool}
    own        {"value": as its kind says}

`none`: there is none, which is an answer too.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from math import prod
from typing import Any

from jendela.registry.applications.models import Application
from jendela.registry.applications.values import known, value_of
from jendela.registry.campaigns.choices import QuestionKind, Say
from jendela.registry.campaigns.models import Question


@dataclass(frozen=True)
class Answer:
    say: str  # of Say
    value: Mapping[str, Any] = field(default_factory=dict)


class BadAnswerError(Exception):
    """What was answered cannot be; `errors` maps the name of a part ('' for the whole) to a sentence."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__("; ".join(errors.values()))
        self.errors = dict(errors)


def answer_of(answers: Mapping[str, Any], key: str) -> Answer | None:
    raw = answers.get(key)
    return Answer(raw["say"], raw.get("value") or {}) if raw else None


def answered_fields(questions: Sequence[Question], answers: Mapping[str, Any]) -> dict[str, Any]:
    """Values of fields as typed in this round."""
    found: dict[str, Any] = {}
    for question in questions:
        answer = answer_of(answers, question.key)
        if answer is not None and answer.say == Say.VALUE:
            found.update({name: answer.value[name] for name in question.fields if name in answer.value})
    return found


def applies(
    question: Question, application: Application, questions: Sequence[Question], answers: Mapping[str, Any]
) -> bool:
    """Do all conditions of the question hold, for what is answered so far and else for the record?"""
    typed = answered_fields(questions, answers)
    return all(_holds(one, application, typed, answers) for one in question.condition)


def _holds(
    condition: Mapping[str, Any],
    application: Application,
    typed: Mapping[str, Any],
    answers: Mapping[str, Any],
) -> bool:
    if "field" in condition:
        name = condition["field"]
        value = typed[name] if name in typed else value_of(application, name)
        is_known = known(name, value)
    else:
        answer = answer_of(answers, condition["answer"])
        value = answer.value.get("value") if answer and answer.say == Say.VALUE else None
        is_known = value not in (None, "")
    return _matches(condition, value, is_known=is_known)


def _matches(condition: Mapping[str, Any], value: Any, *, is_known: bool) -> bool:
    match condition["op"]:
        case "in":
            return value in condition["value"]
        case "not_in":
            return value not in condition["value"]
        case "known":
            return is_known
        case "unknown":
            return not is_known
    raise ValueError(condition["op"])


def asked(
    questions: Sequence[Question], application: Application, answers: Mapping[str, Any]
) -> list[Question]:
    """The questions that apply, in order."""
    return [one for one in questions if applies(one, application, questions, answers)]


MOST_CASES = 4_000  # that are tried one by one
OTHER = "\0"  # a value that no condition names


def subject(condition: Mapping[str, Any]) -> tuple[str, str]:
    """What a condition looks at: ("field" or "answer", its name)."""
    kind = "field" if "field" in condition else "answer"
    return kind, condition[kind]


def most_asked(questions: Sequence[Question]) -> int:
    """How many questions one application is asked at most, whatever is answered: those for a dead application and those
    for a living one are never asked together."""
    values: dict[tuple[str, str], list[Any]] = {}
    for one in questions:
        for part in one.condition:
            known_values = values.setdefault(subject(part), [None, OTHER])
            if part["op"] in {"in", "not_in"}:
                known_values += [value for value in part["value"] if value not in known_values]
    if prod(len(one) for one in values.values()) > MOST_CASES:
        return len(questions)
    return max(
        sum(
            all(
                _matches(part, case[subject(part)], is_known=case[subject(part)] is not None)
                for part in one.condition
            )
            for one in questions
        )
        for case in (dict(zip(values, chosen, strict=True)) for chosen in product(*values.values()))
    )


def missing(
    questions: Sequence[Question], application: Application, answers: Mapping[str, Any]
) -> list[Question]:
    """Required questions that apply and have no answer; 'belum tahu' is an answer."""
    return [one for one in asked(questions, application, answers) if one.required and one.key not in answers]


def uses_records(question: Question) -> bool:
    """Does the question ask for what the record may already hold?"""
    return question.kind != QuestionKind.OWN
