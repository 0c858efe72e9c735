"""`up`: brings database, web and worker up in order, starts again what dies, and ends all of it."""

import contextlib
import http.client
import ipaddress
import os
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from jendela.config.launch import database
from jendela.config.launch.home import Home, manage_in, open_home, production
from jendela.config.launch.postgres import Server
from jendela.config.launch.process import MARK, end, end_all, kill_group, spawn, supervised_by
from jendela.config.launch.report import Stopped, Trouble, complain, say

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
LONGEST_PAUSE = 30.0  # seconds between two tries
CALM = 60.0  # a child that ran this long starts with a short pause again
FIRST_TRIES = 5  # deaths of the web server before it ever answered, then `up` gives up
WEB_GRACE, WORKER_GRACE, DATABASE_GRACE = 2.5, 3.0, 2.5  # seconds; together below the promised 10
LEFTOVERS = 5.0  # seconds in which what a cut-off start left behind may still let go of the port


class Ending:
    """Turns the signals that ask for the end into Stopped, but only while something waits."""

    def __init__(self) -> None:
        self._read, self._write = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        self.asked = False

    def __enter__(self) -> "Ending":
        for sign in SIGNALS:
            signal.signal(sign, self._note)
        return self

    def __exit__(self, *_: object) -> None:
        for sign in SIGNALS:
            signal.signal(sign, signal.SIG_IGN)
        os.close(self._read)
        os.close(self._write)

    def _note(self, _sign: int, _frame: object) -> None:
        self.asked = True
        with contextlib.suppress(BlockingIOError):
            os.write(self._write, b".")

    def pause(self, seconds: float) -> None:
        """Wait. Raises Stopped as soon as the end was asked for."""
        if not self.asked:
            select.select([self._read], [], [], seconds)
        if self.asked:
            raise Stopped


@dataclass
class Service:
    """A child that must always run."""

    name: str  # as the terminal calls it
    command: Sequence[str | Path]
    log: Path
    grace: float
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    deaths: int = 0
    retry_at: float = field(default=0.0)

    def start(self, env: dict[str, str], cwd: Path) -> None:
        with self.log.open("ab") as log:
            self.process = spawn(self.command, env=env, output=log, cwd=cwd)
        self.started = time.monotonic()

    def died(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    def note_death(self) -> float:
        """Forget the process; returns the seconds to wait before the next try."""
        if time.monotonic() - self.started > CALM:
            self.deaths = 0
        wait: float = min(LONGEST_PAUSE, 0.25 * 2**self.deaths)
        self.deaths += 1
        self.retry_at = time.monotonic() + wait
        if self.process is not None:
            kill_group(self.process)  # its workers outlive it and would keep the port
        self.process = None
        return wait

    def stop(self) -> None:
        if self.process is not None:
            end(self.process, signal.SIGTERM, self.grace)
            self.process = None


def django(*args: str) -> list[str]:
    """The command line of a management command."""
    return [sys.executable, "-P", "-m", "django", *args]


def cores() -> int:
    return max(
        1, min(4, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1)
    )


def web_command(host: str, port: int) -> list[str]:
    """The web server; without --respawn-failed-workers one dead worker would end all of it."""
    command = [
        sys.executable,
        "-P",
        "-m",
        "granian",
        "--interface",
        "wsgi",
        "--host",
        host,
        "--port",
        str(port),
    ]
    command += ["--workers", str(cores()), "--blocking-threads", "2", "--no-ws", "--respawn-failed-workers"]
    command += ["--respawn-interval", "0.2", "--workers-kill-timeout", "2", "jendela.config.wsgi:application"]
    return command


class Supervisor:
    """One run of `up`."""

    def __init__(self, home_folder: Path, host: str, port: int, *, demo: bool) -> None:
        self.home_folder = home_folder
        self.home = Home(home_folder)
        self.host = host
        self.port = port
        self.demo = demo
        shown = "localhost" if host in {"127.0.0.1", "0.0.0.0", "::", "::1", "localhost"} else host  # noqa: S104
        self.address = f"http://{shown}:{port}/"
        self.services: list[Service] = []
        self.server: Server | None = None
        self.ending = Ending()
        self.env: dict[str, str] = {}
        self.database_deaths = 0
        self.ready = False
        self.answer = ""  # what /healthz last said

    def run(self) -> int:
        """Run until a signal asks for the end. Returns the exit code; raises Trouble when it cannot start."""
        began = time.monotonic()
        if self.demo and not production():
            check_loopback(self.host)
        with self.ending:
            home = self.home = open_home(self.home_folder)
            home.take(self.address)
            try:
                self._prepare()
                self._start_services()
                self._watch(began)
            except Stopped:
                say("Menghentikan Jendela …")
            finally:
                self._stop()
                home.release()
        say("Jendela berhenti.")
        return 0

    def _prepare(self) -> None:
        home = self.home
        home.shorten_logs()
        self._clear_away()
        check_port(self.host, self.port)
        home.set_demo(self.demo)
        self.env = home.environment()
        if not production():
            self.env.setdefault("JENDELA_PUBLIC_URL", self.address.rstrip("/"))
        if database.named():
            database.check_named()
        else:
            self.server = Server(home.database, log=home.log("database"), pause=self.ending.pause)
            self.env["DATABASE_URL"] = self.server.start(wait=60)
        self.env[MARK] = str(home.path)
        self._run_prepare()

    def _clear_away(self) -> None:
        """End what an `up` that was cut off left running. A process it was just making may show itself only now, by
        the port it takes: look again for a moment before the port is called taken."""
        until = time.monotonic() + LEFTOVERS
        found = False
        while True:
            if supervised_by(self.home.path):
                if not found:
                    say("Membereskan sisa Jendela yang terputus …")
                found = True
                end_all(lambda: supervised_by(self.home.path), [(signal.SIGTERM, 3), (signal.SIGKILL, 3)])
            if not found or _port_is_free(self.host, self.port) or time.monotonic() > until:
                return
            self.ending.pause(0.1)

    def _run_prepare(self) -> None:
        """Migrations, the data set on the first start, static files. Its own lines are the progress."""
        log = self.home.log("prepare")
        with log.open("wb") as errors:
            child = spawn(
                django("prepare", *([] if self.demo else ["--no-demo"])),
                env=self.env,
                errors=errors,
                cwd=self.home.path,
            )
        try:
            while child.poll() is None:
                self.ending.pause(0.05)
        finally:
            end(child, signal.SIGTERM, 3)
        if child.returncode != 0:
            raise Trouble(f"Persiapan gagal{_last_word(log)}; baca {log} (prepare failed).")

    def _start_services(self) -> None:
        home = self.home
        self.web = Service("Server web", web_command(self.host, self.port), home.log("web"), WEB_GRACE)
        self.services = [self.web, Service("Pekerja", django("work"), home.log("worker"), WORKER_GRACE)]
        say("Memulai server web dan pekerja …")
        for service in self.services:
            service.start(self.env, home.path)

    def _watch(self, began: float) -> None:
        """The loop of a running instance; ends by Stopped."""
        told = checked = time.monotonic()
        while True:
            self._heal()
            now = time.monotonic()
            if not self.ready:
                if self._answers():
                    self._announce(now - began)
                elif self.web.deaths >= FIRST_TRIES:
                    raise Trouble(
                        f"Server web tidak mau berjalan; baca {self.web.log} (the web server keeps ending)."
                    )
                elif now - told > 10:
                    told = now
                    say(f"Menunggu server web: {self.answer} …")
            if now - checked > 60:
                checked = now
                self.home.shorten_logs()
            self.ending.pause(0.3 if self.ready else 0.1)

    def _announce(self, seconds: float) -> None:
        self.ready = True
        if not self.demo:
            say(f"Buat pengelola pertama dengan: {manage_in(self.home.path)} create_admin")
        say(f"Jendela siap: {self.address} ({seconds:.1f} detik; hentikan dengan Ctrl-C)")
        if self.home.demo_mark.exists():
            self._print_links()

    def _print_links(self) -> None:
        """One-time links of the example people; a failure is a line in the log, not the end."""
        with self.home.log("demo").open("wb") as errors:
            child = spawn(django("demo_links"), env=self.env, errors=errors, cwd=self.home.path)
        until = time.monotonic() + 60
        try:
            while child.poll() is None and time.monotonic() < until:
                self._heal()
                self.ending.pause(0.1)
        finally:
            end(child, signal.SIGTERM, 2)
        if child.returncode != 0:
            say(f"Tautan orang contoh tidak dapat dibuat; baca {self.home.log('demo')}")
        else:
            say(f"Tautan baru: {manage_in(self.home.path)} demo_links")

    def _heal(self) -> None:
        if self.server is not None and not self.server.running():
            self._heal_database(self.server)
        for service in self.services:
            if service.died():
                code = service.process.returncode if service.process else None
                wait = service.note_death()
                say(
                    f"{service.name} berhenti (kode {code}), dimulai lagi dalam {wait:.1f} detik: {service.log}"
                )
            if service.process is None and time.monotonic() >= service.retry_at:
                service.start(self.env, self.home.path)

    def _heal_database(self, server: Server) -> None:
        say(f"Basis data berhenti; dimulai lagi; catatan: {server.log}")
        try:
            server.restart()
            self.database_deaths = 0
            say("Basis data berjalan lagi.")
        except Trouble as trouble:
            self.database_deaths += 1
            complain(f"jendela: {trouble}")
            self.ending.pause(min(LONGEST_PAUSE, 0.5 * 2**self.database_deaths))

    def _answers(self) -> bool:
        host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.host, self.host)  # noqa: S104
        named = "" if self.home.demo_mark.exists() else os.environ.get("JENDELA_HOSTS", "")
        name = named.split(",")[0].strip().lstrip("*.") or "localhost"
        link = http.client.HTTPConnection(host, self.port, timeout=2)
        try:
            link.request("GET", "/healthz", headers={"Host": name, "X-Forwarded-Proto": "https"})
            response = link.getresponse()
            self.answer = f"/healthz menjawab {response.status} {response.read(300).decode(errors='replace')}"
            return response.status == 200
        except (OSError, http.client.HTTPException):
            self.answer = "belum menjawab"
            return False
        finally:
            link.close()

    def _stop(self) -> None:
        for service in self.services:  # web first: no new work comes in; then the worker
            service.stop()
        if self.server is not None:
            self.server.stop(DATABASE_GRACE)


def check_loopback(host: str) -> None:
    """Example people may sign in without a second factor: nobody but this machine may reach them. Raises Trouble."""
    if host != "localhost" and not _is_loopback(host):
        raise Trouble(
            f"Mode contoh hanya untuk komputer ini, bukan {host}; tambahkan --no-demo (demo stays on loopback).",
            2,
        )


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def check_port(host: str, port: int) -> None:
    """Raises Trouble when the port is taken or may not be used."""
    try:
        family, kind, proto, _, where = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, proto) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(where)
    except socket.gaierror as error:
        raise Trouble(f"Alamat {host} tidak dikenal; periksa --host (unknown address).") from error
    except PermissionError as error:
        raise Trouble(
            f"Port {port} tidak boleh dipakai; pilih 1024 atau lebih dengan --port (not permitted)."
        ) from error
    except OSError as error:
        if error.errno == 99:  # EADDRNOTAVAIL
            raise Trouble(
                f"Alamat {host} bukan milik komputer ini; periksa --host (not an own address)."
            ) from error
        raise Trouble(
            f"Port {port} sudah dipakai program lain; pilih yang lain dengan --port (the port is taken)."
        ) from error


def _port_is_free(host: str, port: int) -> bool:
    try:
        check_port(host, port)
    except Trouble:
        return False
    return True


def _last_word(log: Path) -> str:
    """The sentence of a CommandError or SettingError at the end of a log."""
    lines = log.read_text(errors="replace").strip().splitlines()
    for mark in ("CommandError: ", "SettingError: "):
        if lines and mark in lines[-1]:
            return ": " + lines[-1].split(mark, 1)[1].rstrip(".")
    return ""
