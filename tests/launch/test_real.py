"""The one command with the real Django and the real web server: it starts, answers, heals and ends."""

import os
import signal
from collections.abc import Callable
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.launch.conftest import ROOT, Up, jendela, left_over, wait_until

pytestmark = pytest.mark.launch
SOURCE = str(ROOT / "src")  # without the stand-ins


def healthy(instance: Up) -> bool:
    try:
        with urlopen(f"http://localhost:{instance.port}/healthz", timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def test_real_up(up: Callable[..., Up], home: Path) -> None:
    instance = up("--no-demo", PYTHONPATH=SOURCE).wait_ready()
    assert healthy(instance)
    with urlopen(f"http://localhost:{instance.port}/", timeout=10) as page:
        assert b"<html" in page.read()
    assert jendela(home, "manage", "migrate", "--check", PYTHONPATH=SOURCE).returncode == 0

    postmaster = instance.postmaster()
    assert postmaster
    os.kill(postmaster, signal.SIGKILL)
    wait_until(lambda: "Basis data berjalan lagi" in instance.text(), "another database server")
    wait_until(lambda: healthy(instance), "health after the database came back")

    assert instance.end() == 0
    assert left_over(home) == []
