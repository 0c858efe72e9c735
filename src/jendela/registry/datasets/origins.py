"""Who said each value of a dataset: kept on the row by the name of its field, each with those that stood before it,
so that a change can be taken back with its source."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from jendela.registry.applications.actions import Provenance
from jendela.registry.datasets.models import Dataset

STEPS = 5  # sources of one value that are kept, the present one among them


@dataclass(frozen=True)
class Origin:
    stated_by: str
    stated_at: datetime.datetime
    source: str
    source_url: str
    grade: str


def note_sources(row: Dataset, names: Iterable[str], provenance: Provenance) -> None:
    """The named values are said by this one now. The caller saves the row."""
    said = {
        "stated_by": provenance.stated_by[:200],
        "stated_at": timezone.now().isoformat(),
        "source": provenance.source[:300],
        "source_url": provenance.source_url,
        "grade": str(provenance.grade),
    }
    found = dict(row.sources)
    for name in names:
        found[name] = {**said, "before": _kept(found.get(name), STEPS - 1)}
    row.sources = found


def _kept(said: dict[str, Any] | None, steps: int) -> dict[str, Any] | None:
    """A source with so many that stood before it."""
    if not said or steps <= 0:
        return None
    return {**said, "before": _kept(said.get("before"), steps - 1)}


def put_sources_back(row: Dataset, names: Iterable[str]) -> None:
    """The sources that stood before the last change of these values stand again. The caller saves the row."""
    found = dict(row.sources)
    for name in names:
        before = found.pop(name, {}).get("before")
        if before:
            found[name] = before
    row.sources = found


def origin_of(row: Dataset, name: str) -> Origin | None:
    """Who said this value; None where nobody is known."""
    said = row.sources.get(name)
    if not said:
        return None
    return Origin(
        said["stated_by"],
        datetime.datetime.fromisoformat(said["stated_at"]),
        said["source"],
        said["source_url"],
        said["grade"],
    )
