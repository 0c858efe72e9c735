"""A round, what each person was given in it (bundle), each application in a bundle (item), and what happened there."""

import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from jendela.common.encryption import EncryptedTextField
from jendela.people.agencies.models import Agency
from jendela.registry.applications.models import Application
from jendela.registry.campaigns.choices import BundleState, ItemState, RoundState
from jendela.registry.campaigns.models.questions import QuestionSet


class Round(models.Model):
    """`filters` is as targets.Filters; deadlines are days the people see, counted in working days when made."""

    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=120)
    question_set = models.ForeignKey(QuestionSet, on_delete=models.PROTECT, related_name="rounds")
    filters = models.JSONField(default=dict)
    role = models.CharField(max_length=40)  # code of the role that answers
    due_on = models.DateField()
    told_due_on = models.DateField(null=True)  # the day that people were told, which became a holiday
    approval_due_on = models.DateField()  # by when Kominfo has looked at the answers
    attest_months = models.PositiveSmallIntegerField()  # how long an attestation of this round holds
    text = models.TextField(blank=True)  # opens every message and letter
    statement = models.TextField()  # what the head swears
    state = models.CharField(max_length=10, choices=RoundState.choices, default=RoundState.DRAFT)
    simulated = models.BooleanField(default=False)  # an example: every page and paper of it says so
    made_by = models.CharField(max_length=120)
    made_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    # recipients who would get their first message and wait for Kominfo's word (guard against floods)
    held = models.PositiveIntegerField(default=0, db_default=0)

    class Meta:
        db_table = "registry_campaigns_round"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(approval_due_on__gte=F("due_on")), name="round_deadlines_order"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        return self.state == RoundState.OPEN


class Bundle(models.Model):
    """All that one person is asked for one agency in one round. Who holds it may have no account."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="bundles")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="bundles")
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="bundles"
    )
    name = models.CharField(max_length=120)
    email = EncryptedTextField(blank=True)
    email_hash = models.CharField(max_length=64, blank=True)
    phone = EncryptedTextField(blank=True)
    state = models.CharField(max_length=14, choices=BundleState.choices, default=BundleState.ASKED)
    made_at = models.DateTimeField(auto_now_add=True)
    opened_at = models.DateTimeField(null=True)
    refused_at = models.DateTimeField(
        null=True
    )  # 'Bukan saya': nobody holds it until it is handed over or asked again
    submitted_at = models.DateTimeField(null=True)  # the last time
    approved_at = models.DateTimeField(null=True)
    silent_since = models.DateField(null=True)  # nothing came after the last step of the ladder
    due_on = models.DateField(null=True)  # its own deadline, since it came back with notes
    turn = models.PositiveSmallIntegerField(default=0, db_default=0)  # how often it came back
    # applications that are not on the list: null: not asked yet, []: "tidak ada lagi"
    unlisted = models.JSONField(null=True)  # [{"name", "purpose"}]
    note = models.TextField(blank=True)  # to Kominfo, with the answers

    class Meta:
        db_table = "registry_campaigns_bundle"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "agency", "holder"],
                condition=Q(holder__isnull=False) & ~Q(state=BundleState.WITHDRAWN),
                name="bundle_once_user",
            ),
            models.UniqueConstraint(
                fields=["round", "agency", "email_hash"],
                condition=~Q(email_hash="") & ~Q(state=BundleState.WITHDRAWN),
                name="bundle_once_email",
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "round"], name="bundle_agency"),
            models.Index(fields=["holder", "state"], name="bundle_holder"),
        ]

    def __str__(self) -> str:
        return f"{self.round_id} {self.agency_id}"

    @property
    def deadline(self) -> datetime.date:
        """The day until which it is to be answered: of the round, or a later one of its own."""
        return max(self.round.due_on, self.due_on or self.round.due_on)

    @property
    def needs_holder(self) -> bool:
        """Was it refused, with something still to answer?"""
        return self.refused_at is not None and self.state in {
            BundleState.ASKED,
            BundleState.WORKING,
            BundleState.RETURNED,
        }

    @property
    def is_answered(self) -> bool:
        return self.state in {BundleState.SUBMITTED, BundleState.APPROVED}


class Item(models.Model):
    """One application in a bundle. `answers` is as answers.py says; `revision` rises with every save, so that two
    devices cannot overwrite each other; `version` rises with every submission."""

    bundle = models.ForeignKey(Bundle, on_delete=models.CASCADE, related_name="items")
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="items")
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="round_items")
    state = models.CharField(max_length=14, choices=ItemState.choices, default=ItemState.NOT_STARTED)
    answers = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=0)
    version = models.PositiveSmallIntegerField(default=0)
    saved_at = models.DateTimeField(null=True)
    saved_by = models.CharField(max_length=120, blank=True)
    submitted_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=120, blank=True)
    decision_note = models.CharField(max_length=500, blank=True)  # why it came back
    batch = models.UUIDField(null=True)  # of the values that its last submission wrote

    class Meta:
        db_table = "registry_campaigns_item"
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["round", "application"], name="item_once")]
        indexes = [models.Index(fields=["bundle", "state"], name="item_bundle")]

    def __str__(self) -> str:
        return f"{self.bundle_id} {self.application_id}"


class ItemVersion(models.Model):
    """What was submitted, and what Kominfo said to it. Never changed but for that."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    answers = models.JSONField()
    submitted_by = models.CharField(max_length=120)
    submitted_at = models.DateTimeField()
    decision = models.CharField(max_length=14, choices=ItemState.choices, blank=True)
    note = models.CharField(max_length=500, blank=True)
    decided_by = models.CharField(max_length=120, blank=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "registry_campaigns_item_version"
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["item", "number"], name="item_version_once")]

    def __str__(self) -> str:
        return f"{self.item_id} v{self.number}"


class Message(models.Model):
    """A question to Kominfo, and its answer, on a bundle or on one application of it."""

    bundle = models.ForeignKey(Bundle, on_delete=models.CASCADE, related_name="messages")
    item = models.ForeignKey(Item, null=True, on_delete=models.CASCADE, related_name="messages")
    text = models.TextField()
    author = models.CharField(max_length=120)
    from_kominfo = models.BooleanField()
    at = models.DateTimeField(auto_now_add=True)
    answered_at = models.DateTimeField(null=True)  # of a question

    class Meta:
        db_table = "registry_campaigns_message"
        ordering = ["id"]
        indexes = [
            models.Index(
                fields=["id"],
                name="message_waiting",
                condition=Q(from_kominfo=False, answered_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.bundle_id} {self.at:%Y-%m-%d}"


class HandOver(models.Model):
    """A bundle went to another person: by its holder, by Kominfo, or because the holder left."""

    bundle = models.ForeignKey(Bundle, on_delete=models.CASCADE, related_name="hand_overs")
    from_name = models.CharField(max_length=120)
    to_name = models.CharField(max_length=120)
    reason = models.CharField(max_length=300, blank=True)
    by = models.CharField(max_length=120)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "registry_campaigns_hand_over"
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.bundle_id}: {self.from_name} -> {self.to_name}"
