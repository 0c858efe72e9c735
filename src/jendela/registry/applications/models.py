"""The read part of the register: what an application is, who runs it, its state on a date, and the source."""

from django.db import models

from jendela.people.agencies.models import Agency
from jendela.registry.applications.choices import (
    ApplicationAudience,
    ApplicationState,
    Evidence,
    OperatorLevel,
)


class Application(models.Model):
    slug = models.SlugField(max_length=120, unique=True)
    name = models.CharField(max_length=200, unique=True)
    name_en = models.CharField(max_length=200, blank=True)
    purpose = models.TextField()
    owner = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="applications")
    operator_level = models.CharField(max_length=12, choices=OperatorLevel.choices)
    audience = models.CharField(max_length=12, choices=ApplicationAudience.choices)
    function = models.CharField(max_length=200)
    task = models.CharField(
        max_length=60, blank=True
    )  # what staff want to do with it; groups the staff window
    task_en = models.CharField(max_length=60, blank=True)
    url = models.URLField(max_length=300, blank=True)
    # who gave the address here, and when: tables then leave it alone
    url_stated_by = models.CharField(max_length=200, blank=True, db_default="")
    url_stated_at = models.DateTimeField(null=True)
    since = models.CharField(max_length=20, blank=True)
    state = models.CharField(max_length=20, choices=ApplicationState.choices)
    state_as_of = models.CharField(max_length=30, blank=True)  # partial date of the source
    evidence = models.CharField(max_length=20, choices=Evidence.choices)
    usage_note = models.TextField(blank=True)
    source_url = models.URLField(max_length=500)
    note = models.TextField(blank=True)

    class Meta:
        db_table = "registry_applications_application"
        ordering = ["name"]
        indexes = [
            models.Index(fields=["audience", "name"], name="application_audience"),
            models.Index(fields=["owner", "name"], name="application_owner"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def works(self) -> bool:
        """May a resident be sent there? Only when a source says that it is in use."""
        return self.state == ApplicationState.IN_USE
