"""Forms in which others ask for the list of applications, and the letters that answered them."""

from django.conf import settings
from django.db import models

from jendela.people.agencies.models import Agency
from jendela.registry.letters.choices import Kind


class LetterTemplate(models.Model):
    """How one asker wants the list: columns in the asked order, and the words around it. `columns` is
    [{"heading", "key"}], keys are those of columns.py."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    asker = models.CharField(max_length=120)  # "Inspektorat Kabupaten", as the letter names it
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.LETTER)
    to = models.CharField(max_length=200, blank=True)  # "Inspektur Kabupaten Kotawaringin Timur"
    to_place = models.CharField(max_length=120, blank=True)  # "di Palangka Raya"
    subject = models.CharField(max_length=200)
    opening = models.TextField(blank=True)  # more sentences; the first one is made from the letter that asked
    closing = models.TextField(blank=True)
    columns = models.JSONField(default=list)
    citation = models.CharField(max_length=300, blank=True)  # where the order of columns comes from
    position = models.PositiveSmallIntegerField(default=100)
    made_by = models.CharField(max_length=120)
    made_at = models.DateTimeField(auto_now_add=True)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "registry_letters_template"
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name


class LetterIssue(models.Model):
    """One answer that was made: its words and a frozen copy of its annex, so that the same letter can be made again.
    `rows` holds cells as cells.py freezes them. Never changed."""

    template = models.ForeignKey(LetterTemplate, on_delete=models.PROTECT, related_name="issues")
    agency = models.ForeignKey(
        Agency, null=True, on_delete=models.PROTECT, related_name="letter_issues"
    )  # null: the whole register
    kind = models.CharField(max_length=12, choices=Kind.choices)
    asker = models.CharField(max_length=120)
    to = models.CharField(max_length=200, blank=True)
    to_place = models.CharField(max_length=120, blank=True)
    subject = models.CharField(max_length=200)
    opening = models.TextField(blank=True)
    closing = models.TextField(blank=True)
    number = models.CharField(max_length=80, blank=True)  # of this letter, when it is known already
    date = models.DateField()
    asked_number = models.CharField(max_length=80, blank=True)  # of the letter that asked
    asked_date = models.DateField(null=True)
    asked_subject = models.CharField(max_length=200, blank=True)
    headings = models.JSONField()
    rows = models.JSONField()
    applications = models.PositiveIntegerField()
    owner_only = models.BooleanField(default=False)  # holds cells that the owner and Kominfo alone may see
    simulated = models.BooleanField(default=False)
    bundle = models.PositiveBigIntegerField(null=True)  # made by the personal link of this bundle
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    made_by = models.CharField(max_length=120)
    made_at = models.DateTimeField()

    class Meta:
        db_table = "registry_letters_issue"
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["agency", "-id"], name="letter_issue_agency"),
            models.Index(fields=["bundle"], name="letter_issue_bundle"),
        ]

    def __str__(self) -> str:
        return f"{self.template_id} {self.date}"
