"""Imports with their rows, how far each is, and which columns people matched before."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from jendela.common.exchange.choices import ImportState, Outcome, Question, RowState


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
    recognised = models.JSONField(default=dict, db_default={})  # key of a column -> how it was recognised
    options = models.JSONField(default=dict, db_default={})  # what was asked once for the whole file
    # the import whose waiting rows this one carries on
    continues = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="+")
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
            models.Index(fields=["file_hash"], name="import_file_hash"),
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
    piece = models.PositiveSmallIntegerField(default=0, db_default=0)  # part of a cell that was split
    state = models.CharField(max_length=10, choices=RowState.choices)
    key = models.JSONField(default=list)
    label = models.CharField(max_length=200, blank=True)
    values = models.JSONField(default=dict)
    before = models.JSONField(default=dict)
    errors = models.JSONField(default=list)  # [column or "", sentence, what the cell says]
    asks = models.JSONField(default=dict, db_default={})  # questions that wait for the person, by Question
    notes = models.JSONField(default=list, db_default=[])  # sentences that are no errors
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


class ImportDecision(models.Model):
    """What the person decided about a row of the file; row 0 stands for all. A dry run goes by them."""

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="decisions")
    number = models.PositiveIntegerField()
    piece = models.PositiveSmallIntegerField(default=0)
    question = models.CharField(max_length=8, choices=Question.choices)
    answer = models.CharField(max_length=300)
    at = models.DateTimeField(auto_now=True)

    class Meta:
        db_table = "common_exchange_decision"
        constraints = [
            models.UniqueConstraint(
                fields=["run", "number", "piece", "question"], name="import_decision_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.run_id} #{self.number}: {self.question} {self.answer}"


class ColumnMemory(models.Model):
    """Which columns of a header people of an agency matched: asked once, then proposed."""

    kind = models.CharField(max_length=40)
    owner = models.PositiveBigIntegerField(default=0, db_default=0)  # agency; 0: who works for all
    header = models.CharField(max_length=64)  # hash of the headings
    mapping = models.JSONField()
    names = models.JSONField(default=dict, db_default={})  # normed heading -> key of a column
    at = models.DateTimeField(auto_now=True)

    class Meta:
        db_table = "common_exchange_column_memory"
        constraints = [models.UniqueConstraint(fields=["kind", "owner", "header"], name="column_memory_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.header[:8]}"
