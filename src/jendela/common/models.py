"""Tables of the tools: audit trail, outbox of events, batches of counts already written down."""

from django.conf import settings
from django.db import models


class AuditEntry(models.Model):
    """Who changed what, when, from where; append-only (a trigger refuses UPDATE and DELETE)."""

    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    actor = models.CharField(max_length=120)
    address = models.GenericIPAddressField(null=True)
    action = models.CharField(max_length=80)
    target_type = models.CharField(max_length=80)
    target_key = models.CharField(max_length=120)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)

    class Meta:
        db_table = "common_audit_entry"
        indexes = [
            models.Index(fields=["target_type", "target_key", "-id"], name="audit_target"),
            models.Index(fields=["-at"], name="audit_at"),
            models.Index(fields=["action", "-id"], name="audit_action"),
            models.Index(fields=["by", "-id"], name="audit_by"),
            models.Index(fields=["address", "-id"], name="audit_address"),
            models.Index(fields=["actor", "-id"], name="audit_actor", condition=models.Q(by__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.actor}: {self.action} {self.target_type} {self.target_key}"


class OutboxEvent(models.Model):
    """An event written in the transaction of the change; the worker hands it to its subscribers."""

    name = models.CharField(max_length=120)
    payload = models.JSONField()
    created_at = models.DateTimeField(auto_now_add=True)
    handed_out_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    failure = models.TextField(blank=True)

    class Meta:
        db_table = "common_outbox_event"
        indexes = [
            models.Index(fields=["id"], name="outbox_waiting", condition=models.Q(handed_out_at__isnull=True))
        ]

    def __str__(self) -> str:
        return f"{self.name} #{self.pk}"


class SpoolBatch(models.Model):
    """Names of spool files already written to the database, so that a repeated file counts once."""

    name = models.CharField(max_length=120, unique=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "common_spool_batch"

    def __str__(self) -> str:
        return self.name
