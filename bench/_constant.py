"""A WSGI application that answers every path with the same body: what the server alone can do with such a size."""

import os
from collections.abc import Iterable
from typing import Any

BODY = os.urandom(int(os.environ["CONSTANT_BYTES"]))
HEADERS = [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(BODY)))]


def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    start_response("200 OK", HEADERS)
    return [BODY]
