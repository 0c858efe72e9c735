"""`up` with stand-ins for Django and the web server: start, second start, what dies, how it ends."""

import json
import os
import signal
import socket
import stat
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from jendela.config.launch.home import manage_in
from jendela.config.launch.process import postgres_in
from tests.launch.conftest import Up, data_of, jendela, left_over, wait_until

pytestmark = pytest.mark.launch


def calls(home: Path) -> list[list[str]]:
    return [json.loads(line) for line in (home / "calls").read_text().splitlines()]


def test_start_and_end_leave_nothing(up: Callable[..., Up], home: Path) -> None:
    first = up().wait_ready()
    first.wait_for("demo_links")
    assert f"http://localhost:{first.port}/" in first.text()
    assert first.web()
    assert postgres_in(data_of(home))
    keys = {path.name: path.read_text() for path in (home / "keys").iterdir()}
    assert set(keys) == {"secret_key", "data_key"}
    assert all(stat.S_IMODE(path.stat().st_mode) == 0o600 for path in (home / "keys").iterdir())
    began = time.monotonic()
    assert first.end() == 0
    assert time.monotonic() - began < 10
    assert left_over(home) == []

    began = time.monotonic()
    second = up().wait_ready()
    assert time.monotonic() - began < 10
    second.wait_for("demo_links")
    assert {path.name: path.read_text() for path in (home / "keys").iterdir()} == keys
    assert second.end(signal.SIGINT) == 0
    assert left_over(home) == []
    assert [call[0] for call in calls(home)] == ["prepare", "work", "demo_links"] * 2


def test_without_the_data_set(up: Callable[..., Up], home: Path) -> None:
    instance = up("--no-demo").wait_ready()
    assert "dengan: ./jendela manage create_admin" in instance.text()
    assert ["prepare", "--no-demo"] in calls(home)


def test_commands_name_only_another_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("JENDELA_HOME", str(tmp_path / "rumah"))
    assert manage_in(tmp_path / "rumah") == "./jendela manage"
    assert manage_in(tmp_path / "lain ini") == f"JENDELA_HOME='{tmp_path}/lain ini' ./jendela manage"


def test_second_up_is_refused(up: Callable[..., Up], home: Path) -> None:
    first = up().wait_ready()
    second = jendela(home, "up", "--port", "1")
    assert second.returncode == 1
    assert f"http://localhost:{first.port}/" in second.stderr
    assert len(second.stderr.splitlines()) == 1
    assert first.web()


def test_taken_port(home: Path, free_port: int) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", free_port))
        other.listen()
        done = jendela(home, "up", "--port", str(free_port))
    assert done.returncode == 1
    assert str(free_port) in done.stderr
    assert "--port" in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("port", ["0", "65536", "abc", "-1", "8000x"])
def test_bad_port(home: Path, port: str) -> None:
    done = jendela(home, "up", f"--port={port}")
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1


def test_home_that_cannot_be_written(tmp_path: Path, home: Path) -> None:
    (tmp_path / "file").touch()
    done = jendela(home, "up", "--home", str(tmp_path / "file" / "home"))
    assert done.returncode == 1
    assert "tidak dapat ditulisi" in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.skipif(os.geteuid() != 0, reason="mounting a small disk needs root")
def test_full_disk(tmp_path: Path, home: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=20m", "tmpfs", str(disk)], check=False, capture_output=True
    )
    if mounted.returncode:
        pytest.skip("mounting is not allowed here")
    try:
        done = jendela(home, "up", "--home", str(disk / "home"))
    finally:
        subprocess.run(["umount", str(disk)], check=True)
    assert done.returncode == 1
    assert "Disk penuh" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_failed_preparation_is_one_sentence(home: Path, free_port: int) -> None:
    done = jendela(home, "up", "--port", str(free_port), STANDIN_PREPARE="fail")
    assert done.returncode == 1
    assert "Data rusak" in done.stderr
    assert "prepare.log" in done.stderr
    assert "Traceback" not in done.stderr
    assert left_over(home) == []


def test_web_server_that_never_starts(home: Path, free_port: int) -> None:
    done = jendela(home, "up", "--port", str(free_port), STANDIN_WEB="fail")
    assert done.returncode == 1
    assert "web.log" in done.stderr
    assert left_over(home) == []


def test_production_needs_its_variables(home: Path) -> None:
    done = jendela(home, "up", JENDELA_ENV="production", JENDELA_SECRET_KEY="x")
    assert done.returncode == 1
    assert "JENDELA_DATA_KEY" in done.stderr
    assert "JENDELA_SECRET_KEY" not in done.stderr
    assert not (home / "keys").exists()


def test_killed_supervisor_leaves_nothing(up: Callable[..., Up], home: Path) -> None:
    first = up().wait_ready()
    first.end(signal.SIGKILL)
    wait_until(lambda: not left_over(home), "the end of all children", 15)
    assert up().wait_ready().end() == 0


def test_start_right_after_a_killed_supervisor(up: Callable[..., Up], home: Path) -> None:
    first = up().wait_ready()
    web = first.web()
    assert web
    os.kill(web[0], signal.SIGKILL)  # its worker now belongs to nobody
    first.end(signal.SIGKILL)
    second = up().wait_ready()
    found = second.web()
    assert found
    assert found[1] != web[1]
    assert second.end() == 0
    assert left_over(home) == []


def test_killed_web_server_comes_back(up: Callable[..., Up], home: Path) -> None:
    instance = up().wait_ready()
    before = instance.web()
    assert before
    os.kill(before[0], signal.SIGKILL)
    wait_until(lambda: (found := instance.web()) and found[1] != before[1], "another web server")
    assert "Server web berhenti" in instance.text()
    assert instance.end() == 0
    assert left_over(home) == []


def test_killed_worker_comes_back(up: Callable[..., Up], home: Path) -> None:
    instance = up("--no-demo").wait_ready()  # nothing but web and worker runs
    web = instance.web()
    assert web
    (worker,) = [pid for pid in supervised_workers(home) if pid not in web]
    os.kill(worker, signal.SIGKILL)
    wait_until(lambda: [call[0] for call in calls(home)].count("work") == 2, "another worker")
    assert instance.end() == 0
    assert left_over(home) == []


def test_killed_database_comes_back(up: Callable[..., Up], home: Path) -> None:
    instance = up().wait_ready()
    postmaster = instance.postmaster()
    assert postmaster
    os.kill(postmaster, signal.SIGKILL)
    wait_until(lambda: "Basis data berjalan lagi" in instance.text(), "another database server")
    assert instance.postmaster() not in {None, postmaster}
    assert instance.end() == 0
    assert left_over(home) == []


def test_end_while_starting(up: Callable[..., Up], home: Path) -> None:
    instance = up()
    instance.wait_for("Menyiapkan basis data")
    assert instance.end() == 0
    assert left_over(home) == []
    assert up().wait_ready().end() == 0


def supervised_workers(home: Path) -> list[int]:
    """Web and worker processes, without the database and without their supervisor."""
    from jendela.config.launch.process import supervised_by

    return supervised_by(home)
