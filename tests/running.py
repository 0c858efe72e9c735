"""What tests of the running product share: a free port, an empty database, and a started instance."""

import contextlib
import json
import os
import secrets
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from jendela.config import env

ROOT = Path(__file__).resolve().parents[1]


def free_port() -> int:
    """A port nobody listens on, below those the kernel lends to outgoing connections: a test that ends its server and
    starts it again would else find the port lent away in between."""
    for _ in range(200):
        port = 10_000 + secrets.randbelow(22_000)
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise RuntimeError("no free port between 10000 and 32000")


def new_database(name: str) -> str:
    """An empty database beside the tests' own; returns its address."""
    parts = env.database()
    given = {"user": parts.user, "password": parts.password, "host": parts.host, "port": parts.port}
    values = {key: value for key, value in given.items() if value}
    with psycopg.connect(make_conninfo("", dbname=parts.name, **values), autocommit=True) as link:
        link.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name)))
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()


class Site:
    """A running instance: its address, and `manage` for what a test must do behind the scenes."""

    def __init__(self, home: Path, database: str, port: int) -> None:
        self.home, self.port = home, port
        self.url = f"http://localhost:{port}"
        self.environment = {**os.environ, "DATABASE_URL": database, "PYTHONPATH": str(ROOT / "src")}
        self.environment["JENDELA_HOME"] = str(home)
        self.environment["JENDELA_PUBLIC_URL"] = self.url
        self.environment.pop("DJANGO_SETTINGS_MODULE", None)

    def manage(self, *words: str) -> str:
        command = [sys.executable, "-m", "jendela", "manage", *words]
        done = subprocess.run(
            command, env=self.environment, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def healthy(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/healthz", timeout=5) as answer:
                return bool(json.load(answer)["ok"])
        except (OSError, ValueError):
            return False
