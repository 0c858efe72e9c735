"""How far the worker is, told from outside its one big transaction, and whether the person asked to stop."""

import time
from types import TracebackType

import psycopg
from django.db import connection

from jendela.common.exchange.models import ImportProgress

EVERY_SECONDS = 0.4
_TELL = "UPDATE common_exchange_progress SET done = %s, total = GREATEST(%s, %s) WHERE run_id = %s RETURNING stop_asked"


class StoppedError(Exception):
    """The person asked to stop."""


class Progress:
    """A connection of its own, so that others see the numbers before the transaction ends."""

    def __init__(self, run_id: int) -> None:
        self.run_id = run_id
        self.done = 0
        self.total = 0
        self._told = 0.0
        self._link: psycopg.Connection[tuple[bool]] | None = None

    def __enter__(self) -> "Progress":
        values = connection.get_connection_params()
        keep = {k: values[k] for k in ("dbname", "user", "password", "host", "port") if values.get(k)}
        self._link = psycopg.connect(**keep, autocommit=True, application_name="jendela-progress")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._link is not None:
            self._link.close()

    def begin(self, total: int) -> None:
        self.done, self.total = 0, total
        self.tell(0, now=True)

    def tell(self, more: int, *, now: bool = False) -> None:
        """Say that `more` rows are done. Raises StoppedError when the person asked to stop."""
        self.done += more
        if self._link is None or (not now and time.monotonic() - self._told < EVERY_SECONDS):
            return
        self._told = time.monotonic()
        row = self._link.execute(_TELL, [self.done, self.total, self.done, self.run_id]).fetchone()
        if row is not None and row[0]:
            raise StoppedError


def start(run_id: int) -> None:
    """Before a step begins: nothing done, nobody asked to stop."""
    values = {"done": 0, "total": 0, "stop_asked": False}
    ImportProgress.objects.update_or_create(run_id=run_id, defaults=values)
