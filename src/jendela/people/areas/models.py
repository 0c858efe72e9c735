"""Areas, their population figures and signal records. Figures stand side by side, each with its source."""

from django.contrib.postgres.indexes import GinIndex
from django.db import models

from jendela.people.areas.choices import AreaKind, SignalState


class Area(models.Model):
    """An area. Names repeat (there are three Sumber Makmur), so the code is the key everywhere."""

    code = models.CharField(max_length=13, primary_key=True)  # 62.02.01.2003
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=12, choices=AreaKind.choices)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    source = models.CharField(max_length=300, blank=True)

    class Meta:
        db_table = "people_areas_area"
        ordering = ["code"]
        indexes = [
            models.Index(fields=["kind", "name"], name="area_kind_name"),
            GinIndex(fields=["name"], opclasses=["gin_trgm_ops"], name="area_name_trgm"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind=AreaKind.REGENCY) | models.Q(parent__isnull=False),
                name="area_has_parent",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.name}"


class PopulationFigure(models.Model):
    """One published number of people. Sources differ; none overwrites another. A figure whose source names no
    number keeps it empty, with the note saying why."""

    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="population_figures")
    year = models.PositiveSmallIntegerField()
    period = models.CharField(max_length=80, blank=True)
    people = models.PositiveIntegerField(null=True)
    men = models.PositiveIntegerField(null=True)
    women = models.PositiveIntegerField(null=True)
    series = models.CharField(max_length=80)
    density = models.DecimalField(max_digits=9, decimal_places=2, null=True)  # people per square kilometre
    source_url = models.URLField(max_length=500)
    source_date = models.CharField(max_length=30, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        db_table = "people_areas_population_figure"
        ordering = ["area_id", "-year", "series"]
        constraints = [
            models.UniqueConstraint(
                fields=["area", "year", "period", "series", "source_url"], name="population_figure_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.area_id} {self.year} {self.series}: {self.people}"


class SignalRecord(models.Model):
    """What a source said about phone signal in a village at a time, with the name it used."""

    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="signal_records")
    state = models.CharField(max_length=20, choices=SignalState.choices)
    as_of = models.CharField(max_length=10)  # partial date
    name_in_source = models.CharField(max_length=100)
    name_match = models.CharField(max_length=40)
    source_url = models.URLField(max_length=500)
    source_date = models.CharField(max_length=30, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        db_table = "people_areas_signal_record"
        ordering = ["area_id", "-as_of"]
        constraints = [
            models.UniqueConstraint(
                fields=["area", "state", "as_of", "source_url"], name="signal_record_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.area_id} {self.as_of}: {self.state}"


class AreaPoint(models.Model):
    """A place on the map that a source names: a puskesmas, a school, a pier."""

    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="points")
    kind = models.CharField(max_length=60)  # the source's word: "puskesmas"
    name = models.CharField(max_length=200)
    lat = models.DecimalField(max_digits=9, decimal_places=6)
    lon = models.DecimalField(max_digits=9, decimal_places=6)
    source_url = models.URLField(max_length=500)
    source_date = models.CharField(max_length=30, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        db_table = "people_areas_point"
        ordering = ["area_id", "kind", "name"]
        constraints = [
            models.UniqueConstraint(fields=["area", "kind", "name"], name="area_point_once"),
            models.CheckConstraint(
                condition=models.Q(lon__gte=94, lon__lte=142, lat__gte=-12, lat__lte=7),
                name="area_point_in_indonesia",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"


class AreaBoundary(models.Model):
    """The outline of an area as one source draws it: a GeoJSON Polygon or MultiPolygon in degrees."""

    area = models.OneToOneField(Area, primary_key=True, on_delete=models.CASCADE, related_name="boundary")
    geometry = models.JSONField()
    source_url = models.URLField(max_length=500)
    source_date = models.CharField(max_length=30, blank=True)
    licence = models.CharField(max_length=120, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        db_table = "people_areas_boundary"

    def __str__(self) -> str:
        return self.area_id
