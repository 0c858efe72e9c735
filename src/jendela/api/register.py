"""Answers about applications, datasets and links."""

from collections.abc import Iterator
from typing import Any

from jendela.api import pieces
from jendela.api import register_schemas as shapes
from jendela.registry.applications.choices import (
    ApplicationAudience,
    ApplicationClass,
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
from jendela.registry.applications.models import Application, Version
from jendela.registry.applications.reads import Said, by_row
from jendela.registry.applications.values import value_of
from jendela.registry.datasets.choices import Frequency, Openness
from jendela.registry.datasets.models import Dataset
from jendela.registry.links.choices import Confirmation, LinkState, Method
from jendela.registry.links.models import Link


def application_brief(row: Application) -> shapes.ApplicationBrief:
    return shapes.ApplicationBrief(**_application_values(row))


def _application_values(row: Application) -> dict[str, Any]:
    return {
        **pieces.application_ref(row).__dict__,
        "purpose": row.purpose,
        "owner": pieces.agency_ref(row.owner),
        "operator_level": pieces.coded(OperatorLevel, row.operator_level),
        "audience": pieces.coded(ApplicationAudience, row.audience),
        "function": row.function,
        "website": pieces.text(row.url),
        "since": pieces.text(row.since),
        "state_as_of": pieces.text(row.state_as_of),
        "evidence": pieces.coded(Evidence, row.evidence),
        "life_cycle": pieces.coded(LifeCycle, row.life_cycle),
        "app_class": pieces.coded(ApplicationClass, row.app_class),
        "attested_at": row.attested_at.isoformat() if row.attested_at else None,
        "source": pieces.source(row.source_url, row.state_as_of),
    }


def application_full(row: Application) -> shapes.ApplicationFull:
    services = {way.service.slug: pieces.service_ref(way.service) for way in row.ways.all()}
    return shapes.ApplicationFull(
        **_application_values(row),
        task=pieces.text(row.task),
        task_en=pieces.text(row.task_en),
        usage_note=pieces.text(row.usage_note),
        note=pieces.text(row.note),
        services=list(services.values()),
        fields=[*field_values(row, Visibility.PUBLIC)],
        datasets=[dataset_ref(one) for one in row.datasets.all() if one.openness == Openness.OPEN],
        links=[link_fact(one) for one in (*row.links_out.all(), *row.links_in.all())],
    )


def government_application(row: Application) -> shapes.GovernmentApplication:
    """What the government may see of an application (Visibility.GOVERNMENT)."""
    said = by_row(row.newest_of_parts)  # type: ignore[attr-defined]  # reads.list_for_government
    return shapes.GovernmentApplication(
        **_application_values(row),
        fields=[*field_values(row, Visibility.PUBLIC, Visibility.GOVERNMENT)],
        completeness=row.completeness,
        costs=[
            shapes.Cost(
                year=one.year,
                kind=pieces.coded(CostKind, one.kind),
                amount=str(one.amount),
                grade=pieces.coded(Grade, one.grade),
                said=last_said(said, "costs", one.pk),
            )
            for one in row.costs.all()
        ],
        uses=[
            shapes.Use(
                agency=pieces.agency_ref(one.agency),
                state=pieces.coded(UseState, one.state),
                said=last_said(said, "uses", one.pk),
            )
            for one in row.uses.all()
        ],
        versions=[version(one, last_said(said, "versions", one.pk)) for one in row.versions.all()],
        people=[
            shapes.RoleHolder(
                role=pieces.coded(PersonRole, one.role),
                position=pieces.text(one.position),
                said=last_said(said, "people", one.pk),
            )
            for one in row.people.all()
            if one.until is None
        ],
    )


def last_said(said: Said, part: str, key: int) -> shapes.Said | None:
    found = said.get((part, key))
    if found is None:
        return None
    return shapes.Said(
        stated_by=found.stated_by,
        stated_at=found.at.isoformat(),
        source=pieces.text(found.source),
        source_url=pieces.text(found.source_url),
        grade=pieces.coded(Grade, found.grade),
    )


def version(row: Version, said: shapes.Said | None) -> shapes.Version:
    words = (
        "inputs", "outputs", "vendor", "contract_number", "fund", "processor", "memory", "storage", "operating_system",
        "web_server", "server",
    )  # fmt: skip
    texts: dict[str, Any] = {name: pieces.text(getattr(row, name)) for name in words}
    days = {name: getattr(row, name) for name in ("contract_from", "contract_until")}
    return shapes.Version(
        number=row.number,
        current=row.current,
        year=row.year,
        **texts,
        **{name: day.isoformat() if day else None for name, day in days.items()},
        said=said,
    )


def field_values(row: Application, *levels: str) -> Iterator[shapes.FieldValue]:
    """What is known of the fields that these levels may see, with its source."""
    sources = {one.field: one for one in row.sources.all()}
    for field in FIELDS:
        value = value_of(row, field.name)
        if field.visibility not in levels or not field.is_known(value):
            continue
        said = sources.get(field.name)
        yield shapes.FieldValue(
            field=field.name,
            label=str(field.label),
            value=value,
            value_words=words_of(field, value),
            stated_by=said.stated_by if said else None,
            stated_at=said.stated_at.isoformat() if said else None,
            source=pieces.source(said.source_url, said.source_date) if said else None,
            grade=pieces.coded(Grade, said.grade) if said else None,
        )


def words_of(field: Field, value: Any) -> str:
    """A value in words: labels of choices, else as it stands."""
    if field.choices is None:
        return str(value)
    values = value if isinstance(value, list) else [value]
    return ", ".join(str(field.choices(one).label) for one in values if one in field.choices.values)


def dataset_ref(row: Dataset) -> shapes.DatasetRef:
    return shapes.DatasetRef(slug=row.slug, name=row.name, url=f"/data/daftar/{row.slug}/")


def link_fact(row: Link) -> shapes.LinkFact:
    return shapes.LinkFact(
        source=row.source.slug,
        target=row.target.slug,
        data=row.data,
        method=pieces.coded(Method, row.method),
        state=pieces.coded(LinkState, row.state),
        confirmed=row.confirmation == Confirmation.CONFIRMED,
    )


def dataset_brief(row: Dataset) -> shapes.DatasetBrief:
    return shapes.DatasetBrief(**_dataset_values(row))


def _dataset_values(row: Dataset) -> dict[str, Any]:
    return {
        **dataset_ref(row).__dict__,
        "producer": pieces.agency_ref(row.producer),
        "description": pieces.text(row.description),
        "openness": pieces.coded(Openness, row.openness),
        "update_promise": pieces.coded(Frequency, row.update_promise),
        "last_update": row.last_update.isoformat() if row.last_update else None,
        "resources": [
            shapes.DatasetResource(
                name=one.name,
                format=one.format.upper(),
                url=one.url,
                licence=pieces.text(one.licence),
                last_update=one.last_update.isoformat() if one.last_update else None,
            )
            for one in row.resources.all()
        ],
    }


def dataset_full(row: Dataset) -> shapes.DatasetFull:
    names = (
        "concept",
        "definition",
        "classification",
        "measure",
        "unit",
        "reference_codes",
        "topic",
        "inputs",
        "outputs",
    )
    own: dict[str, Any] = {name: pieces.text(getattr(row, name)) for name in names}
    return shapes.DatasetFull(
        **_dataset_values(row),
        **own,
        application=pieces.application_ref(row.public_application) if row.public_application else None,
        steward=pieces.agency_ref(row.steward) if row.steward else None,
        source=pieces.source(row.source_url, ""),
    )
