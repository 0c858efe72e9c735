"""Guards of the structure: each protects a habit that ARCHITECTURE.md names."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver

from jendela.common.jobs import REGISTRY
from jendela.config.wiring import SUBSCRIBERS

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "jendela"
APPS = ("people", "notify", "registry", "services", "insight", "portal", "api", "common", "config", "ui")


def routes(patterns: list[URLPattern | URLResolver], prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, prefix + str(pattern.pattern))
        else:
            yield prefix + str(pattern.pattern), pattern


def all_routes() -> list[tuple[str, URLPattern]]:
    return list(routes(get_resolver().url_patterns))


def python_files(*folders: str) -> list[Path]:
    found = [path for folder in folders for path in (PACKAGE / folder).rglob("*.py")]
    return [path for path in found if "migrations" not in path.parts]


def page_files() -> list[Path]:
    return sorted(PACKAGE.rglob("*.html"))


def test_every_route_has_a_screen_mark() -> None:
    unmarked = [path for path, pattern in all_routes() if not hasattr(pattern.callback, "screen")]
    assert unmarked == []


ALLAUTH_NAMES = ("account_", "mfa_", "usersessions_")


def test_one_screen_is_one_word() -> None:
    """Route name and view function are the same word; a page of that name stands in the app's pages/."""
    wrong = []
    own = {(path, pattern.name) for path, pattern in all_routes()}
    for path, pattern in all_routes():
        view = pattern.callback
        if view.__module__.startswith(("jendela.api", "ninja")):
            continue
        if (pattern.name or "").startswith(ALLAUTH_NAMES) and (path, view.__name__) in own:
            continue  # a second name of a screen, by which allauth finds it
        if pattern.name != view.__name__:
            wrong.append(f"{path}: route {pattern.name}, view {view.__module__}.{view.__name__}")
    assert wrong == []


def test_no_unused_page() -> None:
    texts = "\n".join(path.read_text() for path in [*python_files(*APPS), *page_files()])
    unused = [
        name
        for page in page_files()
        if (name := page.relative_to(PACKAGE).as_posix()) and name not in texts and page.name != "base.html"
    ]
    assert unused == []


@pytest.mark.parametrize(
    ("pattern", "why"),
    [
        (r"\sstyle\s*=", "inline style"),
        (r"<script(?![^>]*\bsrc=)(?![^>]*application/ld\+json)", "inline script"),
        (r"\son[a-z]+\s*=\s*['\"]", "inline handler"),
        (r"hx-on|hx-vals=['\"]js:|hx-trigger=['\"][^'\"]*\[", "needs eval"),
        (r"(?:src|href)=['\"](?:https?:)?//", "third party (links to other sites come from data)"),
        (r"\bdata:|\bblob:", "data or blob address"),
    ],
)
def test_pages_keep_the_policy(pattern: str, why: str) -> None:
    allowed = ("https://wa.me",)
    found = []
    for page in page_files():
        for line in page.read_text().splitlines():
            if re.search(pattern, line) and not any(good in line for good in allowed):
                found.append(f"{page.relative_to(PACKAGE)}: {line.strip()[:90]}")
    assert found == [], why


PROPER_NAMES = ("Kotawaringin Timur", "Bahasa Indonesia", "publiccode.yml")


def test_text_of_pages_is_marked_for_translation() -> None:
    """No bare Indonesian sentence: text between tags with two or more words must come from a tag or a value."""
    found = []
    blocks = re.compile(
        r"{%\s*blocktranslate.*?endblocktranslate\s*%}|{%\s*comment.*?endcomment\s*%}|{#.*?#}"
        r"|<script.*?</script>|<style.*?</style>|<svg.*?</svg>",
        re.DOTALL,
    )
    for page in page_files():
        if "portal/style" in page.as_posix():
            continue  # the style page shows components with sample text
        text = blocks.sub("", page.read_text())
        text = re.sub(r"{%.*?%}|{{.*?}}", "\0", text, flags=re.DOTALL)
        text = re.sub(r"<[^>]*>", "\n", text, flags=re.DOTALL)
        for line in text.splitlines():
            words = re.findall(r"[A-Za-z]{3,}", line.replace("\0", " "))
            if len(words) >= 2 and not any(name in line for name in PROPER_NAMES):
                found.append(f"{page.relative_to(PACKAGE)}: {line.strip()[:80]}")
    assert found == []


DOMAIN_WORDS = re.compile(
    r"\b(services?|layanan|agency|agencies|catalogue|complaint|village|kecamatan|applications?|standard|resident)\b",
    re.IGNORECASE,
)


def test_common_knows_no_domain_word() -> None:
    found = []
    for path in python_files("common"):
        if "tests" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            name = getattr(node, "name", None) or getattr(node, "id", None) or getattr(node, "attr", None)
            if isinstance(name, str) and DOMAIN_WORDS.search(name.replace("_", " ")):
                found.append(f"{path.name}: {name}")
    assert found == []


def test_no_vague_modules() -> None:
    vague = {"utils.py", "helpers.py", "services.py", "misc.py", "util.py"}
    assert [path for path in python_files(*APPS) if path.name in vague] == []


LONG_FILES: dict[str, str] = {  # file: why it may be longer than 400 lines
    "people/access/audit_words.py": "one table of words, and its look-up",
}
LONG_FUNCTIONS: dict[str, str] = {  # function: why it may be longer than 60 lines
    "test_what_was_filled_in_offline_is_saved": "one filled-in file and all that is read from it",
    "all_samples": "one list of sample values for /gaya/, no logic",
}


def test_files_are_short() -> None:
    long = {
        path.relative_to(PACKAGE).as_posix(): len(path.read_text().splitlines())
        for path in [*python_files(*APPS), *page_files(), *PACKAGE.rglob("*.css")]
    }
    assert {name: lines for name, lines in long.items() if lines > 400 and name not in LONG_FILES} == {}


def test_functions_are_short() -> None:
    long = []
    for path in python_files(*APPS):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > 60 and node.name not in LONG_FUNCTIONS:
                    long.append(f"{path.relative_to(PACKAGE)}: {node.name} has {lines}")
    assert long == []


def test_wiring_names_jobs_that_exist() -> None:
    assert [
        (event, name) for event, names in SUBSCRIBERS.items() for name in names if name not in REGISTRY
    ] == []


def test_every_enqueued_name_is_a_job() -> None:
    names = set()
    for path in python_files(*APPS):
        if "tests" not in path.parts:
            names |= set(re.findall(r"enqueue\(\s*\"([a-z_.]+)\"", path.read_text()))
    assert names - set(REGISTRY) == set()


# a moment is kept in UTC: its day there is not the day here between 00.00 and 07.00 WIB
UTC_DAY = re.compile(r"\w\.date\(\)|_at:%d|date_format\((?:\w+\.)*(?:\w+_)?at\b")
NAIVE = (
    "common/exchange/cells.py",  # a cell of a table has no time zone
    "common/exchange/dates.py",
    "portal/public/views/core.py",  # reads a day that somebody wrote
)


def test_days_of_moments_are_days_here() -> None:
    """`timezone.localdate(moment)`, not `moment.date()` nor a moment formatted as it lies in the database."""
    found = [
        f"{path.relative_to(PACKAGE)}:{number}"
        for path in python_files(*APPS)
        if "tests" not in path.parts and str(path.relative_to(PACKAGE)) not in NAIVE
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if UTC_DAY.search(re.sub(r"local(time|date)\([^)]*\)", "", line))
    ]
    assert found == []


IDENTITY = re.compile(r"(?<![\w.])(\d{6})(\d{2})(\d{2})(\d{2})(\d{4})(?!\w)")
PROVINCES = {
    *range(11, 22),
    31,
    32,
    33,
    34,
    35,
    36,
    51,
    52,
    53,
    *range(61, 66),
    *range(71, 77),
    81,
    82,
    *range(91, 98),
}
LEFT_OUT = ("requirements.txt", "requirements-dev.txt", "/vendor/", ".svg", ".png", ".mo")


def plausible(match: re.Match[str]) -> bool:
    area, day, month = match.group(1), int(match.group(2)), int(match.group(3))
    return int(area[:2]) in PROVINCES and (1 <= day <= 31 or 41 <= day <= 71) and 1 <= month <= 12


def test_no_identity_number_in_the_tree() -> None:
    import subprocess

    names = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    found = []
    for name in names.splitlines():
        path = ROOT / name
        if any(part in f"/{name}" for part in LEFT_OUT) or not path.is_file():
            continue
        for match in IDENTITY.finditer(path.read_text(errors="ignore")):
            if plausible(match):
                found.append(f"{name}: {match.group(0)[:6]}…")
    assert found == []


def test_no_screen_of_allauth_and_no_password() -> None:
    """Only our own screens, marked and translated; nobody has a password that could be asked, reset or stolen."""
    assert [path for path, pattern in all_routes() if pattern.callback.__module__.startswith("allauth")] == []
    assert [page for page in page_files() if "password" in page.read_text()] == []


def test_debug_is_off_and_policy_is_strict() -> None:
    assert settings.DEBUG is False
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    assert directives["default-src"] == ["'none'"]
    assert not any("unsafe" in str(value) for value in directives.values())
