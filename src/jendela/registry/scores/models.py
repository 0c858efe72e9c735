"""What was judged of each application the last time. Facts stay where they are: a changed rule judges them anew."""

from typing import ClassVar

from django.db import models

from jendela.registry.applications.models import Application
from jendela.registry.scores.choices import Rank, Time


class Score(models.Model):
    DERIVED: ClassVar[dict[str, object]] = {}  # all of it follows from the application

    application = models.OneToOneField(Application, on_delete=models.CASCADE, related_name="score")
    completeness = models.PositiveSmallIntegerField()  # percent
    rank = models.CharField(max_length=12, choices=Rank.choices)
    passed = models.PositiveSmallIntegerField()
    failed = models.PositiveSmallIntegerField()
    unknown = models.PositiveSmallIntegerField()
    functional = models.PositiveSmallIntegerField(
        null=True
    )  # percent of known checks that pass; null: too few known
    technical = models.PositiveSmallIntegerField(null=True)
    time = models.CharField(max_length=12, choices=Time.choices)
    judged_at = models.DateTimeField()

    class Meta:
        db_table = "registry_scores_score"
        indexes = [
            models.Index(fields=["completeness", "application"], name="score_completeness"),
            models.Index(fields=["rank", "completeness"], name="score_rank"),
            models.Index(fields=["time", "completeness"], name="score_time"),
        ]

    def __str__(self) -> str:
        return f"{self.application_id}: {self.completeness} {self.rank} {self.time}"
