"""Where each value comes from, and every change with its before and after."""

from django.conf import settings
from django.db import models

from jendela.registry.applications.choices import Grade
from jendela.registry.applications.models.application import Application


class ValueSource(models.Model):
    """Who said what a field says now, when, from which source, and how far it can be trusted. A field without a row
    has never been said by anyone."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="sources")
    field = models.CharField(max_length=40)  # name of a Field (fields.py), or "extra.<key>"
    stated_by = models.CharField(max_length=200)
    stated_at = models.DateTimeField()
    source = models.CharField(max_length=300, blank=True)  # "Pemutakhiran 2026", "tintaborneo.com"
    source_url = models.URLField(max_length=500, blank=True)
    source_date = models.CharField(max_length=30, blank=True)  # partial date
    grade = models.CharField(max_length=1, choices=Grade.choices)
    disputed = models.CharField(max_length=300, blank=True, db_default="")
    confirmed_at = models.DateTimeField(null=True)  # said again to be still true ("masih benar")
    confirmed_by = models.CharField(max_length=200, blank=True, db_default="")

    class Meta:
        db_table = "registry_applications_value_source"
        constraints = [models.UniqueConstraint(fields=["application", "field"], name="value_source_once")]

    def __str__(self) -> str:
        return f"{self.application_id}.{self.field} {self.grade}"


class Change(models.Model):
    """One field changed once. Rows of one act share `batch`; an undo is a change as well."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="changes")
    field = models.CharField(max_length=40)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    source_before = models.JSONField(null=True)  # the ValueSource that stood before, to put back
    batch = models.UUIDField(db_index=True)
    undoes = models.UUIDField(null=True)  # the batch that this one takes back
    stated_by = models.CharField(max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    source = models.CharField(max_length=300, blank=True)
    source_url = models.URLField(max_length=500, blank=True)
    grade = models.CharField(max_length=1, choices=Grade.choices)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        db_table = "registry_applications_change"
        ordering = ["-id"]
        indexes = [models.Index(fields=["application", "-id"], name="change_application")]

    def __str__(self) -> str:
        return f"{self.application_id}.{self.field}"
