"""Applications that somebody says exist and that nobody has put on the list yet."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from jendela.people.agencies.models import Agency
from jendela.registry.applications.choices import ReportOrigin, ReportState
from jendela.registry.applications.models.application import Application


class ApplicationReport(models.Model):
    """What a resident or an official reports. With a known owner it becomes a concept, which its owner takes over; the
    others wait for Diskominfo."""

    name = models.CharField(max_length=200)
    purpose = models.TextField(blank=True)
    url = models.CharField(
        max_length=300, blank=True
    )  # as it was typed: it need not be an address of a public site
    owner = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="+")  # a guess
    note = models.CharField(max_length=500, blank=True)  # how the reporter knows
    origin = models.CharField(max_length=8, choices=ReportOrigin.choices)
    said_by = models.CharField(max_length=200)  # agency of the official, or "warga"
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=ReportState.choices)
    application = models.ForeignKey(Application, null=True, on_delete=models.SET_NULL, related_name="reports")
    decided_by = models.CharField(max_length=200, blank=True)
    decided_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "registry_applications_report"
        indexes = [
            models.Index(fields=["-id"], name="report_waiting", condition=Q(state="baru")),
            models.Index(fields=["decided_at"], name="report_decided"),
        ]

    def __str__(self) -> str:
        return self.name
