"""A day that stands still, an agency with its people and applications, and a bundle of the first round."""

from collections.abc import Iterator

import pytest
import time_machine

from jendela.registry.campaigns.models import Bundle
from jendela.registry.campaigns.tests.world import World


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel("2026-11-24 09:00+07:00", tick=False) as day:
        yield day


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def bundle(world: World) -> Bundle:
    return world.bundle(world.sent(key="putaran-pertama"))
