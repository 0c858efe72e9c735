"""Rows turned into the answers of schemas.py: services."""

from datetime import date
from decimal import Decimal
from typing import Any

from jendela.api import schemas
from jendela.api.pieces import agency_ref, application_ref, coded, office, service_ref, text
from jendela.services.catalogue import models
from jendela.services.catalogue.choices import (
    ComponentGroup,
    Copy,
    FeeKind,
    LocalOffice,
    RelationKind,
    RequirementKind,
    RuleScope,
    StandardState,
    TimeUnit,
    WayKind,
)


def _public_standard(service: models.Service) -> models.Standard | None:
    rows: list[models.Standard] = service.public_standards  # type: ignore[attr-defined]
    return rows[0] if rows else None


def service_brief(service: models.Service) -> schemas.ServiceBrief:
    return schemas.ServiceBrief(**_brief_values(service))


def _brief_values(service: models.Service) -> dict[str, Any]:
    standard = _public_standard(service)
    return {
        **service_ref(service).__dict__,
        "number": service.number,
        "agency": agency_ref(service.owner),
        "state": coded(StandardState, standard.state) if standard else None,
        "rule_scope": coded(RuleScope, service.rule_scope),
        "categories": [
            schemas.Category(slug=row.slug, name=row.name, name_en=row.name_en)
            for row in service.categories.all()
        ],
        "audience": text(service.audience),
        "product": text(service.product),
        "is_emergency": service.is_emergency,
        "last_checked": text(service.last_checked),
        "sources": [schemas.Source(url=row.url, date=text(row.date)) for row in service.sources.all()],
    }


def service_full(service: models.Service, types: list[models.ComponentType]) -> schemas.ServiceFull:
    standard = _public_standard(service)
    return schemas.ServiceFull(
        **_brief_values(service),
        note=text(service.note),
        standard=_standard(standard, service.slug) if standard else None,
        components=_components(standard, types),
        requirements=[_requirement(row) for row in standard.requirements.all()] if standard else [],
        steps=[row.text for row in standard.steps.all()] if standard else [],
        time=_time(standard),
        fees=[_fee(row) for row in standard.fees.all()] if standard else [],
        ways=[_way(row) for row in service.ways.all()],
        life_events=[
            schemas.LifeEvent(
                slug=row.event.slug,
                name=row.event.name,
                name_en=row.event.name_en,
                url=f"/peristiwa/{row.event.slug}/",
                when=text(row.when),
                when_en=text(row.when_en),
            )
            for row in service.event_steps.all()
        ],
        related=[
            schemas.Related(relation=coded(RelationKind, row.kind), service=service_ref(row.other))
            for row in service.relations.all()
        ],
    )


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None


def _number(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"


def _standard(row: models.Standard, slug: str) -> schemas.Standard:
    return schemas.Standard(
        version=row.version,
        state=coded(StandardState, row.state),
        decree_number=text(row.decree_number),
        decree_date=_day(row.decree_date),
        signed_by=text(row.signed_by),
        complaint_officer=text(row.complaint_officer),
        complaint_channel=text(row.complaint_channel),
        valid_from=_day(row.valid_from),
        valid_to=_day(row.valid_to),
        consulted_on=_day(row.consulted_on),
        review_due=_day(row.review_due),
        stated_by=text(row.stated_by),
        published_at=row.published_at.isoformat() if row.published_at else None,
        sheet_url=f"/layanan/{slug}/standar/",
        versions_url=f"/layanan/{slug}/versi/",
    )


def _components(
    standard: models.Standard | None, types: list[models.ComponentType]
) -> list[schemas.Component]:
    known = {row.type_id: row.text for row in standard.components.all()} if standard else {}
    return [
        schemas.Component(
            code=row.code,
            group=coded(ComponentGroup, row.group),
            name=row.name,
            name_en=text(row.name_en),
            question=text(row.question),
            question_en=text(row.question_en),
            citation=row.citation,
            known=bool(known.get(row.code)),
            text=text(known.get(row.code, "")),
        )
        for row in types
    ]


def _requirement(row: models.Requirement) -> schemas.Requirement:
    return schemas.Requirement(
        text=row.text,
        kind=coded(RequirementKind, row.kind),
        original_or_copy=coded(Copy, row.copy),
        copies=row.copies,
        only_if=text(row.only_if),
        obtained_by=service_ref(row.obtained_by) if row.obtained_by else None,
        usually_owned=row.usually_owned,
    )


def _time(standard: models.Standard | None) -> schemas.ProcessingTime | None:
    row: models.ProcessingTime | None = getattr(standard, "processing_time", None)
    if row is None:
        return None
    return schemas.ProcessingTime(
        shortest=row.shortest,
        longest=row.longest,
        unit=coded(TimeUnit, row.unit),
        counts_from=text(row.counts_from),
        only_if=text(row.only_if),
        covers=text(row.covers),
        elsewhere=text(row.elsewhere),
    )


def _fee(row: models.Fee) -> schemas.Fee:
    return schemas.Fee(
        kind=coded(FeeKind, row.kind),
        label=text(row.label),
        amount=_number(row.amount),
        currency="IDR",
        percent=_number(row.percent),
        about=row.about,
        note=text(row.note),
    )


def _way(row: models.Way) -> schemas.Way:
    return schemas.Way(
        kind=coded(WayKind, row.kind),
        text=row.text,
        detail=text(row.detail),
        office=office(row.office) if row.office else None,
        application=application_ref(row.application) if row.application else None,
        website=text(row.url),
        phone=text(row.phone),
        local_office=coded(LocalOffice, row.local_office) if row.local_office else None,
    )
