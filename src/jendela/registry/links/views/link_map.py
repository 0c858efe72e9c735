"""The map: what feeds what, by agency or by function, whole or around one application or agency."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from jendela.people.access.paths import address
from jendela.people.agencies.models import Agency
from jendela.registry.applications.models import Application
from jendela.registry.links import reads
from jendela.registry.links.choices import Method
from jendela.registry.links.drawing import draw
from jendela.registry.links.reads.graph import AGENCY, FUNCTION, Scope
from jendela.registry.links.views.common import LIST, link_crumbs, reads_registry

MAP = f"{LIST}peta/"


@reads_registry
@never_cache
@require_safe
def show_link_map(request: HttpRequest) -> HttpResponse:
    asked = request.GET
    grouping = FUNCTION if asked.get("menurut") == FUNCTION else AGENCY
    depth = 2 if asked.get("jarak") == "2" else 1
    application, agency = _focus(asked.get("aplikasi", ""), asked.get("instansi", ""))
    scope = reads.scope_of(
        grouping=grouping,
        focus=application.pk if application else None,
        depth=depth,
        owner=agency.pk if agency and not application else None,
    )
    here = {
        "aplikasi": application.slug if application else "",
        "instansi": agency.slug if agency and not application else "",
        "jarak": "2" if application and depth == 2 else "",
    }
    context = {
        "scope": scope,
        "bounded": _bounded(scope),
        "drawing": draw(scope.ends, scope.edges, focus=str(application.pk) if application else ""),
        "rows": _rows(scope),
        "methods": _legend(scope),
        "unsure": any(not one.sure for one in scope.edges),
        "application": application,
        "agency": agency,
        "by_agency_url": address(MAP, **here),
        "by_function_url": address(MAP, **here, menurut=FUNCTION),
        "grouping": grouping,
        "near_url": address(MAP, **here | {"jarak": ""}, menurut=_other(grouping)),
        "far_url": address(MAP, **here | {"jarak": "2"}, menurut=_other(grouping)),
        "depth": depth,
        "whole_url": address(MAP, menurut=_other(grouping)),
        "suffix": f"&menurut={FUNCTION}" if grouping == FUNCTION else "",
        "isolated": reads.isolated_numbers(),
        "agencies": reads.agencies(),
        "crumbs": link_crumbs(),
    }
    return render(request, "registry/links/pages/show_link_map.html", context)


def _bounded(scope: Scope) -> str:
    """What a map of groups leaves out, in words."""
    return _(
        "Terlalu banyak untuk digambar satu per satu. Digambar %(drawn)s dari %(all)s integrasi, dikelompokkan; "
        "%(left)s lagi ada di dalam satu kelompok atau antara kelompok yang lebih kecil."
    ) % {
        "drawn": number_format(scope.drawn),
        "all": number_format(scope.links),
        "left": number_format(scope.left_out),
    }


def _other(grouping: str) -> str:
    return FUNCTION if grouping == FUNCTION else ""


def _focus(slug: str, owner: str) -> tuple[Application | None, Agency | None]:
    """Raises Http404 for an application or agency that is not there."""
    if slug:
        found = reads.application(slug[:120].replace("\x00", ""))
        if found is None:
            raise Http404
        return found, found.owner
    if owner:
        agency = Agency.objects.filter(slug=owner[:80].replace("\x00", "")).first()
        if agency is None:
            raise Http404
        return None, agency
    return None, None


def _rows(scope: Scope) -> list[dict[str, object]]:
    """The same as a table."""
    names = {one.key: one for one in scope.ends}
    labels = dict(Method.choices)
    edges = [one for one in scope.edges if one.source in names and one.target in names]
    if not scope.grouped:
        edges.sort(key=lambda one: (names[one.source].name, names[one.target].name, one.method))
    return [
        {
            "source": names[one.source],
            "target": names[one.target],
            "method": labels.get(one.method, ""),
            "words": one.words,
            "count": one.count,
            "sure": one.sure,
        }
        for one in edges
    ]


def _legend(scope: Scope) -> list[dict[str, str]]:
    """The methods that are drawn, in the order of their table."""
    used = {one.method for one in scope.edges}
    found = [{"method": value, "label": str(label)} for value, label in Method.choices if value in used]
    if scope.grouped:
        found.append({"method": "", "label": _("tebal garis menurut jumlah integrasi")})
    return found
