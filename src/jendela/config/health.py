"""/healthz: is the database there, does the worker live, is there room on the disk?"""

import shutil
import time
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse

from jendela.common.documents.pdf import pdf_missing
from jendela.people.access.choices import Audience
from jendela.people.access.screens import screen

WORKER_SILENT_SECONDS = 60
DISK_FREE_MIN = 0.05
DISK_FREE_BYTES = 200 * 1024 * 1024


def _database() -> dict[str, Any]:
    started = time.perf_counter()
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        return {"ok": False, "message": str(error).strip().splitlines()[0]}
    return {"ok": True, "ms": round((time.perf_counter() - started) * 1000, 1)}


def _worker() -> dict[str, Any]:
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT extract(epoch FROM now() - max(last_heartbeat)) FROM procrastinate_workers"
            )
            (silent,) = cursor.fetchone()
    except DatabaseError:
        return {"ok": False, "message": "unknown without the database"}
    if silent is None:
        return {"ok": False, "message": "no worker has reported"}
    return {"ok": float(silent) < WORKER_SILENT_SECONDS, "silent_seconds": round(float(silent))}


def _disk() -> dict[str, Any]:
    usage = shutil.disk_usage(settings.HOME if settings.HOME.exists() else settings.PACKAGE)
    enough = usage.free > DISK_FREE_BYTES
    return {"ok": enough, "free_mib": usage.free // 1024**2, "free_share": round(usage.free / usage.total, 3)}


def _pdf() -> dict[str, Any]:
    """Letters as PDF are a comfort: without them the site is healthy, DOCX and the printed page remain."""
    missing = pdf_missing()
    return {"ok": not missing, **({"message": missing} if missing else {})}


@screen(audience=Audience.PUBLIC, cached=False)
def show_health(request: HttpRequest) -> JsonResponse:
    """JSON of the three states, 503 when one is bad; and whether PDF can be made."""
    state = {"database": _database(), "worker": _worker(), "disk": _disk()}
    healthy = all(part["ok"] for part in state.values())
    answer = {"ok": healthy, **state, "pdf": _pdf()}
    response = JsonResponse(answer, status=200 if healthy else 503)
    response["Cache-Control"] = "no-store"
    return response
