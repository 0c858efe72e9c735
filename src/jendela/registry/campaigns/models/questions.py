"""Question sets: fields of the register and questions of one's own, with conditions. Loaded from a table, or copied
and changed on screen; a set that was asked is not changed, a new one follows it."""

from collections.abc import Iterable
from functools import cached_property

from django.contrib.postgres.fields import ArrayField
from django.db import models

from jendela.registry.applications.fields import BY_NAME, EXTRA, Field, extra_field
from jendela.registry.applications.models import AttributeDefinition
from jendela.registry.campaigns.choices import OwnKind, QuestionKind


def fields_named(names: Iterable[str]) -> dict[str, Field]:
    """Fields of the register by name, with those that were added without code ('extra.<key>'); names that are neither
    are left out. One query, and only when there are such."""
    wanted = list(names)
    keys = [name.removeprefix(EXTRA) for name in wanted if name.startswith(EXTRA)]
    rows = AttributeDefinition.objects.filter(key__in=keys) if keys else []
    added = {one.name: one for one in map(extra_field, rows)}
    return {name: found for name in wanted if (found := BY_NAME.get(name) or added.get(name))}


class QuestionSet(models.Model):
    key = models.SlugField(max_length=40, unique=True)
    title = models.CharField(max_length=120)
    valid_from = models.DateField()
    citation = models.CharField(max_length=300)
    made_by = models.CharField(
        max_length=120, blank=True, default="", db_default=""
    )  # '': it came from the table

    class Meta:
        db_table = "registry_campaigns_question_set"
        ordering = ["-valid_from", "key"]

    def __str__(self) -> str:
        return self.title


class Question(models.Model):
    """`fields` are names of applications.fields or 'extra.<key>' (kind FIELD, and beside the others where they fit).
    `condition` is a list of {"field" or "answer": name, "op": "in" | "not_in" | "known" | "unknown", "value": [...]},
    all of which must hold; an answer given in this round goes before what the record says."""

    question_set = models.ForeignKey(QuestionSet, on_delete=models.CASCADE, related_name="questions")
    key = models.SlugField(max_length=40)
    kind = models.CharField(max_length=10, choices=QuestionKind.choices)
    fields: "ArrayField[list[str], list[str]]" = ArrayField(
        models.CharField(max_length=40), default=list, blank=True
    )
    own_kind = models.CharField(max_length=8, choices=OwnKind.choices, blank=True)
    choices = models.JSONField(default=list)  # [value, label] of an own choice
    text = models.CharField(max_length=200)
    hint = models.CharField(max_length=300, blank=True)
    condition = models.JSONField(default=list)
    required = models.BooleanField(default=True)  # must be answered, "belum tahu" counts
    position = models.PositiveSmallIntegerField()

    class Meta:
        db_table = "registry_campaigns_question"
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["question_set", "key"], name="question_once")]

    def __str__(self) -> str:
        return self.text

    @cached_property
    def record_fields(self) -> list[Field]:
        """What `fields` name, in order. `reads.sheet.questions_of` fills it for a whole set."""
        return list(fields_named(self.fields).values())

    def record_field(self, name: str) -> Field:
        return next(one for one in self.record_fields if one.name == name)
