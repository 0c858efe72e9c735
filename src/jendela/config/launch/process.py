"""Child processes: started so that they end with their parent, found again after a crash, ended in time."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

PROC = Path("/proc")
PR_SET_PDEATHSIG = 1
MARK = "JENDELA_SUPERVISED"  # in the environment of web and worker: the home folder they belong to

_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


@dataclass(frozen=True)
class Account:
    """A system user that a child runs as."""

    uid: int
    gid: int


def spawn(
    args: Sequence[str | Path],
    *,
    env: Mapping[str, str],
    output: IO[bytes] | int | None = None,
    errors: IO[bytes] | int | None = None,
    account: Account | None = None,
    cwd: Path | None = None,
    end_signal: signal.Signals = signal.SIGTERM,
) -> subprocess.Popen[bytes]:
    """Start a child in its own group. It gets `end_signal` when this process dies, even by kill -9.

    Call it from the main thread: the kernel watches the thread that forked.
    """
    parent = os.getpid()

    def tie() -> None:
        if _libc is not None:
            _libc.prctl(PR_SET_PDEATHSIG, int(end_signal), 0, 0, 0)
            if os.getppid() != parent:  # it died between fork and here
                os._exit(1)

    return subprocess.Popen(
        [str(arg) for arg in args],
        env=dict(env),
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=errors if errors is not None else output,
        cwd=cwd,
        start_new_session=True,  # Ctrl-C goes to the supervisor alone, which ends its children in order
        preexec_fn=tie,  # noqa: PLW1509  one short call into libc, and no threads are running
        user=account.uid if account else None,
        group=account.gid if account else None,
        extra_groups=[] if account else None,
    )


def end(child: subprocess.Popen[bytes], sign: signal.Signals, grace: float) -> None:
    """Ask a child to end, wait `grace` seconds, then kill what is left of its group."""
    if child.poll() is None:
        child.send_signal(sign)
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(grace)
    kill_group(child)
    child.wait()


def kill_group(child: subprocess.Popen[bytes]) -> None:
    """Kill every process of the child's group; workers outlive their main process when that is killed."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, signal.SIGKILL)


def supervised_by(home: Path) -> list[int]:
    """Web and worker processes that belong to this home, whoever started them."""
    mark = f"{MARK}={home}".encode()
    return [pid for pid in _pids() if mark in _read(pid, "environ").split(b"\0")]


def postgres_in(data: Path) -> list[int]:
    """Processes of PostgreSQL whose working folder is this data folder: postmaster and backends."""
    wanted = os.path.realpath(data)
    return [pid for pid in _pids() if _link(pid, "cwd") == wanted and _command(pid).startswith("postgres")]


def is_postmaster(pid: int) -> bool:
    """True for the main process of PostgreSQL; the others rename themselves to `postgres: …`."""
    return not _read(pid, "cmdline").startswith(b"postgres:")


def end_all(find: Callable[[], Iterable[int]], steps: Sequence[tuple[signal.Signals, float]]) -> None:
    """Send each signal to whatever `find` still finds, and wait up to the seconds that belong to it."""
    for sign, seconds in steps:
        for pid in find():
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(pid, sign)
        limit = time.monotonic() + seconds
        while list(find()):
            if time.monotonic() > limit:
                break
            time.sleep(0.05)
        else:
            return


def _pids() -> list[int]:
    if not PROC.is_dir():
        return []
    own = os.getpid()
    names = (path.name for path in PROC.iterdir())
    return [int(name) for name in names if name.isdigit() and int(name) != own]


def _read(pid: int, name: str) -> bytes:
    try:
        return (PROC / str(pid) / name).read_bytes()
    except OSError:
        return b""


def _link(pid: int, name: str) -> str:
    try:
        return str((PROC / str(pid) / name).readlink())
    except OSError:
        return ""


def _command(pid: int) -> str:
    return _read(pid, "comm").decode(errors="replace").strip()
