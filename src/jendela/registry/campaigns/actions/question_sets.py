"""Question sets made on screen: copied, changed question by question, thrown away. What was asked stays as it was."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from jendela.common.audit import Actor, record, snapshot
from jendela.common.dates import today
from jendela.registry.campaigns.answers import most_asked
from jendela.registry.campaigns.choices import OwnKind, RoundState
from jendela.registry.campaigns.models import Question, QuestionSet
from jendela.registry.campaigns.rules import MOST_QUESTIONS, rule

COPIED = ("key", "kind", "fields", "own_kind", "choices", "text", "hint", "condition", "required", "position")
CHANGED = ("text", "hint", "required", "condition", "choices")


class CannotChangeError(Exception):
    """It came from the table, or a round has asked it: it is copied instead."""


class TooManyError(Exception):
    """One application would be asked more questions than the rules say; `limit` is how many."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"more than {limit} questions")
        self.limit = limit


class NeededError(Exception):
    """The condition of `question` looks at an answer that would no longer come before it."""

    def __init__(self, question: Question) -> None:
        super().__init__(question.key)
        self.question = question


def may_change(row: QuestionSet) -> bool:
    return bool(row.made_by) and not was_asked(row)


def was_asked(row: QuestionSet) -> bool:
    return row.rounds.exclude(state=RoundState.DRAFT).exists()


@transaction.atomic
def copy_set(*, question_set: QuestionSet, title: str, by: Actor) -> QuestionSet:
    """The same questions under another name, to be changed."""
    made = QuestionSet.objects.create(
        key=_free_key(title),
        title=title,
        valid_from=today(),
        citation=f"Salinan dari {question_set.title}; diubah oleh Diskominfo",
        made_by=by.name[:120] or "Diskominfo",
    )
    rows = [
        Question(question_set=made, **{name: getattr(one, name) for name in COPIED})
        for one in question_set.questions.all()
    ]
    Question.objects.bulk_create(rows)
    after = {"title": title, "from": question_set.key, "questions": len(rows)}
    record(by=by, action="campaigns.copy_questions", target=made, after=after)
    return made


@transaction.atomic
def drop_set(*, question_set: QuestionSet, by: Actor) -> None:
    """Throw a copy away that no round uses, not even a draft. Raises CannotChangeError."""
    row = _locked(question_set)
    if row.rounds.exists():
        raise CannotChangeError
    record(by=by, action="campaigns.drop_questions", target=row, before=snapshot(row))
    row.delete()


@transaction.atomic
def add_question(*, question_set: QuestionSet, values: Mapping[str, Any], by: Actor) -> Question:
    """One more at the end. Raises CannotChangeError, TooManyError."""
    row = _locked(question_set)
    there = _questions(row)
    made = Question(
        question_set=row,
        key=_free_word(str(values["text"]), {one.key for one in there}),
        position=there[-1].position + 1 if there else 1,
        **values,
    )
    _check([*there, made], before=most_asked(there))
    made.save()
    record(by=by, action="campaigns.add_question", target=row, after=_said(made))
    return made


@transaction.atomic
def change_question(*, question: Question, values: Mapping[str, Any], by: Actor) -> None:
    """Its words, condition, choices (names of CHANGED); what it asks for stays. Raises CannotChangeError, TooManyError,
    NeededError."""
    row = _locked(question.question_set)
    there = _questions(row)
    own = _still_there(there, question)
    before, most = _said(own), most_asked(there)
    for name in CHANGED:
        if name in values:
            setattr(own, name, values[name])
    _check(there, before=most)
    own.save(update_fields=list(CHANGED))
    record(by=by, action="campaigns.edit_question", target=row, before=before, after=_said(own))


@transaction.atomic
def move_question(*, question: Question, up: bool, by: Actor) -> None:
    """One place up or down; the first stays first. Raises CannotChangeError, NeededError."""
    row = _locked(question.question_set)
    there = _questions(row)
    at = there.index(_still_there(there, question))
    to = at - 1 if up else at + 1
    if not 0 <= to < len(there):
        return
    there[at], there[to] = there[to], there[at]
    _check(there, before=most_asked(there))
    for place, one in enumerate(there, start=1):
        one.position = place
    Question.objects.bulk_update(there, ["position"])
    record(by=by, action="campaigns.move_question", target=row, after={"question": question.key, "up": up})


@transaction.atomic
def remove_question(*, question: Question, by: Actor) -> None:
    """Raises CannotChangeError, NeededError."""
    row = _locked(question.question_set)
    there = _questions(row)
    own = _still_there(there, question)
    _check([one for one in there if one.pk != own.pk], before=most_asked(there))
    record(by=by, action="campaigns.remove_question", target=row, before=_said(own))
    own.delete()


def _locked(question_set: QuestionSet) -> QuestionSet:
    row = QuestionSet.objects.select_for_update().get(pk=question_set.pk)
    if not may_change(row):
        raise CannotChangeError
    return row


def _still_there(questions: Sequence[Question], question: Question) -> Question:
    """Raises CannotChangeError for one that somebody deleted a moment ago."""
    found = next((one for one in questions if one.pk == question.pk), None)
    if found is None:
        raise CannotChangeError
    return found


def _questions(row: QuestionSet) -> list[Question]:
    return list(row.questions.order_by("position", "pk"))


def _check(questions: Sequence[Question], *, before: int) -> None:
    """Every condition on an answer looks at a question before it, and at a choice that it has; and they are not too
    many, or at least not more than `before`."""
    earlier: dict[str, Question] = {}
    for one in questions:
        for part in one.condition:
            if "answer" in part and not _is_there(part, earlier.get(part["answer"])):
                raise NeededError(one)
        earlier[one.key] = one
    limit = rule(MOST_QUESTIONS, today())
    if most_asked(questions) > max(limit, before):
        raise TooManyError(limit)


def _is_there(part: Mapping[str, Any], earlier: Question | None) -> bool:
    if earlier is None:
        return False
    known = {one[0] for one in earlier.choices}
    return earlier.own_kind != OwnKind.CHOICE or all(value in known for value in part["value"] if value)


def _said(question: Question) -> dict[str, Any]:
    return {name: getattr(question, name) for name in COPIED}


def _free_key(title: str) -> str:
    taken = set(QuestionSet.objects.values_list("key", flat=True))
    return _free_word(title, taken)


def _free_word(text: str, taken: set[str]) -> str:
    base = slugify(text).replace("_", "-")[:34].strip("-") or "pertanyaan"
    word, number = base, 1
    while word in taken:
        number += 1
        word = f"{base}-{number}"
    return word
