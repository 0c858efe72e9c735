"""Small parts of answers: code values, references, offices; and the answers of applications, agencies and areas."""

from collections.abc import Iterator
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
    ApplicationAudience,
    ApplicationClass,
    ApplicationState,
    CostKind,
    Evidence,
    Grade,
    LifeCycle,
    OperatorLevel,
    PersonRole,
    UseState,
    Visibility,
)
from jendela.registry.applications.fields import FIELDS, Field
from jendela.registry.applications.models import Application
from jendela.registry.applications.values import value_of
from jendela.registry.datasets.choices import Frequency, Openness
from jendela.registry.datasets.models import Dataset
from jendela.registry.links.choices import Confirmation, LinkState, Method
from jendela.registry.links.models import Link
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


def application_brief(row: Application) -> schemas.ApplicationBrief:
    return schemas.ApplicationBrief(**_application_values(row))


def _application_values(row: Application) -> dict[str, Any]:
    return {
        **application_ref(row).__dict__,
        "purpose": row.purpose,
        "owner": agency_ref(row.owner),
        "operator_level": coded(OperatorLevel, row.operator_level),
        "audience": coded(ApplicationAudience, row.audience),
        "function": row.function,
        "website": text(row.url),
        "since": text(row.since),
        "state_as_of": text(row.state_as_of),
        "evidence": coded(Evidence, row.evidence),
        "life_cycle": coded(LifeCycle, row.life_cycle),
        "app_class": coded(ApplicationClass, row.app_class),
        "attested_at": row.attested_at.isoformat() if row.attested_at else None,
        "source": source(row.source_url, row.state_as_of),
    }


def application_full(row: Application) -> schemas.ApplicationFull:
    services = {way.service.slug: service_ref(way.service) for way in row.ways.all()}
    return schemas.ApplicationFull(
        **_application_values(row),
        task=text(row.task),
        task_en=text(row.task_en),
        usage_note=text(row.usage_note),
        note=text(row.note),
        services=list(services.values()),
        fields=[*field_values(row, Visibility.PUBLIC)],
        datasets=[dataset_ref(one) for one in row.datasets.all() if one.openness == Openness.OPEN],
        links=[link_fact(one) for one in (*row.links_out.all(), *row.links_in.all())],
    )


def government_application(row: Application) -> schemas.GovernmentApplication:
    """What the government may see of an application (Visibility.GOVERNMENT)."""
    return schemas.GovernmentApplication(
        **_application_values(row),
        fields=[*field_values(row, Visibility.PUBLIC, Visibility.GOVERNMENT)],
        completeness=row.completeness,
        costs=[
            schemas.Cost(
                year=one.year,
                kind=coded(CostKind, one.kind),
                amount=str(one.amount),
                grade=coded(Grade, one.grade),
            )
            for one in row.costs.all()
        ],
        uses=[
            schemas.Use(agency=agency_ref(one.agency), state=coded(UseState, one.state))
            for one in row.uses.all()
        ],
        people=[
            schemas.RoleHolder(role=coded(PersonRole, one.role), position=text(one.position))
            for one in row.people.all()
            if one.until is None
        ],
    )


def field_values(row: Application, *levels: str) -> Iterator[schemas.FieldValue]:
    """What is known of the fields that these levels may see, with its source."""
    sources = {one.field: one for one in row.sources.all()}
    for field in FIELDS:
        value = value_of(row, field.name)
        if field.visibility not in levels or not field.is_known(value):
            continue
        said = sources.get(field.name)
        yield schemas.FieldValue(
            field=field.name,
            label=str(field.label),
            value=value,
            value_words=words_of(field, value),
            stated_by=said.stated_by if said else None,
            stated_at=said.stated_at.isoformat() if said else None,
            source=source(said.source_url, said.source_date) if said else None,
            grade=coded(Grade, said.grade) if said else None,
        )


def words_of(field: Field, value: Any) -> str:
    """A value in words: labels of choices, else as it stands."""
    if field.choices is None:
        return str(value)
    values = value if isinstance(value, list) else [value]
    return ", ".join(str(field.choices(one).label) for one in values if one in field.choices.values)


def dataset_ref(row: Dataset) -> schemas.DatasetRef:
    return schemas.DatasetRef(slug=row.slug, name=row.name, url=f"/data/daftar/{row.slug}/")


def link_fact(row: Link) -> schemas.LinkFact:
    return schemas.LinkFact(
        source=row.source.slug,
        target=row.target.slug,
        data=row.data,
        method=coded(Method, row.method),
        state=coded(LinkState, row.state),
        confirmed=row.confirmation == Confirmation.CONFIRMED,
    )


def dataset_brief(row: Dataset) -> schemas.DatasetBrief:
    return schemas.DatasetBrief(**_dataset_values(row))


def _dataset_values(row: Dataset) -> dict[str, Any]:
    return {
        **dataset_ref(row).__dict__,
        "producer": agency_ref(row.producer),
        "description": text(row.description),
        "openness": coded(Openness, row.openness),
        "update_promise": coded(Frequency, row.update_promise),
        "last_update": row.last_update.isoformat() if row.last_update else None,
        "resources": [
            schemas.DatasetResource(
                name=one.name,
                format=one.format.upper(),
                url=one.url,
                licence=text(one.licence),
                last_update=one.last_update.isoformat() if one.last_update else None,
            )
            for one in row.resources.all()
        ],
    }


def dataset_full(row: Dataset) -> schemas.DatasetFull:
    names = ("concept", "definition", "classification", "measure", "unit", "reference_codes", "topic")
    own: dict[str, Any] = {name: text(getattr(row, name)) for name in names}
    return schemas.DatasetFull(
        **_dataset_values(row),
        **own,
        application=application_ref(row.application) if row.application else None,
        steward=agency_ref(row.steward) if row.steward else None,
        source=source(row.source_url, ""),
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
