"""The menu of staff: entries from one table (settings.STAFF_MENU), narrowed to what a viewer may open."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from jendela.people.access.choices import Module, Permission
from jendela.people.access.policy import has_permission, open_modules


@dataclass(frozen=True)
class Entry:
    """One place of the menu. `path` is Indonesian, without language prefix; `count` the dotted name of a function of
    the viewer that says how much waits there, `unit` what it counts, `none` what stands there when it is nothing."""

    key: str
    group: Any
    title: Any
    sentence: Any
    path: str
    icon: str
    needs: Permission | None = None
    module: Module | None = None
    count: str = ""
    unit: Any = ""
    none: Any = ""


@cache
def table() -> Sequence[Entry]:
    entries: Sequence[Entry] = import_string(settings.STAFF_MENU)
    return entries


def entries_for(viewer: Any) -> list[Entry]:
    """What this viewer may open, in the order of the table."""
    modules = open_modules(viewer)
    return [
        one
        for one in table()
        if (one.module is None or one.module in modules)
        and (one.needs is None or has_permission(viewer, one.needs))
    ]
