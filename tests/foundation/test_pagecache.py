"""The page cache: quick, shared by nobody with a session, and never stale."""

import gzip
from collections.abc import Iterable
from typing import Any

import pytest

from jendela.common import content, marks, spool
from jendela.config.pagecache import PageCache


class Site:
    """A WSGI application whose body can change, behind the cache."""

    def __init__(self) -> None:
        self.body = b"one" * 400
        self.calls = 0
        self.status = "200 OK"
        self.headers: list[tuple[str, str]] = []
        self.public = True
        self.cache = PageCache(self, size=100_000, session_cookie="sesi")

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        self.calls += 1
        if self.public:
            environ[marks.CACHEABLE] = True
        environ[marks.COUNTS] = [("view", "x")]
        start_response(self.status, [("Content-Type", "text/html"), *self.headers])
        return [self.body]

    def get(self, path: str = "/", **headers: str) -> tuple[str, dict[str, str], bytes]:
        environ = {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": path,
            "QUERY_STRING": "",
            "HTTP_HOST": "h",
            **headers,
        }
        answer: list[Any] = []

        def start(status: str, sent: list[tuple[str, str]], exc_info: Any = None) -> None:
            answer.append((status, dict(sent)))

        body = b"".join(self.cache(environ, start))
        return answer[0][0], answer[0][1], body


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Site:
    monkeypatch.setattr(content.listener, "alive", True)
    return Site()


def test_the_second_request_does_not_reach_the_site(site: Site) -> None:
    first, second = site.get(), site.get()
    assert first == second
    assert site.calls == 1


def test_a_change_is_seen_at_once(site: Site) -> None:
    site.get()
    site.body = b"two" * 400
    content.bump()
    assert site.get()[2] == site.body


def test_a_page_made_before_a_change_is_not_kept_after_it(site: Site) -> None:
    """The version is read before the page is made: a change during the making leaves the entry outdated."""

    class Slow(Site):
        def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
            result = super().__call__(environ, start_response)
            if self.calls == 1:
                content.bump()
            return result

    slow = Slow()
    slow.get()
    slow.get()
    slow.get()
    assert slow.calls == 2


def test_nothing_is_kept_while_changes_cannot_be_heard(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(content.listener, "alive", False)
    site.get()
    site.get()
    assert site.calls == 2


def test_a_session_goes_through(site: Site) -> None:
    site.get()
    site.get(HTTP_COOKIE="sesi=abc")
    assert site.calls == 2


@pytest.mark.parametrize("cookie", ["sesi =abc", "a=b;sesi\t= abc", "sesi  =abc"])
def test_a_session_written_oddly_is_not_kept_for_others(site: Site, cookie: str) -> None:
    """Django takes spaces around a cookie's name away: such a page may show what only its holder sees."""
    site.body = b"own" * 400
    site.get(HTTP_COOKIE=cookie)
    site.body = b"all" * 400
    assert site.get()[2] == site.body


def test_pages_that_set_a_cookie_or_are_not_public_are_not_kept(site: Site) -> None:
    site.headers = [("Set-Cookie", "a=b")]
    site.get()
    site.get()
    site.headers, site.public = [], False
    site.get("/y")
    site.get("/y")
    assert site.calls == 4


def test_errors_are_not_kept(site: Site) -> None:
    site.status = "404 Not Found"
    site.get()
    site.get()
    assert site.calls == 2


def test_gzip_and_etag(site: Site) -> None:
    _, headers, body = site.get(HTTP_ACCEPT_ENCODING="gzip")
    assert headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(body) == site.body
    status, headers, body = site.get(HTTP_IF_NONE_MATCH=headers["ETag"])
    assert (status, body) == ("304 Not Modified", b"")


def test_counts_are_repeated(site: Site) -> None:
    spool._counts.clear()
    site.get()
    site.get()
    site.get()
    assert spool._counts[("view", ("x",))] == 2  # the page itself counted the first
    spool._counts.clear()


def test_memory_is_bounded(site: Site) -> None:
    for number in range(200):
        site.get(f"/{number}")
    assert site.cache.used <= 100_000
    assert 0 < len(site.cache.entries) < 200
