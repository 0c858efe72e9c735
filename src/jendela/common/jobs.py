"""Background jobs by name, kept in PostgreSQL (Procrastinate). Handlers may run twice.

`@job("services_search.refresh")` registers a handler; `enqueue("services_search.refresh", id=3)` asks for it
inside the caller's transaction, so a job exists exactly when its change does. Actions know names only, never jobs
modules; a guard test resolves every name.
"""

import functools
import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import close_old_connections
from procrastinate import App, JobContext, RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector

Handler = TypeVar("Handler", bound=Callable[..., None])
log = logging.getLogger("jendela.jobs")


class TemporaryError(Exception):
    """The outside did not answer this time: try again later."""


class PermanentError(Exception):
    """Trying again cannot help; the failure stays on the row for an officer."""


@dataclass(frozen=True)
class JobInfo:
    name: str
    handler: Callable[..., None]
    every: str | None


REGISTRY: dict[str, JobInfo] = {}


def job(name: str, *, every: str | None = None, attempts: int = 5) -> Callable[[Handler], Handler]:
    """Register a handler under a name. `every` is a cron line for periodic jobs (their handler takes nothing)."""

    def register(handler: Handler) -> Handler:
        if name in REGISTRY and REGISTRY[name].handler is not handler:
            raise ValueError(f"two jobs are called {name}")
        REGISTRY[name] = JobInfo(name, handler, every)
        retry = RetryStrategy(
            max_attempts=attempts, exponential_wait=4, retry_exceptions={TemporaryError, OSError}
        )
        if every is None:
            app.task(name=name, retry=retry)(_with_fresh_connection(handler))
        else:

            def run(
                timestamp: int | None = None,
            ) -> None:  # without one when it is asked for between its times
                _with_fresh_connection(handler)()

            app.periodic(cron=every)(app.task(name=name, queueing_lock=name, retry=False)(run))
        return handler

    return register


def _with_fresh_connection(handler: Callable[..., None]) -> Callable[..., None]:
    """Worker threads live long: drop a connection that the server has cut before it is used."""

    @functools.wraps(handler)
    def run(**values: Any) -> None:
        close_old_connections()
        try:
            handler(**values)
        finally:
            close_old_connections()

    return run


@functools.cache
def _transactional() -> App:
    """An app on Django's own connection, also inside the worker (whose app has a connection of its own), so that
    a job is always enqueued in the caller's transaction."""
    return App(connector=DjangoConnector())


def enqueue(name: str, **values: Any) -> None:
    """Ask for a job within the current transaction. Values must be JSON. Raises KeyError for a name nobody
    registered."""
    if name not in REGISTRY:
        raise KeyError(f"no job is called {name}")
    _transactional().configure_task(name).defer(**values)


STALLED_AFTER_SECONDS = 30


@app.periodic(cron="* * * * *")
@app.task(name="common.sweep_stalled", queueing_lock="common.sweep_stalled", pass_context=True)
async def sweep_stalled(context: JobContext, timestamp: int) -> None:
    """Give jobs that a killed worker left in `doing` to a living one. Procrastinate does not do it by itself."""
    await free_stalled(context.app)


async def free_stalled(worker_app: Any, after: float = STALLED_AFTER_SECONDS) -> int:
    """Retry every job whose worker has been silent for `after` seconds; returns how many."""
    manager = worker_app.job_manager
    stalled = list(await manager.get_stalled_jobs(seconds_since_heartbeat=after))
    for found in stalled:
        log.warning("job %s (%s) was left by a killed worker and runs again", found.id, found.task_name)
        await manager.retry_job(found)
    return len(stalled)
