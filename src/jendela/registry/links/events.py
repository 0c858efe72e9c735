"""Events of this app."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from jendela.common.audit import Actor
from jendela.common.events import publish


@dataclass(frozen=True)
class LinksChanged:
    """Links of applications, or their leave to have none, were changed, by an account (None: without one). `batch`:
    of the larger act it belongs to, as in ValuesChanged; '' for none. `at`: when."""

    applications: list[int]
    by: int | None
    batch: str = ""
    at: str = ""


def tell(applications: Iterable[int | None], *, by: Actor, batch: uuid.UUID | None = None) -> None:
    """Publish a change of these applications; of none it is no event."""
    keys = sorted({key for key in applications if key is not None})
    if keys:
        user = by.user.pk if by.user is not None else None
        publish(LinksChanged(keys, user, str(batch or ""), timezone.now().isoformat()))
