"""What the public meets and says: emergency contacts, feedback, counted gaps and views, corrections."""

from django.conf import settings
from django.db import models

from jendela.common.encryption import EncryptedTextField
from jendela.services.catalogue.choices import FeedbackState, FeedbackTopic, Gap
from jendela.services.catalogue.contact import mask_contact
from jendela.services.catalogue.models.service import Service


class EmergencyContact(models.Model):
    """A number or address for emergencies. Only those a source shows to work are given to residents."""

    position = models.PositiveSmallIntegerField(unique=True)
    name = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    what_for = models.CharField(max_length=200)
    what_for_en = models.CharField(max_length=200)
    phone = models.CharField(max_length=40, blank=True)
    whatsapp = models.CharField(max_length=40, blank=True)
    url = models.URLField(max_length=300, blank=True)
    works = models.BooleanField()
    service = models.ForeignKey(
        Service, null=True, on_delete=models.SET_NULL, related_name="emergency_contacts"
    )
    source_url = models.URLField(max_length=500)
    source_date = models.CharField(max_length=30, blank=True)
    note = models.CharField(max_length=300, blank=True)
    note_en = models.CharField(max_length=300, blank=True)

    class Meta:
        db_table = "services_catalogue_emergency_contact"
        ordering = ["position"]

    def __str__(self) -> str:
        return self.name


class Feedback(models.Model):
    """*Informasi ini salah?*: what a reader says of a page, kept for the agency that owns it."""

    service = models.ForeignKey(Service, null=True, on_delete=models.SET_NULL, related_name="feedback")
    page = models.CharField(max_length=200)
    topic = models.CharField(max_length=12, choices=FeedbackTopic.choices)
    text = models.TextField(max_length=2000)
    contact = EncryptedTextField(blank=True)  # of a person: shown covered; actions.read_contact opens it
    state = models.CharField(max_length=12, choices=FeedbackState.choices, default=FeedbackState.NEW)
    created_at = models.DateTimeField(auto_now_add=True)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )  # the colleague who takes care of it

    class Meta:
        db_table = "services_catalogue_feedback"
        ordering = ["-id"]
        indexes = [models.Index(fields=["state", "-id"], name="feedback_state")]

    def __str__(self) -> str:
        return f"{self.page}: {self.text[:60]}"

    @property
    def contact_masked(self) -> str:
        return mask_contact(self.contact)


class GapCount(models.Model):
    """How often a day readers met something a page did not know."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="gap_counts")
    gap = models.CharField(max_length=20, choices=Gap.choices)
    day = models.DateField()
    count = models.PositiveIntegerField()

    class Meta:
        db_table = "services_catalogue_gap_count"
        constraints = [models.UniqueConstraint(fields=["service", "gap", "day"], name="gap_count_once")]

    def __str__(self) -> str:
        return f"{self.service_id} {self.gap} {self.day}: {self.count}"


class ViewCount(models.Model):
    """How often a day a public page of a service was opened."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="view_counts")
    day = models.DateField()
    count = models.PositiveIntegerField()

    class Meta:
        db_table = "services_catalogue_view_count"
        constraints = [models.UniqueConstraint(fields=["service", "day"], name="view_count_once")]

    def __str__(self) -> str:
        return f"{self.service_id} {self.day}: {self.count}"


class Correction(models.Model):
    """The public log of what was changed in the data, why and by whose word."""

    date = models.DateField()
    service = models.ForeignKey(Service, null=True, on_delete=models.SET_NULL, related_name="corrections")
    text = models.CharField(max_length=300)
    text_en = models.CharField(max_length=300, blank=True)
    source = models.CharField(max_length=300, blank=True)

    class Meta:
        db_table = "services_catalogue_correction"
        ordering = ["-date", "-id"]

    def __str__(self) -> str:
        return f"{self.date}: {self.text}"
