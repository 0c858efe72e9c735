"""The worker: runs jobs, hands out events, writes counts, frees jobs left by killed workers."""

import asyncio
from typing import Any

from django.core.management.base import BaseCommand
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector

from jendela.common.jobs import STALLED_AFTER_SECONDS, free_stalled


class Command(BaseCommand):
    help = "Run background jobs until told to stop."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--once", action="store_true", help="run what waits, then end")
        parser.add_argument("--concurrency", type=int, default=2)
        parser.add_argument("--stalled-after", type=float, default=STALLED_AFTER_SECONDS, help="seconds")

    def handle(self, *args: Any, **options: Any) -> None:
        asyncio.run(self.work(options["concurrency"], not options["once"], options["stalled_after"]))

    async def work(self, concurrency: int, wait: bool, stalled_after: float) -> None:
        connector = app.connector
        assert isinstance(connector, DjangoConnector)  # noqa: S101  tells the type checker
        with app.replace_connector(connector.get_worker_connector()) as worker_app:
            async with worker_app.open_async():
                await free_stalled(worker_app, stalled_after)
                await worker_app.run_worker_async(
                    concurrency=concurrency,
                    wait=wait,
                    update_heartbeat_interval=10,
                    stalled_worker_timeout=30,
                    delete_jobs="successful",
                    shutdown_graceful_timeout=8,
                )
