"""The documents that the search finds, made from the domains; and the search's part of the data set."""

from collections.abc import Iterator, Sequence

from django.db import connection, transaction

from jendela.common import content
from jendela.common.audit import Actor, record
from jendela.common.jobs import enqueue
from jendela.people.agencies.models import Agency
from jendela.people.areas.models import Area
from jendela.registry.applications.choices import RecordState
from jendela.registry.applications.models import Application
from jendela.services.catalogue.choices import StandardState
from jendela.services.catalogue.models import LifeEvent, Service
from jendela.services.search.choices import Kind, Origin
from jendela.services.search.models import Document, TestQuery, Topic, Variant
from jendela.services.search.reads.words import searchable, words_of

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
        phrases, keywords = searchable(words_of(service))
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
            phrases=phrases,
            keywords=keywords,
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
    for application in Application.objects.filter(record_state=RecordState.REGISTERED).select_related(
        "owner"
    ):
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
            phrases=topic.phrases(),
        )


def load_topics(
    *,
    topics: Sequence[Topic],
    variants: Sequence[Variant],
    by: Actor,
    test_queries: Sequence[TestQuery] = (),
) -> None:
    """Replace the topics, the word list and the test queries of the data set. What editors added stays."""
    with transaction.atomic():
        added = dict(Topic.objects.exclude(added="").values_list("name", "added"))
        for topic in topics:
            topic.added = added.get(topic.name, "")
        Topic.objects.all().delete()
        Variant.objects.filter(by_hand=False).delete()
        TestQuery.objects.exclude(origin=Origin.RESIDENTS).filter(active=True).delete()
        Topic.objects.bulk_create(topics, batch_size=500)
        Variant.objects.bulk_create(variants, batch_size=500, ignore_conflicts=True)
        TestQuery.objects.bulk_create(test_queries, batch_size=500, ignore_conflicts=True)
        counts = {"topics": len(topics), "variants": len(variants), "test_queries": len(test_queries)}
        record(by=by, action="load", target=("services_search", "words"), after=counts)
        enqueue("services_search.refresh")
