"""The worker for real: jobs run, and a job that a killed worker left is done by the next one."""

import os
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import make_conninfo
from tests.running import ROOT, new_database

from jendela.config import env

Ask = Callable[[str], list[tuple[object, ...]]]


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An empty, migrated database and home for worker processes."""
    values = {**os.environ, "DATABASE_URL": new_database(f"worker_{uuid.uuid4().hex[:8]}")}
    values |= {"PYTHONPATH": str(ROOT / "src"), "DJANGO_SETTINGS_MODULE": "jendela.config.settings.local"}
    values |= {"JENDELA_HOME": str(tmp_path_factory.mktemp("home")), "JENDELA_SECRET_KEY": "only-for-tests"}
    manage(values, "prepare", "--no-demo")
    return values


def manage(environment: dict[str, str], *words: str) -> str:
    command = [sys.executable, str(ROOT / "manage.py"), *words]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture
def link(environment: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Iterator[psycopg.Connection]:
    monkeypatch.setenv("DATABASE_URL", environment["DATABASE_URL"])
    parts = env.database()
    given = {"dbname": parts.name, "user": parts.user, "password": parts.password, "host": parts.host}
    with psycopg.connect(
        make_conninfo("", **{k: v for k, v in given.items() if v}), autocommit=True
    ) as found:
        yield found


def start(environment: dict[str, str], *options: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, str(ROOT / "manage.py"), "work", *options]
    return subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def wait_for(check: Callable[[], bool], seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not check():
        assert time.monotonic() < deadline, "waited too long"
        time.sleep(0.1)


def count(link: psycopg.Connection, status: str) -> int:
    row = link.execute(
        "SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'services_search.refresh' AND status::text = %s",
        [status],
    ).fetchone()
    assert row is not None
    return int(row[0])


def test_a_job_left_by_a_killed_worker_is_done(
    environment: dict[str, str], link: psycopg.Connection, tmp_path: Path
) -> None:
    code = "from django.db import transaction as t; from jendela.common.jobs import enqueue as e; "
    code += "t.set_autocommit(True); e('services_search.refresh')"
    manage(environment, "shell", "--no-imports", "-c", code)
    assert count(link, "todo") == 1
    with link.transaction():  # the job waits for this lock: the worker is killed in the middle of it
        link.execute("LOCK TABLE services_search_document IN ACCESS EXCLUSIVE MODE")
        worker = start(environment)
        with psycopg.connect(link.info.dsn, password=link.info.password, autocommit=True) as other:
            wait_for(lambda: count(other, "doing") == 1)
        worker.kill()
        worker.wait(10)
    assert count(link, "doing") == 1  # nobody has it, and it is not done
    time.sleep(1.1)
    again = start(environment, "--stalled-after", "1")
    try:
        wait_for(lambda: count(link, "doing") == 0 and count(link, "todo") == 0)
    finally:
        again.terminate()
        again.wait(20)
    assert count(link, "failed") == 0


def test_a_job_of_the_night_can_be_asked_for_by_day(
    environment: dict[str, str], link: psycopg.Connection
) -> None:
    code = "from jendela.common.jobs import enqueue as e; e('portal_opendata.write_dump')"
    manage(environment, "shell", "--no-imports", "-c", code)
    worker = start(environment)
    dumps = Path(environment["JENDELA_HOME"]) / "dumps"
    try:
        wait_for(lambda: any(dumps.glob("aplikasi-*.csv")))
    finally:
        worker.terminate()
        worker.wait(20)
    failed = link.execute("SELECT task_name FROM procrastinate_jobs WHERE status::text = 'failed'").fetchall()
    assert failed == []
