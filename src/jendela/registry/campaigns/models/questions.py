"""Question sets: fields of the register and questions of one's own, with conditions. Loaded from a table; a set that
was asked is not changed, a new one follows it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from jendela.registry.campaigns.choices import OwnKind, QuestionKind


class QuestionSet(models.Model):
    key = models.SlugField(max_length=40, unique=True)
    title = models.CharField(max_length=120)
    valid_from = models.DateField()
    citation = models.CharField(max_length=300)

    class Meta:
        db_table = "registry_campaigns_question_set"
        ordering = ["-valid_from", "key"]

    def __str__(self) -> str:
        return self.title


class Question(models.Model):
    """`fields` are names of applications.fields (kind FIELD, and beside the others where they fit). `condition` is a
    list of {"field" or "answer": name, "op": "in" | "not_in" | "known" | "unknown", "value": [...]}, all of which must
    hold; an answer given in this round goes before what the record says."""

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
