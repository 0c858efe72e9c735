"""Every screen from the URL map with what it needs, in words; who may open it follows from the roles."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from jendela.people.access.choices import Audience
from jendela.people.access.roles import ROLES
from jendela.people.access.screens import Screen


@dataclass(frozen=True)
class MappedScreen:
    path: str
    name: str
    mark: Screen

    @property
    def roles(self) -> list[str]:
        """Labels of the roles that open a screen of staff."""
        return [str(role.label) for role in ROLES.values() if opens(self.mark, role.code)]


def opens(mark: Screen, role: str) -> bool:
    """Does this role (or '' for a signed-in person without one) open the screen, as far as its mark says?"""
    if mark.audience is Audience.STAFF:
        return bool(role) and (mark.needs is None or mark.needs in ROLES[role].permissions)
    return True


def screens() -> list[MappedScreen]:
    """All marked screens by their path; names of the API's own pages included."""
    found = [
        MappedScreen(f"/{path}", pattern.name or pattern.callback.__name__, mark)
        for path, pattern in _routes(get_resolver().url_patterns, "")
        if isinstance(mark := getattr(pattern.callback, "screen", None), Screen)
    ]
    return sorted(found, key=lambda one: one.path)


def _routes(patterns: list[Any], prefix: str) -> Iterator[tuple[str, URLPattern]]:
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _routes(pattern.url_patterns, route)
        else:
            yield route, pattern
