"""The documents against the code: links, addresses, commands, apps, variables. What they promise must be there."""

import re
from pathlib import Path

import pytest
from django.core.management import get_commands

from jendela.config.wiring import EXCHANGE_KINDS
from jendela.people.access import screen_map
from jendela.people.access.roles import ROLES

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "jendela"
DOCS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
MARKDOWN_LINK = re.compile(r"\]\(([^)\s#]+)[^)]*\)")
ADDRESS = re.compile(r"`(?:GET )?(/[\w/<>….*-]*)`")
FOLDERS = ("/etc/", "/var/", "/srv/", "/nonexistent", "/tmp/")  # noqa: S108  files of a server, not pages
NOT_HERE = {"/en/", "/en", "/api/v2/"}  # the prefix of every English page; a version that may come
API = "/api/v1"


def texts() -> dict[str, str]:
    return {path.relative_to(ROOT).as_posix(): path.read_text() for path in DOCS}


def plain(address: str) -> str:
    """An address with one sign for whatever is filled in."""
    return re.sub(r"<[^>]*>|…|\{\w+\}|\*", "*", address)


def known_addresses() -> set[str]:
    found = {plain(one.path) for one in screen_map.screens()}
    starts = {address[: place + 1] for address in found for place, sign in enumerate(address) if sign == "/"}
    return found | starts


def test_links_lead_to_files() -> None:
    wrong = [
        f"{name}: {link}"
        for name, text in texts().items()
        for link in MARKDOWN_LINK.findall(text)
        if not link.startswith("http") and not (ROOT / name).parent.joinpath(link).exists()
    ]
    assert wrong == []


def test_addresses_are_screens() -> None:
    known = known_addresses()
    wrong = []
    for name, text in texts().items():
        for raw in ADDRESS.findall(text):
            address = plain(raw).split("?")[0]
            if address in NOT_HERE or address.startswith(FOLDERS):
                continue
            if not {address, API + address} & known and not any(fits(address, one) for one in known):
                wrong.append(f"{name}: {raw}")
    assert wrong == []


def fits(address: str, known: str) -> bool:
    """Is the address an example of this one (`/layanan/ktp-hilang/` of `/layanan/*/`), or its start (`/data/x.*`)?"""
    if address.endswith(".*"):
        return known.startswith(address[:-1])
    pattern = re.escape(known).replace(r"\*", r"[^/]+")
    return re.fullmatch(pattern, address) is not None


def test_commands_exist() -> None:
    commands = set(get_commands()) | {"COMMAND"}
    named = {word for text in texts().values() for word in re.findall(r"jendela manage (\w+)", text)}
    assert len(named) > 5
    assert named - commands == set()
    benches = {word for text in texts().values() for word in re.findall(r"jendela bench ([a-z]+)", text)}
    assert [one for one in benches if not (ROOT / "bench" / f"{one}.py").exists()] == []


def test_the_map_names_every_app() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text()
    apps = {path.parent for path in PACKAGE.glob("*/*/apps.py")}
    assert len(apps) > 20
    assert [
        app.name for app in sorted(apps) if not re.search(rf"^    {app.name}/ ", text, re.MULTILINE)
    ] == []
    assert "exchange/ (the engine" in text  # an app inside common/


def test_readme_counts_the_roles() -> None:
    assert len(ROLES) == 10
    assert "ten roles" in (ROOT / "README.md").read_text()
    assert "sepuluh peran" in (ROOT / "README.id.md").read_text()
    assert "sepuluh peran" in (ROOT / "docs" / "kominfo.md").read_text()


def test_the_guide_of_tables_names_every_kind() -> None:
    text = (ROOT / "docs" / "import-export.md").read_text()
    rows = re.findall(r"^\| .* \| .* \| .* \|$", text.split("## Langkah")[0], re.MULTILINE)
    assert len(rows) - 1 == len(EXCHANGE_KINDS)


@pytest.mark.parametrize("path", [ROOT / "docs" / "operators.md"], ids=["operators"])
def test_every_variable_is_described(path: Path) -> None:
    code = "\n".join(file.read_text() for file in (PACKAGE / "config" / "settings").glob("*.py"))
    asked = set(re.findall(r"env\.\w+\(\s*\"(JENDELA_\w+)\"", code))
    internal = {
        "JENDELA_DEMO",
        "JENDELA_PAGE_CACHE",
        "JENDELA_RATE_FACTOR",
    }  # of the launcher and of benchmarks
    text = path.read_text()
    missing = [
        one for one in asked - internal if one not in text and f"`_{one.rsplit('_', 1)[1]}`" not in text
    ]
    assert len(asked) > 10
    assert missing == []
