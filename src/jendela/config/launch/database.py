"""Which database an instance uses: the one named by DATABASE_URL, or an own server in the home folder."""

import os

import psycopg
from psycopg.conninfo import make_conninfo

from jendela.config import env
from jendela.config.launch.report import Trouble

OLDEST = 150000  # PostgreSQL 15


def named() -> str | None:
    """DATABASE_URL when it is set."""
    return os.environ.get("DATABASE_URL") or None


def check_named() -> None:
    """Prove that DATABASE_URL answers. Raises Trouble with the reason; never shows the password."""
    try:
        parts = env.database()
    except env.SettingError as error:
        raise Trouble(str(error)) from error
    where = f"{parts.host or 'localhost'}{':' + parts.port if parts.port else ''}"
    given = {"dbname": parts.name, "user": parts.user, "password": parts.password}
    given |= {"host": parts.host, "port": parts.port}
    try:
        wanted = make_conninfo("", **{name: value for name, value in given.items() if value})
        with psycopg.connect(wanted, connect_timeout=5) as link:
            version = link.info.server_version
    except (psycopg.Error, UnicodeError, ValueError) as error:
        raise _explained(str(error), where, parts) from error
    if version < OLDEST:
        raise Trouble(
            f"PostgreSQL di {where} terlalu lama; perlu versi 15 atau lebih (PostgreSQL is too old)."
        )


def _explained(text: str, where: str, parts: env.Database) -> Trouble:
    if "password authentication failed" in text or "no password supplied" in text:
        return Trouble(
            f"PostgreSQL di {where} menolak sandi {parts.user}; periksa DATABASE_URL (wrong password)."
        )
    if f'database "{parts.name}" does not exist' in text:
        return Trouble(
            f"Basis data {parts.name} belum ada di {where}; buat dengan createdb (no such database)."
        )
    if "FATAL" in text:
        reason = text.split("FATAL:", 1)[1].strip().splitlines()[0]
        return Trouble(f"PostgreSQL di {where} menolak: {reason}; periksa DATABASE_URL (refused).")
    return Trouble(
        f"PostgreSQL di {where} tidak terjangkau; periksa DATABASE_URL (the database is unreachable)."
    )
