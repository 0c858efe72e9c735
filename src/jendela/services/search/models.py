"""What the search reads: documents, the word list; and what residents asked."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from jendela.services.search.choices import Kind


class Document(models.Model):
    """One thing that can be found. Rebuilt from the domains by a job when they change; the index in each process is
    made from these rows, and PostgreSQL searches them when that index is not there."""

    kind = models.CharField(max_length=12, choices=Kind.choices)
    key = models.CharField(max_length=140)  # slug or code
    name = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    agency = models.CharField(max_length=200, blank=True)
    url = models.CharField(max_length=300)
    summary = models.CharField(max_length=400, blank=True)
    state = models.CharField(max_length=20, blank=True)
    source = models.CharField(max_length=600, blank=True)
    phrases = models.JSONField(default=list)  # residents' ways to say it
    keywords = models.JSONField(default=list)
    body = models.TextField(blank=True)
    vector = SearchVectorField(null=True)

    class Meta:
        db_table = "services_search_document"
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="document_once")]
        indexes = [
            GinIndex(fields=["vector"], name="document_vector"),
            GinIndex(fields=["name"], opclasses=["gin_trgm_ops"], name="document_name_trgm"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}/{self.key}"


class Topic(models.Model):
    """What can be found but no other domain owns: help pages, and what people ask for that nobody here offers
    (kind 'elsewhere'; `text` then says whose task it is)."""

    kind = models.CharField(max_length=12, choices=Kind.choices)
    key = models.SlugField(max_length=140)
    name = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    url = models.CharField(max_length=300, blank=True)
    text = models.CharField(max_length=400, blank=True)
    text_en = models.CharField(max_length=400, blank=True)
    words = models.TextField()

    class Meta:
        db_table = "services_search_topic"
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="topic_once")]

    def __str__(self) -> str:
        return f"{self.kind}/{self.key}"


class Variant(models.Model):
    """The word list: a slang, regional, misspelt or short form and what it stands for in plain Indonesian."""

    form = models.CharField(max_length=60)
    meaning = models.CharField(max_length=120, blank=True)  # empty: a filler word
    language = models.CharField(max_length=20)  # slang, banjar, ngaju, jawa, singkatan, ejaan, english
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        db_table = "services_search_variant"
        constraints = [models.UniqueConstraint(fields=["form", "meaning"], name="variant_once")]

    def __str__(self) -> str:
        return f"{self.form} = {self.meaning}"


class QueryCount(models.Model):
    """What residents looked for, day by day, without personal data (numbers and names of people are taken out)."""

    query = models.CharField(max_length=120)
    day = models.DateField()
    count = models.PositiveIntegerField()
    confident = models.BooleanField()
    top_kind = models.CharField(max_length=12, blank=True)
    top_key = models.CharField(max_length=140, blank=True)

    class Meta:
        db_table = "services_search_query_count"
        constraints = [models.UniqueConstraint(fields=["query", "day", "confident"], name="query_count_once")]
        indexes = [models.Index(fields=["confident", "-day", "-count"], name="query_unanswered")]

    def __str__(self) -> str:
        return f"{self.day} {self.query}: {self.count}"
