"""After a publication the first request shows it, through the page cache, on every page that has it."""

from collections.abc import Iterator

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import RequestFactory
from pytest_django import DjangoCaptureOnCommitCallbacks

from jendela.common import content
from jendela.config.pagecache import PageCache
from jendela.services.catalogue import actions
from jendela.services.catalogue.models import Service
from jendela.services.catalogue.tests.region import region, region_rows
from jendela.services.catalogue.tests.standards import OFFICER, decree, publish

__all__ = ["region", "region_rows"]
PAGE = "/layanan/akta-kelahiran/"
PAGES = (PAGE, f"{PAGE}versi/", f"{PAGE}standar/")


@pytest.fixture
def cache(monkeypatch: pytest.MonkeyPatch) -> Iterator[PageCache]:
    """The real site behind the page cache, on the connection of the test."""
    monkeypatch.setattr(content.listener, "alive", True)
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield PageCache(WSGIHandler(), size=2_000_000, session_cookie="sesi")
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def get(cache: PageCache, path: str) -> str:
    seen: list[str] = []
    environ = RequestFactory().get(path).environ
    body = b"".join(cache(environ, lambda status, headers, error=None: seen.append(status)))
    assert seen == ["200 OK"], path
    return body.decode()


def test_nothing_is_stale_after_a_publication(
    region: None,
    cache: PageCache,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    service = Service.objects.select_related("owner").get(slug="akta-kelahiran")
    for page in PAGES:
        assert "Rp75.000" not in get(cache, page)
    assert len(cache.entries) == len(PAGES)
    with django_capture_on_commit_callbacks(execute=True):
        publication = publish(service, A4="Rp75.000")
    for page in PAGES:
        assert "Rp75.000" in get(cache, page), page
    assert publication is not None
    with django_capture_on_commit_callbacks(execute=True):
        actions.withdraw(publication=publication, by=OFFICER)
    assert "Rp75.000" not in get(cache, PAGE)
    assert "188.45/12/2026" not in get(cache, "/data/sippn.csv")
    with django_capture_on_commit_callbacks(execute=True):
        decree(service)
    assert "188.45/12/2026" in get(cache, PAGE)
    assert "188.45/12/2026" in get(cache, "/data/sippn.csv")
