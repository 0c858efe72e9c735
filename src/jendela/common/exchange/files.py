"""Files of imports: kept under a random name in a folder that no web address reaches."""

import hashlib
import os
import secrets
import shutil
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings

from jendela.common.exchange.models import ImportRun

FOLDER = "impor"


def folder() -> Path:
    place = Path(settings.MEDIA_ROOT) / FOLDER
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return place


def path_of(run: ImportRun) -> Path:
    return folder() / run.file


def keep(chunks: Iterable[bytes], most: int) -> tuple[str, int, str]:
    """Write the chunks of an upload; returns the random name, the size and the hash. Reading stops just beyond `most`
    bytes, so that a file that is too large is refused by its size and does not fill the disk."""
    name = f"{secrets.token_hex(16)}.bin"
    size = 0
    digest = hashlib.sha256()
    handle = os.open(folder() / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        for chunk in chunks:
            file.write(chunk)
            digest.update(chunk)
            size += len(chunk)
            if size > most:
                break
    return name, size, digest.hexdigest()


def copy(name: str) -> str:
    """The same file under another random name."""
    other = f"{secrets.token_hex(16)}.bin"
    shutil.copyfile(folder() / name, folder() / other)
    (folder() / other).chmod(0o600)
    return other


def drop(*names: str) -> None:
    for name in names:
        if name:
            (folder() / name).unlink(missing_ok=True)
