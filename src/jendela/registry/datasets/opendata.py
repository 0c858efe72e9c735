"""What CKAN and DCAT give out: open datasets with their producer and files. Only datasets of openness `terbuka`."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count, Q, QuerySet

from jendela.common.paging import keyset
from jendela.people.agencies.models import Agency
from jendela.registry.datasets.choices import Openness
from jendela.registry.datasets.models import Dataset, Resource

NAMESPACE = uuid.UUID("6f1d3c0e-6a8e-5f0e-9d0c-2f1a7c2f6b10")  # of identifiers derived from names
MOST_WORDS = 8


def identifier(kind: str, name: object) -> str:
    """The same identifier for the same thing at every time and on every machine of this instance."""
    return str(uuid.uuid5(NAMESPACE, f"{kind}:{name}"))


@dataclass(frozen=True)
class Wanted:
    """What narrows a search; an empty value does not."""

    text: str = ""
    producer: str = ""  # slug of an agency
    format: str = ""
    topic: str = ""
    name: str = ""


@dataclass(frozen=True)
class Found:
    rows: Sequence[Dataset]
    count: int


@dataclass(frozen=True)
class FoundPage:
    rows: Sequence[Dataset]
    next_key: str
    count: int


def open_datasets() -> QuerySet[Dataset]:
    return Dataset.objects.filter(openness=Openness.OPEN)


def names() -> list[str]:
    """Names (slugs) of all open datasets, in order: one query."""
    return list(open_datasets().order_by("slug").values_list("slug", flat=True))


def page(wanted: Wanted, *, after: str, size: int) -> "FoundPage":
    """One page by slug, and how many fit: three queries."""
    found = narrowed(wanted)
    rows = keyset(whole(found), field="slug", after=after, size=size)
    return FoundPage(rows.rows, rows.next_key, found.count())


def search(wanted: Wanted, *, order: str = "slug", start: int = 0, rows: int = 10) -> Found:
    """Open datasets that fit, and how many: at most three queries."""
    found = narrowed(wanted)
    count = found.count()
    page = whole(found).order_by(order, "slug")[start : start + rows] if rows else ()
    return Found(list(page), count)


def narrowed(wanted: Wanted) -> QuerySet[Dataset]:
    found = open_datasets()
    for word in wanted.text.split()[:MOST_WORDS]:
        found = found.filter(search_text__icontains=word)
    if wanted.producer:
        found = found.filter(producer__slug=wanted.producer)
    if wanted.format:
        files = Resource.objects.filter(format__iexact=wanted.format)
        found = found.filter(pk__in=files.values("dataset_id"))
    if wanted.topic:
        found = found.filter(topic=wanted.topic)
    if wanted.name:
        found = found.filter(slug=wanted.name)
    return found


def dataset(name: str) -> Dataset | None:
    """One open dataset by its name, or by its CKAN identifier (then all names are read)."""
    found = whole(open_datasets()).filter(slug=name).first()
    if found is None and len(name) == 36:
        wanted = next((one for one in names() if identifier("dataset", one) == name), None)
        found = whole(open_datasets()).filter(slug=wanted).first() if wanted else None
    return found


def resource(key: str) -> Resource | None:
    """One file of an open dataset by its number."""
    if not key.isdecimal() or len(key) > 18:
        return None
    rows = Resource.objects.select_related("dataset")
    return rows.filter(pk=int(key), dataset__openness=Openness.OPEN).first()


def producers() -> list[tuple[Agency, int]]:
    """Agencies with open datasets and how many: one query."""
    mine = Q(datasets_produced__openness=Openness.OPEN)
    rows = Agency.objects.annotate(number=Count("datasets_produced", filter=mine)).filter(number__gt=0)
    return [(row, row.number) for row in rows.order_by("slug")]


def topics() -> list[str]:
    rows = open_datasets().exclude(topic="").order_by("topic").values_list("topic", flat=True)
    return list(rows.distinct())


def whole(rows: QuerySet[Dataset]) -> QuerySet[Dataset]:
    return rows.select_related("producer", "steward", "application").prefetch_related("resources")


def site() -> str:
    """The address of this instance without a slash at its end."""
    return str(settings.PUBLIC_URL).rstrip("/")


def address(one: str) -> str:
    """A whole address of a path of this site; other addresses stay."""
    return one if "://" in one else f"{site()}{one}"
