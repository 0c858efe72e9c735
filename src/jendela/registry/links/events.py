"""Events of this app."""

from collections.abc import Iterable
from dataclasses import dataclass

from jendela.common.audit import Actor
from jendela.common.events import publish


@dataclass(frozen=True)
class LinksChanged:
    """Links of applications, or their leave to have none, were changed, by an account (None: without one)."""

    applications: list[int]
    by: int | None


def tell(applications: Iterable[int | None], *, by: Actor) -> None:
    """Publish a change of these applications; of none it is no event."""
    keys = sorted({key for key in applications if key is not None})
    if keys:
        publish(LinksChanged(keys, by.user.pk if by.user is not None else None))
