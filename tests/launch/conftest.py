"""Tools of the launcher's tests: a home folder, a running `up` with stand-ins, and the proof that nothing is left."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.request import urlopen

import pytest

from jendela.config.launch import place as places
from jendela.config.launch.process import end_all, postgres_in, supervised_by
from tests import running

ROOT = Path(__file__).resolve().parents[2]
STANDIN = Path(__file__).parent / "standin"
LIMIT = 60.0  # seconds; a loaded machine is slow


def wait_until(check: Callable[[], object], what: str, limit: float = LIMIT) -> None:
    """Wait until `check` is true; fails with `what` after `limit` seconds."""
    until = time.monotonic() + limit
    while not check():
        if time.monotonic() > until:
            pytest.fail(f"in vain: {what}")
        time.sleep(0.05)


@pytest.fixture
def free_port() -> int:
    return running.free_port()


def data_of(home: Path) -> Path:
    """The data folder of a home's database, wherever it lies."""
    pointer = home / "database" / places.POINTER
    return (Path(pointer.read_text().strip()) if pointer.exists() else home / "database") / "data"


def left_over(home: Path) -> list[int]:
    """Processes of this home that still run."""
    return [*supervised_by(home), *postgres_in(data_of(home))]


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "home"
    yield folder
    end_all(lambda: left_over(folder), [(signal.SIGKILL, 5)])
    places.remove(folder / "database")


def environment(home: Path, **more: str) -> dict[str, str]:
    """A clean environment in which stand-ins take Django's and granian's place."""
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(STANDIN)]),
        "JENDELA_HOME": str(home),
        **more,
    }


def jendela(home: Path, *args: str, limit: float = LIMIT, **more: str) -> subprocess.CompletedProcess[str]:
    """Run a command of the launcher to its end."""
    return subprocess.run(
        [sys.executable, "-P", "-m", "jendela", *args],
        env=environment(home, **more),
        capture_output=True,
        text=True,
        timeout=limit,
        check=False,
    )


@dataclass
class Up:
    """A running `up`."""

    home: Path
    port: int
    args: list[str] = field(default_factory=list)
    more: dict[str, str] = field(default_factory=dict)

    def __enter__(self) -> "Up":
        self.home.parent.mkdir(exist_ok=True)
        self.output = self.home.parent / f"output-{time.monotonic_ns()}"
        with self.output.open("wb") as file:
            self.process = subprocess.Popen(
                [sys.executable, "-P", "-m", "jendela", "up", "--port", str(self.port), *self.args],
                env=environment(self.home, **self.more),
                stdout=file,
                stderr=file,
            )
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()

    def text(self) -> str:
        return self.output.read_text(errors="replace")

    def wait_ready(self) -> "Up":
        self.wait_for("Jendela siap: ")
        return self

    def wait_for(self, words: str) -> None:
        wait_until(
            lambda: words in self.text() or self.process.poll() is not None, f"{words!r} in {self.text()}"
        )
        assert words in self.text(), self.text()

    def end(self, sign: signal.Signals = signal.SIGTERM) -> int:
        self.process.send_signal(sign)
        return self.process.wait(20)

    def web(self) -> tuple[int, int] | None:
        """Main and worker process of the web server, as it says itself; None when it does not answer."""
        try:
            with urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=2) as answer:
                main, worker = answer.read().split()
                return int(main), int(worker)
        except OSError:
            return None

    def postmaster(self) -> int | None:
        try:
            return int((data_of(self.home) / "postmaster.pid").read_text().splitlines()[0])
        except (OSError, IndexError, ValueError):
            return None


@pytest.fixture
def up(home: Path, free_port: int) -> Iterator[Callable[..., Up]]:
    """Makes running `up`s of the home; all of them are ended after the test."""
    made: list[Up] = []

    def make(*args: str, **more: str) -> Up:
        instance = Up(home, free_port, list(args), more).__enter__()
        made.append(instance)
        return instance

    yield make
    for instance in made:
        instance.__exit__()
