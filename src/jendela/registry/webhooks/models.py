"""Webhooks and what is delivered to them. The signature is that of Standard Webhooks 1.0."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from jendela.common.encryption import EncryptedTextField
from jendela.people.agencies.models import Agency
from jendela.registry.webhooks.choices import DeliveryState, EventType


class Webhook(models.Model):
    """An address of a program that is told of changes. Stopped, not deleted."""

    name = models.CharField(max_length=120)  # which program, for what
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")  # whose program it is
    address = models.URLField(max_length=300)
    secret = EncryptedTextField()  # whsec_ and 32 bytes in base64; signs, is shown once
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    failing_since = models.DateTimeField(null=True)  # the first failure after the last success
    stopped_at = models.DateTimeField(null=True)
    stopped_why = models.CharField(max_length=200, blank=True)  # '' where a person stopped it

    class Meta:
        db_table = "registry_webhooks_webhook"
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.name


class Delivery(models.Model):
    """One message to one program. Its id stays the same however often it is tried, so that the receiver can tell."""

    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="deliveries")
    event = models.UUIDField(default=uuid.uuid4, unique=True)
    type = models.CharField(max_length=24, choices=EventType.choices)
    slugs = models.JSONField(default=list)  # addresses of public applications
    many = models.BooleanField(
        default=False, db_default=False
    )  # too many to name: everything is asked for anew
    at = models.DateTimeField()  # of the first change in it
    state = models.CharField(max_length=10, choices=DeliveryState.choices, default=DeliveryState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(null=True)  # not before; null when nothing is tried any more
    status = models.PositiveSmallIntegerField(null=True)  # of the last answer
    why = models.CharField(max_length=60, blank=True)  # of the last failure without an answer
    tried_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "registry_webhooks_delivery"
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["next_at"], name="delivery_next", condition=Q(state="menunggu")),
            models.Index(fields=["webhook", "-id"], name="delivery_webhook"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["webhook", "type"],
                condition=Q(state="menunggu", attempts=0),
                name="delivery_one_gathering",
            )
        ]

    def __str__(self) -> str:
        return f"{self.type} {self.event}"
