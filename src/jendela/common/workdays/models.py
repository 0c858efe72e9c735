"""Days on which offices of government are closed, besides Saturdays and Sundays (Perpres 21/2023, art. 3 and 6)."""

from django.db import models
from django.utils.formats import date_format

from jendela.common.workdays.choices import HolidayKind


class Holiday(models.Model):
    """One day. National holidays and collective leave come from a joint decree of three ministers for each year."""

    date = models.DateField(unique=True)
    name = models.CharField(max_length=160)
    kind = models.CharField(max_length=20, choices=HolidayKind.choices)
    decree = models.CharField(max_length=300)
    source_url = models.URLField(max_length=500, blank=True)

    class Meta:
        ordering = ["date"]
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=HolidayKind.values), name="holiday_kind_known")
        ]

    def __str__(self) -> str:
        return f"{date_format(self.date, 'j F Y')}, {self.name}"
