"""Routes of /api/v1/. Each function is one route: read, turn into the answer. HTTP matters are in http.py."""

from collections.abc import Callable, Sequence
from typing import Annotated, Any, Literal, TypeVar
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Model
from django.http import Http404, HttpRequest
from ninja import Query

from jendela.api import answers, pieces, reads, register, schemas
from jendela.api import register_schemas as shapes
from jendela.api.auth import BearerToken
from jendela.api.description import API
from jendela.common import spool
from jendela.common.paging import Page
from jendela.people.agencies.choices import AgencyKind, Level
from jendela.people.areas.choices import AreaKind
from jendela.registry.applications.choices import ApplicationAudience, ApplicationState
from jendela.registry.datasets import opendata
from jendela.services.catalogue.choices import RuleScope
from jendela.services.catalogue.reads import api as services
from jendela.services.search import reads as search
from jendela.services.search.choices import Kind
from jendela.services.search.privacy import UNKNOWN, anonymised

M = TypeVar("M", bound=Model)
A = TypeVar("A")
SLUG = r"^[A-Za-z0-9_-]{0,140}$"
CODE = r"^[0-9.]{0,13}$"
Limit = Annotated[int, Query(ge=1, le=50, description="How many results.")]
PerPage = Annotated[int, Query(ge=1, le=100, description="How many items on a page.")]
AfterSlug = Annotated[str, Query(pattern=SLUG, description="The last slug seen; use `next` instead.")]
AfterCode = Annotated[str, Query(pattern=CODE, description="The last code seen; use `next` instead.")]
SlugFilter = Annotated[str, Query(pattern=SLUG)]
CodeFilter = Annotated[str, Query(pattern=CODE)]
State = Literal["sementara", "berlaku"]


def _found(row: A | None) -> A:
    if row is None:
        raise Http404
    return row


def _key(text: str) -> str:
    """A slug or code from a path; one that cannot be any is not found."""
    if not text.isascii() or not text.isprintable():
        raise Http404
    return text


def _list(request: HttpRequest, page: Page[M], one: Callable[[M], A]) -> dict[str, Any]:
    following = None
    if page.next_key:
        asked = {name: value for name, value in request.GET.items() if value}
        following = request.build_absolute_uri(
            f"{request.path}?{urlencode({**asked, 'after': page.next_key})}"
        )
    return {"items": [one(row) for row in page.rows], "next": following}


def _count_query(q: str, found: search.Found) -> None:
    """Count what was looked for as the results page does, without personal data."""
    words = anonymised(q)
    if words:
        if not found.results and not found.elsewhere:
            words = UNKNOWN
        first = found.results[0] if found.results else None
        spool.count(
            "query",
            words,
            "1" if found.confident else "0",
            first.kind if first else "",
            first.slug if first else "",
        )


@API.get("/", response=schemas.Start, url_name="api_start", summary="Where everything is")
def api_start(request: HttpRequest) -> schemas.Start:
    return schemas.Start(
        name=settings.SITE_NAME,
        official=settings.SITE_OFFICIAL,
        openapi="/api/v1/openapi.json",
        search="/api/v1/search?q=",
        services="/api/v1/services",
        applications="/api/v1/applications",
        datasets="/api/v1/datasets",
        agencies="/api/v1/agencies",
        areas="/api/v1/areas",
        licence="/data/#lisensi",
    )


@API.get("/search", response=schemas.SearchAnswer, url_name="api_search", summary="Search in everyday words")
def api_search(
    request: HttpRequest,
    q: Annotated[str, Query(description="A sentence or words; only the first 200 characters are read.")] = "",
    limit: Limit = 10,
) -> schemas.SearchAnswer:
    """Services first, then life events, applications, agencies, areas and help pages."""
    if not q.strip():
        return schemas.SearchAnswer(query=q, confident=False, results=[])
    found = search.search(q, limit=limit)
    results = [
        schemas.SearchResult(
            kind=hit.kind,
            slug=hit.slug,
            name=hit.name,
            agency=hit.agency,
            url=hit.url,
            score=hit.score,
            why=hit.why,
            state=hit.state,
            source=hit.source,
        )
        for hit in found.results
        if hit.kind != Kind.ELSEWHERE
    ]
    _count_query(q, found)
    return schemas.SearchAnswer(query=q, confident=found.confident, results=results)


@API.get("/services", response=schemas.ServiceList, url_name="api_list_services", summary="Services")
def api_list_services(
    request: HttpRequest,
    *,
    after: AfterSlug = "",
    per_page: PerPage = 50,
    agency: SlugFilter = "",
    category: SlugFilter = "",
    scope: RuleScope | None = None,
    state: State | None = None,
) -> dict[str, Any]:
    filters = services.Filters(agency, category, scope or "", state or "")
    page = services.list_services(filters, after=after, size=per_page)
    return _list(request, page, answers.service_brief)


@API.get("/services/{slug}", response=schemas.ServiceFull, url_name="api_show_service", summary="One service")
def api_show_service(request: HttpRequest, slug: str) -> schemas.ServiceFull:
    """The 14 components as far as known, what to bring, steps, time, fees, ways, sources."""
    service = _found(services.get_service(_key(slug)))
    return answers.service_full(service, services.component_types())


@API.get(
    "/applications",
    response=shapes.ApplicationList,
    url_name="api_list_applications",
    summary="Applications",
)
def api_list_applications(
    request: HttpRequest,
    *,
    after: AfterSlug = "",
    per_page: PerPage = 50,
    agency: SlugFilter = "",
    audience: ApplicationAudience | None = None,
    state: ApplicationState | None = None,
) -> dict[str, Any]:
    page = reads.list_applications(
        agency=agency, audience=audience or "", state=state or "", after=after, size=per_page
    )
    return _list(request, page, register.application_brief)


@API.get(
    "/applications/{slug}",
    response=shapes.ApplicationFull,
    url_name="api_show_application",
    summary="One application",
)
def api_show_application(request: HttpRequest, slug: str) -> shapes.ApplicationFull:
    return register.application_full(_found(reads.get_application(_key(slug))))


@API.get(
    "/gov/applications",
    response=shapes.GovernmentApplicationList,
    url_name="api_list_government_applications",
    summary="Applications, for programs of the government",
    auth=BearerToken(),
)
def api_list_government_applications(
    request: HttpRequest, *, after: AfterSlug = "", per_page: PerPage = 50, agency: SlugFilter = ""
) -> dict[str, Any]:
    """With hosting, technology, costs, using agencies. A token is made by the information team."""
    page = reads.list_for_government(agency=agency, after=after, size=per_page)
    return _list(request, page, register.government_application)


@API.get("/datasets", response=shapes.DatasetList, url_name="api_list_datasets", summary="Open datasets")
def api_list_datasets(
    request: HttpRequest, *, after: AfterSlug = "", per_page: PerPage = 50, agency: SlugFilter = ""
) -> dict[str, Any]:
    """The same data is given as CKAN (/api/3/action/package_list) and DCAT (/katalog.jsonld)."""
    page = reads.list_datasets(agency=agency, after=after, size=per_page)
    return _list(request, page, register.dataset_brief)


@API.get(
    "/datasets/{slug}", response=shapes.DatasetFull, url_name="api_show_dataset", summary="One open dataset"
)
def api_show_dataset(request: HttpRequest, slug: str) -> shapes.DatasetFull:
    """With the five attributes of the data standard (Perpres 39/2019) as far as known."""
    return register.dataset_full(_found(opendata.dataset(_key(slug))))


@API.get("/agencies", response=schemas.AgencyList, url_name="api_list_agencies", summary="Agencies")
def api_list_agencies(
    request: HttpRequest,
    *,
    after: AfterSlug = "",
    per_page: PerPage = 50,
    level: Level | None = None,
    kind: AgencyKind | None = None,
) -> dict[str, Any]:
    page = reads.list_agencies(level=level or "", kind=kind or "", after=after, size=per_page)
    return _list(request, page, pieces.agency_brief)


@API.get("/agencies/{slug}", response=schemas.AgencyFull, url_name="api_show_agency", summary="One agency")
def api_show_agency(request: HttpRequest, slug: str) -> schemas.AgencyFull:
    return pieces.agency_full(_found(reads.get_agency(_key(slug))))


@API.get("/areas", response=schemas.AreaList, url_name="api_list_areas", summary="Areas")
def api_list_areas(
    request: HttpRequest,
    *,
    after: AfterCode = "",
    per_page: PerPage = 50,
    parent: CodeFilter = "",
    kind: AreaKind | None = None,
) -> dict[str, Any]:
    page = reads.list_areas(parent=parent, kind=kind or "", after=after, size=per_page)
    return _list(request, page, pieces.area_brief)


@API.get("/areas/{code}", response=schemas.AreaFull, url_name="api_show_area", summary="One area")
def api_show_area(request: HttpRequest, code: str) -> schemas.AreaFull:
    """Population figures and signal records stand side by side, each with its source."""
    return pieces.area_full(_found(reads.get_area(_key(code))))


ROUTES: Sequence[Callable[..., Any]] = (
    api_start,
    api_search,
    api_list_services,
    api_show_service,
    api_list_applications,
    api_show_application,
    api_list_government_applications,
    api_list_datasets,
    api_show_dataset,
    api_list_agencies,
    api_show_agency,
    api_list_areas,
    api_show_area,
)
