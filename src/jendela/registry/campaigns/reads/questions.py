"""Question sets as the organiser sees them: their questions in order, conditions in words, and what may still be
asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from jendela.registry.applications.choices import ValueKind
from jendela.registry.applications.fields import FIELDS, UNKNOWN, Field
from jendela.registry.applications.reads.record import extra_fields
from jendela.registry.campaigns.answers import most_asked, subject
from jendela.registry.campaigns.choices import OwnKind, QuestionKind, RoundState
from jendela.registry.campaigns.models import Question, QuestionSet
from jendela.registry.campaigns.models.questions import fields_named
from jendela.registry.campaigns.reads.sheet import questions_of

NOT_ASKED = {"name", "function"}  # a name is not asked for by name; functions are chosen from a tree
Option = tuple[str, str]


@dataclass
class SetRow:
    row: QuestionSet
    most: int
    total: int
    rounds: int  # that have asked it


def question_sets() -> list[SetRow]:
    asked = Count("rounds", filter=~Q(rounds__state=RoundState.DRAFT))
    found = []
    for one in QuestionSet.objects.prefetch_related("questions").annotate(asked=asked):
        questions = list(one.questions.all())
        found.append(SetRow(one, most_asked(questions), len(questions), one.asked))
    return found


def question_set(key: str) -> QuestionSet | None:
    return QuestionSet.objects.filter(key=key).first()


@dataclass
class Shown:
    """One question with its condition in words."""

    question: Question
    asks: list[str]  # labels of its fields, or what kind of thing it asks for
    condition: str

    @property
    def choices(self) -> list[str]:
        if self.question.own_kind == OwnKind.YES_NO:
            return [_("Ya"), _("Tidak")]
        return [one[1] for one in self.question.choices]


def shown(row: QuestionSet) -> list[Shown]:
    questions = questions_of(row.pk)
    fields = fields_named({subject(part)[1] for one in questions for part in one.condition})
    found = []
    for one in questions:
        if one.kind == QuestionKind.OWN:
            asks = [str(OwnKind(one.own_kind).label)]
        elif one.kind == QuestionKind.FIELD:
            asks = [str(each.label) for each in one.record_fields]
        else:
            asks = [str(QuestionKind(one.kind).label)]
        words = [condition_words(part, questions, fields) for part in one.condition]
        found.append(Shown(one, asks, _(" dan ").join(words)))
    return found


def condition_words(part: dict[str, Any], questions: Sequence[Question], fields: dict[str, Field]) -> str:
    """A condition as people read it, after 'hanya bila'."""
    kind, name = subject(part)
    if kind == "field":
        field = fields.get(name)
        label, labels = (str(field.label), _labels(field)) if field else (name, {})
    else:
        question = next((one for one in questions if one.key == name), None)
        label, labels = (question.text, _own_labels(question)) if question else (name, {})
    values = ", ".join(str(labels.get(value, value)) for value in part["value"])
    words = {
        "in": _("“%(label)s” dijawab %(values)s"),
        "not_in": _("“%(label)s” dijawab selain %(values)s"),
        "known": _("“%(label)s” sudah diisi"),
        "unknown": _("“%(label)s” belum diketahui"),
    }
    return words[part["op"]] % {"label": label, "values": values}


def _labels(field: Field) -> dict[Any, str]:
    if field.kind == ValueKind.YES_NO:
        return {True: _("ya"), False: _("tidak")}
    return {value: str(label) for value, label in field.options() if value != UNKNOWN}


def _own_labels(question: Question) -> dict[Any, str]:
    if question.own_kind == OwnKind.YES_NO:
        return {"ya": _("ya"), "tidak": _("tidak")}
    return {one[0]: str(one[1]) for one in question.choices}


@dataclass
class Conditions:
    """What a question may depend on: grouped words for a list of choices, and each one as a condition."""

    groups: list[tuple[str, list[Option]]]
    by_word: dict[str, dict[str, Any]]

    def word_of(self, condition: Sequence[dict[str, Any]]) -> str | None:
        """The word of a stored condition; '' for none, None for one that the list cannot say."""
        if not condition:
            return ""
        return next((word for word, part in self.by_word.items() if [part] == list(condition)), None)


def conditions(earlier: Sequence[Question]) -> Conditions:
    """One condition on a question that comes earlier: an answer is one of its choices or is not, or is known or not."""
    found = Conditions([], {})
    for number, one in enumerate(earlier, start=1):
        options: list[Option] = []
        if one.kind == QuestionKind.OWN:
            options += _offered(found, "answer", one.key, _own_labels(one))
        elif one.kind == QuestionKind.FIELD:
            for field in one.record_fields:
                labels = {} if field.kind == ValueKind.CHOICES else _labels(field)
                prefix = f"{field.label}: " if len(one.record_fields) > 1 else ""
                options += _offered(found, "field", field.name, labels, prefix)
        if options:
            found.groups.append((f"{number}. {one.text}", options))
    return found


def _offered(
    found: Conditions, kind: str, name: str, labels: dict[Any, str], prefix: str = ""
) -> list[Option]:
    options: list[Option] = []
    for place, (value, label) in enumerate(labels.items()):
        for op, said in (("in", _("hanya bila: %(label)s")), ("not_in", _("hanya bila bukan: %(label)s"))):
            word = f"{kind}:{name}:{op}:{place}"
            found.by_word[word] = {kind: name, "op": op, "value": [value]}
            options.append((word, prefix + said % {"label": label}))
    for op, said in (("known", _("hanya bila sudah diisi")), ("unknown", _("hanya bila belum diketahui"))):
        word = f"{kind}:{name}:{op}"
        found.by_word[word] = {kind: name, "op": op, "value": [""]}
        options.append((word, prefix + said))
    return options


def free_fields(row: QuestionSet) -> list[Field]:
    """Fields of the register that the set does not ask for yet, those without code last."""
    taken = {name for one in questions_of(row.pk) for name in one.fields} | NOT_ASKED
    return [one for one in (*FIELDS, *extra_fields()) if one.name not in taken]


def free_kinds(row: QuestionSet) -> list[Option]:
    """Things with rows of their own (people, data, links …) that the set does not ask for yet."""
    taken = {one.kind for one in questions_of(row.pk)} | {QuestionKind.OWN, QuestionKind.FIELD}
    return [(value, str(label)) for value, label in QuestionKind.choices if value not in taken]
