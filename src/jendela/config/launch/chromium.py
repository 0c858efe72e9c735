"""A Chromium for the browser journeys: finds one that really starts, or fetches one."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from jendela.config.launch.report import Trouble, say

VARIABLE = "JENDELA_CHROMIUM"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
DOWNLOAD_LIMIT = 120  # seconds
PACKAGE_LIMIT = 600


def ensure() -> Path:
    """The path of a Chromium that works. Raises Trouble with the way to get one."""
    found = find()
    if found is None:
        say(f"Chromium belum ada; mencoba mengunduh dari Playwright, paling lama {DOWNLOAD_LIMIT} detik …")
        _try([sys.executable, "-m", "playwright", "install", "chromium"], DOWNLOAD_LIMIT)
        found = find()
    apt = shutil.which("apt-get")
    if found is None and apt is not None and os.geteuid() == 0:
        say("Memasang Chromium dengan apt-get …")
        _try([apt, "update", "-q"], PACKAGE_LIMIT)
        _try([apt, "install", "-y", "-q", "--no-install-recommends", "chromium"], PACKAGE_LIMIT)
        found = find()
    if found is None:
        raise Trouble(
            "Chromium tidak ada: pasang dengan `sudo apt install chromium`, atau sebut tempatnya dalam "
            f"{VARIABLE} (no Chromium for the browser journeys)."
        )
    return found


def find() -> Path | None:
    """The first candidate that starts."""
    for path in _candidates():
        if works(path):
            return path
    return None


def works(path: Path) -> bool:
    """A file alone proves nothing: libraries may be missing."""
    return path.is_file() and _try([str(path), "--version"], 20)


def _candidates() -> Iterator[Path]:
    if named := os.environ.get(VARIABLE):
        yield Path(named)
    cache = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or Path.home() / ".cache" / "ms-playwright")
    if cache.is_dir():
        yield from sorted(cache.glob("chromium*/chrome-linux*/chrome"), reverse=True)
        yield from sorted(cache.glob("chromium*/chrome-linux*/headless_shell"), reverse=True)
    for name in NAMES:
        if path := shutil.which(name):
            yield Path(path)


def _try(command: list[str], limit: int) -> bool:
    try:
        done = subprocess.run(
            command,
            check=False,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            stdin=subprocess.DEVNULL,
            timeout=limit,
            env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
