"""The only reader of environment variables: each is read once, typed, with its default here."""

import os
import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit


class SettingError(Exception):
    """A missing or unreadable environment variable; the message is one sentence for an operator."""


def text(name: str, default: str | None = None) -> str:
    value = os.environ.get(name, default)
    if value is None or value == "":
        if default is not None:
            return default
        raise SettingError(f"Isi variabel {name} dahulu (environment variable {name} is not set).")
    return value


def flag(name: str, default: bool = False) -> bool:
    return text(name, "1" if default else "0").lower() in {"1", "true", "yes", "ya"}


def listed(name: str, default: str = "") -> list[str]:
    return [part.strip() for part in text(name, default).split(",") if part.strip()]


_NUMBERED = re.compile(r"\d{1,3}:[^,\s]+(?:,\d{1,3}:[^,\s]+)*")


def keys(name: str, default: str | None = None) -> dict[int, str]:
    """Secrets by number: one secret alone is number 1, several stand as `2:NEW,1:OLD`. Raises SettingError."""
    raw = text(name, default)
    if not _NUMBERED.fullmatch(raw):
        return {1: raw}
    parts = [part.partition(":") for part in raw.split(",")]
    found = {int(number): secret for number, _colon, secret in parts}
    if len(found) < len(parts) or 0 in found:
        raise SettingError(f"Setiap kunci di {name} punya nomor sendiri, mulai dari 1.")
    return found


def home() -> Path:
    """Folder of everything this instance keeps: keys, collected files, logs, buffers."""
    return Path(text("JENDELA_HOME", "var")).absolute()


@dataclass(frozen=True)
class Database:
    name: str
    user: str
    password: str
    host: str
    port: str


def database() -> Database:
    """DATABASE_URL as parts; `?host=/folder` names a socket folder. Raises SettingError."""
    raw = text("DATABASE_URL")
    parts = urlsplit(raw)
    if parts.scheme not in {"postgres", "postgresql"} or not parts.path.strip("/"):
        raise SettingError("DATABASE_URL harus berbentuk postgresql://pengguna:sandi@alamat:5432/nama.")
    query = parse_qs(parts.query)
    try:
        port = str(parts.port or "")
    except ValueError:
        raise SettingError("Nomor port di DATABASE_URL bukan angka.") from None
    return Database(
        name=unquote(parts.path.lstrip("/")),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        host=query.get("host", [parts.hostname or ""])[0],
        port=query.get("port", [port])[0],
    )
