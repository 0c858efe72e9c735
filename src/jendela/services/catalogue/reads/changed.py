"""A sheet with other values in some of its parts: a draft before it is public, or a day before the last changes."""

import copy
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from jendela.people.agencies.models import Office
from jendela.registry.applications.models import Application
from jendela.services.catalogue.choices import RelationKind, StandardState
from jendela.services.catalogue.models import LifeEvent, LifeEventStep, RelatedService, Standard, Way
from jendela.services.catalogue.reads.content import Content, clean
from jendela.services.catalogue.reads.parts import COMPONENTS
from jendela.services.catalogue.reads.rows import givers_of, rows_of
from jendela.services.catalogue.reads.sheet import Sheet


def with_changes(sheet: Sheet, changes: Content) -> Sheet:
    """The sheet as it will be when these parts are public; nothing is saved. A few queries at most."""
    changes = {part: clean(part, value) for part, value in changes.items()}
    standard = copy.copy(sheet.standard) or Standard(
        service=sheet.service, version=0, state=StandardState.INTERIM
    )
    sheet = replace(sheet, standard=standard, service=copy.copy(sheet.service))
    if "complaint" in changes:
        standard.complaint_officer = changes["complaint"]["officer"]
        standard.complaint_channel = changes["complaint"]["channel"]
    for name, text in changes.get("texts", {}).items():
        setattr(sheet.service, name, text)
    if any(part in COMPONENTS for part in changes):
        standard.stated_by = standard.stated_by or sheet.service.owner.short_name
        sheet = _with_components(sheet, standard, changes)
    if "ways" in changes:
        sheet = replace(sheet, ways=_ways(sheet, changes["ways"]))
    if "events" in changes:
        sheet = replace(sheet, events=_events(sheet, changes["events"]))
    return sheet


def _with_components(sheet: Sheet, standard: Standard, changes: Content) -> Sheet:
    rows = rows_of(changes, standard, givers_of(changes.get("A1", "").splitlines(), sheet.service))
    given: dict[str, dict[str, Any]] = {
        "A1": {"requirements": rows.requirements, "related": _related(sheet, rows.requirements)},
        "A2": {"steps": rows.steps},
        "A3": {"time": rows.time},
        "A4": {"fees": rows.fees},
    }
    fields = {
        name: value for part, values in given.items() if part in changes for name, value in values.items()
    }
    components = [
        replace(row, text=changes[row.code], by_agency=True) if row.code in changes else row
        for row in sheet.components
    ]
    return replace(sheet, components=components, **fields)


def _related(sheet: Sheet, requirements: Iterable[object]) -> list[RelatedService]:
    """Without services whose paper is no longer asked for; the new ones come from the papers themselves."""
    givers = {getattr(row, "obtained_by_id", None) for row in requirements}
    return [
        relation
        for relation in sheet.related
        if relation.kind != RelationKind.NEEDS_FIRST or relation.other_id in givers
    ]


def _ways(sheet: Sheet, rows: list[dict[str, str]]) -> list[Way]:
    offices = Office.objects.in_bulk([row["office"] for row in rows if row["office"]], field_name="slug")
    slugs = [row["application"] for row in rows if row["application"]]
    applications = Application.objects.in_bulk(slugs, field_name="slug")
    return [
        Way(
            kind=row["kind"],
            text=row["text"],
            detail=row["detail"],
            url=row["url"],
            phone=row["phone"],
            local_office=row["local_office"],
            office=offices.get(row["office"]),
            application=applications.get(row["application"]),
            service=sheet.service,
            position=position,
        )
        for position, row in enumerate(rows, start=1)
    ]


def _events(sheet: Sheet, rows: list[dict[str, str]]) -> list[LifeEventStep]:
    events = LifeEvent.objects.in_bulk([row["event"] for row in rows], field_name="slug")
    return [
        LifeEventStep(event=events[row["event"]], service=sheet.service, when=row["when"])
        for row in rows
        if row["event"] in events
    ]
