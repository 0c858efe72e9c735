"""How much of what should be known is known: the formula of LeanIX, from fields to groups to the application.

    score(level) = sum(weight * score) / sum(weight) * 100

A field scores 1 when it is known and 0 when it is not; a weight of 0 makes it optional. A group without any weighted
field does not count.
"""

from collections.abc import Collection
from dataclasses import dataclass

from jendela.registry.applications.fields import BY_NAME
from jendela.registry.applications.paths import PART_WORDS, record_path
from jendela.registry.scores.tables import Weights

PARTS = "parts"


@dataclass(frozen=True)
class Group:
    """Percent of a group, and which weighted fields of it are not known."""

    key: str
    percent: int
    missing: tuple[str, ...]


@dataclass(frozen=True)
class Completeness:
    percent: int  # 0..100
    groups: tuple[Group, ...]


def group_of(name: str) -> str:
    return PARTS if name.startswith("@") else BY_NAME[name].group


def part_path(slug: str, name: str) -> str:
    """Where a part is filled in."""
    rooms = {
        "@functions": f"{record_path(slug)}fungsi/",
        "@datasets": f"/kelola/data/baru/?aplikasi={slug}",
        "@links": f"/kelola/integrasi/baru/?dari={slug}",
    }
    return rooms.get(name) or f"{record_path(slug)}bagian/{PART_WORDS[name.removeprefix('@')]}/"


def completeness(known: Collection[str], weights: Weights) -> Completeness:
    """Of the names of fields and parts that are known. Raises KeyError for a weight of a field that does not exist."""
    whole: dict[str, int] = {}
    got: dict[str, int] = {}
    missing: dict[str, list[str]] = {}
    for name, held in weights.fields.items():
        if held.value == 0:
            continue
        group = group_of(name)
        whole[group] = whole.get(group, 0) + held.value
        if name in known:
            got[group] = got.get(group, 0) + held.value
        else:
            missing.setdefault(group, []).append(name)
    groups = [
        Group(key, round(100 * got.get(key, 0) / total), tuple(missing.get(key, ())))
        for key, total in whole.items()
        if key in weights.groups
    ]
    total = sum(weights.groups[key].value for key in whole if key in weights.groups)
    if not total:
        return Completeness(0, ())
    share = sum(
        weights.groups[key].value * got.get(key, 0) / whole[key] for key in whole if key in weights.groups
    )
    # 100 means that nothing is missing
    percent = 100 if not any(missing.values()) else min(99, round(100 * share / total))
    return Completeness(percent, tuple(groups))
