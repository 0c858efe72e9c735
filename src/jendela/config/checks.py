"""Checks at start-up: the wiring table names jobs that exist."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, register

from jendela.common.jobs import REGISTRY
from jendela.config.wiring import SUBSCRIBERS


@register()
def check_wiring(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    return [
        Error(f"{event.__qualname__} is wired to {name}, which no job registers", id="jendela.E001")
        for event, names in SUBSCRIBERS.items()
        for name in names
        if name not in REGISTRY
    ]
