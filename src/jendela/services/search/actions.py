"""Every change of the search's tables."""

from collections.abc import Iterable, Iterator, Sequence

from django.db import connection, transaction

from jendela.common import content
from jendela.common.audit import Actor, record
from jendela.common.dates import today
from jendela.common.jobs import enqueue
from jendela.common.spool import Row
from jendela.people.agencies.models import Agency
from jendela.people.areas.models import Area
from jendela.registry.applications.models import Application
from jendela.services.catalogue.choices import StandardState, WordKind
from jendela.services.catalogue.models import LifeEvent, Service
from jendela.services.search.choices import Kind
from jendela.services.search.models import Document, Topic, Variant

SUMMARY = 400
VECTOR = """
UPDATE services_search_document SET vector =
  setweight(to_tsvector('indonesian', name), 'A') ||
  setweight(to_tsvector('indonesian', keywords::text || ' ' || phrases::text), 'B') ||
  setweight(to_tsvector('indonesian', body), 'D')
"""


def refresh_documents() -> int:
    """Make every document anew from the domains, in one transaction; returns how many there are."""
    rows = [*_services(), *_life_events(), *_applications(), *_agencies(), *_areas(), *_topics()]
    with transaction.atomic():
        Document.objects.all().delete()
        Document.objects.bulk_create(rows, batch_size=500)
        with connection.cursor() as cursor:
            cursor.execute(VECTOR)
        content.changed()
    return len(rows)


def _services() -> Iterator[Document]:
    services = (
        Service.objects.select_related("owner")
        .prefetch_related("words", "standards__components", "standards__steps", "sources")
        .order_by("number")
    )
    for service in services:
        words = list(service.words.all())
        public = [
            s for s in service.standards.all() if s.state in (StandardState.INTERIM, StandardState.IN_FORCE)
        ]
        body = "; ".join(component.text for standard in public for component in standard.components.all())
        sources = list(service.sources.all())
        yield Document(
            kind=Kind.SERVICE,
            key=service.slug,
            name=service.name,
            name_en=service.name_en,
            agency=service.owner.short_name,
            url=f"/layanan/{service.slug}/",
            summary=service.audience[:SUMMARY],
            state=public[0].state if public else "",
            source=sources[0].url if sources else "",
            phrases=[word.text for word in words if word.kind != WordKind.KEYWORD],
            keywords=[word.text for word in words if word.kind == WordKind.KEYWORD],
            body=f"{service.product}; {service.audience}; {body}",
        )


def _life_events() -> Iterator[Document]:
    for event in LifeEvent.objects.all():
        yield Document(
            kind=Kind.LIFE_EVENT,
            key=event.slug,
            name=event.name,
            name_en=event.name_en,
            url=f"/peristiwa/{event.slug}/",
            summary=event.intro[:SUMMARY],
            phrases=[part.strip() for part in event.words.split(";") if part.strip()],
        )


def _applications() -> Iterator[Document]:
    for application in Application.objects.select_related("owner"):
        yield Document(
            kind=Kind.APPLICATION,
            key=application.slug,
            name=application.name,
            name_en=application.name_en,
            agency=application.owner.short_name,
            url=f"/aplikasi/{application.slug}/",
            summary=application.purpose[:SUMMARY],
            state=application.state,
            source=application.source_url,
            phrases=[application.purpose],
            keywords=[application.function],
        )


def _agencies() -> Iterator[Document]:
    for agency in Agency.objects.filter(valid_to=""):
        yield Document(
            kind=Kind.AGENCY,
            key=agency.slug,
            name=agency.short_name
            if agency.short_name == agency.name
            else f"{agency.name} ({agency.short_name})",
            name_en=agency.name_en,
            agency=agency.short_name,
            url=f"/instansi/{agency.slug}/",
            source=agency.source_url,
            phrases=[agency.short_name, agency.name],
        )


def _areas() -> Iterator[Document]:
    for area in Area.objects.select_related("parent"):
        parent = f", Kecamatan {area.parent.name}" if area.parent and area.parent.kind == "kecamatan" else ""
        yield Document(
            kind=Kind.AREA,
            key=area.code,
            name=f"{area.get_kind_display()} {area.name}{parent}",
            url=f"/desa/{area.code}/",
            source=area.source,
            phrases=[area.name, f"{area.kind} {area.name}"],
            keywords=[area.code],
        )


def _topics() -> Iterator[Document]:
    for topic in Topic.objects.all():
        yield Document(
            kind=topic.kind,
            key=topic.key,
            name=topic.name,
            name_en=topic.name_en,
            url=topic.url,
            summary=topic.text[:SUMMARY],
            phrases=[part.strip() for part in topic.words.split(";") if part.strip()],
        )


def load_topics(*, topics: Sequence[Topic], variants: Sequence[Variant], by: Actor) -> None:
    """Replace the topics and the word list."""
    with transaction.atomic():
        Topic.objects.all().delete()
        Variant.objects.all().delete()
        Topic.objects.bulk_create(topics, batch_size=500)
        Variant.objects.bulk_create(variants, batch_size=500)
        counts = {"topics": len(topics), "variants": len(variants)}
        record(by=by, action="load", target=("services_search", "words"), after=counts)
        enqueue("services_search.refresh")


def add_query_counts(pairs: Iterable[tuple[Row, int]]) -> None:
    """Write counts of queries: rows are (query, confident '1' or '0', kind and key of the first result)."""
    rows = [
        (query, today(), number, confident == "1", kind, key)
        for (query, confident, kind, key), number in pairs
    ]
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO services_search_query_count (query, day, count, confident, top_kind, top_key) "
            "VALUES (%s, %s, %s, %s, %s, %s) ON CONFLICT (query, day, confident) DO UPDATE SET "
            "count = services_search_query_count.count + EXCLUDED.count, "
            "top_kind = EXCLUDED.top_kind, top_key = EXCLUDED.top_key",
            rows,
        )
