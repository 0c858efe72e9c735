"""The ladder of reminders as data, and every message and call of a bundle."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from jendela.registry.campaigns.choices import Channel, MessageState, Recipient
from jendela.registry.campaigns.models.rounds import Bundle


class LadderStep(models.Model):
    """So many working days after the deadline (negative: before it), write to this one."""

    offset = models.SmallIntegerField()  # working days
    recipient = models.CharField(max_length=12, choices=Recipient.choices)
    last = models.BooleanField(default=False)  # silence after it is a finding
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    citation = models.CharField(max_length=300)

    class Meta:
        db_table = "registry_campaigns_ladder_step"
        ordering = ["offset", "id"]
        constraints = [
            models.UniqueConstraint(fields=["offset", "recipient", "valid_from"], name="ladder_step_once")
        ]

    def __str__(self) -> str:
        return f"{self.offset:+d} {self.recipient}"


class Reminder(models.Model):
    """One message about a bundle: the request itself (no step), a reminder, or a note of a call."""

    bundle = models.ForeignKey(Bundle, on_delete=models.CASCADE, related_name="reminders")
    step = models.ForeignKey(LadderStep, null=True, on_delete=models.PROTECT, related_name="+")
    turn = models.PositiveSmallIntegerField(default=0, db_default=0)  # of the bundle, when it was written
    recipient = models.CharField(max_length=12, choices=Recipient.choices)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120, blank=True)
    to_hash = models.CharField(max_length=64, blank=True)  # of the address: never twice a day
    channel = models.CharField(max_length=8, choices=Channel.choices)
    state = models.CharField(max_length=12, choices=MessageState.choices)
    day = models.DateField()
    at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    failure = models.CharField(max_length=200, blank=True)
    note = models.CharField(max_length=300, blank=True)  # of a call
    by = models.CharField(max_length=120, blank=True)

    class Meta:
        db_table = "registry_campaigns_reminder"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["bundle", "step", "turn"],
                condition=Q(step__isnull=False),
                name="reminder_step_once_a_turn",
            )
        ]
        indexes = [models.Index(fields=["to_hash", "day"], name="reminder_day")]

    def __str__(self) -> str:
        return f"{self.bundle_id} {self.recipient} {self.day}"
