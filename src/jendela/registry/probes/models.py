"""Probes: what was seen and when (history), where each application stands, who disputes what, which inner hosts may be
asked, and the runs by which it is known that probing itself still works. Facts are kept apart from judgement: a
changed threshold judges old facts anew (judging.py)."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from jendela.people.agencies.models import Agency
from jendela.registry.applications.models import Application
from jendela.registry.probes.choices import DisputeState, Fact, Outcome, Verdict, Why


class Measured(models.Model):
    """What lists filter by. Unknown is null, never zero."""

    DERIVED: ClassVar[dict[str, object]] = {}  # measured again by itself

    asked = models.CharField(max_length=300)  # the address of the application at that time
    status = models.PositiveSmallIntegerField(null=True)  # of the last answer
    https = models.BooleanField(null=True)  # the first page comes by HTTPS
    https_forced = models.BooleanField(null=True)  # who asks by http is led to HTTPS
    tls_valid = models.BooleanField(null=True)
    tls_not_after = models.DateTimeField(null=True)
    first_byte_ms = models.PositiveIntegerField(null=True)
    total_ms = models.PositiveIntegerField(null=True)
    size_bytes = models.PositiveIntegerField(null=True)  # as it went over the line
    access_issues = models.PositiveSmallIntegerField(null=True)  # kinds of obstacles on the first page
    other_host = models.BooleanField(null=True)  # ends on another site

    class Meta:
        abstract = True


class Probe(Measured):
    """One look at one address, never changed afterwards."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="probes")
    at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    why = models.CharField(max_length=20, choices=Why.choices, blank=True)
    facts = models.JSONField(default=dict)  # see facts.py

    class Meta:
        db_table = "registry_probes_probe"
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["application", "-id"], name="probe_application"),
            models.Index(fields=["at"], name="probe_at"),
        ]

    def __str__(self) -> str:
        return f"{self.asked} {self.at:%Y-%m-%d} {self.outcome}"


class ProbeState(Measured):
    """Where an application stands after its last probe: one row each, so that a list of any length costs one join."""

    application = models.OneToOneField(
        Application, on_delete=models.CASCADE, primary_key=True, related_name="probe_state"
    )
    latest = models.ForeignKey(Probe, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(null=True)  # of the latest probe
    verdict = models.CharField(max_length=20, choices=Verdict.choices)
    why = models.CharField(max_length=20, choices=Why.choices, blank=True)
    failing_since = models.DateField(null=True)  # first day of the failures that still last
    failed_on = models.DateField(null=True)  # last day that was counted
    failed_days = models.PositiveSmallIntegerField(default=0)
    last_up_at = models.DateTimeField(null=True)
    next_at = models.DateTimeField(null=True)  # not before
    claimed_until = models.DateTimeField(null=True)  # planned already

    class Meta:
        db_table = "registry_probes_state"
        indexes = [
            models.Index(fields=["next_at"], name="probe_state_next"),
            models.Index(fields=["verdict"], name="probe_state_verdict"),
            models.Index(fields=["tls_not_after"], name="probe_state_tls"),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.verdict}"


class Dispute(models.Model):
    """An agency says that a fact is wrong or not fair, and why. Never deleted."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="probe_disputes")
    probe = models.ForeignKey(Probe, null=True, on_delete=models.SET_NULL, related_name="+")
    fact = models.CharField(max_length=12, choices=Fact.choices)
    level = models.CharField(max_length=10)  # as judged when it was disputed
    said = models.CharField(max_length=400)  # the fact in words, as it stood
    reason = models.TextField()
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")  # owner at that time
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    made_by_name = models.CharField(max_length=120)
    made_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=DisputeState.choices, default=DisputeState.OPEN)
    answer = models.TextField(blank=True)
    answered_by_name = models.CharField(max_length=120, blank=True)
    closed_at = models.DateTimeField(null=True)  # answered, withdrawn or settled
    until = models.DateField(null=True)  # accepted: set aside through this day

    class Meta:
        db_table = "registry_probes_dispute"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "fact"],
                condition=Q(state=DisputeState.OPEN),
                name="dispute_one_open",
            ),
            models.CheckConstraint(
                condition=~Q(state=DisputeState.ACCEPTED) | Q(until__isnull=False),
                name="dispute_accepted_until",
            ),
        ]
        indexes = [models.Index(fields=["state", "application"], name="dispute_state")]

    def __str__(self) -> str:
        return f"{self.application_id} {self.fact} {self.state}"


class AllowedHost(models.Model):
    """A host of the inner network that may be asked by name; ended, not deleted."""

    host = models.CharField(max_length=253)
    reason = models.CharField(max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=120)
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "registry_probes_allowed_host"
        ordering = ["host"]
        constraints = [
            models.UniqueConstraint(
                fields=["host"], condition=Q(ended_at__isnull=True), name="allowed_host_once"
            )
        ]

    def __str__(self) -> str:
        return self.host


class ProbedHost(models.Model):
    """Manners towards one host: one request at a time, a pause between, and what its robots.txt says."""

    origin = models.CharField(max_length=300, primary_key=True)  # "https://sipd.contoh.go.id"
    free_at = models.DateTimeField(null=True)  # nobody may ask before
    robots = models.TextField(blank=True)  # its first 64 KB
    robots_status = models.PositiveSmallIntegerField(null=True)
    robots_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "registry_probes_host"

    def __str__(self) -> str:
        return self.origin


class ProbeRun(models.Model):
    """The schedule ran: by these rows it is seen when it stops."""

    at = models.DateTimeField(db_index=True)
    planned = models.PositiveIntegerField()

    class Meta:
        db_table = "registry_probes_run"
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.planned}"
