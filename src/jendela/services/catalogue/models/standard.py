"""The service standard: a versioned document of 14 components (UU 25/2009 art. 21, PermenPANRB 15/2014).

Each component keeps its text; requirements, steps, times and fees are also kept as values where the text allows.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from jendela.services.catalogue.choices import (
    ComponentGroup,
    Copy,
    FeeKind,
    RequirementKind,
    StandardState,
    TimeUnit,
)
from jendela.services.catalogue.models.service import Service


class ComponentType(models.Model):
    """The 14 components as data: the law may change their list, so each has validity and a citation."""

    code = models.CharField(max_length=3, primary_key=True)  # A1 … A6, B7 … B14
    group = models.CharField(max_length=1, choices=ComponentGroup.choices)
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=100)  # the decreed sheet's word
    name_en = models.CharField(max_length=100, blank=True)
    question = models.CharField(max_length=60, blank=True)  # the resident's word
    question_en = models.CharField(max_length=60, blank=True)
    citation = models.CharField(max_length=200)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        db_table = "services_catalogue_component_type"
        ordering = ["position"]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Standard(models.Model):
    """One version of a service's standard. An interim version is compiled from sources or written by the agency; only
    a version with an SK number, date, signer, complaint officer and consultation may be decreed and come in force.

    `valid_from` is the first day of a version, `valid_to` the day on which another took its place (not included). An
    interim version without `valid_from` is as old as the data."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="standards")
    version = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=12, choices=StandardState.choices)
    decree_number = models.CharField(max_length=100, blank=True)
    decree_date = models.DateField(null=True)
    signed_by = models.CharField(max_length=150, blank=True)
    complaint_officer = models.CharField(max_length=150, blank=True)
    complaint_channel = models.CharField(max_length=300, blank=True)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    review_due = models.DateField(null=True)
    consulted_on = models.DateField(null=True)
    consultation_note = models.TextField(blank=True, default="", db_default="")
    consultation_participants = models.TextField(blank=True, default="", db_default="")
    stated_by = models.CharField(
        max_length=200, blank=True, default="", db_default=""
    )  # the agency, in words
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "services_catalogue_standard"
        ordering = ["service_id", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["service", "version"], name="standard_version_once"),
            models.UniqueConstraint(
                fields=["service"],
                condition=Q(state__in=[StandardState.INTERIM, StandardState.IN_FORCE]),
                name="standard_one_public",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[StandardState.DECREED, StandardState.IN_FORCE])
                | (
                    ~Q(decree_number="")
                    & Q(decree_date__isnull=False)
                    & Q(valid_from__isnull=False)
                    & ~Q(signed_by="")
                    & ~Q(complaint_officer="")
                    & ~Q(complaint_channel="")
                    & Q(consulted_on__isnull=False)
                    & ~Q(consultation_note="")
                ),
                name="standard_decreed_is_complete",
            ),
            models.CheckConstraint(
                condition=Q(decree_date__isnull=True)
                | Q(valid_from__isnull=True)
                | Q(valid_from__gte=F("decree_date")),
                name="standard_valid_after_decree",
            ),
            models.CheckConstraint(
                condition=~Q(state=StandardState.INTERIM) | Q(decree_number=""),
                name="standard_interim_has_no_decree",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True)
                | Q(valid_from__isnull=True)
                | Q(valid_to__gte=F("valid_from")),
                name="standard_validity_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service} v{self.version}"


class StandardComponent(models.Model):
    """The text of one component as the source or the decree words it."""

    standard = models.ForeignKey(Standard, on_delete=models.CASCADE, related_name="components")
    type = models.ForeignKey(ComponentType, on_delete=models.PROTECT)
    text = models.TextField()
    by_agency = models.BooleanField(
        default=False, db_default=False
    )  # written here; else compiled from sources

    class Meta:
        db_table = "services_catalogue_standard_component"
        ordering = ["standard_id", "type"]
        constraints = [models.UniqueConstraint(fields=["standard", "type"], name="standard_component_once")]

    def __str__(self) -> str:
        return f"{self.standard_id} {self.type_id}"


class Requirement(models.Model):
    """A paper or a condition. A paper that is itself a service of the catalogue names it."""

    standard = models.ForeignKey(Standard, on_delete=models.CASCADE, related_name="requirements")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=300)
    kind = models.CharField(max_length=12, choices=RequirementKind.choices)
    copy = models.CharField(max_length=12, choices=Copy.choices, blank=True)
    copies = models.PositiveSmallIntegerField(null=True)
    only_if = models.CharField(max_length=200, blank=True)  # "bila …" as the source words it
    obtained_by = models.ForeignKey(Service, null=True, on_delete=models.SET_NULL, related_name="needed_for")
    usually_owned = models.BooleanField(default=False)  # KTP, KK: most have it, do not say "get this first"

    class Meta:
        db_table = "services_catalogue_requirement"
        ordering = ["standard_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["standard", "position"], name="requirement_position_once")
        ]

    def __str__(self) -> str:
        return self.text


class Step(models.Model):
    standard = models.ForeignKey(Standard, on_delete=models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=400)

    class Meta:
        db_table = "services_catalogue_step"
        ordering = ["standard_id", "position"]
        constraints = [models.UniqueConstraint(fields=["standard", "position"], name="step_position_once")]

    def __str__(self) -> str:
        return self.text


class ProcessingTime(models.Model):
    """How long: a number or range with its unit and from when it counts; `elsewhere` names the region whose
    practice this is when it is not Kotim's."""

    standard = models.OneToOneField(Standard, on_delete=models.CASCADE, related_name="processing_time")
    shortest = models.PositiveSmallIntegerField()
    longest = models.PositiveSmallIntegerField()
    unit = models.CharField(max_length=12, choices=TimeUnit.choices)
    counts_from = models.CharField(max_length=200, blank=True)  # "setelah lengkap"
    only_if = models.CharField(max_length=200, blank=True)  # "bila sistem normal"
    covers = models.CharField(
        max_length=200, blank=True
    )  # what the number is for when not for all: "rekomendasi"
    elsewhere = models.CharField(max_length=100, blank=True)

    class Meta:
        db_table = "services_catalogue_processing_time"
        constraints = [
            models.CheckConstraint(condition=Q(longest__gte=F("shortest")), name="processing_time_order")
        ]

    def __str__(self) -> str:
        return f"{self.shortest}-{self.longest} {self.unit}"


class Fee(models.Model):
    """One line of the tariff. `amount` is in rupiah, `percent` in per cent."""

    standard = models.ForeignKey(Standard, on_delete=models.CASCADE, related_name="fees")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=8, choices=FeeKind.choices)
    label = models.CharField(max_length=200, blank=True)
    amount = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    percent = models.DecimalField(max_digits=6, decimal_places=2, null=True)
    about = models.BooleanField(default=False)  # "sekitar": the source gives no exact amount
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        db_table = "services_catalogue_fee"
        ordering = ["standard_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["standard", "position"], name="fee_position_once"),
            models.CheckConstraint(
                condition=~Q(kind=FeeKind.AMOUNT) | Q(amount__isnull=False), name="fee_amount_given"
            ),
            models.CheckConstraint(
                condition=~Q(kind=FeeKind.PERCENT) | Q(percent__isnull=False), name="fee_percent_given"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.label} {self.amount or self.percent or ''}"
