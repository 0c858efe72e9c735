"""Invitations to work here: a role offered to an e-mail address. Of the link only a digest is kept."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from jendela.people.access.roles import ROLES
from jendela.people.agencies.models import Agency
from jendela.people.members.choices import InvitationState


class Invitation(models.Model):
    """One role offered to one person, for seven days. The role begins on the day it is accepted."""

    email = models.EmailField()
    name = models.CharField(max_length=120)
    agency = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=40)
    valid_to = models.DateField(null=True)  # the last day of the role
    note = models.CharField(max_length=200, blank=True)
    digest = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)  # when the mail server took the letter
    failure = models.CharField(max_length=200, blank=True)  # why it did not
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "people_members_invitation"
        constraints = [
            models.CheckConstraint(condition=Q(role__in=list(ROLES)), name="invitation_role_known"),
            models.UniqueConstraint(
                fields=["email", "agency", "role"],
                condition=Q(accepted_at__isnull=True, withdrawn_at__isnull=True),
                nulls_distinct=False,
                name="invitation_once_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} for {self.email}"

    @property
    def role_label(self) -> Any:
        return ROLES[self.role].label

    @property
    def role_sentence(self) -> Any:
        return ROLES[self.role].sentence

    @property
    def state(self) -> InvitationState:
        if self.accepted_at is not None:
            return InvitationState.ACCEPTED
        if self.withdrawn_at is not None:
            return InvitationState.WITHDRAWN
        return InvitationState.EXPIRED if self.expires_at <= timezone.now() else InvitationState.OPEN
