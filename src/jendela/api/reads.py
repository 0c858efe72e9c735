"""Queries of the API for applications, agencies and areas. The number of queries is constant."""

from django.db.models import Prefetch

from jendela.common.paging import Page, keyset
from jendela.people.agencies.models import Agency, Office
from jendela.people.areas.models import Area
from jendela.registry.applications.choices import RecordState
from jendela.registry.applications.models import Application
from jendela.registry.applications.reads import newest_of_parts
from jendela.registry.datasets import opendata
from jendela.registry.datasets.models import Dataset
from jendela.registry.links.reads import public_links
from jendela.services.catalogue.models import Service, Way


def list_applications(*, agency: str, audience: str, state: str, after: str, size: int) -> Page[Application]:
    rows = Application.objects.select_related("owner").filter(record_state=RecordState.REGISTERED)
    wanted = {"owner__slug": agency, "audience": audience, "state": state}
    rows = rows.filter(**{name: value for name, value in wanted.items() if value})
    return keyset(rows, field="slug", after=after, size=size)


def get_application(slug: str) -> Application | None:
    ways = Way.objects.select_related("service").order_by("service__slug", "position")
    links = public_links().select_related("source", "target").order_by("pk")
    rows = Application.objects.select_related("owner").prefetch_related(
        Prefetch("ways", ways),
        Prefetch("links_out", links),
        Prefetch("links_in", links),
        "sources",
        "datasets",
    )
    return rows.filter(slug=slug, record_state=RecordState.REGISTERED).first()


def list_for_government(*, agency: str, after: str, size: int) -> Page[Application]:
    """Registered applications with all that the government may see: seven queries."""
    rows = Application.objects.select_related("owner").filter(record_state=RecordState.REGISTERED)
    rows = rows.prefetch_related("sources", "costs", "people", "uses__agency", "versions")
    rows = rows.prefetch_related(Prefetch("changes", newest_of_parts(), to_attr="newest_of_parts"))
    return keyset(rows.filter(owner__slug=agency) if agency else rows, field="slug", after=after, size=size)


def list_datasets(*, agency: str, after: str, size: int) -> Page[Dataset]:
    rows = opendata.whole(opendata.open_datasets())
    return keyset(
        rows.filter(producer__slug=agency) if agency else rows, field="slug", after=after, size=size
    )


def list_agencies(*, level: str, kind: str, after: str, size: int) -> Page[Agency]:
    rows = Agency.objects.select_related("parent")
    wanted = {"level": level, "kind": kind}
    rows = rows.filter(**{name: value for name, value in wanted.items() if value})
    return keyset(rows, field="slug", after=after, size=size)


def get_agency(slug: str) -> Agency | None:
    return (
        Agency.objects.select_related("parent", "area")
        .prefetch_related(
            "follows__predecessor",
            "followed_by__successor",
            Prefetch("offices", Office.objects.select_related("agency", "area").order_by("slug")),
            Prefetch("services", Service.objects.order_by("slug")),
            Prefetch(
                "applications",
                Application.objects.filter(record_state=RecordState.REGISTERED).order_by("slug"),
            ),
        )
        .filter(slug=slug)
        .first()
    )


def list_areas(*, parent: str, kind: str, after: str, size: int) -> Page[Area]:
    rows = Area.objects.select_related("parent")
    wanted = {"parent_id": parent, "kind": kind}
    rows = rows.filter(**{name: value for name, value in wanted.items() if value})
    return keyset(rows, field="code", after=after, size=size)


def get_area(code: str) -> Area | None:
    rows = Area.objects.select_related("parent").prefetch_related("population_figures", "signal_records")
    return rows.filter(code=code).first()
