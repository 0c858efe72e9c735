"""The whole catalogue from tables. What an agency has taken over stays as the agency wrote it."""

from collections.abc import Container, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from django.db import models, transaction

from jendela.common import content
from jendela.common.audit import Actor, record
from jendela.common.events import publish
from jendela.services.catalogue.choices import StandardState
from jendela.services.catalogue.events import CatalogueChanged
from jendela.services.catalogue.models import (
    Category,
    ComponentType,
    Correction,
    EmergencyContact,
    Fee,
    LifeEvent,
    LifeEventStep,
    ProcessingTime,
    RelatedService,
    Requirement,
    ReviewRule,
    Service,
    ServiceSource,
    ServiceWord,
    Standard,
    StandardComponent,
    Step,
    Way,
)

SERVICE_FIELDS = [
    "slug", "name_en", "owner", "rule_scope", "audience", "product", "is_emergency", "note", "last_checked",
    "source_dates",
]  # fmt: skip
TYPE_FIELDS = [
    "group", "position", "name", "name_en", "question", "question_en", "citation", "valid_from", "valid_to",
]  # fmt: skip

RULE_FIELDS = ["years", "citation", "confirmed"]
KEPT_OF_TAKEN: tuple[type[models.Model], ...] = (ServiceWord, Way, RelatedService)

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
    review_rules: list[ReviewRule] = field(default_factory=list)


@transaction.atomic
def replace_catalogue(*, drafts: Drafts, by: Actor) -> list[str]:
    """Put this catalogue in the place of what is there. Services are known by their name: they keep number, key and
    all that readers said and counted. A service that its agency has taken over keeps everything the agency wrote:
    standards, ways, words, life events, texts. Returns what was removed or kept, in words."""
    listed = [service.name for service in drafts.services]
    gone = Service.objects.exclude(name__in=listed).filter(taken_over_at__isnull=True)
    notes = [
        f"Layanan tidak ada lagi di tabel, dihapus: {name}" for name in gone.values_list("name", flat=True)
    ]
    gone.delete()
    ComponentType.objects.bulk_create(
        drafts.component_types, update_conflicts=True, unique_fields=["code"], update_fields=TYPE_FIELDS
    )
    ReviewRule.objects.bulk_create(
        drafts.review_rules, update_conflicts=True, unique_fields=["valid_from"], update_fields=RULE_FIELDS
    )
    taken = dict(Service.objects.filter(taken_over_at__isnull=False).values_list("name", "pk"))
    _keep_numbers(drafts.services)
    for service in drafts.services:
        service.pk = taken.get(service.name)
    Service.objects.bulk_create(
        [service for service in drafts.services if service.pk is None],
        update_conflicts=True,
        unique_fields=["name"],
        update_fields=SERVICE_FIELDS,
    )
    notes += [f"Tidak disentuh, dirawat instansinya: {name}" for name in taken]
    notes += _replace_standards(drafts, set(taken.values()))
    _replace_parts(drafts, set(taken.values()))
    Category.services.through.objects.bulk_create(
        Category.services.through(category=category, service=service)
        for category, service in drafts.placements
    )
    written = set(Correction.objects.values_list("date", "text"))
    Correction.objects.bulk_create(row for row in drafts.corrections if (row.date, row.text) not in written)
    counts = {str(model._meta.model_name): len(rows) for model, rows in _parts(drafts)}
    counts |= {"service": len(drafts.services), "standard": len(drafts.standards), "taken_over": len(taken)}
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


def _replace_parts(drafts: Drafts, taken: set[int]) -> None:
    """Replace the rows around services, leaving those of taken-over services."""
    drafts.event_steps = _with_kept_steps(drafts, taken)
    for model, rows in _parts(drafts):
        if model in KEPT_OF_TAKEN:
            model._default_manager.exclude(service__in=taken).delete()
            new = [row for row in rows if row.service.pk not in taken]  # type: ignore[attr-defined]
        else:
            model._default_manager.all().delete()
            new = list(rows)
        model._default_manager.bulk_create(new)


def _with_kept_steps(drafts: Drafts, taken: set[int]) -> list[LifeEventStep]:
    """Steps of life events: those of taken-over services as they are now, at their old place; events that the tables
    no longer have lose them. Positions are counted anew."""
    events = {event.slug: event for event in drafts.life_events}
    kept = LifeEventStep.objects.filter(service__in=taken, event__slug__in=events).select_related("event")
    found = [step for step in drafts.event_steps if step.service.pk not in taken]
    found += [
        LifeEventStep(
            event=events[step.event.slug],
            service_id=step.service_id,
            position=step.position,
            when=step.when,
            when_en=step.when_en,
        )
        for step in kept
    ]
    found.sort(key=lambda step: (step.event.position, step.position))
    last: dict[str, int] = {}
    for step in found:
        step.position = last[step.event.slug] = last.get(step.event.slug, 0) + 1
    return found


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


def _replace_standards(drafts: Drafts, taken: set[int]) -> list[str]:
    """Replace interim first versions of services nobody has taken over; leave everything else as it is."""
    kept_rows = Standard.objects.exclude(state=StandardState.INTERIM, version=1)
    kept = dict(kept_rows.values_list("service_id", "service__name"))
    left = {*kept, *taken}
    Standard.objects.exclude(service_id__in=left).delete()
    new = [standard for standard in drafts.standards if standard.service.pk not in left]
    Standard.objects.bulk_create(new)
    fresh = {id(standard) for standard in new}
    StandardComponent.objects.bulk_create(_of(drafts.components, fresh))
    Requirement.objects.bulk_create(_of(drafts.requirements, fresh))
    Step.objects.bulk_create(_of(drafts.steps, fresh))
    ProcessingTime.objects.bulk_create(_of(drafts.times, fresh))
    Fee.objects.bulk_create(_of(drafts.fees, fresh))
    return [
        f"Standar tidak diganti, sudah ada versi lain: {name}"
        for key, name in kept.items()
        if key not in taken
    ]
