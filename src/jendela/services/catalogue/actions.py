"""Every change of the catalogue."""

import re
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from django.db import connection, models, transaction
from django.utils import timezone

from jendela.common import content
from jendela.common.audit import Actor, record
from jendela.common.dates import today
from jendela.common.events import publish
from jendela.common.spool import Row
from jendela.services.catalogue.choices import FeedbackState, Gap, StandardState
from jendela.services.catalogue.events import CatalogueChanged
from jendela.services.catalogue.models import (
    Category,
    ComponentType,
    Correction,
    EmergencyContact,
    Fee,
    Feedback,
    LifeEvent,
    LifeEventStep,
    ProcessingTime,
    RelatedService,
    Requirement,
    Service,
    ServiceSource,
    ServiceWord,
    Standard,
    StandardComponent,
    Step,
    Way,
)

_PAGE_OF_SERVICE = re.compile(r"^(?:/en)?/layanan/([a-z0-9-]+)/")
_IDENTITY = re.compile(r"(?<!\d)\d(?:[ .-]?\d){15}(?!\d)")
SERVICE_FIELDS = [
    "slug", "name_en", "owner", "rule_scope", "audience", "product", "is_emergency", "note", "last_checked",
    "source_dates",
]  # fmt: skip
TYPE_FIELDS = [
    "group", "position", "name", "name_en", "question", "question_en", "citation", "valid_from", "valid_to",
]  # fmt: skip

Part = TypeVar("Part", StandardComponent, Requirement, Step, ProcessingTime, Fee)


@dataclass
class Drafts:
    """A whole catalogue as unsaved rows that refer to each other."""

    component_types: list[ComponentType] = field(default_factory=list)
    services: list[Service] = field(default_factory=list)
    sources: list[ServiceSource] = field(default_factory=list)
    words: list[ServiceWord] = field(default_factory=list)
    ways: list[Way] = field(default_factory=list)
    relations: list[RelatedService] = field(default_factory=list)
    standards: list[Standard] = field(default_factory=list)
    components: list[StandardComponent] = field(default_factory=list)
    requirements: list[Requirement] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    times: list[ProcessingTime] = field(default_factory=list)
    fees: list[Fee] = field(default_factory=list)
    categories: list[Category] = field(default_factory=list)
    placements: list[tuple[Category, Service]] = field(default_factory=list)
    life_events: list[LifeEvent] = field(default_factory=list)
    event_steps: list[LifeEventStep] = field(default_factory=list)
    contacts: list[EmergencyContact] = field(default_factory=list)
    corrections: list[Correction] = field(default_factory=list)


@transaction.atomic
def replace_catalogue(*, drafts: Drafts, by: Actor) -> list[str]:
    """Put this catalogue in the place of what is there. Services are known by their name: they keep number, key and
    all that readers said and counted. A service that has a decreed standard or a later version keeps its standards.
    Returns what was removed or kept, in words."""
    gone = Service.objects.exclude(name__in=[service.name for service in drafts.services])
    notes = [
        f"Layanan tidak ada lagi di tabel, dihapus: {name}" for name in gone.values_list("name", flat=True)
    ]
    gone.delete()
    ComponentType.objects.bulk_create(
        drafts.component_types, update_conflicts=True, unique_fields=["code"], update_fields=TYPE_FIELDS
    )
    _keep_numbers(drafts.services)
    Service.objects.bulk_create(
        drafts.services, update_conflicts=True, unique_fields=["name"], update_fields=SERVICE_FIELDS
    )
    notes += _replace_standards(drafts)
    for model, rows in _parts(drafts):
        model._default_manager.all().delete()
        model._default_manager.bulk_create(rows)
    Category.services.through.objects.bulk_create(
        Category.services.through(category=category, service=service)
        for category, service in drafts.placements
    )
    written = set(Correction.objects.values_list("date", "text"))
    Correction.objects.bulk_create(row for row in drafts.corrections if (row.date, row.text) not in written)
    counts = {str(model._meta.model_name): len(rows) for model, rows in _parts(drafts)}
    counts |= {"service": len(drafts.services), "standard": len(drafts.standards)}
    record(
        by=by,
        action="catalogue.replace_catalogue",
        target=("services_catalogue.service", "*"),
        after=counts,
    )
    publish(CatalogueChanged())
    content.changed()
    return notes


def _parts(drafts: Drafts) -> list[tuple[type[models.Model], Sequence[models.Model]]]:
    return [
        (ServiceSource, drafts.sources),
        (ServiceWord, drafts.words),
        (Way, drafts.ways),
        (RelatedService, drafts.relations),
        (Category, drafts.categories),
        (LifeEvent, drafts.life_events),
        (LifeEventStep, drafts.event_steps),
        (EmergencyContact, drafts.contacts),
    ]


def _keep_numbers(services: Sequence[Service]) -> None:
    """Numbers stand in short links: a known service keeps its own, a new one never takes a used one."""
    known = dict(Service.objects.values_list("name", "number"))
    used = set(known.values())
    for service in services:
        if service.name in known:
            service.number = known[service.name]
        elif service.number in used:
            service.number = max(used) + 1
        used.add(service.number)


def _of(rows: Sequence[Part], standards: Container[int]) -> list[Part]:
    return [row for row in rows if id(row.standard) in standards]


def _replace_standards(drafts: Drafts) -> list[str]:
    """Replace interim first versions; leave everything else as it is."""
    kept_rows = Standard.objects.exclude(state=StandardState.INTERIM, version=1)
    kept = dict(kept_rows.values_list("service_id", "service__name"))
    Standard.objects.exclude(service_id__in=kept).delete()
    new = [standard for standard in drafts.standards if standard.service.pk not in kept]
    Standard.objects.bulk_create(new)
    taken = {id(standard) for standard in new}
    StandardComponent.objects.bulk_create(_of(drafts.components, taken))
    Requirement.objects.bulk_create(_of(drafts.requirements, taken))
    Step.objects.bulk_create(_of(drafts.steps, taken))
    ProcessingTime.objects.bulk_create(_of(drafts.times, taken))
    Fee.objects.bulk_create(_of(drafts.fees, taken))
    return [f"Standar tidak diganti, sudah ada versi lain: {name}" for name in kept.values()]


def add_gap_counts(pairs: Iterable[tuple[Row, int]]) -> None:
    """Write counts of gaps met: rows are (service slug, gap). Unknown slugs and gaps are passed over."""
    known = dict(Service.objects.values_list("slug", "pk"))
    rows = [
        (known[slug], gap, today(), number)
        for (slug, gap), number in pairs
        if slug in known and gap in Gap.values
    ]
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO services_catalogue_gap_count (service_id, gap, day, count) VALUES (%s, %s, %s, %s) "
            "ON CONFLICT (service_id, gap, day) DO UPDATE "
            "SET count = services_catalogue_gap_count.count + EXCLUDED.count",
            rows,
        )


def add_view_counts(pairs: Iterable[tuple[Row, int]]) -> None:
    """Write counts of page views: rows are (service slug,). Unknown slugs are passed over."""
    known = dict(Service.objects.values_list("slug", "pk"))
    rows = [(known[slug], today(), number) for (slug,), number in pairs if slug in known]
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO services_catalogue_view_count (service_id, day, count) VALUES (%s, %s, %s) "
            "ON CONFLICT (service_id, day) DO UPDATE "
            "SET count = services_catalogue_view_count.count + EXCLUDED.count",
            rows,
        )


@transaction.atomic
def record_feedback(*, page: str, topic: str, text: str, contact: str = "", by: Actor) -> Feedback:
    """Keep what a reader says of a page, with the service it is about. Identity numbers are masked; the audit row
    names neither the text nor the contact."""
    match = _PAGE_OF_SERVICE.match(page)
    row = Feedback.objects.create(
        service=Service.objects.filter(slug=match.group(1)).first() if match else None,
        page=page[:200],
        topic=topic,
        text=mask_identity(text),
        contact=mask_identity(contact),
    )
    after = {"page": row.page, "topic": row.topic, "service": row.service_id, "letters": len(row.text)}
    record(by=by, action="catalogue.record_feedback", target=row, after=after)
    return row


def mask_identity(text: str) -> str:
    """Numbers of 16 digits, also with spaces, dots or dashes between, as sixteen crosses."""
    return _IDENTITY.sub("x" * 16, text)


@transaction.atomic
def answer_feedback(*, number: int, state: FeedbackState, answer: str, by: Actor) -> bool:
    """Mark feedback as done with a short answer, or as new again; False when there is none of this number. What the
    reader wrote stays out of the audit trail, which is never deleted."""
    feedback = Feedback.objects.select_for_update().filter(pk=number).first()
    if feedback is None:
        return False
    before = {"state": feedback.state, "answer": feedback.answer}
    feedback.state = state
    feedback.answer = answer.strip() if state == FeedbackState.DONE else feedback.answer
    feedback.answered_at = timezone.now() if state == FeedbackState.DONE else None
    feedback.save(update_fields=["state", "answer", "answered_at"])
    after = {"state": feedback.state, "answer": feedback.answer}
    record(by=by, action="catalogue.answer_feedback", target=feedback, before=before, after=after)
    return True
