"""Small parts of answers: code values, references, offices; and the answers of applications, agencies and areas."""

from functools import lru_cache
from typing import Any

from django.db.models import TextChoices
from django.utils import translation

from jendela.api import schemas
from jendela.people.agencies.choices import AgencyKind, Level
from jendela.people.agencies.models import Agency, Office, Succession
from jendela.people.areas.choices import AreaKind, SignalState
from jendela.people.areas.models import Area, PopulationFigure, SignalRecord
from jendela.registry.applications.choices import (
    ApplicationState,
)
from jendela.registry.applications.models import Application
from jendela.services.catalogue.models import Service


def text(value: str) -> str | None:
    """What is not known is null, never an empty string."""
    return value or None


@lru_cache(maxsize=256)
def coded(choices: type[TextChoices], code: str) -> schemas.Coded:
    """A value of a code list with its name in both languages."""
    label = choices(code).label if code in choices.values else code
    with translation.override("id"):
        name = str(label)
    with translation.override("en"):
        return schemas.Coded(code=code, name=name, name_en=str(label))


def source(url: str, date: str) -> schemas.Source | None:
    return schemas.Source(url=url, date=text(date)) if url else None


def agency_ref(row: Agency) -> schemas.AgencyRef:
    return schemas.AgencyRef(
        slug=row.slug,
        short_name=row.short_name,
        name=row.name,
        name_en=text(row.name_en),
        url=f"/instansi/{row.slug}/",
    )


def area_ref(row: Area) -> schemas.AreaRef:
    return schemas.AreaRef(
        code=row.code, name=row.name, kind=coded(AreaKind, row.kind), url=f"/desa/{row.code}/"
    )


def service_ref(row: Service) -> schemas.ServiceRef:
    return schemas.ServiceRef(
        slug=row.slug, name=row.name, name_en=text(row.name_en), url=f"/layanan/{row.slug}/"
    )


def application_ref(row: Application) -> schemas.ApplicationRef:
    return schemas.ApplicationRef(
        slug=row.slug,
        name=row.name,
        name_en=text(row.name_en),
        url=f"/aplikasi/{row.slug}/",
        state=coded(ApplicationState, row.state),
        works=row.works,
    )


def office(row: Office) -> schemas.Office:
    return schemas.Office(
        slug=row.slug,
        name=row.name,
        agency=agency_ref(row.agency),
        area=area_ref(row.area) if row.area else None,
        address=text(row.address),
        hours=text(row.hours),
        hours_source=source(row.hours_source, row.hours_date),
        phone=text(row.phone),
        source=source(row.source_url, row.source_date),
        note=text(row.note),
    )


def agency_brief(row: Agency) -> schemas.AgencyBrief:
    return schemas.AgencyBrief(**_agency_values(row))


def _agency_values(row: Agency) -> dict[str, Any]:
    return {
        **agency_ref(row).__dict__,
        "level": coded(Level, row.level),
        "kind": coded(AgencyKind, row.kind),
        "parent": agency_ref(row.parent) if row.parent else None,
        "valid_from": text(row.valid_from),
        "valid_to": text(row.valid_to),
        "source": source(row.source_url, row.source_date),
    }


def agency_full(row: Agency) -> schemas.AgencyFull:
    return schemas.AgencyFull(
        **_agency_values(row),
        area=area_ref(row.area) if row.area else None,
        phone=text(row.phone),
        website=text(row.website),
        needs_check=row.needs_check,
        note=text(row.note),
        predecessors=[_succession(each, each.predecessor) for each in row.follows.all()],
        successors=[_succession(each, each.successor) for each in row.followed_by.all()],
        offices=[office(each) for each in row.offices.all()],
        services=[service_ref(each) for each in row.services.all()],
        applications=[application_ref(each) for each in row.applications.all()],
    )


def _succession(row: Succession, other: Agency) -> schemas.Succession:
    return schemas.Succession(
        agency=agency_ref(other),
        since=row.since,
        source=schemas.Source(url=row.source_url, date=None),
        note=text(row.note),
    )


def area_brief(row: Area) -> schemas.AreaBrief:
    return schemas.AreaBrief(**_area_values(row))


def _area_values(row: Area) -> dict[str, Any]:
    return {
        **area_ref(row).__dict__,
        "parent": area_ref(row.parent) if row.parent else None,
        "source": text(row.source),
    }


def area_full(row: Area) -> schemas.AreaFull:
    return schemas.AreaFull(
        **_area_values(row),
        population=[_figure(each) for each in row.population_figures.all()],
        signal=[_signal(each) for each in row.signal_records.all()],
    )


def _figure(row: PopulationFigure) -> schemas.PopulationFigure:
    return schemas.PopulationFigure(
        year=row.year,
        period=text(row.period),
        series=row.series,
        people=row.people,
        men=row.men,
        women=row.women,
        density_per_km2=None if row.density is None else f"{row.density:f}",
        source=schemas.Source(url=row.source_url, date=text(row.source_date)),
        note=text(row.note),
    )


def _signal(row: SignalRecord) -> schemas.SignalRecord:
    return schemas.SignalRecord(
        state=coded(SignalState, row.state),
        as_of=row.as_of,
        name_in_source=row.name_in_source,
        name_match=row.name_match,
        source=schemas.Source(url=row.source_url, date=text(row.source_date)),
        note=text(row.note),
    )
