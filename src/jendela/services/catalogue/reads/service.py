"""Everything the page of one service says, in one statement.

The statement is written by hand: the same rows fetched table by table cost Django seven milliseconds of CPU a page,
most of it spent on composing SQL. Its columns are the models' columns, and its rows become model instances.
"""

import datetime
import json
from dataclasses import replace
from decimal import Decimal
from functools import cache
from typing import Any, TypeVar

from django.db import connection
from django.db.models import DateField, DateTimeField, DecimalField, Model

from jendela.people.agencies.models import Agency, Office
from jendela.registry.applications.models import Application
from jendela.services.catalogue.choices import StandardState
from jendela.services.catalogue.models import (
    EmergencyContact,
    Fee,
    InterimTarget,
    LifeEvent,
    LifeEventStep,
    ProcessingTime,
    RelatedService,
    Requirement,
    Service,
    ServiceSource,
    Standard,
    Step,
    Way,
)
from jendela.services.catalogue.reads.changed import with_changes
from jendela.services.catalogue.reads.sheet import Component, Fields, Sheet
from jendela.services.catalogue.reads.standards import other_parts_on, standards_on, target_on

__all__ = ["COMPLAINTS", "Component", "Sheet", "number_of", "sheet", "slug_of"]
ONE_WINDOW = "mpp-habaring-hurung"  # the counter that helps with every agency
COMPLAINTS = "SP4N-LAPOR!"
M = TypeVar("M", bound=Model)

SHEET = """
SELECT jsonb_build_object(
  'service', to_jsonb(s), 'owner', to_jsonb(o), 'standard', to_jsonb(d),
  'category', (SELECT jsonb_build_object('slug', c.slug, 'name', c.name, 'name_en', c.name_en)
    FROM services_catalogue_category c JOIN services_catalogue_category_service cs ON cs.category_id = c.id
    WHERE cs.service_id = s.id ORDER BY c.position LIMIT 1),
  'owner_office', (SELECT to_jsonb(f) FROM people_agencies_office f
    WHERE f.agency_id = o.id AND f.address <> '' ORDER BY f.name LIMIT 1),
  'one_window', (SELECT to_jsonb(f) FROM people_agencies_office f WHERE f.slug = %(one_window)s),
  'complaints', (SELECT jsonb_build_object('slug', a.slug, 'name', a.name, 'url', a.url, 'state', a.state)
    FROM registry_applications_application a
    WHERE a.record_state = 'terdaftar' AND a.name = %(complaints)s ORDER BY a.id LIMIT 1),
  'time', (SELECT to_jsonb(t) FROM services_catalogue_processing_time t WHERE t.standard_id = d.id),
  'requirements', (SELECT jsonb_agg(jsonb_build_object('row', to_jsonb(r), 'obtained_by', to_jsonb(x))
      ORDER BY r.position)
    FROM services_catalogue_requirement r LEFT JOIN services_catalogue_service x ON x.id = r.obtained_by_id
    WHERE r.standard_id = d.id),
  'steps', (SELECT jsonb_agg(to_jsonb(p) ORDER BY p.position)
    FROM services_catalogue_step p WHERE p.standard_id = d.id),
  'fees', (SELECT jsonb_agg(to_jsonb(p) ORDER BY p.position)
    FROM services_catalogue_fee p WHERE p.standard_id = d.id),
  'components', (SELECT jsonb_agg(jsonb_build_object('code', t.code, 'group', t."group", 'name', t.name,
        'name_en', t.name_en, 'text', coalesce(p.text, ''), 'by_agency', coalesce(p.by_agency, false))
      ORDER BY t.position)
    FROM services_catalogue_component_type t
    LEFT JOIN services_catalogue_standard_component p ON p.type_id = t.code AND p.standard_id = d.id
    WHERE t.valid_to IS NULL),
  'ways', (SELECT jsonb_agg(jsonb_build_object('row', to_jsonb(w), 'office', to_jsonb(f),
        'application', to_jsonb(a)) ORDER BY w.position)
    FROM services_catalogue_way w LEFT JOIN people_agencies_office f ON f.id = w.office_id
    LEFT JOIN registry_applications_application a ON a.id = w.application_id
    WHERE w.service_id = s.id),
  'sources', (SELECT jsonb_agg(to_jsonb(p) ORDER BY p.position)
    FROM services_catalogue_service_source p WHERE p.service_id = s.id),
  'related', (SELECT jsonb_agg(jsonb_build_object('row', to_jsonb(r), 'other', to_jsonb(x),
        'owner', to_jsonb(y)) ORDER BY r.kind, r.id)
    FROM services_catalogue_related_service r JOIN services_catalogue_service x ON x.id = r.other_id
    JOIN people_agencies_agency y ON y.id = x.owner_id WHERE r.service_id = s.id),
  'events', (SELECT jsonb_agg(jsonb_build_object('row', to_jsonb(p), 'event', to_jsonb(e)) ORDER BY e.position)
    FROM services_catalogue_life_event_step p JOIN services_catalogue_life_event e ON e.id = p.event_id
    WHERE p.service_id = s.id),
  'contacts', (SELECT jsonb_agg(to_jsonb(c) ORDER BY c.position)
    FROM services_catalogue_emergency_contact c WHERE c.service_id = s.id OR c.service_id IS NULL),
  'target', (SELECT to_jsonb(t) FROM services_catalogue_interim_target t
    WHERE t.service_id = s.id AND t.withdrawn_at IS NULL),
  'charter', EXISTS (SELECT FROM services_catalogue_service_charter k
    WHERE k.agency_id = o.id AND k.valid_to IS NULL),
  'own_note', EXISTS (SELECT FROM services_catalogue_publication p
    WHERE p.service_id = s.id AND p.applied_at IS NOT NULL AND p.withdrawn_at IS NULL
      AND p.changes -> 'texts' ->> 'note' <> p.before -> 'texts' ->> 'note'),
  'update', CASE WHEN s.taken_over_at IS NULL THEN NULL ELSE (
    SELECT jsonb_build_object('stated_by', p.stated_by, 'at', p.applied_at)
    FROM services_catalogue_publication p
    WHERE p.service_id = s.id AND p.applied_at IS NOT NULL AND p.withdrawn_at IS NULL ORDER BY p.id DESC LIMIT 1) END
)
FROM services_catalogue_service s
JOIN people_agencies_agency o ON o.id = s.owner_id
LEFT JOIN services_catalogue_standard d ON d.service_id = s.id AND {which}
WHERE s.slug = %(slug)s
"""
PUBLIC_SHEET = SHEET.replace("{which}", "d.state = ANY(%(public)s)")
DATED_SHEET = SHEET.replace("{which}", "d.id = %(standard)s")


def sheet(
    slug: str, *, on: datetime.date | None = None, changes: dict[str, Any] | None = None
) -> Sheet | None:
    """The sheet of a service, or None; one statement, however rich the service is.

    `on` gives the version in force on that day, with ways, words, life events and texts as they were at its end.
    `changes` shows these parts in the place of the public ones (a draft). Both cost a few statements more."""
    if on is None:
        found = _sheet(PUBLIC_SHEET, slug)
    else:
        standard = standards_on(on).filter(service__slug=slug).first()
        found = _sheet(DATED_SHEET, slug, standard.pk if standard else None)
        if found is not None:
            found = replace(found, target=target_on(found.service.pk, on), update=None)
            changes = other_parts_on(found.service.pk, on) | (changes or {})
            return with_changes(replace(found, own_note=found.own_note and "texts" not in changes), changes)
    if found is None or not changes:
        return found
    note = changes.get("texts", {}).get("note", found.service.note)
    return with_changes(replace(found, own_note=found.own_note or note != found.service.note), changes)


def _sheet(statement: str, slug: str, standard: int | None = None) -> Sheet | None:
    values: dict[str, Any] = {
        "slug": slug,
        "one_window": ONE_WINDOW,
        "complaints": COMPLAINTS,
        "public": [StandardState.INTERIM.value, StandardState.IN_FORCE.value],
        "standard": standard,
    }
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        found = cursor.fetchone()
    if found is None:
        return None
    data: Fields = json.loads(found[0], parse_float=Decimal)
    service = _made(Service, data["service"], owner=_made(Agency, data["owner"]))
    return Sheet(
        service=service,
        standard=_maybe(Standard, data["standard"]),
        time=_maybe(ProcessingTime, data["time"]),
        requirements=[
            _made(Requirement, one["row"], obtained_by=_maybe(Service, one["obtained_by"]))
            for one in data["requirements"] or ()
        ],
        steps=[_made(Step, row) for row in data["steps"] or ()],
        fees=[_made(Fee, row) for row in data["fees"] or ()],
        components=[Component(**row) for row in data["components"] or ()],
        ways=[
            _made(
                Way,
                one["row"],
                office=_maybe(Office, one["office"]),
                application=_maybe(Application, one["application"]),
            )
            for one in data["ways"] or ()
        ],
        sources=[_made(ServiceSource, row) for row in data["sources"] or ()],
        related=[
            _made(
                RelatedService,
                one["row"],
                other=_made(Service, one["other"], owner=_made(Agency, one["owner"])),
            )
            for one in data["related"] or ()
        ],
        events=[
            _made(LifeEventStep, one["row"], event=_made(LifeEvent, one["event"]))
            for one in data["events"] or ()
        ],
        contacts=[_made(EmergencyContact, row) for row in data["contacts"] or ()],
        category=data["category"],
        owner_office=data["owner_office"],
        one_window=data["one_window"],
        complaints=data["complaints"],
        target=_maybe(InterimTarget, data["target"]),
        charter=data["charter"],
        update=data["update"],
        own_note=data["own_note"],
    )


@cache
def _columns(model: type[Model]) -> tuple[list[str], dict[str, Any]]:
    """Names of a model's fields, and the fields whose values JSON has no type for."""
    fields = list(model._meta.concrete_fields)
    special = {
        one.attname: one for one in fields if isinstance(one, DateField | DateTimeField | DecimalField)
    }
    return [one.attname for one in fields], special


def _made(model: type[M], row: Fields, **others: Model | None) -> M:
    """An instance of the model from a row of JSON, with the rows it refers to."""
    names, special = _columns(model)
    for name, one in special.items():
        row[name] = one.to_python(row[name])
    made = model.from_db("default", names, [row[name] for name in names])
    made._state.fields_cache.update(others)
    return made


def _maybe(model: type[M], row: Fields | None) -> M | None:
    return None if row is None else _made(model, row)


def slug_of(number: int) -> str | None:
    """Slug of the service with this number (short links)."""
    return Service.objects.filter(number=number).values_list("slug", flat=True).first()


def number_of(slug: str) -> int | None:
    """Number of a service, for its QR code."""
    return Service.objects.filter(slug=slug).values_list("number", flat=True).first()
