"""The own PostgreSQL: fresh, after crashes, with strange files, beside others."""

import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from jendela.config.launch import place as places
from jendela.config.launch import postgres
from jendela.config.launch.place import SOCKET_LIMIT, SOCKET_NAME
from jendela.config.launch.postgres import Server, free_slot
from jendela.config.launch.process import postgres_in
from jendela.config.launch.report import Trouble
from tests.launch.conftest import ROOT, data_of, wait_until

pytestmark = pytest.mark.launch
AS_ROOT = pytest.mark.skipif(os.geteuid() != 0, reason="needs root")


@pytest.fixture
def folder(home: Path) -> Path:
    return home / "database"


def ask(url: str, question: str) -> object:
    with psycopg.connect(url, autocommit=True) as link:
        row = link.execute(question.encode()).fetchone()
        return row[0] if row else None


def keep_a_row(server: Server) -> None:
    with psycopg.connect(server.url(), autocommit=True) as link:
        link.execute("CREATE TABLE kept AS SELECT 42 AS number")


def kill_postmaster(server: Server) -> None:
    assert server.process is not None
    server.process.send_signal(signal.SIGKILL)
    server.process.wait(10)


def test_fresh_start_and_stop(folder: Path) -> None:
    server = Server(folder, quiet=True)
    url = server.start()
    assert ask(url, "SELECT datlocprovider::text FROM pg_database WHERE datname = current_database()") == "b"
    assert ask(url, "SHOW listen_addresses") == ""
    assert ask(url, "SHOW fsync") == "on"
    keep_a_row(server)
    server.stop()
    assert postgres_in(data_of(folder.parent)) == []
    began = time.monotonic()
    with Server(folder, quiet=True) as again:
        assert ask(again.url(), "SELECT number FROM kept") == 42
    assert time.monotonic() - began < 10


def test_password_is_asked_and_private(folder: Path) -> None:
    with Server(folder, durable=False, quiet=True) as server:
        password = (folder / "password").read_text().strip()
        assert stat.S_IMODE((folder / "password").stat().st_mode) == 0o600
        with pytest.raises(psycopg.OperationalError, match="password"):
            psycopg.connect(server.url().replace(password, "wrong"))


def test_killed_postmaster_starts_again(folder: Path) -> None:
    with Server(folder, quiet=True) as server:
        keep_a_row(server)
        kill_postmaster(server)
        assert not server.running()
        server.restart()
        assert ask(server.url(), "SELECT number FROM kept") == 42


def test_start_after_killed_postmaster(folder: Path) -> None:
    first = Server(folder, quiet=True)
    first.start()
    keep_a_row(first)
    kill_postmaster(first)
    first.stop()
    with Server(folder, quiet=True) as second:
        assert ask(second.url(), "SELECT number FROM kept") == 42


@pytest.mark.parametrize("content", ["", "12", "rubbish\n", "999999999\n/nowhere\n"])
def test_broken_pid_file(folder: Path, content: str) -> None:
    with Server(folder, durable=False, quiet=True) as server:
        kill_postmaster(server)
    (data_of(folder.parent) / "postmaster.pid").write_text(content)
    with Server(folder, durable=False, quiet=True) as server:
        assert ask(server.url(), "SELECT 1") == 1


def test_pid_file_with_the_number_of_another_process(folder: Path) -> None:
    with Server(folder, durable=False, quiet=True) as server:
        kill_postmaster(server)
    pid_file = data_of(folder.parent) / "postmaster.pid"
    with subprocess.Popen(["sleep", "60"]) as stranger:
        pid_file.write_text("\n".join([str(stranger.pid), *pid_file.read_text().splitlines()[1:]]) + "\n")
        with Server(folder, durable=False, quiet=True) as server:
            assert ask(server.url(), "SELECT 1") == 1
        assert stranger.poll() is None
        stranger.kill()


def test_left_over_server_is_stopped_first(folder: Path) -> None:
    first = Server(folder, quiet=True)
    first.start()
    assert first.process is not None
    assert first._lock is not None
    os.close(first._lock)  # as after the end of its owner
    first._lock = None
    with Server(folder, quiet=True) as second:
        assert first.process.wait(10) == 0
        assert ask(second.url(), "SELECT 1") == 1


def test_half_made_cluster_is_made_again(folder: Path) -> None:
    place = places.find_place(folder, keep=True)
    for name in ("data", "data.half"):
        (place.root / name).mkdir()
        (place.root / name / "rubbish").touch()
    with Server(folder, durable=False, quiet=True) as server:
        assert ask(server.url(), "SELECT 1") == 1


def test_others_may_join_but_not_own(folder: Path) -> None:
    with Server(folder, durable=False, quiet=True) as owner:
        with pytest.raises(Trouble, match="sedang dipakai"):
            Server(folder, durable=False, quiet=True).start()
        guest = Server(folder, durable=False, quiet=True)
        assert ask(guest.start(join=True), "SELECT 1") == 1
        assert not guest.owner
        guest.stop()
        assert owner.running()


OWN = """
import sys, time
from pathlib import Path
from jendela.config.launch.postgres import Server
server = Server(Path(sys.argv[1]), durable=False, quiet=True)
server.start()
print("up", flush=True)
time.sleep(120)
"""


def test_server_dies_with_its_killed_owner(folder: Path) -> None:
    owner = subprocess.Popen(
        [sys.executable, "-c", OWN, str(folder)],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT / "src")},
        stdout=subprocess.PIPE,
    )
    assert owner.stdout is not None
    assert owner.stdout.readline() == b"up\n"
    data = data_of(folder.parent)
    assert postgres_in(data)
    owner.kill()
    owner.wait()
    owner.stdout.close()
    wait_until(lambda: not postgres_in(data), "the end of the server", 15)


def test_two_runs_of_tests_get_two_servers(tmp_path: Path) -> None:
    first = free_slot(tmp_path)
    second = free_slot(tmp_path)
    try:
        assert first.url() != second.url()
        assert ask(first.url(), "SHOW fsync") == "off"
    finally:
        first.remove()
        second.remove()


def test_a_kept_test_server_keeps_no_leftovers(tmp_path: Path) -> None:
    first = free_slot(tmp_path)
    with psycopg.connect(first.url(), autocommit=True) as link:
        link.execute("CREATE DATABASE journeys_1")
        link.execute("CREATE DATABASE test_jendela")
    first.stop()
    second = free_slot(tmp_path)
    try:
        assert ask(second.url(), "SELECT count(*) FROM pg_database WHERE datname = 'journeys_1'") == 0
        assert ask(second.url(), "SELECT count(*) FROM pg_database WHERE datname = 'test_jendela'") == 1
    finally:
        second.remove()


def test_broken_quick_server_is_made_again(folder: Path) -> None:
    with Server(folder, durable=False, quiet=True):
        pass
    (data_of(folder.parent) / "global" / "pg_control").unlink()
    with Server(folder, durable=False, quiet=True) as server:
        assert ask(server.url(), "SELECT 1") == 1


def test_broken_durable_server_is_never_made_again(folder: Path) -> None:
    with Server(folder, quiet=True):
        pass
    (data_of(folder.parent) / "global" / "pg_control").unlink()
    with pytest.raises(Trouble, match="baca"):
        Server(folder, quiet=True).start()
    assert (data_of(folder.parent) / "PG_VERSION").exists()


def test_no_right_of_a_folder_is_widened(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    folder = closed / "home" / "database"
    server = Server(folder, durable=False, quiet=True)
    server.start()
    server.stop()
    for path in (closed, folder.parent, folder):
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0 or path == folder.parent
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700
    server.remove()


def test_socket_path_is_always_short(tmp_path: Path) -> None:
    deep = tmp_path / ("d" * 90) / "database"
    assert len(os.fsencode(places._socket_folder(deep))) + SOCKET_NAME <= SOCKET_LIMIT


@AS_ROOT
def test_root_does_not_run_the_server(folder: Path) -> None:
    with Server(folder, durable=False, quiet=True) as server:
        assert server.process is not None
        assert Path(f"/proc/{server.process.pid}").stat().st_uid != 0
        assert data_of(folder.parent).is_relative_to(places.STATE)
        assert stat.S_IMODE(places.STATE.stat().st_mode) == 0o755


@AS_ROOT
def test_data_of_a_deleted_home_is_set_aside(folder: Path) -> None:
    with Server(folder, quiet=True) as server:
        keep_a_row(server)
    root = data_of(folder.parent).parent
    (folder / places.POINTER).unlink()
    with Server(folder, quiet=True) as server:
        assert ask(server.url(), "SELECT to_regclass('kept')::text") is None
    aside = list(root.parent.glob(f"{root.name}-lama-*"))
    assert len(aside) == 1
    subprocess.run(["rm", "-rf", str(aside[0])], check=True)


@AS_ROOT
def test_root_does_not_take_the_data_of_a_user(folder: Path) -> None:
    (folder / "data").mkdir(parents=True)
    with pytest.raises(Trouble, match="jalankan sebagai"):
        Server(folder, quiet=True).start()


def test_full_disk_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres, "NEEDED", 1 << 62)
    with pytest.raises(Trouble, match="Disk penuh"):
        postgres.check_space(tmp_path / "not" / "there")
