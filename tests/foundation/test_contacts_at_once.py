"""What an agency says of its office is seen by residents at once, behind the page cache that serves them."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import RequestFactory
from tests.people import client_of, member

from jendela.common import content
from jendela.config.pagecache import PageCache
from jendela.people.access.roles import ServiceAdmin
from jendela.people.agencies.models import Agency
from jendela.services.catalogue.tests.region import region, region_rows

__all__ = ["region", "region_rows"]
EDIT = "/kelola/instansi/disdukcapil/kantor/kantor-disdukcapil/"
Capture = Callable[..., AbstractContextManager[list[Any]]]


class Window:
    """The site behind its page cache, as a resident without a session sees it."""

    def __init__(self) -> None:
        self.cache = PageCache(WSGIHandler(), size=1_000_000, session_cookie="jendela_sesi")

    def get(self, path: str) -> str:
        environ = RequestFactory().get(path).environ
        for signal in (request_started, request_finished):  # the connection is the test's own: it stays
            signal.disconnect(close_old_connections)
        return b"".join(self.cache(environ, lambda *_: None)).decode()


@pytest.mark.usefixtures("region")
def test_a_phone_is_seen_at_once(
    monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Capture
) -> None:
    monkeypatch.setattr(content.listener, "alive", True)
    window = Window()
    pages = ("/instansi/disdukcapil/", "/layanan/akta-kelahiran/")
    before = [window.get(path) for path in pages]
    assert [window.get(path) for path in pages] == before
    assert len(window.cache.entries) == len(pages)
    admin = client_of(member(ServiceAdmin.code, at=Agency.objects.get(slug="disdukcapil")))
    with django_capture_on_commit_callbacks(execute=True):
        admin.post(EDIT, {"phone": "(0531) 21-234", "address": "Jl HM Arsyad, Sampit"})
    for path in pages:
        assert 'href="tel:053121234"' in window.get(path)
    with django_capture_on_commit_callbacks(execute=True):
        admin.post(f"{EDIT}batal/")
    for path in pages:
        assert 'href="tel:053121234"' not in window.get(path)
