"""What every page knows: whether this site is official, and where the page lies in the other language."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def other_language(path: str, query: str = "") -> str:
    """Address of the same page in the other language: ``/cari/`` is ``/en/cari/`` and back."""
    target = path.removeprefix("/en") if path == "/en" or path.startswith("/en/") else f"/en{path}"
    return f"{target or '/'}?{query}" if query else target or "/"


def page(request: HttpRequest) -> dict[str, Any]:
    """Context processor of ``ui/base.html``."""
    return {
        "SITE_OFFICIAL": getattr(settings, "SITE_OFFICIAL", False),
        "DEMO": settings.DEMO,
        "alternate_url": other_language(request.path, request.META.get("QUERY_STRING", "")),
    }
