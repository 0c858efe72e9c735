"""The map of all screens: route, view file and line, page, for whom, test."""

import inspect
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.urls import URLPattern, URLResolver, get_resolver


class Command(BaseCommand):
    help = "Print every screen with its route, view, page, permission and test."

    def handle(self, *args: Any, **options: Any) -> None:
        for route, pattern in self.routes(get_resolver().url_patterns, ""):
            view = inspect.unwrap(pattern.callback)
            mark = getattr(pattern.callback, "screen", None)
            needs = f"{mark.audience.value}{', ' + mark.needs if mark.needs else ''}" if mark else "NO MARK"
            self.stdout.write(f"/{route}")
            self.stdout.write(f"    view  {self.place(view)}  {pattern.name or view.__name__}")
            self.stdout.write(f"    for   {needs}")
            for label, path in self.beside(view, pattern.name or view.__name__):
                self.stdout.write(f"    {label}  {path}")

    def routes(self, patterns: list[Any], prefix: str) -> list[tuple[str, URLPattern]]:
        found: list[tuple[str, URLPattern]] = []
        for pattern in patterns:
            route = prefix + str(pattern.pattern)
            if isinstance(pattern, URLResolver):
                found += self.routes(pattern.url_patterns, route)
            else:
                found.append((route, pattern))
        return found

    def place(self, view: Any) -> str:
        try:
            path = Path(inspect.getsourcefile(view) or "")
            return f"{path.relative_to(settings.PACKAGE)}:{inspect.getsourcelines(view)[1]}"
        except (TypeError, ValueError, OSError):
            return str(view.__module__)

    def beside(self, view: Any, name: str) -> list[tuple[str, str]]:
        folder = Path(inspect.getsourcefile(view) or "").parent
        found = []
        for label, path in (
            ("page", folder / "pages" / f"{name}.html"),
            ("test", folder / "tests" / f"test_{name}.py"),
        ):
            if path.exists():
                found.append((label, str(path.relative_to(settings.PACKAGE))))
        return found
