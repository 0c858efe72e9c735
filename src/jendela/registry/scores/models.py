"""What was judged of each application the last time (facts stay where they are: a changed rule judges them anew), and
to whom due dates were written."""

from typing import ClassVar

from django.conf import settings
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


class DueMail(models.Model):
    """The newest message about due dates to one person: at most one a week."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    number = models.PositiveSmallIntegerField()  # of due dates in it

    class Meta:
        db_table = "registry_scores_due_mail"

    def __str__(self) -> str:
        return f"{self.user_id} {self.day} {self.number}"
