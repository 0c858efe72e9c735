"""Categories, and life events with their services in the order they are done."""

from django.db import models

from jendela.services.catalogue.models.service import Service


class Category(models.Model):
    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=100)
    name_en = models.CharField(max_length=100)
    icon = models.CharField(max_length=40)
    position = models.PositiveSmallIntegerField()
    services = models.ManyToManyField(
        Service, related_name="categories", db_table="services_catalogue_category_service"
    )

    class Meta:
        db_table = "services_catalogue_category"
        ordering = ["position"]
        verbose_name_plural = "categories"

    def __str__(self) -> str:
        return self.name


class LifeEvent(models.Model):
    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=100)
    name_en = models.CharField(max_length=100)
    intro = models.TextField()
    intro_en = models.TextField()
    icon = models.CharField(max_length=40)
    position = models.PositiveSmallIntegerField()
    on_home = models.BooleanField(default=True)
    words = models.TextField(blank=True)  # everyday words for the search, separated by ';'

    class Meta:
        db_table = "services_catalogue_life_event"
        ordering = ["position"]

    def __str__(self) -> str:
        return self.name


class LifeEventStep(models.Model):
    """A service within a life event: when it is done and for whom it applies."""

    event = models.ForeignKey(LifeEvent, on_delete=models.CASCADE, related_name="steps")
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="event_steps")
    position = models.PositiveSmallIntegerField()
    when = models.CharField(max_length=200, blank=True)
    when_en = models.CharField(max_length=200, blank=True)

    class Meta:
        db_table = "services_catalogue_life_event_step"
        ordering = ["event", "position"]
        constraints = [
            models.UniqueConstraint(fields=["event", "service"], name="life_event_service_once"),
            models.UniqueConstraint(fields=["event", "position"], name="life_event_position_once"),
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.position}: {self.service}"
