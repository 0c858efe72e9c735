"""The map of all screens: route, view file and line, for whom, page, test."""

import inspect
import re
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.urls import URLPattern, URLResolver, get_resolver

PAGE = re.compile(r"[\"']([\w/]+/pages/\w+\.html)[\"']")
MOST_TESTS = 2


class Command(BaseCommand):
    help = "Print every screen with its route, view, page, permission and test."

    def handle(self, *args: Any, **options: Any) -> None:
        tests = all_tests()
        for route, pattern in self.routes(get_resolver().url_patterns, ""):
            view = inspect.unwrap(pattern.callback)
            name = pattern.name or view.__name__
            mark = getattr(pattern.callback, "screen", None)
            self.stdout.write(f"/{route}")
            self.stdout.write(f"    view  {self.place(view)}  {name}")
            self.stdout.write(f"    for   {for_whom(mark)}")
            for path in pages_of(view, name):
                self.stdout.write(f"    page  {path}")
            for test in tests_of(view, name, f"/{route}", tests):
                self.stdout.write(f"    test  {test}")

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


def for_whom(mark: Any) -> str:
    """The mark of a screen in a line: audience, permission, module."""
    if mark is None:
        return "NO MARK"
    parts = [mark.audience.value, mark.needs, mark.module and f"module {mark.module}"]
    return ", ".join(str(part) for part in parts if part)


def app_of(view: Any) -> Path:
    """The folder of the app whose view this is; views may lie in a folder of their own."""
    folder = Path(inspect.getsourcefile(view) or "").parent
    return folder.parent if folder.name == "views" else folder


def pages_of(view: Any, name: str) -> list[str]:
    """The page named like the view, else those that its code names."""
    own = app_of(view) / "pages" / f"{name}.html"
    if own.exists():
        return [str(own.relative_to(settings.PACKAGE))]
    try:
        return sorted(set(PAGE.findall(inspect.getsource(view))))
    except (TypeError, OSError):
        return []


def all_tests() -> dict[Path, str]:
    """Every test file with its text; none where only the package is installed."""
    root = settings.PACKAGE.parents[1]
    found = [*settings.PACKAGE.rglob("tests/test_*.py"), *(root / "tests").rglob("test_*.py")]
    return {path.relative_to(root): path.read_text() for path in sorted(found)}


def tests_of(view: Any, name: str, route: str, tests: dict[Path, str]) -> list[Path]:
    """The test named like the view, else those of the app, else others, that name it or its address; at last the one
    that asks every screen as every role, or every route of the API."""
    if known := [path for path in tests if path.name == f"test_{name}.py"]:
        return known
    start, *rest = re.split(r"<.*>", route)
    ways = [rf"\b{name}\b"]
    if rest or len(route) > 1:
        ways.append(re.escape(start) + (r"[^\s\"'?]+" + re.escape(rest[0]) if rest else "") + r"[\"'?]")
    last = re.search(r"[^/<>]+/?$", route)
    if last and route.count("/") > 2:
        ways.append(r"[/}\"']" + re.escape(last.group()) + r"[\"'?]")  # joined to the address before it
    wanted = re.compile("|".join(ways))
    app = app_of(view).relative_to(settings.PACKAGE.parent).as_posix()
    naming = [path for path, text in tests.items() if wanted.search(text)]
    near = [path for path in naming if f"{app}/" in path.as_posix()]
    all_of_them = "test_contract.py" if app == "jendela/api" else "test_permissions.py"
    return (near or naming or [path for path in tests if path.name == all_of_them])[:MOST_TESTS]
