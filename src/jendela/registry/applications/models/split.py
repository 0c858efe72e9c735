"""A split: an agency gave a part of what it owned to another, by a decree."""

import uuid

from django.db import models
from django.db.models import F, Q

from jendela.people.agencies.models import Agency


class OwnerSplit(models.Model):
    """Which applications (and what hangs on them) an agency gave to another, on which decree. The agency that gave
    lives on. One recorded in error is taken back, not deleted."""

    predecessor = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    successor = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    since = models.DateField()
    source = models.CharField(max_length=300)  # "Perda Nomor 4 Tahun 2026"
    source_url = models.URLField(max_length=500, blank=True)
    successor_is_new = models.BooleanField(default=False)
    batch = models.UUIDField(default=uuid.uuid4, unique=True)  # of the changes of owner (Change)
    applications = models.JSONField(default=list)  # their keys
    uses = models.JSONField(default=list)  # keys of uses that went along
    made_by = models.CharField(max_length=120)
    made_at = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "registry_applications_owner_split"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(predecessor=F("successor")), name="split_not_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor_id} -> {self.successor_id} ({self.since})"
