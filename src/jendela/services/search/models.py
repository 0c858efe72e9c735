"""What the search reads: documents, the word list; what residents asked; test queries and changes of words."""

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from jendela.services.search.choices import ChangeKind, ChangeState, Kind, Origin, QueryState

MARKS = [(one.value, one.label) for one in QueryState if one is not QueryState.OPEN]


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
    added = models.TextField(blank=True, db_default="")  # by editors; stays when the data set is loaded again

    class Meta:
        db_table = "services_search_topic"
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="topic_once")]

    def __str__(self) -> str:
        return f"{self.kind}/{self.key}"

    def phrases(self) -> list[str]:
        """How people say it, of the data set and of editors."""
        return [part.strip() for part in f"{self.words};{self.added}".split(";") if part.strip()]


class Variant(models.Model):
    """The word list: a slang, regional, misspelt or short form and what it stands for in plain Indonesian."""

    form = models.CharField(max_length=60)
    meaning = models.CharField(max_length=120, blank=True)  # empty: a filler word
    language = models.CharField(max_length=20)  # slang, banjar, ngaju, jawa, singkatan, ejaan, english
    note = models.CharField(max_length=200, blank=True)
    by_hand = models.BooleanField(default=False, db_default=False)  # stays when the data set is loaded again

    class Meta:
        db_table = "services_search_variant"
        constraints = [models.UniqueConstraint(fields=["form", "meaning"], name="variant_once")]

    def __str__(self) -> str:
        return f"{self.form} = {self.meaning}"


class QueryCount(models.Model):
    """What residents looked for, day by day, without personal data (numbers and names of people are taken out)."""

    query = models.CharField(max_length=120)
    norm = models.CharField(max_length=120, blank=True, db_default="")  # see norm.py; '' before it was kept
    day = models.DateField()
    count = models.PositiveIntegerField()
    confident = models.BooleanField()
    top_kind = models.CharField(max_length=12, blank=True)
    top_key = models.CharField(max_length=140, blank=True)

    class Meta:
        db_table = "services_search_query_count"
        constraints = [models.UniqueConstraint(fields=["query", "day", "confident"], name="query_count_once")]
        indexes = [
            models.Index(fields=["confident", "-day", "-count"], name="query_unanswered"),
            models.Index(fields=["top_key", "-day"], name="query_top_key"),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.query}: {self.count}"


class QueryMark(models.Model):
    """A decision about all queries of one norm."""

    norm = models.CharField(max_length=120, unique=True)
    state = models.CharField(max_length=8, choices=MARKS)
    until = (
        models.DateField()
    )  # what was asked up to this day is settled; a later miss opens a done query again
    by_name = models.CharField(max_length=120)
    change = models.ForeignKey(
        "WordChange", null=True, on_delete=models.SET_NULL, related_name="marks"
    )  # the change that answered it
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "services_search_query_mark"

    def __str__(self) -> str:
        return f"{self.norm}: {self.state}"


class TestQuery(models.Model):
    """A query whose right answer is known. Each change of words is measured on all of them before it is kept."""

    __test__ = False  # not a test case

    query = models.CharField(max_length=200, unique=True)
    wanted = models.JSONField(default=list)  # 'kind/key' of each right answer; empty: nothing here answers it
    note = models.CharField(max_length=200, blank=True)
    origin = models.CharField(max_length=8, choices=Origin.choices)
    active = models.BooleanField(default=True, db_default=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    added_by_name = models.CharField(max_length=120, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "services_search_test_query"

    def __str__(self) -> str:
        return self.query


class WordChange(models.Model):
    """A change of words with what it does: first tried, then kept or not, and taken back when it was a mistake."""

    kind = models.CharField(max_length=8, choices=ChangeKind.choices)
    target = models.CharField(max_length=140)  # slug of the service, form of the word list, key of the topic
    title = models.CharField(max_length=200)  # how the target is called
    before = models.JSONField()
    after = models.JSONField()
    query = models.CharField(max_length=120, blank=True)  # the residents' query that led here
    report = models.JSONField()
    harmed = models.PositiveIntegerField()  # test queries that are worse with it
    state = models.CharField(max_length=8, choices=ChangeState.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    by_name = models.CharField(max_length=120)
    created_at = models.DateTimeField(auto_now_add=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "services_search_word_change"
        indexes = [models.Index(fields=["kind", "target", "-id"], name="word_change_target")]

    def __str__(self) -> str:
        return f"{self.kind} {self.target}: {self.state}"
