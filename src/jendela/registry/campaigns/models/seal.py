"""The seal of an agency's list: the head's attestation, what breaks it, and named exemptions from its checks."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from jendela.people.agencies.models import Agency
from jendela.registry.applications.models import Application
from jendela.registry.campaigns.models.rounds import Round


class Attestation(models.Model):
    """The head of an agency swore that the list is right and complete. `broken_at`: time passed, or somebody else
    changed a value."""

    round = models.ForeignKey(Round, null=True, on_delete=models.PROTECT, related_name="attestations")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="attestations")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    at = models.DateTimeField()
    statement = models.TextField()
    valid_until = models.DateField()
    applications = models.PositiveIntegerField()  # how many it covers
    keys = models.JSONField(default=list)  # their keys
    exempted = models.JSONField(default=list)  # [{"application", "field", "reason", "until"}]
    code = models.CharField(max_length=12, unique=True)  # printed on the proof
    broken_at = models.DateTimeField(null=True)
    broken_why = models.CharField(max_length=300, blank=True)
    broken_by_batch = models.UUIDField(null=True)

    class Meta:
        db_table = "registry_campaigns_attestation"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency"], condition=Q(broken_at__isnull=True), name="attestation_one_stands"
            )
        ]
        indexes = [
            models.Index(
                fields=["valid_until"], name="attestation_until", condition=Q(broken_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.at:%Y-%m-%d}"


class Exemption(models.Model):
    """A mandatory fact that may stay unknown until a day, with its reason."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="exemptions")
    field = models.CharField(max_length=40)  # of fields.MANDATORY, or "uses"
    reason = models.CharField(max_length=300)
    until = models.DateField()
    by = models.CharField(max_length=120)
    at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "registry_campaigns_exemption"
        constraints = [
            models.UniqueConstraint(
                fields=["application", "field"], condition=Q(ended_at__isnull=True), name="exemption_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.field}"
