"""Servers on loopback for probes: plain, with a certificate of any sort, silent, dripping, leading elsewhere."""

import datetime
import gzip
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import trustme

from jendela.registry.probes.tests.world import HTML

Reply = Callable[[BaseHTTPRequestHandler], None]


def say(handler: BaseHTTPRequestHandler, status: int = 200, body: bytes = b"", **headers: str) -> None:
    handler.send_response(status)
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


def page(handler: BaseHTTPRequestHandler) -> None:
    say(
        handler,
        body=gzip.compress(HTML.encode()),
        Content_Type="text/html; charset=utf-8",
        Content_Encoding="gzip",
    )


def not_there(handler: BaseHTTPRequestHandler) -> None:
    say(handler, 404)


def redirect(to: str) -> Reply:
    return lambda handler: say(handler, 302, Location=to)


@dataclass
class Server:
    port: int
    scheme: str = "http"
    asked: list[str] = field(default_factory=list)  # paths, in order
    agents: set[str] = field(default_factory=set)

    @property
    def url(self) -> str:
        return f"{self.scheme}://localhost:{self.port}/"


@contextmanager
def serving(
    replies: dict[str, Reply] | None = None, context: ssl.SSLContext | None = None
) -> Iterator[Server]:
    """A server that answers paths by `replies`, anything else with 404; `/` with a good page."""
    known: dict[str, Reply] = {"/": page} | (replies or {})
    here = Server(0, "https" if context else "http")

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            here.asked.append(self.path)
            here.agents.add(self.headers["User-Agent"])
            known.get(self.path, not_there)(self)

        def log_message(self, *_args: object) -> None:
            """Quiet."""

    class Quiet(ThreadingHTTPServer):
        def handle_error(self, *_args: object) -> None:
            """A client that goes away, or does not trust us, is no news."""

    server = Quiet(("127.0.0.1", 0), Handler)
    if context is not None:
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    here.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield here
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)


@contextmanager
def silent() -> Iterator[Server]:
    """Takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield Server(server.getsockname()[1])


def certified(authority: trustme.CA, *names: str, days: int = 90) -> ssl.SSLContext:
    """A context that shows a certificate of this authority, ending in so many days."""
    ends = datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=days)
    starts = min(ends, datetime.datetime.now(datetime.UTC)) - datetime.timedelta(days=1)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(*(names or ("localhost",)), not_before=starts, not_after=ends).configure_cert(
        context
    )
    return context


def issuers(authority: trustme.CA, folder: Path) -> str:
    path = folder / "issuers.pem"
    authority.cert_pem.write_to_path(str(path))
    return str(path)
