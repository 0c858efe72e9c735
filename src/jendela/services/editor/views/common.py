"""What all screens of the editor ask first: whose service is it, and may this person work on it?"""

from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from jendela.people.access.choices import Permission
from jendela.services.catalogue.models import Service
from jendela.services.editor.policy import may
from jendela.services.editor.reads import draft as reads


def service_for(
    request: HttpRequest, slug: str, permission: Permission = Permission.WRITE_STANDARDS
) -> Service:
    """The service, or 404 when there is none or it is another agency's."""
    service = reads.service_of(slug)
    if service is None or not may(request.user, permission, service):
        raise Http404
    return service


def crumbs(service: Service | None = None) -> list[dict[str, Any]]:
    found = [{"label": _("Ruang kelola"), "url": reverse("show_management")}]
    if service is not None:
        found.append({"label": _("Standar pelayanan"), "url": reverse("list_standards")})
        found.append({"label": service.name, "url": reverse("show_draft", args=[service.slug])})
    return found


def public_page(service: Service) -> str:
    return reverse("show_service", args=[service.slug])
