"""Events of this app."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from jendela.common.audit import Actor
from jendela.common.events import publish


@dataclass(frozen=True)
class DatasetsChanged:
    """Datasets that applications hold were changed, by an account (None: without one). `batch`:
    of the larger act it belongs to, as in ValuesChanged; '' for none."""

    applications: list[int]
    by: int | None
    batch: str = ""


def tell(applications: Iterable[int | None], *, by: Actor, batch: uuid.UUID | None = None) -> None:
    """Publish a change of these applications; of none it is no event."""
    keys = sorted({key for key in applications if key is not None})
    if keys:
        publish(DatasetsChanged(keys, by.user.pk if by.user is not None else None, str(batch or "")))
