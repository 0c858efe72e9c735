"""The region's data set, whole or as a copy that a test may break."""

import shutil
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from jendela.config.management.commands.load_kotim import HERE

Load = Callable[..., str]


@pytest.fixture
def load() -> Load:
    """Run load_kotim, return all that it prints."""

    def run(directory: Path = HERE, *, again: bool = False, verbosity: int = 2) -> str:
        out = StringIO()
        call_command("load_kotim", dir=directory, again=again, verbosity=verbosity, stdout=out)
        return out.getvalue()

    return run


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    """A copy of the tables, without the long list of words."""
    target = tmp_path / "kotim"
    shutil.copytree(HERE, target)
    (target / "kata.csv").unlink(missing_ok=True)
    return target
