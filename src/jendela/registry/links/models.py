"""Links at product level (never by version): declared by one side, confirmed by the other; and rules of the right
source."""

from django.db import models
from django.db.models import F, Q

from jendela.people.agencies.models import Agency
from jendela.registry.applications.choices import Grade
from jendela.registry.applications.models import Application
from jendela.registry.datasets.choices import Frequency
from jendela.registry.datasets.models import Dataset, StandardElement
from jendela.registry.links.choices import Confirmation, Direction, LinkState, Method


class Link(models.Model):
    """Data goes from `source` to `target`. One row for each pair, method and data."""

    source = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="links_out")
    target = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="links_in")
    dataset = models.ForeignKey(Dataset, null=True, on_delete=models.PROTECT, related_name="links")
    data = models.CharField(max_length=300)  # in words
    method = models.CharField(max_length=16, choices=Method.choices)
    direction = models.CharField(max_length=12, choices=Direction.choices, default=Direction.ONE_WAY)
    frequency = models.CharField(max_length=16, choices=Frequency.choices, default=Frequency.UNKNOWN)
    state = models.CharField(max_length=16, choices=LinkState.choices)
    agreement = models.CharField(max_length=200, blank=True)  # number of the agreement
    agreement_until = models.DateField(null=True)
    hours_a_month = models.DecimalField(max_digits=6, decimal_places=1, null=True)  # spent on typing it again
    declared_by = models.ForeignKey(
        Agency, null=True, on_delete=models.PROTECT, related_name="links_declared"
    )
    declared_words = models.CharField(max_length=200)  # who said so
    declared_at = models.DateTimeField()
    confirmation = models.CharField(max_length=12, choices=Confirmation.choices, default=Confirmation.WAITING)
    answered_by = models.CharField(max_length=200, blank=True)
    answered_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300, blank=True)
    grade = models.CharField(max_length=1, choices=Grade.choices)
    source_words = models.CharField(max_length=300, blank=True)
    source_url = models.URLField(max_length=500, blank=True)
    ended_at = models.DateTimeField(null=True)  # taken out of the register; the row stays

    class Meta:
        db_table = "registry_links_link"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=~Q(source=F("target")), name="link_not_itself"),
            models.UniqueConstraint(
                fields=["source", "target", "method", "data"],
                condition=Q(ended_at__isnull=True),
                name="link_once",
            ),
        ]
        indexes = [
            models.Index(fields=["source", "target"], name="link_source"),
            models.Index(fields=["target", "source"], name="link_target"),
            models.Index(fields=["method", "state"], name="link_method"),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} -> {self.target_id} {self.method}"


class SourceRule(models.Model):
    """For this data element (or topic) that application is the right source; with validity and citation."""

    element = models.ForeignKey(
        StandardElement, null=True, on_delete=models.PROTECT, related_name="source_rules"
    )
    topic = models.CharField(max_length=30, blank=True)  # RAD code; children inherit
    words = models.CharField(max_length=200)  # "Data kependudukan"
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="right_source_of")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    citation = models.CharField(max_length=300)

    class Meta:
        db_table = "registry_links_source_rule"
        ordering = ["words"]

    def __str__(self) -> str:
        return self.words


class StandAlone(models.Model):
    """An application that needs no link, with the reason: it does not count as isolated."""

    application = models.OneToOneField(Application, on_delete=models.CASCADE, related_name="stands_alone")
    reason = models.CharField(max_length=300)
    by = models.CharField(max_length=200)
    at = models.DateTimeField()
    review_on = models.DateField()

    class Meta:
        db_table = "registry_links_stand_alone"

    def __str__(self) -> str:
        return f"{self.application_id}"
