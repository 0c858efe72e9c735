"""Rows of a version and of the parts without versions, written inside the actions that publish."""

from collections.abc import Collection

from django.db.models import Max

from jendela.people.agencies.models import Office
from jendela.registry.applications.models import Application
from jendela.services.catalogue.choices import RelationKind
from jendela.services.catalogue.models import (
    Fee,
    LifeEvent,
    LifeEventStep,
    RelatedService,
    Requirement,
    Service,
    ServiceWord,
    Standard,
    StandardComponent,
    Step,
    Way,
)
from jendela.services.catalogue.reads.content import Content
from jendela.services.catalogue.reads.rows import givers_of, rows_of


def write_version(standard: Standard, content: Content, written: Collection[str]) -> None:
    """Save a version with its components and the values read from them. `written` are the components that are the
    agency's own words."""
    givers = givers_of(content["A1"].splitlines(), standard.service)
    standard.save()
    rows = rows_of(content, standard, givers, written)
    StandardComponent.objects.bulk_create(rows.components)
    Requirement.objects.bulk_create(rows.requirements)
    Step.objects.bulk_create(rows.steps)
    Fee.objects.bulk_create(rows.fees)
    if rows.time is not None:
        rows.time.save()


def sync_first(standard: Standard) -> None:
    """'Urus ini dulu' names the services that give a paper of this version, and no others."""
    service = standard.service
    papers = Requirement.objects.filter(
        standard=standard, obtained_by__isnull=False, usually_owned=False, only_if=""
    ).exclude(obtained_by=service)
    wanted = list(dict.fromkeys(papers.order_by("position").values_list("obtained_by", flat=True)))
    named = RelatedService.objects.filter(service=service)
    named.filter(kind=RelationKind.NEEDS_FIRST).exclude(other__in=wanted).delete()
    there = set(named.values_list("other", flat=True))
    RelatedService.objects.bulk_create(
        RelatedService(service=service, other_id=other, kind=RelationKind.NEEDS_FIRST)
        for other in wanted
        if other not in there
    )


def write_other_parts(service: Service, changes: Content) -> None:
    """Replace ways, words, life events and texts as far as they are among the changes."""
    if "ways" in changes:
        _write_ways(service, changes["ways"])
    if "words" in changes:
        ServiceWord.objects.filter(service=service).delete()
        ServiceWord.objects.bulk_create(
            ServiceWord(service=service, kind=kind, text=text)
            for kind, words in changes["words"].items()
            for text in words
        )
    if "events" in changes:
        _write_events(service, changes["events"])
    if "texts" in changes:
        for name, text in changes["texts"].items():
            setattr(service, name, text)
        service.save(update_fields=list(changes["texts"]))


def _write_ways(service: Service, rows: list[dict[str, str]]) -> None:
    offices = Office.objects.in_bulk([row["office"] for row in rows if row["office"]], field_name="slug")
    slugs = [row["application"] for row in rows if row["application"]]
    applications = Application.objects.in_bulk(slugs, field_name="slug")
    Way.objects.filter(service=service).delete()
    Way.objects.bulk_create(
        Way(
            **row
            | {"office": offices.get(row["office"]), "application": applications.get(row["application"])},
            service=service,
            position=position,
        )
        for position, row in enumerate(rows, start=1)
    )


def _write_events(service: Service, rows: list[dict[str, str]]) -> None:
    """A step keeps its place in its life event; a new one comes last."""
    events = LifeEvent.objects.in_bulk([row["event"] for row in rows], field_name="slug")
    kept = {step.event_id: step for step in LifeEventStep.objects.filter(service=service)}
    wanted = {events[row["event"]].pk: row["when"] for row in rows if row["event"] in events}
    LifeEventStep.objects.filter(service=service).exclude(event__in=wanted).delete()
    for event, when in wanted.items():
        step = kept.get(event)
        if step is None:
            last = LifeEventStep.objects.filter(event=event).aggregate(last=Max("position"))["last"] or 0
            LifeEventStep.objects.create(event_id=event, service=service, position=last + 1, when=when)
        elif step.when != when:
            step.when, step.when_en = when, ""
            step.save(update_fields=["when", "when_en"])
