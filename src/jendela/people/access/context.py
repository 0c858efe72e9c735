"""What every page knows of the person who looks: the bar of staff on top."""

from typing import Any

from django.http import HttpRequest

from jendela.people.access.choices import Audience
from jendela.people.access.policy import is_staff


def staff(request: HttpRequest) -> dict[str, Any]:
    """Context processor of ``ui/base.html``: `signed_in` and `is_staff` on pages that are not public. Public pages
    are the same for everybody, so that they stay cacheable."""
    mark = getattr(request, "jendela_screen", None)
    if mark is None or mark.cached:
        return {}
    viewer = request.user
    if not viewer.is_authenticated:
        return {}
    return {
        "signed_in": viewer,
        "staff_bar": mark.audience is Audience.STAFF and is_staff(viewer),
    }
