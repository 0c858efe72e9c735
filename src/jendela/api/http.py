"""HTTP of the API, the same for every route: methods, rate limit, ETag, compression, headers, errors (RFC 9457)."""

import gzip
import hashlib
import json
import logging
from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.http import parse_etags

from jendela.common.ratelimit import Verdict, address_of, hit
from jendela.people.access.choices import Audience
from jendela.people.access.screens import screen

log = logging.getLogger("jendela.api")
View = Callable[..., HttpResponse]
METHODS = "GET, HEAD, OPTIONS"
PROBLEM = "application/problem+json"
SMALLEST_TO_COMPRESS = 800
EXPOSED = "ETag, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, Retry-After"
TITLES = {
    401: "Perlu token",
    404: "Tidak ditemukan",
    405: "Cara ini tidak dilayani",
    422: "Permintaan tidak dapat dibaca",
    429: "Terlalu banyak permintaan",
    500: "Ada kesalahan pada kami",
}


def problem(
    request: HttpRequest, status: int, detail: str, *, errors: Sequence[dict[str, str]] = ()
) -> HttpResponse:
    """An error as application/problem+json."""
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": TITLES[status],
        "status": status,
        "detail": detail,
        "instance": request.path[:300],
    }
    if errors:
        body["errors"] = list(errors)
    content = json.dumps(body, ensure_ascii=False)
    # a path may hold half a character; it is written as a question mark
    return HttpResponse(content.encode("utf-8", "replace"), status=status, content_type=PROBLEM)


def missing(request: HttpRequest) -> HttpResponse:
    return problem(request, 404, "Alamat ini tidak ada. Lihat daftar isi di /api/v1/openapi.json.")


def published(
    view: View,
    *,
    like: Callable[..., Any],
    scope: str = "api",
    methods: Sequence[str] = ("GET", "HEAD", "OPTIONS"),
) -> View:
    """The view as a public screen of the API. `like` gives it its name, `scope` its rate limit. A POST, where `methods`
    has it, asks and writes nothing (CKAN's clients ask by POST)."""
    allowed = ", ".join(methods)

    @wraps(like)
    def serve(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "OPTIONS":
            response = HttpResponse(status=204)
            response["Access-Control-Allow-Methods"] = allowed
            response["Access-Control-Allow-Headers"] = "*"
            response["Access-Control-Max-Age"] = "86400"
            return _open(response, allowed)
        if request.method not in methods:
            response = problem(request, 405, f"Pakai salah satu cara ini: {allowed}.")
            return _open(response, allowed)
        verdict = _count(request, scope)
        if verdict.allowed:
            response = _finish(request, _answer(view, request, *args, **kwargs))
        else:
            detail = f"Batasnya {verdict.limit} permintaan. Coba lagi setelah {verdict.reset} detik."
            response = problem(request, 429, detail)
            response["Retry-After"] = str(verdict.reset)
        response["RateLimit-Limit"] = str(verdict.limit)
        response["RateLimit-Remaining"] = str(verdict.remaining)
        response["RateLimit-Reset"] = str(verdict.reset)
        return _open(response)

    serve.csrf_exempt = True  # type: ignore[attr-defined]  # nothing is written: a POST gets 405, not 403
    # rate headers differ for each request, so no page is kept
    return screen(audience=Audience.PUBLIC, cached=False)(serve)


def _count(request: HttpRequest, scope: str) -> Verdict:
    limit, seconds = settings.RATE_SEARCH if scope == "search" else settings.RATE_API
    return hit(scope, address_of(request.META), limit=limit, seconds=seconds)


def _answer(view: View, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    """The view's answer to GET. Whatever fails is logged and answered as a problem."""
    method = request.method
    if method == "HEAD":
        request.method = "GET"
    try:
        return view(request, *args, **kwargs)
    except Exception:
        log.exception("%s failed", request.path)
        return problem(request, 500, "Permintaan Anda tidak salah. Coba lagi beberapa menit lagi.")
    finally:
        request.method = method


def _finish(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """ETag with 304, compression, and no body for HEAD."""
    if getattr(request, "auth", None):  # for one program alone
        response["Cache-Control"] = "private, no-store"
    elif response.status_code == 200:
        etag = 'W/"' + hashlib.blake2b(response.content, digest_size=12).hexdigest() + '"'
        if _matches(request.headers.get("If-None-Match", ""), etag):
            response = HttpResponse(status=304)
            del response["Content-Type"]
        elif len(response.content) >= SMALLEST_TO_COMPRESS and "gzip" in request.headers.get(
            "Accept-Encoding", ""
        ):
            response.content = gzip.compress(response.content, 5, mtime=0)
            response["Content-Encoding"] = "gzip"
        response["ETag"] = etag
        response["Cache-Control"] = "public, no-cache"  # keep it, ask each time whether it is still so
    if request.method == "HEAD":
        length = len(response.content)
        response.content = b""
        response["Content-Length"] = str(length)
    return response


def _matches(header: str, etag: str) -> bool:
    found = parse_etags(header)
    return "*" in found or etag in found or etag.removeprefix("W/") in found


def _open(response: HttpResponse, allowed: str = METHODS) -> HttpResponse:
    """Open data: any page of any site may read it."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Expose-Headers"] = EXPOSED
    response.setdefault("Cache-Control", "no-store")
    response["Vary"] = "Accept-Encoding"
    if response.status_code in (204, 405):
        response["Allow"] = allowed
    return response
