"""One way to obtain a service."""

from django.db import models
from django.db.models import Q

from jendela.people.agencies.models import Office
from jendela.registry.applications.models import Application
from jendela.services.catalogue.choices import LocalOffice, WayKind
from jendela.services.catalogue.models.service import Service


class Way(models.Model):
    """An application with its link, a counter, a village official, a messenger, a phone. `text` is how the source
    names it, or clearer words for the same; `detail` what to know before going; `local_office` says that the
    reader's own village or district office is meant."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="ways")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=16, choices=WayKind.choices)
    text = models.CharField(max_length=200)
    detail = models.CharField(max_length=300, blank=True)
    office = models.ForeignKey(Office, null=True, on_delete=models.SET_NULL, related_name="ways")
    application = models.ForeignKey(Application, null=True, on_delete=models.SET_NULL, related_name="ways")
    url = models.URLField(max_length=300, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    local_office = models.CharField(max_length=12, choices=LocalOffice.choices, blank=True)

    class Meta:
        db_table = "services_catalogue_way"
        ordering = ["service_id", "position"]
        indexes = [models.Index(fields=["application"], name="way_application")]
        constraints = [
            models.UniqueConstraint(fields=["service", "position"], name="way_position_once"),
            models.CheckConstraint(condition=~Q(text=""), name="way_has_text"),
        ]

    def __str__(self) -> str:
        return f"{self.service_id} {self.text}"
