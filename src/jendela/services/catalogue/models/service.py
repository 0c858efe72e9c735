"""A service, its residents' words, its sources and its relations to other services."""

from django.db import models
from django.db.models import F, Q

from jendela.people.agencies.models import Agency
from jendela.services.catalogue.choices import RelationKind, RuleScope, WordKind


class Service(models.Model):
    number = models.PositiveIntegerField(unique=True)  # stable; the short link /l/<number>
    slug = models.SlugField(max_length=140, unique=True)
    name = models.CharField(max_length=200, unique=True)  # the official name
    name_en = models.CharField(max_length=200, blank=True)
    owner = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="services")
    rule_scope = models.CharField(max_length=24, choices=RuleScope.choices)
    audience = models.CharField(max_length=300, blank=True)
    product = models.CharField(max_length=300, blank=True)
    is_emergency = models.BooleanField(default=False)
    note = models.TextField(blank=True)  # what the compiler of the data wrote about this row
    last_checked = models.CharField(max_length=10, blank=True)  # partial date of the newest source
    source_dates = models.CharField(
        max_length=100, blank=True
    )  # as listed, ' ; ' between; also where unpaired
    taken_over_at = models.DateTimeField(
        null=True
    )  # its agency keeps it: a reload of the data set leaves it alone
    related = models.ManyToManyField(
        "self", through="RelatedService", symmetrical=False, related_name="related_from"
    )

    class Meta:
        db_table = "services_catalogue_service"
        ordering = ["name"]
        indexes = [models.Index(fields=["owner", "name"], name="service_owner_name")]

    def __str__(self) -> str:
        return self.name


class ServiceSource(models.Model):
    """A page that says something about the service; `date` is a partial date or empty."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="sources")
    url = models.URLField(max_length=600)
    date = models.CharField(max_length=10, blank=True)
    position = models.PositiveSmallIntegerField()

    class Meta:
        db_table = "services_catalogue_service_source"
        ordering = ["service_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["service", "position"], name="service_source_position_once")
        ]

    def __str__(self) -> str:
        return self.url


class ServiceWord(models.Model):
    """How residents say it: phrases, keywords, English. Data of the search, edited by the agency later."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="words")
    kind = models.CharField(max_length=12, choices=WordKind.choices)
    text = models.CharField(max_length=200)

    class Meta:
        db_table = "services_catalogue_service_word"
        constraints = [models.UniqueConstraint(fields=["service", "kind", "text"], name="service_word_once")]

    def __str__(self) -> str:
        return self.text


class RelatedService(models.Model):
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="relations")
    other = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12, choices=RelationKind.choices)

    class Meta:
        db_table = "services_catalogue_related_service"
        constraints = [
            models.UniqueConstraint(fields=["service", "other"], name="related_service_once"),
            models.CheckConstraint(condition=~Q(service=F("other")), name="related_service_not_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.service_id} {self.kind} {self.other_id}"
