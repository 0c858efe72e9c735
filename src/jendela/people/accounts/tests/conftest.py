"""Limits are shared by all tests of a run, as by all processes of a site: only tests of limits meet them."""

import pytest
from pytest_django import Settings


@pytest.fixture(autouse=True)
def _wide_limits(settings: Settings) -> None:
    for name in ("CODE_REQUEST", "CODE_REQUEST_ADDRESS", "CODE_GUESS", "CODE_GUESS_ADDRESS", "SECOND_FACTOR"):
        setattr(settings, f"RATE_{name}", (100_000, 900))
