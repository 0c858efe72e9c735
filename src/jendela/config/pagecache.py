"""The page cache: anonymous GETs of public screens, answered before Django from the memory of this process.

An entry is valid for one content version (common.content), read from shared memory at each request: after a change
commits, no older page is served. While this process does not hear of changes nothing is cached. A request with a
session cookie always goes through. Entries are kept compressed and plain, with an ETag, and replay the counts
(views, gaps, searches) that the page marked when it was made.
"""

import gzip
import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from jendela.common import content, marks, spool

StartResponse = Callable[..., Any]
Application = Callable[[dict[str, Any], StartResponse], Iterable[bytes]]
Headers = list[tuple[str, str]]
LONGEST_QUERY = 300
SMALLEST_TO_COMPRESS = 500


@dataclass(frozen=True)
class Entry:
    version: int
    headers: tuple[tuple[str, str], ...]
    etag: str
    plain: bytes
    packed: bytes
    counts: tuple[tuple[str, ...], ...]


class PageCache:
    """WSGI wrapper. `size` bounds the bytes kept, oldest used entries go first."""

    def __init__(self, application: Application, *, size: int, session_cookie: str) -> None:
        self.application = application
        self.size = size
        self.used = 0
        self.entries: OrderedDict[tuple[str, str, str], Entry] = OrderedDict()
        self.lock = threading.Lock()
        self.cookie = session_cookie  # by its bare name: Django also reads it with spaces before the sign "="

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or self.cookie in environ.get("HTTP_COOKIE", ""):
            return self.application(environ, start_response)
        key = (environ.get("HTTP_HOST", ""), environ.get("PATH_INFO", ""), environ.get("QUERY_STRING", ""))
        version = content.version()
        entry = self.entries.get(key) if version is not None else None
        if entry is not None and entry.version == version:
            for row in entry.counts:
                spool.count(*row)
            return self._answer(entry, environ, start_response)
        return self._make(key, version, environ, start_response)

    def _make(
        self,
        key: tuple[str, str, str],
        version: int | None,
        environ: dict[str, Any],
        start_response: StartResponse,
    ) -> Iterable[bytes]:
        kept: list[tuple[str, Headers]] = []

        def hold(status: str, headers: Headers, exc_info: Any = None) -> Callable[[bytes], None]:
            kept.append((status, headers))
            return lambda data: None

        result = self.application(environ, hold)
        status, headers = kept[-1]
        may_hold = (
            status.startswith("200")
            and environ.get(marks.CACHEABLE)
            and not any(name.lower() in ("set-cookie", "content-encoding") for name, _ in headers)
        )
        if not may_hold:
            start_response(status, headers)
            return result
        try:
            body = b"".join(result)
        finally:
            close = getattr(result, "close", None)
            if close:
                close()
        entry = self._entry(version or 0, headers, body, environ.get(marks.COUNTS, ()))
        if version is not None and len(key[2]) <= LONGEST_QUERY:
            self._keep(key, entry)
        return self._answer(entry, environ, start_response)

    def _entry(self, version: int, headers: Headers, body: bytes, counts: Iterable[tuple[str, ...]]) -> Entry:
        drop = {"content-length", "etag", "vary", "cache-control"}
        etag = '"' + hashlib.blake2b(body, digest_size=12).hexdigest() + '"'
        lines = [(name, value) for name, value in headers if name.lower() not in drop]
        lines += [("ETag", etag), ("Cache-Control", "no-cache"), ("Vary", "Accept-Encoding, Cookie")]
        packed = gzip.compress(body, 6, mtime=0) if len(body) >= SMALLEST_TO_COMPRESS else b""
        return Entry(version, tuple(lines), etag, body, packed, tuple(counts))

    def _answer(
        self, entry: Entry, environ: dict[str, Any], start_response: StartResponse
    ) -> Iterable[bytes]:
        headers = list(entry.headers)
        if entry.etag in environ.get("HTTP_IF_NONE_MATCH", ""):
            start_response("304 Not Modified", [h for h in headers if h[0] != "Content-Type"])
            return [b""]
        body = entry.plain
        if entry.packed and "gzip" in environ.get("HTTP_ACCEPT_ENCODING", ""):
            body = entry.packed
            headers.append(("Content-Encoding", "gzip"))
        headers.append(("Content-Length", str(len(body))))
        start_response("200 OK", headers)
        return [b""] if environ["REQUEST_METHOD"] == "HEAD" else [body]

    def _keep(self, key: tuple[str, str, str], entry: Entry) -> None:
        with self.lock:
            old = self.entries.pop(key, None)
            if old is not None:
                self.used -= len(old.plain) + len(old.packed)
            self.entries[key] = entry
            self.used += len(entry.plain) + len(entry.packed)
            while self.used > self.size and self.entries:
                _, gone = self.entries.popitem(last=False)
                self.used -= len(gone.plain) + len(gone.packed)
