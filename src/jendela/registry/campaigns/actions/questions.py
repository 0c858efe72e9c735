"""Question sets and the ladder of reminders, from their tables."""

from collections.abc import Sequence

from django.db import transaction

from jendela.common.audit import Actor, record
from jendela.registry.campaigns.choices import RoundState
from jendela.registry.campaigns.models import LadderStep, Question, QuestionSet


@transaction.atomic
def put_questions(*, question_set: QuestionSet, questions: Sequence[Question], by: Actor) -> bool:
    """Make or replace a set; False when it was asked already, or made on screen, and
    therefore stays."""
    row = QuestionSet.objects.select_for_update().filter(key=question_set.key).first()
    if row is None:
        question_set.save()
        row = question_set
    elif row.made_by or row.rounds.exclude(state=RoundState.DRAFT).exists():
        return False
    else:
        row.title, row.valid_from = question_set.title, question_set.valid_from
        row.citation = question_set.citation
        row.save()
    row.questions.all().delete()
    for one in questions:
        one.question_set = row
    Question.objects.bulk_create(questions)
    record(by=by, action="campaigns.load_questions", target=row, after={"questions": len(questions)})
    return True


@transaction.atomic
def put_ladder(*, steps: Sequence[LadderStep], by: Actor) -> None:
    """Make or change steps; those that the table no longer names stay for what was sent by them, and end."""
    LadderStep.objects.bulk_create(
        steps,
        update_conflicts=True,
        unique_fields=["offset", "recipient", "valid_from"],
        update_fields=["last", "valid_to", "citation"],
    )
    named = {(one.offset, one.recipient, one.valid_from) for one in steps}
    for row in LadderStep.objects.filter(valid_to__isnull=True):
        if (row.offset, row.recipient, row.valid_from) not in named:
            row.valid_to = row.valid_from
            row.save(update_fields=["valid_to"])
