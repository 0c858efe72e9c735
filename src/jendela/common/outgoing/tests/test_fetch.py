"""A guarded request against servers on this machine that answer well, badly, slowly or never."""

import contextlib
import gzip
import socket
import threading
import time
from typing import Any

import pytest

from jendela.common.outgoing import (
    Answer,
    BadAnswerError,
    ConnectionFailedError,
    Hop,
    OutgoingError,
    RefusedAddressError,
    TimedOutError,
    TooManyRedirectsError,
    fetch,
)
from jendela.common.outgoing.tests.servers import plain, say, serving

HERE = ["127.0.0.1"]
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"


def ask(url: str, **more: Any) -> Answer:
    return fetch(url, **{"allow": HERE, "timeout": 5.0, **more})


def test_an_answer() -> None:
    with serving(say(plain("200 OK", b"halo", "X-A: 1", "X-A: 2", "Content-Type: text/plain"))) as server:
        answer = ask(server.url("/a?b=c#d"), headers={"Accept": "text/html"})
    assert (answer.status, answer.body, answer.truncated) == (200, b"halo", False)
    assert answer.headers["x-a"] == "1, 2"
    assert answer.headers["content-type"] == "text/plain"
    assert answer.url == server.url("/a?b=c")
    assert (answer.hops, answer.tls, answer.address) == ((), None, "127.0.0.1")
    assert answer.seconds >= answer.first_byte > 0
    request = server.requests[0].decode()
    assert request.startswith("GET /a?b=c HTTP/1.1\r\n")
    assert f"Host: 127.0.0.1:{server.port}\r\n" in request
    assert "Accept-Encoding: identity\r\n" in request
    assert "User-Agent: Jendela\r\n" in request
    assert request.lower().count("host:") == 1


def test_own_headers_replace_those_of_the_guard() -> None:
    packed = gzip.compress(b"halo")
    with serving(say(plain("200 OK", packed, "Content-Encoding: gzip"))) as server:
        answer = ask(
            server.url(), headers={"accept-encoding": "gzip", "user-agent": "Lain", "Host": "contoh.id"}
        )
    assert answer.body == packed  # as it went over the line
    request = server.requests[0].decode().lower()
    assert "accept-encoding: gzip\r\n" in request
    assert "identity" not in request
    assert "user-agent: lain\r\n" in request
    assert "contoh.id" not in request


def test_a_post() -> None:
    with serving(say(plain("201 Created"))) as server:
        assert ask(server.url(), method="POST", body=b"{}").status == 201
    assert server.requests[0].startswith(b"POST / HTTP/1.1")
    assert b"Content-Length: 2\r\n" in server.requests[0]


def test_an_answer_in_pieces_and_one_without_an_end_mark() -> None:
    pieces = CHUNKED + b"2\r\nha\r\n2\r\nlo\r\n0\r\n\r\n"
    with serving(say(pieces)) as server:
        assert ask(server.url()).body == b"halo"
    with serving(say(b"HTTP/1.0 200 OK\r\n\r\nhalo")) as server:
        assert ask(server.url()).body == b"halo"


def test_only_the_head() -> None:
    with serving(say(b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n")) as server:
        assert ask(server.url(), method="HEAD").body == b""


def test_a_long_answer_is_cut() -> None:
    with serving(say(plain("200 OK", b"x" * 300_000))) as server:
        answer = ask(server.url(), limit_bytes=1000)
    assert (len(answer.body), answer.truncated) == (1000, True)
    with serving(say(plain("200 OK", b"x" * 1000))) as server:
        answer = ask(server.url(), limit_bytes=1000)
    assert (len(answer.body), answer.truncated) == (1000, False)


def test_an_answer_without_end_is_cut() -> None:
    ended = threading.Event()

    def flood(line: socket.socket, _request: bytes) -> None:
        line.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        try:
            while True:
                line.sendall(b"x" * 65_536)
        except OSError:
            ended.set()

    with serving(flood) as server:
        assert ask(server.url(), limit_bytes=5000).truncated
        assert ended.wait(5)


def test_headers_without_end() -> None:
    def flood(line: socket.socket, _request: bytes) -> None:
        line.sendall(b"HTTP/1.1 200 OK\r\n")
        for number in range(10_000):
            line.sendall(f"X-{number}: {'x' * 1000}\r\n".encode())

    with serving(flood) as server, pytest.raises(BadAnswerError):
        ask(server.url())


def test_frames_without_text() -> None:
    """Chunks of one byte whose frames are large: the limit counts what comes, not only what is kept."""

    def flood(line: socket.socket, _request: bytes) -> None:
        line.sendall(CHUNKED)
        for _number in range(5000):
            line.sendall(b"1;" + b"x" * 2000 + b"\r\na\r\n")

    with serving(flood) as server, pytest.raises(BadAnswerError):
        ask(server.url(), limit_bytes=5000)


@pytest.mark.parametrize(
    "answer",
    [
        b"SSH-2.0-OpenSSH_9.2\r\n\r\n",
        b"HTTP/1.1 abc\r\n\r\n",
        b"\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    ],
)
def test_what_is_no_http(answer: bytes) -> None:
    with serving(say(answer)) as server, pytest.raises(BadAnswerError) as bad:
        ask(server.url())
    assert bad.value.url == server.url()


def test_less_than_promised() -> None:
    short = b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhalo"
    with serving(say(short)) as server, pytest.raises(BadAnswerError) as bad:
        ask(server.url())
    assert bad.value.reason == "short"


def test_a_line_that_is_closed_at_once() -> None:
    with serving(say(b"")) as server, pytest.raises(ConnectionFailedError) as failed:
        ask(server.url())
    assert failed.value.reason == "closed"


def test_nobody_listens() -> None:
    with pytest.raises(ConnectionFailedError) as failed:
        ask("http://127.0.0.1:9/")
    assert failed.value.reason == "refused"


class Slow:
    """Sends a start, then for two seconds nothing, or a byte every tenth of a second. `ended`: it came to its end."""

    def __init__(self, start: bytes, *, drips: bool) -> None:
        self.start, self.drips = start, drips
        self.ended = False

    def __call__(self, line: socket.socket, _request: bytes) -> None:
        if self.start:
            line.sendall(self.start)
        for _number in range(20):
            time.sleep(0.1)
            if self.drips:
                line.sendall(b"x")
        self.ended = True


@pytest.mark.parametrize(
    ("slow", "part"),
    [
        (Slow(b"", drips=False), "answer"),
        (Slow(b"HTTP/1.1 200 OK\r\n", drips=True), "answer"),
        (Slow(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n", drips=True), "body"),
        (Slow(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n", drips=False), "body"),
    ],
)
def test_slow_servers_end_at_the_deadline(slow: Slow, part: str) -> None:
    """One byte every tenth of a second never passes the limit of a single reading; the deadline counts all."""
    with serving(slow) as server:
        with pytest.raises(TimedOutError) as late:
            ask(server.url(), timeout=0.5)
        assert not slow.ended
    assert late.value.reason == part


def test_the_deadline_covers_redirects() -> None:
    def slowly(line: socket.socket, request: bytes) -> None:
        time.sleep(0.2)
        number = len(request.split()[1])
        line.sendall(plain("302 Found", b"", f"Location: /{'a' * number}"))

    with serving(slowly) as server, pytest.raises(TimedOutError) as late:
        ask(server.url("/"), timeout=1.5, max_redirects=50)
    assert 1 <= len(late.value.hops) <= 7


def redirecting(**places: str) -> Any:
    """Each path leads to its place; others say 'di sini'."""

    def script(line: socket.socket, request: bytes) -> None:
        path = request.split()[1].decode().lstrip("/")
        if path in places:
            status, _, place = places[path].partition(" ")
            line.sendall(plain(f"{status} x", b"", f"Location: {place}"))
        else:
            line.sendall(plain("200 OK", b"di sini"))

    return script


def test_redirects_are_followed_when_asked() -> None:
    with serving(redirecting(a="301 b", b="302 /c?x=1")) as server:
        answer = ask(server.url("/a"), max_redirects=5)
        first = ask(server.url("/a"))
    assert answer.url == server.url("/c?x=1")
    assert answer.hops == (Hop(server.url("/a"), 301), Hop(server.url("/b"), 302))
    assert answer.body == b"di sini"
    assert (first.status, first.hops, first.headers["location"]) == (301, (), "b")


@pytest.mark.parametrize(
    "place",
    [
        "http://127.0.0.1:1/",
        "http://localhost:1/",
        "http://[::1]/",
        "http://169.254.169.254/latest/",
        "http://192.168.1.1/",
        "file:///etc/passwd",
        "ftp://127.0.0.1/",
        "//10.0.0.1/",
        "http://x:y@127.0.0.1/",
        "http://2130706433/",
    ],
)
def test_a_redirect_into_the_own_network_is_refused(place: str) -> None:
    """Allowed is one host at one port; where it leads is judged anew."""
    with serving(redirecting(a=f"302 {place}")) as server, pytest.raises(RefusedAddressError) as refused:
        ask(server.url("/a"), max_redirects=5, allow=[f"127.0.0.1:{server.port}"])
    assert refused.value.hops == (Hop(server.url("/a"), 302),)
    assert len(server.requests) == 1


def test_redirects_in_a_circle_and_too_many() -> None:
    with serving(redirecting(a="302 /b", b="302 /a", c="302 /c")) as server:
        for path in ("/a", "/c"):
            with pytest.raises(TooManyRedirectsError):
                ask(server.url(path), max_redirects=50)
        with pytest.raises(TooManyRedirectsError) as many:
            ask(server.url("/a"), max_redirects=1)
    assert len(many.value.hops) == 2


def test_a_redirect_to_nowhere() -> None:
    with serving(say(plain("302 Found", b"", "Location: http://["))) as server, pytest.raises(OutgoingError):
        ask(server.url(), max_redirects=3)
    with serving(say(plain("302 Found", b"lihat"))) as server:
        assert ask(server.url(), max_redirects=3).body == b"lihat"


def test_a_redirect_in_plain_letters() -> None:
    answer = plain("302 Found", b"", "Location: /désa baru")
    with serving(say(answer)) as server, pytest.raises(TooManyRedirectsError) as circle:
        ask(server.url("/d%C3%A9sa%20baru"), max_redirects=3)
    assert circle.value.url == server.url("/d%C3%A9sa%20baru")


@pytest.mark.parametrize(
    ("status", "method", "sent"),
    [("303", "GET", False), ("302", "GET", False), ("307", "POST", True), ("308", "POST", True)],
)
def test_what_a_redirect_makes_of_a_post(status: str, method: str, sent: bool) -> None:
    with serving(redirecting(a=f"{status} /b")) as server:
        ask(server.url("/a"), method="POST", body=b'{"a":1}', max_redirects=1)
    assert server.requests[1].startswith(f"{method} /b".encode())
    assert (b'{"a":1}' in server.requests[1]) is sent


def test_a_secret_stays_with_its_host() -> None:
    headers = {"Authorization": "Bearer kunci", "cookie": "a=b", "X-Lain": "1"}
    with contextlib.ExitStack() as open_servers:
        other = open_servers.enter_context(serving(say(plain("200 OK"))))
        there = f"302 http://localhost:{other.port}/"
        server = open_servers.enter_context(serving(redirecting(a="302 /b", b=there)))
        ask(server.url("/a"), headers=headers, max_redirects=3, allow=["127.0.0.1", "localhost"])
    assert all(b"kunci" in request for request in server.requests)
    assert b"kunci" not in other.requests[0]
    assert b"a=b" not in other.requests[0]
    assert b"X-Lain: 1" in other.requests[0]


def test_proxies_of_the_environment_are_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9/")
    with serving(say(plain("200 OK"))) as server:
        assert ask(server.url()).status == 200
