"""Agencies with validity, successions between them, and offices where people are served."""

from django.db import models
from django.db.models import F, Q

from jendela.people.agencies.choices import AgencyKind, Level
from jendela.people.areas.models import Area


class Agency(models.Model):
    slug = models.SlugField(max_length=80, unique=True)
    short_name = models.CharField(max_length=80, unique=True)
    name = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    level = models.CharField(max_length=12, choices=Level.choices)
    kind = models.CharField(max_length=16, choices=AgencyKind.choices)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    area = models.ForeignKey(Area, null=True, on_delete=models.PROTECT, related_name="agencies")
    valid_from = models.CharField(max_length=10, blank=True)  # partial date; empty: not known
    valid_to = models.CharField(max_length=10, blank=True)
    needs_check = models.BooleanField(
        default=False
    )  # created from the application list, not from the agency list
    phone = models.CharField(max_length=40, blank=True)
    website = models.URLField(max_length=300, blank=True)
    source_url = models.URLField(max_length=500, blank=True)
    source_date = models.CharField(max_length=30, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        db_table = "people_agencies_agency"
        ordering = ["short_name"]
        verbose_name_plural = "agencies"
        indexes = [models.Index(fields=["level", "kind", "short_name"], name="agency_level_kind")]

    def __str__(self) -> str:
        return self.short_name


class Succession(models.Model):
    """One agency became (a part of) another on a date: merger, split or renaming."""

    predecessor = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="followed_by")
    successor = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="follows")
    since = models.CharField(max_length=10)
    source_url = models.URLField(max_length=500)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        db_table = "people_agencies_succession"
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor"], name="succession_once"),
            models.CheckConstraint(condition=~Q(predecessor=F("successor")), name="succession_not_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} -> {self.successor} ({self.since})"


class Office(models.Model):
    """A place with a counter: address, hours and phone only as far as a source names them."""

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=200)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="offices")
    area = models.ForeignKey(Area, null=True, on_delete=models.PROTECT, related_name="offices")
    address = models.CharField(max_length=300, blank=True)
    hours = models.CharField(max_length=200, blank=True)
    hours_source = models.URLField(max_length=500, blank=True)
    hours_date = models.CharField(max_length=30, blank=True)  # partial date of the source of the hours
    phone = models.CharField(max_length=40, blank=True)
    source_url = models.URLField(max_length=500, blank=True)
    source_date = models.CharField(max_length=30, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        db_table = "people_agencies_office"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
