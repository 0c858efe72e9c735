"""What an agency binds itself to besides the standard, what was published when, and the rule of review."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from jendela.people.agencies.models import Agency
from jendela.services.catalogue.choices import TimeUnit
from jendela.services.catalogue.models.service import Service
from jendela.services.catalogue.models.standard import Standard


class Publication(models.Model):
    """One act of publishing: which parts, their values before and after. What undo needs, and what shows a page as it
    was on a day. `applied_at` is empty while a decreed standard waits for its day."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="publications")
    standard = models.ForeignKey(
        Standard, null=True, on_delete=models.CASCADE, related_name="publications"
    )  # the version it made, if it made one
    previous = models.ForeignKey(Standard, null=True, on_delete=models.CASCADE, related_name="+")
    changes = models.JSONField()  # part -> new value
    before = models.JSONField(default=dict)  # part -> value that was public
    stated_by = models.CharField(max_length=200)  # the agency, in words
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    published_at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_why = models.CharField(max_length=300, blank=True)

    class Meta:
        db_table = "services_catalogue_publication"
        ordering = ["-id"]
        indexes = [models.Index(fields=["service", "-id"], name="publication_service")]

    def __str__(self) -> str:
        return f"{self.service_id} {self.published_at:%Y-%m-%d}: {', '.join(self.changes)}"


class ServiceCharter(models.Model):
    """*Maklumat pelayanan*: the agency's signed, open statement that it keeps to its standards (UU 25/2009 art. 22)."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="charters")
    text = models.TextField()
    signed_by = models.CharField(max_length=150)
    signed_on = models.DateField()
    valid_to = models.DateField(null=True)  # the day another took its place
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        db_table = "services_catalogue_service_charter"
        ordering = ["-signed_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency"], condition=Q(valid_to__isnull=True), name="charter_one_for_agency"
            ),
            models.CheckConstraint(condition=~Q(text="") & ~Q(signed_by=""), name="charter_is_signed"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("signed_on")), name="charter_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.signed_on}"


class InterimTarget(models.Model):
    """A head's word on how long it takes, where no time is decreed or known. It is not a standard, and it ends when a
    time is."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="targets")
    longest = models.PositiveSmallIntegerField()
    unit = models.CharField(max_length=12, choices=TimeUnit.choices)
    counts_from = models.CharField(max_length=200, blank=True)
    signed_by = models.CharField(max_length=150)
    signed_on = models.DateField()
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_why = models.CharField(max_length=300, blank=True)

    class Meta:
        db_table = "services_catalogue_interim_target"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["service"], condition=Q(withdrawn_at__isnull=True), name="target_one_for_service"
            ),
            models.CheckConstraint(condition=Q(longest__gte=1) & ~Q(signed_by=""), name="target_is_signed"),
        ]

    def __str__(self) -> str:
        return f"{self.service_id} {self.longest} {self.unit}"


class ReviewRule(models.Model):
    """How often a standard is reviewed. The law may change it, so it is data with validity and a citation."""

    years = models.PositiveSmallIntegerField()
    citation = models.CharField(max_length=200)
    valid_from = models.DateField(unique=True)
    confirmed = models.BooleanField(default=False)  # False: the citation was not seen in the text of the law

    class Meta:
        db_table = "services_catalogue_review_rule"
        ordering = ["-valid_from"]
        constraints = [models.CheckConstraint(condition=Q(years__gte=1), name="review_rule_years")]

    def __str__(self) -> str:
        return f"{self.years}: {self.citation}"
