"""Services for the public API: one page of the list, and one service whole. The number of queries is constant."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, QuerySet

from jendela.common.paging import Page, keyset
from jendela.services.catalogue.choices import StandardState
from jendela.services.catalogue.models import (
    ComponentType,
    LifeEventStep,
    RelatedService,
    Requirement,
    Service,
    Standard,
    Way,
)

PUBLIC_STATES = (StandardState.INTERIM, StandardState.IN_FORCE)


@dataclass(frozen=True)
class Filters:
    """What a list is narrowed by; empty means all."""

    agency: str = ""
    category: str = ""
    scope: str = ""
    state: str = ""


def _public(standards: QuerySet[Standard]) -> Any:
    return Prefetch("standards", standards.filter(state__in=PUBLIC_STATES), to_attr="public_standards")


def list_services(filters: Filters, *, after: str, size: int) -> Page[Service]:
    """A page of services by slug, each with `public_standards` (none or one)."""
    rows = Service.objects.select_related("owner").prefetch_related(
        _public(Standard.objects.all()), "categories", "sources"
    )
    if filters.agency:
        rows = rows.filter(owner__slug=filters.agency)
    if filters.category:
        rows = rows.filter(categories__slug=filters.category)
    if filters.scope:
        rows = rows.filter(rule_scope=filters.scope)
    if filters.state:
        rows = rows.filter(standards__state=filters.state)
    return keyset(rows, field="slug", after=after, size=size)


def get_service(slug: str) -> Service | None:
    """A service with everything that is published about it."""
    standards = Standard.objects.select_related("processing_time").prefetch_related(
        "components",
        Prefetch("requirements", Requirement.objects.select_related("obtained_by")),
        "steps",
        "fees",
    )
    return (
        Service.objects.select_related("owner")
        .prefetch_related(
            _public(standards),
            "categories",
            "sources",
            Prefetch("ways", Way.objects.select_related("application", "office__agency", "office__area")),
            Prefetch("event_steps", LifeEventStep.objects.select_related("event")),
            Prefetch("relations", RelatedService.objects.select_related("other").order_by("other__slug")),
        )
        .filter(slug=slug)
        .first()
    )


def component_types() -> list[ComponentType]:
    """The components that the law names now."""
    return list(ComponentType.objects.filter(valid_to__isnull=True).order_by("position"))
