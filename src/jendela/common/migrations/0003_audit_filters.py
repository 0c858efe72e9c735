"""Indexes for the filters of the audit screen. Made beside running writes: the trail only grows."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("common", "0002_audit_append_only")]

    operations = [
        AddIndexConcurrently("auditentry", models.Index(fields=["action", "-id"], name="audit_action")),
        AddIndexConcurrently("auditentry", models.Index(fields=["by", "-id"], name="audit_by")),
        AddIndexConcurrently("auditentry", models.Index(fields=["address", "-id"], name="audit_address")),
        AddIndexConcurrently(
            "auditentry",
            models.Index(
                fields=["actor", "-id"], name="audit_actor", condition=models.Q(("by__isnull", True))
            ),
        ),
    ]
