"""Users outside the list of agencies ("all villages"), as approved answers of rounds name them."""

from collections.abc import Collection

from jendela.registry.campaigns.choices import ItemState, QuestionKind
from jendela.registry.campaigns.models import Item, Question


def with_other_users(applications: Collection[int]) -> set[int]:
    """Those of these applications whose newest approved answer names such users: a query, and one for each key that
    question sets give to the question."""
    newest: dict[int, str] = {}
    keys = Question.objects.filter(kind=QuestionKind.USES).order_by("key").values_list("key", flat=True)
    items = Item.objects.filter(application__in=applications, state=ItemState.APPROVED).order_by("round")
    for key in keys.distinct():
        answered = items.filter(answers__has_key=key)
        newest |= dict(answered.values_list("application", f"answers__{key}__value__others"))
    return {application for application, words in newest.items() if words}
