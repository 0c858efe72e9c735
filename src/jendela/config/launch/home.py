"""The home folder of one instance: its keys, its logs, and the lock that only one running `up` holds."""

import fcntl
import json
import os
import secrets
import shlex
from dataclasses import dataclass, field
from pathlib import Path

import jendela
from jendela.config.launch.postgres import check_space, write_private
from jendela.config.launch.report import Trouble

KEYS = {"JENDELA_SECRET_KEY": "secret_key", "JENDELA_DATA_KEY": "data_key"}
IN_SERVICE = (*KEYS, "JENDELA_HOSTS", "JENDELA_PUBLIC_URL")
LOCK = "up.lock"
LOG_LIMIT = 20 * 1024 * 1024  # bytes


def checkout() -> Path | None:
    """The folder of the source code; None when jendela is installed as a package."""
    root = Path(jendela.__file__).resolve().parents[2]
    return root if (root / "src" / "jendela").is_dir() and (root / "pyproject.toml").is_file() else None


def default_home() -> Path:
    """JENDELA_HOME, else `var` in the source folder, else `var` in the current folder."""
    named = os.environ.get("JENDELA_HOME")
    return Path(named).expanduser() if named else (checkout() or Path.cwd()) / "var"


def manage_in(path: Path) -> str:
    """How the reader of this terminal calls a command for this home: another home must be named, or he would make a
    second one."""
    named = f"JENDELA_HOME={shlex.quote(str(path))} " if path.absolute() != default_home().absolute() else ""
    return f"{named}./jendela manage"


def production() -> bool:
    return os.environ.get("JENDELA_ENV") == "production"


@dataclass
class Home:
    """One home folder. `open_home` makes it."""

    path: Path
    _lock: int | None = field(default=None, repr=False)

    @property
    def logs(self) -> Path:
        return self.path / "log"

    @property
    def database(self) -> Path:
        return self.path / "database"

    @property
    def demo_mark(self) -> Path:
        return self.path / "demo"

    def set_demo(self, demo: bool) -> None:
        """Remember whether this home runs with example people."""
        if demo and not production():
            self.demo_mark.touch()
        else:
            self.demo_mark.unlink(missing_ok=True)

    def log(self, name: str) -> Path:
        return self.logs / f"{name}.log"

    def environment(self) -> dict[str, str]:
        """What every child gets: home, keys, settings, and where the code lies."""
        env = {**os.environ, "JENDELA_HOME": str(self.path), "PYTHONUNBUFFERED": "1"}
        source = str(Path(jendela.__file__).resolve().parents[1])
        kept = [part for part in env.get("PYTHONPATH", "").split(os.pathsep) if part and part != source]
        env["PYTHONPATH"] = os.pathsep.join([source, *kept])
        env.setdefault(
            "DJANGO_SETTINGS_MODULE", f"jendela.config.settings.{env.get('JENDELA_ENV') or 'local'}"
        )
        if not production():
            # the mark alone decides, so that commands in another terminal find the same mode
            env["JENDELA_DEMO"] = "1" if self.demo_mark.exists() else "0"
            if address := _address_in(self.path / LOCK):  # links of `manage` lead to the `up` that runs
                env.setdefault("JENDELA_PUBLIC_URL", address.rstrip("/"))
            for variable, name in KEYS.items():
                if not env.get(variable):
                    env[variable] = self._key(name)
        return env

    def _key(self, name: str) -> str:
        path = self.path / "keys" / name
        if not path.exists():
            path.parent.mkdir(mode=0o700, exist_ok=True)
            write_private(path, secrets.token_urlsafe(48))
        key = path.read_text().strip()
        if not key:
            raise Trouble(f"Kunci {path} kosong; kembalikan dari cadangan (the key file is empty).")
        return key

    def take(self, address: str) -> None:
        """Hold the lock of a running `up`. Raises Trouble with the other's address when there is one."""
        path = self.path / LOCK
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            raise Trouble(
                f"Jendela sudah berjalan di {_address_in(path) or 'komputer ini'} dengan folder {self.path} "
                "(already running)."
            ) from None
        os.ftruncate(handle, 0)
        os.write(handle, json.dumps({"pid": os.getpid(), "address": address}).encode())
        self._lock = handle

    def release(self) -> None:
        if self._lock is not None:
            os.ftruncate(self._lock, 0)
            os.close(self._lock)
            self._lock = None

    def shorten_logs(self) -> None:
        """Keep one older part of each log; children append, so a cut file goes on at its start."""
        for path in self.logs.glob("*.log"):
            if path.stat().st_size > LOG_LIMIT:
                path.with_suffix(".log.1").write_bytes(path.read_bytes())
                os.truncate(path, 0)


def open_home(path: Path) -> Home:
    """The home folder, made when missing. Raises Trouble when it cannot be written or the disk is full."""
    path = path.absolute()
    home = Home(path)
    try:
        check_space(path)
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        home.logs.mkdir(mode=0o700, exist_ok=True)
        probe = path / f".probe.{os.getpid()}"
        probe.touch()
        probe.unlink()
    except (PermissionError, NotADirectoryError, FileExistsError, FileNotFoundError) as error:
        raise _unwritable(path) from error
    except OSError as error:
        if error.errno in {30, 36, 40}:  # read-only file system, name too long, loop of links
            raise _unwritable(path) from error
        raise
    if production():
        missing = [name for name in IN_SERVICE if not os.environ.get(name)]
        if missing:
            raise Trouble(
                f"Isi dahulu {', '.join(missing)}; lihat docs/operators.md (not set in production)."
            )
    elif os.environ.get("JENDELA_ENV") not in {None, "", "local", "test"}:
        raise Trouble("JENDELA_ENV harus local, test atau production (unknown environment).")
    return home


def _unwritable(path: Path) -> Trouble:
    return Trouble(f"Folder {path} tidak dapat ditulisi; pilih yang lain dengan --home (it is not writable).")


def _address_in(path: Path) -> str:
    """The address of the `up` that holds this lock; '' when none does."""
    try:
        return str(json.loads(path.read_text())["address"])
    except (OSError, ValueError, KeyError):
        return ""
