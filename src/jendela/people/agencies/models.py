"""Agencies with validity, successions and mergers between them, and offices where people are served."""

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
    # set when the agency itself gave its phone here: tables leave the phone alone
    edited_by_agency_at = models.DateTimeField(null=True)
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


class Merger(models.Model):
    """A merger or renaming that was recorded here, with its source and by whom; its succession is what pages read.
    One that was recorded in error is taken back, not deleted."""

    predecessor = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    successor = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    since = models.DateField()
    source = models.CharField(max_length=300)  # "Perda Nomor 4 Tahun 2026"
    source_url = models.URLField(max_length=500, blank=True)
    kind_before = models.CharField(max_length=16, choices=AgencyKind.choices)  # of the predecessor
    successor_is_new = models.BooleanField(default=False)  # a new name, made with this merger
    made_by = models.CharField(max_length=120)
    made_at = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "people_agencies_merger"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["predecessor"], condition=Q(undone_at__isnull=True), name="merger_once_standing"
            ),
            models.CheckConstraint(condition=~Q(predecessor=F("successor")), name="merger_not_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} -> {self.successor} ({self.since})"


class MergerMove(models.Model):
    """What one domain moved with a merger, so that exactly this can be moved back. `keys` are as that domain needs."""

    merger = models.ForeignKey(Merger, on_delete=models.CASCADE, related_name="moves")
    kind = models.CharField(max_length=40)  # "offices", "services", "applications", "memberships"
    keys = models.JSONField(default=list)

    class Meta:
        db_table = "people_agencies_merger_move"
        constraints = [models.UniqueConstraint(fields=["merger", "kind"], name="merger_move_once")]

    def __str__(self) -> str:
        return f"{self.merger_id} {self.kind}: {len(self.keys)}"


class Succession(models.Model):
    """One agency became (a part of) another on a date: merger, split or renaming."""

    predecessor = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="followed_by")
    successor = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="follows")
    since = models.CharField(max_length=10)
    source_url = models.URLField(max_length=500, blank=True)
    note = models.CharField(max_length=300, blank=True)
    merger = models.OneToOneField(
        Merger, null=True, on_delete=models.CASCADE, related_name="succession"
    )  # null: from a table

    class Meta:
        db_table = "people_agencies_succession"
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor"], name="succession_once"),
            models.CheckConstraint(condition=~Q(predecessor=F("successor")), name="succession_not_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} -> {self.successor} ({self.since})"


class Office(models.Model):
    """A place with a counter: address, hours and phone only as far as a source names them. What the agency itself
    said here has `stated_by` and a time; tables then leave address, hours and phone alone."""

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
    stated_by = models.CharField(max_length=200, blank=True, db_default="")  # name of the agency that said it
    edited_by_agency_at = models.DateTimeField(null=True)
    note = models.TextField(blank=True)

    class Meta:
        db_table = "people_agencies_office"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
