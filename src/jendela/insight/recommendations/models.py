"""Recommendations with the facts they rest on, their answers and what followed."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from jendela.insight.recommendations.choices import OPEN, Action, AnswerKind, NoteKind, State, Verdict
from jendela.people.agencies.models import Agency
from jendela.registry.applications.models import Application


class Recommendation(models.Model):
    """One piece of advice about one application by one rule. `facts` are as they were when it was found or given:
    [{"words", "value", "source", "date", "url"}]."""

    rule = models.CharField(max_length=40)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="recommendations")
    part = models.CharField(
        max_length=60, blank=True
    )  # which link or date of the application; '' for the whole
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="recommendations")
    state = models.CharField(max_length=12, choices=State.choices, default=State.FOUND)
    action = models.CharField(max_length=12, choices=Action.choices)
    weight = models.PositiveSmallIntegerField()  # the heavier, the sooner
    facts = models.JSONField(default=list)
    found_at = models.DateTimeField()
    given_at = models.DateTimeField(null=True)
    due_on = models.DateField(null=True)  # the last day for the answer
    answered_at = models.DateTimeField(null=True)
    planned_on = models.DateField(null=True)  # by when the agency wants it done
    closed_at = models.DateTimeField(null=True)
    closed_why = models.CharField(max_length=500, blank=True)
    review_on = models.DateField(null=True)  # of a no or a keep: not asked again before
    measure_on = models.DateField(null=True)  # when its effect is looked at next
    reminded_on = models.DateField(null=True)

    class Meta:
        db_table = "insight_recommendations_recommendation"
        constraints = [
            models.UniqueConstraint(
                fields=["rule", "application", "part"],
                condition=Q(state__in=OPEN),
                name="recommendation_one_open",
            ),
            models.CheckConstraint(
                condition=Q(state=State.FOUND) | Q(given_at__isnull=False) | Q(closed_at__isnull=False),
                name="recommendation_given_first",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "-weight", "id"], name="recommendation_state"),
            models.Index(fields=["agency", "state", "due_on"], name="recommendation_agency"),
            models.Index(fields=["application", "-id"], name="recommendation_application"),
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.application_id} {self.state}"


class Answer(models.Model):
    """What the head of the agency answered; the newest counts."""

    recommendation = models.ForeignKey(Recommendation, on_delete=models.CASCADE, related_name="answers")
    kind = models.CharField(max_length=10, choices=AnswerKind.choices)
    text = models.TextField()  # the plan, or the reason
    planned_on = models.DateField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        db_table = "insight_recommendations_answer"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind=AnswerKind.ACCEPT) | Q(planned_on__isnull=False),
                name="answer_accept_has_date",
            )
        ]

    def __str__(self) -> str:
        return f"{self.recommendation_id} {self.kind}"


class Note(models.Model):
    """One thing that happened, in words, for the history."""

    recommendation = models.ForeignKey(Recommendation, on_delete=models.CASCADE, related_name="notes")
    kind = models.CharField(max_length=16, choices=NoteKind.choices)
    text = models.TextField(blank=True)
    by = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        db_table = "insight_recommendations_note"
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.recommendation_id} {self.kind}"


class Letter(models.Model):
    """A nota dinas to one agency with the recommendations given in one act."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    recommendations = models.ManyToManyField(
        Recommendation, related_name="letters", db_table="insight_recommendations_letter_item"
    )
    made_by = models.CharField(max_length=120)
    made_at = models.DateTimeField()
    due_on = models.DateField()

    class Meta:
        db_table = "insight_recommendations_letter"
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.made_at:%Y-%m-%d}"


class Reach(models.Model):
    """What a rule said at the last look at all applications, of how many: it applies, or why not."""

    rule = models.CharField(max_length=40)
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    why = models.CharField(max_length=300, blank=True)  # '' where it applies
    number = models.PositiveIntegerField()
    judged_at = models.DateTimeField()

    class Meta:
        db_table = "insight_recommendations_reach"
        constraints = [models.UniqueConstraint(fields=["rule", "verdict", "why"], name="reach_once")]

    def __str__(self) -> str:
        return f"{self.rule} {self.verdict} {self.number}"
