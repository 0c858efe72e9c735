"""Imports with their rows, how far each is, and which columns people matched before."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from jendela.common.exchange.choices import ImportState, Outcome, RowState


class ImportRun(models.Model):
    """One file on its way in. The file lies under MEDIA_ROOT with a random name until it is swept."""

    kind = models.CharField(max_length=40)
    state = models.CharField(max_length=12, choices=ImportState.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    actor = models.CharField(max_length=120)
    address = models.GenericIPAddressField(null=True)
    file = models.CharField(max_length=80, blank=True)  # empty once swept
    file_name = models.CharField(max_length=200)  # as the person called it; only shown
    file_size = models.PositiveIntegerField()
    file_hash = models.CharField(max_length=64)
    format = models.CharField(max_length=8)
    sheet = models.CharField(max_length=100, blank=True)
    headings = models.JSONField(default=list)  # texts of the header row, by position
    samples = models.JSONField(default=list)  # the first rows, to recognise columns by their content
    notices = models.JSONField(default=list)  # sentences about how the file was read
    sheets = models.JSONField(default=list)  # names of the sheets that can be chosen
    mapping = models.JSONField(default=dict)  # key of a column -> position in the file
    counts = models.JSONField(default=dict)  # state or outcome of rows -> number
    message = models.TextField(blank=True)  # why the last step stopped, in words
    skip_wrong = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    checked_at = models.DateTimeField(null=True)
    applied_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "common_exchange_import"
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["by", "-id"], name="import_by"),
            models.Index(fields=["created_at"], name="import_swept", condition=~Q(file="")),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ImportState.values), name="import_state_known")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.file_name} ({self.state})"


class ImportProgress(models.Model):
    """How far the worker is. A table of its own: it is written from outside the one big transaction."""

    run = models.OneToOneField(ImportRun, primary_key=True, on_delete=models.CASCADE, related_name="progress")
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)  # 0: not known
    stop_asked = models.BooleanField(default=False)

    class Meta:
        db_table = "common_exchange_progress"

    def __str__(self) -> str:
        return f"{self.run_id}: {self.done}/{self.total}"


class ImportRow(models.Model):
    """A row of the file beside what the database holds: `values` and `before` keep the cells that differ."""

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="rows")
    position = models.PositiveIntegerField()  # order within the import
    number = models.PositiveIntegerField(null=True)  # as the spreadsheet counts; null: not in the file
    state = models.CharField(max_length=10, choices=RowState.choices)
    key = models.JSONField(default=list)
    label = models.CharField(max_length=200, blank=True)
    values = models.JSONField(default=dict)
    before = models.JSONField(default=dict)
    errors = models.JSONField(default=list)  # [column or "", sentence, what the cell says]
    outcome = models.CharField(max_length=12, choices=Outcome.choices, blank=True, default="")
    reason = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        db_table = "common_exchange_row"
        ordering = ["run_id", "position"]
        constraints = [models.UniqueConstraint(fields=["run", "position"], name="import_row_once")]
        indexes = [
            models.Index(fields=["run", "state", "position"], name="import_row_state"),
            models.Index(
                fields=["run", "outcome", "position"], name="import_row_outcome", condition=~Q(outcome="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.run_id} #{self.number}: {self.state}"


class ColumnMemory(models.Model):
    """Which columns of a header a person matched: asked once, then proposed."""

    kind = models.CharField(max_length=40)
    header = models.CharField(max_length=64)  # hash of the headings
    mapping = models.JSONField()
    at = models.DateTimeField(auto_now=True)

    class Meta:
        db_table = "common_exchange_column_memory"
        constraints = [models.UniqueConstraint(fields=["kind", "header"], name="column_memory_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.header[:8]}"
