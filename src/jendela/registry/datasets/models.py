"""Datasets with the five attributes of the data standard (Perpres 39/2019 art. 4), their metadata, elements, files."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models.functions import Upper

from jendela.people.agencies.models import Agency
from jendela.registry.applications.choices import Grade, RecordState
from jendela.registry.applications.models import Application
from jendela.registry.datasets.choices import DataKind, Frequency, Openness, PersonalClass

UNKNOWN = "tidak_diketahui"


class Dataset(models.Model):
    """A body of data. `slug` is its name in CKAN and never changes."""

    slug = models.SlugField(max_length=100, unique=True)
    name = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    application = models.ForeignKey(Application, null=True, on_delete=models.PROTECT, related_name="datasets")
    producer = models.ForeignKey(
        Agency, on_delete=models.PROTECT, related_name="datasets_produced"
    )  # produsen data
    steward = models.ForeignKey(
        Agency, null=True, on_delete=models.PROTECT, related_name="datasets_stewarded"
    )  # walidata
    code = models.CharField(max_length=40, blank=True)  # in the regional list of data
    description = models.TextField(blank=True)
    purpose = models.TextField(blank=True)
    inputs = models.TextField(
        blank=True, default="", db_default=""
    )  # from what it is made (informasi masukan)
    outputs = models.TextField(
        blank=True, default="", db_default=""
    )  # what is made from it (informasi luaran)
    # the data standard
    concept = models.TextField(blank=True)
    definition = models.TextField(blank=True)
    classification = models.TextField(blank=True)
    measure = models.CharField(max_length=200, blank=True)
    unit = models.CharField(max_length=100, blank=True)
    standard_code = models.CharField(max_length=40, blank=True)  # SDS code of BPS, "SD00001.00.01"
    # metadata and reference
    metadata_url = models.URLField(max_length=500, blank=True)
    has_metadata = models.BooleanField(null=True)  # MS-Keg, MS-Var, MS-Ind filled; null: not known
    reference_codes = models.CharField(max_length=300, blank=True)  # "kode wilayah Kemendagri; NIK"
    topic = models.CharField(max_length=30, blank=True)  # RAD code
    kind = models.CharField(max_length=16, choices=DataKind.choices, default=UNKNOWN)
    openness = models.CharField(max_length=16, choices=Openness.choices, default=UNKNOWN)
    openness_reason = models.CharField(max_length=300, blank=True)
    priority = models.BooleanField(default=False)  # on the list of priority data
    update_promise = models.CharField(max_length=16, choices=Frequency.choices, default=UNKNOWN)
    last_update = models.DateField(null=True)
    personal: "ArrayField[list[str], list[str]]" = ArrayField(
        models.CharField(max_length=12, choices=PersonalClass.choices), default=list, blank=True
    )
    has_personal = models.BooleanField(null=True)  # null: nobody said
    retention = models.CharField(max_length=200, blank=True)  # how long, by which rule
    stated_by = models.CharField(max_length=200, blank=True)
    stated_at = models.DateTimeField(null=True)
    grade = models.CharField(max_length=1, choices=Grade.choices, default=Grade.TOLD)
    source = models.CharField(max_length=300, blank=True)
    source_url = models.URLField(max_length=500, blank=True)
    sources = models.JSONField(default=dict, db_default={})  # who said each value: origins.py
    verified_at = models.DateTimeField(null=True)  # by the steward (walidata)
    verified_by = models.CharField(max_length=200, blank=True)
    search_text = models.TextField(blank=True, default="")
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        db_table = "registry_datasets_dataset"
        ordering = ["name"]
        indexes = [
            models.Index(fields=["openness", "slug"], name="dataset_openness"),
            models.Index(fields=["producer", "name"], name="dataset_producer"),
            GinIndex(OpClass(Upper("search_text"), name="gin_trgm_ops"), name="dataset_search_trgm"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def public_application(self) -> Application | None:
        """The application that holds it, where everybody may know of that one."""
        found = self.application
        return found if found is not None and found.record_state == RecordState.REGISTERED else None


class Resource(models.Model):
    """A file or address from which the data can be had (CKAN resource, DCAT distribution)."""

    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="resources")
    name = models.CharField(max_length=200)
    format = models.CharField(max_length=20)  # "CSV"
    url = models.URLField(max_length=500)
    media_type = models.CharField(max_length=100, blank=True)
    licence = models.CharField(max_length=60, blank=True)  # "CC-BY-4.0"
    last_update = models.DateField(null=True)

    class Meta:
        db_table = "registry_datasets_resource"
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name


class StandardElement(models.Model):
    """One entry of the standard list of data elements, by which datasets are compared."""

    code = models.CharField(max_length=40, primary_key=True)  # "nik", "tanggal_lahir"
    name = models.CharField(max_length=120)
    definition = models.TextField()
    synonyms = models.TextField(blank=True)  # column names in use, separated by commas
    personal = models.CharField(max_length=12, choices=PersonalClass.choices, blank=True)
    citation = models.CharField(max_length=200)

    class Meta:
        db_table = "registry_datasets_standard_element"
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code


class Element(models.Model):
    """One column of a dataset as it is called there, and the standard element a person said it is."""

    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="elements")
    name = models.CharField(max_length=120)
    standard = models.ForeignKey(
        StandardElement, null=True, on_delete=models.PROTECT, related_name="elements"
    )
    suggested = models.BooleanField(default=False)  # by its name; a person has not confirmed it

    class Meta:
        db_table = "registry_datasets_element"
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["dataset", "name"], name="element_once")]

    def __str__(self) -> str:
        return self.name
