"""Pairs that a person should look at, merges that can be taken back, and requests for new applications."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from jendela.people.agencies.models import Agency
from jendela.registry.applications.models import Application, FunctionNode
from jendela.registry.datasets.models import Dataset
from jendela.registry.overlap.choices import PairKind, RequestState, Verdict


class Decided(models.Model):
    """What a person said of a likeness; the words before it are in the trail."""

    DERIVED: ClassVar[dict[str, object]] = {"decided_at": None}  # found again by itself while nobody decided
    score = models.FloatField()  # 0..1
    reasons = models.JSONField(default=list)  # sentences
    found_at = models.DateTimeField()
    gone_at = models.DateTimeField(null=True)  # no longer alike, or one of them is gone
    verdict = models.CharField(max_length=10, choices=Verdict.choices, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    decided_by = models.CharField(max_length=120, blank=True)
    decided_at = models.DateTimeField(null=True)
    review_on = models.DateField(null=True)  # asked again from this day

    class Meta:
        abstract = True


class Pair(Decided):
    """Two applications that may be the same, or do the same. `a` has the smaller key."""

    a = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="+")
    b = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=PairKind.choices)
    # who said it without being asked; such a pair stands although the texts are not alike
    declared_by = models.CharField(max_length=160, blank=True, default="", db_default="")
    declared_reason = models.CharField(max_length=300, blank=True, default="", db_default="")
    declared_on = models.DateField(null=True)

    class Meta:
        db_table = "registry_overlap_pair"
        constraints = [
            models.UniqueConstraint(fields=["a", "b", "kind"], name="overlap_pair_once"),
            models.CheckConstraint(condition=Q(a__lt=F("b")), name="overlap_pair_ordered"),
        ]
        indexes = [
            models.Index(fields=["kind", "-score", "id"], name="overlap_pair_kind"),
            models.Index(fields=["b", "kind"], name="overlap_pair_b"),
        ]

    def __str__(self) -> str:
        return f"{self.a_id} ~ {self.b_id} {self.kind}"


class DataPair(Decided):
    """Two datasets that hold the same standard elements."""

    a = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="+")
    b = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="+")

    class Meta:
        db_table = "registry_overlap_data_pair"
        constraints = [
            models.UniqueConstraint(fields=["a", "b"], name="overlap_data_pair_once"),
            models.CheckConstraint(condition=Q(a__lt=F("b")), name="overlap_data_pair_ordered"),
        ]
        indexes = [models.Index(fields=["-score", "id"], name="overlap_data_pair_score")]

    def __str__(self) -> str:
        return f"{self.a_id} ~ {self.b_id}"


class Merge(models.Model):
    """One record went into another: what moved, by table and key, so that exactly this can be moved back."""

    standing = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="+")
    merged = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="+")
    pair = models.ForeignKey(Pair, null=True, on_delete=models.SET_NULL, related_name="merges")
    moved = models.JSONField(default=dict)  # {table: [keys]}
    ended = models.JSONField(
        default=dict
    )  # {table: [keys]} that could not move, as the standing one has the same
    batch = models.UUIDField(null=True)  # of the values that were taken over
    record_state = models.CharField(max_length=12)  # of the merged one before
    reason = models.CharField(max_length=300, blank=True)
    made_by = models.CharField(max_length=120)
    made_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "registry_overlap_merge"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["merged"], condition=Q(undone_at__isnull=True), name="overlap_merge_once_standing"
            ),
            models.CheckConstraint(condition=~Q(standing=F("merged")), name="overlap_merge_not_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.merged_id} -> {self.standing_id}"


class Request(models.Model):
    """A request for a new application. The register answers first: what was found stands frozen in `found`."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="application_requests")
    state = models.CharField(max_length=12, choices=RequestState.choices, default=RequestState.DRAFT)
    name = models.CharField(max_length=200)
    problem = models.TextField(blank=True)  # which problem of whom, with numbers
    without_app = models.TextField(blank=True)  # what was tried or considered without an application
    users = models.CharField(max_length=300, blank=True)
    function = models.ForeignKey(FunctionNode, null=True, on_delete=models.PROTECT, related_name="+")
    purpose = models.TextField(blank=True)  # what it would do
    data_needed = models.TextField(blank=True)
    why_not_existing = models.TextField(blank=True)  # why what was found does not do
    integration = models.TextField(blank=True)
    legal_basis = models.CharField(max_length=300, blank=True)
    hosting = models.CharField(max_length=24, blank=True)
    cost_plan = models.JSONField(default=list)  # [{"year", "kind", "amount"}], rupiah as text
    found = models.JSONField(default=list)  # [{"slug", "name", "owner", "kind", "score", "reasons", "phone"}]
    found_at = models.DateTimeField(null=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=120, blank=True)
    reasons = models.JSONField(default=list)  # RefusalReason
    answer = models.TextField(blank=True)  # what Diskominfo wrote
    cited = models.JSONField(default=list)  # slugs of applications named in the decision
    application = models.OneToOneField(
        Application, null=True, on_delete=models.PROTECT, related_name="request"
    )  # made by an approval

    class Meta:
        db_table = "registry_overlap_request"
        ordering = ["-id"]
        indexes = [models.Index(fields=["agency", "state", "-id"], name="overlap_request_agency")]

    def __str__(self) -> str:
        return f"{self.name} ({self.state})"


class FunctionSuggestion(models.Model):
    """Codes that were suggested for an application by what people confirmed of others; learnt by the worker, because
    learning takes seconds."""

    DERIVED: ClassVar[dict[str, object]] = {}  # all of it follows from other rows

    application = models.OneToOneField(
        Application, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    codes = models.JSONField(default=list)  # best first
    made_at = models.DateTimeField()

    class Meta:
        db_table = "registry_overlap_function_suggestion"

    def __str__(self) -> str:
        return f"{self.application_id}: {', '.join(self.codes)}"
