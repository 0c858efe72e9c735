"""Drafts of standards: one for each service, part by part, with who wrote what and when."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from jendela.people.agencies.models import Agency
from jendela.services.catalogue.models import Service
from jendela.services.editor.choices import DraftState, EditKind


class Draft(models.Model):
    """The workshop of a service's standard. It stays when it is empty, and moves with the service when agencies are
    merged: who may write is asked of the service's owner, never of the draft."""

    service = models.OneToOneField(Service, on_delete=models.CASCADE, related_name="draft")
    keeper = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="kept_drafts"
    )  # who carries it; handed over when the person leaves
    state = models.CharField(max_length=8, choices=DraftState.choices, default=DraftState.WRITING)
    agency_at_start = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    # the public discussion and its minutes (berita acara), UU 25/2009 art. 20
    consulted_on = models.DateField(null=True)
    consultation_note = models.TextField(blank=True)
    consultation_participants = models.TextField(blank=True)
    # mark of the wording that was discussed: minutes hold for that wording alone
    consulted_text = models.CharField(max_length=64, blank=True, default="", db_default="")

    class Meta:
        db_table = "services_editor_draft"
        constraints = [
            models.CheckConstraint(
                condition=(
                    ~Q(state=DraftState.CONSULTED)
                    | (Q(consulted_on__isnull=False) & ~Q(consultation_note=""))
                ),
                name="draft_consulted_has_minutes",
            )
        ]

    def __str__(self) -> str:
        return f"draft of {self.service_id}"


class DraftPart(models.Model):
    """One part in its draft wording. `value` is null while the draft says what is published; the revision only ever
    rises, so that a writer who saw an older one is told."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="parts")
    part = models.CharField(max_length=12)
    value = models.JSONField(null=True)
    base = models.JSONField(null=True)  # what was published when the edit began
    discarded = models.JSONField(null=True)  # the value that was thrown away, for the way back
    revision = models.PositiveIntegerField(default=0)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    editor_name = models.CharField(max_length=120, blank=True)
    edited_at = models.DateTimeField()

    class Meta:
        db_table = "services_editor_draft_part"
        constraints = [
            models.UniqueConstraint(fields=["draft", "part"], name="draft_part_once"),
        ]

    def __str__(self) -> str:
        return f"{self.draft_id} {self.part} r{self.revision}"


class DraftEdit(models.Model):
    """The history: what one person did to one part in one sitting. Saves of the same person within ten minutes are
    one entry; no wording that was ever saved by another is lost."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="edits")
    part = models.CharField(max_length=12)
    kind = models.CharField(max_length=12, choices=EditKind.choices)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    by_name = models.CharField(max_length=120)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField()

    class Meta:
        db_table = "services_editor_draft_edit"
        ordering = ["-id"]
        indexes = [models.Index(fields=["draft", "-id"], name="draft_edit_newest")]

    def __str__(self) -> str:
        return f"{self.draft_id} {self.part} {self.kind}"
