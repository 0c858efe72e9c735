"""Versions of a standard in the open: the history, the sheet to print, the charter, the national record, and the
preview of a draft."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from jendela.people.access.choices import Audience, Module, Permission
from jendela.people.access.policy import agencies_for, has_permission
from jendela.people.access.screens import screen
from jendela.people.agencies import reads as agencies
from jendela.portal.public import reads, service_page, sippn, versions_page
from jendela.portal.public.words import link
from jendela.services.catalogue.choices import StandardState
from jendela.services.catalogue.reads import service as catalogue
from jendela.services.catalogue.reads import versions
from jendela.services.catalogue.reads.standards import charter_of
from jendela.services.editor.reads.draft import draft_changes

LARGEST_VERSION = 32_767
INTERIM_TOO = (StandardState.IN_FORCE, StandardState.INTERIM)


@screen(audience=Audience.PUBLIC)
@require_safe
def list_versions(request: HttpRequest, slug: str) -> HttpResponse:
    service = versions.find_service(slug)
    if service is None:
        raise Http404
    context = versions_page.history_context(service, _version(request, "sebelum"))
    return render(request, "portal/public/pages/list_versions.html", context)


def _version(request: HttpRequest, name: str) -> int | None:
    """A number of a version in the address, None without one; anything else is no page."""
    raw = request.GET.get(name, "")
    if raw and not (raw.isascii() and raw.isdecimal() and len(raw) <= 5 and 0 < int(raw) <= LARGEST_VERSION):
        raise Http404
    return int(raw) if raw else None


@screen(audience=Audience.PUBLIC)
@require_safe
def show_standard(request: HttpRequest, slug: str) -> HttpResponse:
    version = _version(request, "versi")
    document = versions.document(slug, version)
    if document is None:
        raise Http404
    context = versions_page.sheet_context(document, charter_of(document.service.owner))
    return render(
        request, "portal/public/pages/show_standard.html", context | {"is_old": version is not None}
    )


@screen(audience=Audience.PUBLIC)
@require_safe
def show_charter(request: HttpRequest, slug: str) -> HttpResponse:
    agency = agencies.find(slug)
    if agency is None:
        raise Http404
    return render(request, "portal/public/pages/show_charter.html", versions_page.charter_context(agency))


@screen(audience=Audience.STAFF, needs=Permission.WRITE_STANDARDS, module=Module.STANDARDS)
@never_cache
@require_safe
def preview_standard(request: HttpRequest, slug: str) -> HttpResponse:
    service = versions.find_service(slug)
    if service is None or not has_permission(request.user, Permission.WRITE_STANDARDS, service.owner_id):
        raise Http404
    changes = draft_changes(service)
    sheet = catalogue.sheet(slug, changes=changes)
    if sheet is None:
        raise Http404
    area, districts = reads.area_and_districts(request.GET.get("wilayah", ""))
    context = service_page.context(sheet, area) | {
        "area": area,
        "districts": districts,
        "canonical": f"{settings.PUBLIC_URL}/layanan/{slug}/",
        "changed": service_page.part_names(changes),
        "here_url": request.path,  # choosing an area stays in the preview
        "draft_url": link(f"/kelola/standar/{slug}/"),
    }
    return render(request, "portal/public/pages/preview_standard.html", context)


@screen(audience=Audience.PUBLIC)
@require_safe
def export_sippn_json(request: HttpRequest) -> HttpResponse:
    return JsonResponse(sippn.as_json(versions.records()), json_dumps_params={"ensure_ascii": False})


@screen(audience=Audience.PUBLIC)
@require_safe
def export_sippn_csv(request: HttpRequest) -> HttpResponse:
    return _csv(sippn.as_csv(versions.records()))


@screen(audience=Audience.PUBLIC)
@require_safe
def export_sippn_xlsx(request: HttpRequest) -> HttpResponse:
    return _xlsx(sippn.as_xlsx(versions.records()))


@screen(audience=Audience.STAFF, needs=Permission.EXPORT_DATA, module=Module.STANDARDS)
@never_cache
@require_safe
def export_sippn_staff(request: HttpRequest, form: str) -> HttpResponse:
    """The same with interim information, marked as such, of the viewer's agencies."""
    records = versions.records(INTERIM_TOO, agencies_for(request.user, Permission.EXPORT_DATA))
    if form == "json":
        return JsonResponse(sippn.as_json(records), json_dumps_params={"ensure_ascii": False})
    if form == "csv":
        return _csv(sippn.as_csv(records))
    if form == "xlsx":
        return _xlsx(sippn.as_xlsx(records))
    raise Http404


def _csv(text: str) -> HttpResponse:
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="standar-sippn.csv"'
    return response


def _xlsx(content: bytes) -> HttpResponse:
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = 'attachment; filename="standar-sippn.xlsx"'
    return response
