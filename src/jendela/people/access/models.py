"""Who holds which role at which agency and when; and which module is open for whom."""

import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Coalesce

from jendela.common.dates import today
from jendela.people.access.choices import Module, ModuleState
from jendela.people.access.roles import ROLES
from jendela.people.agencies.models import Agency


class MembershipQuerySet(models.QuerySet["Membership"]):
    def holding(self, day: datetime.date | None = None) -> "MembershipQuerySet":
        """Those that hold on a day (today)."""
        on = day or today()
        return self.filter(ended_at__isnull=True, valid_from__lte=on).filter(
            Q(valid_to__isnull=True) | Q(valid_to__gte=on)
        )

    def coming(self) -> "MembershipQuerySet":
        """Those that begin after today."""
        return self.filter(ended_at__isnull=True, valid_from__gt=today())

    def over(self) -> "MembershipQuerySet":
        """Those that hold no more."""
        return self.filter(Q(ended_at__isnull=False) | Q(valid_to__lt=today()))


class Membership(models.Model):
    """One person, one agency, one role, from a day until a day. A role for all agencies has no agency. Rows are never
    deleted: an ended membership says who could do what at the time."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships")
    agency = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=40)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)  # the last day; null: until ended
    ended_at = models.DateTimeField(null=True)  # ended at once, at this moment, whatever the days say
    substitutes = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="substitutions"
    )  # the membership whose holder is away
    note = models.CharField(max_length=200, blank=True)  # letter of assignment, reason
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[MembershipQuerySet] = MembershipQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "people_access_membership"
        ordering = ["-valid_from", "-id"]
        indexes = [
            models.Index(fields=["user", "valid_to"], name="membership_user"),
            models.Index(fields=["agency", "valid_to"], name="membership_agency"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(role__in=list(ROLES)), name="membership_role_known"),
            models.CheckConstraint(
                condition=(
                    Q(agency__isnull=True, role__in=[r.code for r in ROLES.values() if r.everywhere])
                    | Q(agency__isnull=False, role__in=[r.code for r in ROLES.values() if not r.everywhere])
                ),
                name="membership_agency_if_needed",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="membership_dates_order",
            ),
            # the same role twice at the same time would make its end say nothing
            ExclusionConstraint(
                name="membership_once_at_a_time",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    (Coalesce("agency_id", Value(0)), RangeOperators.EQUAL),
                    (
                        Func(F("valid_from"), F("valid_to"), Value("[]"), function="daterange"),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(ended_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role} {self.agency_id or '*'}"

    @property
    def role_label(self) -> Any:
        return ROLES[self.role].label

    @property
    def is_over(self) -> bool:
        return self.ended_at is not None or (self.valid_to is not None and self.valid_to < today())

    @property
    def is_coming(self) -> bool:
        return not self.is_over and self.valid_from > today()


class ModuleOpening(models.Model):
    """The state of a module; without a row it is not open."""

    module = models.CharField(max_length=20, primary_key=True, choices=Module.choices)
    state = models.CharField(max_length=8, choices=ModuleState.choices)
    trial_agencies = models.ManyToManyField(Agency, related_name="+", db_table="people_access_module_trial")
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        db_table = "people_access_module"

    def __str__(self) -> str:
        return f"{self.module}: {self.state}"
