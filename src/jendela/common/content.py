"""The content version: one number that rises with every change the public can see.

Processes of this machine read it from shared memory. Other machines hear of a change by NOTIFY, for which each
process listens; while it does not listen, `version()` is None and nothing may be served from a cache.
"""

import logging
import threading
import time
from collections.abc import Callable
from functools import cache

import psycopg
from django.conf import settings
from django.db import connection, transaction

from jendela.common.sharedmemory import SharedFile

CHANNEL = "jendela_content"
log = logging.getLogger("jendela.content")
_lock = threading.Lock()


@cache
def _shared() -> SharedFile:
    return SharedFile(settings.RUN_DIR / "content_version", 8)


def bump() -> int:
    """Raise the version for this machine now."""
    with _lock:
        return _shared().add(0)


def changed() -> None:
    """Say, inside a transaction, that the public sees something new: the version rises at commit, here at once,
    elsewhere by NOTIFY."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, '')", [CHANNEL])
    transaction.on_commit(bump)


class Listener:
    """One thread a process that hears NOTIFY and calls the watchers after each change."""

    def __init__(self) -> None:
        self.alive = False
        self.watchers: list[Callable[[], None]] = []
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="content-listener", daemon=True)
            self._thread.start()

    def _run(self) -> None:
        while True:
            try:
                self._listen()
            except (
                Exception
            ) as error:  # any loss of the connection ends here; caches are off until it is back
                log.warning("not listening for changes: %s", error)
            self.alive = False
            time.sleep(1)

    def _listen(self) -> None:
        values = connection.get_connection_params()
        keep = {k: values[k] for k in ("dbname", "user", "password", "host", "port") if values.get(k)}
        with psycopg.connect(
            **keep,
            autocommit=True,
            application_name="jendela-listener",
            keepalives=1,
            keepalives_idle=5,
            keepalives_interval=2,
            keepalives_count=2,
        ) as conn:
            conn.execute(f"LISTEN {CHANNEL}")
            bump()  # what was missed while not listening is unknown
            self._call_watchers()
            self.alive = True
            while True:
                heard = list(conn.notifies(timeout=5, stop_after=1))
                if heard:
                    bump()
                    self._call_watchers()
                else:
                    conn.execute("SELECT 1")

    def _call_watchers(self) -> None:
        for watcher in self.watchers:
            try:
                watcher()
            except Exception:
                log.exception("a watcher of content changes failed")


listener = Listener()


def version() -> int | None:
    """The version now, or None while this process cannot hear of changes (then do not use a cache)."""
    if not listener.alive:
        return None
    return _shared().read_int(0)
