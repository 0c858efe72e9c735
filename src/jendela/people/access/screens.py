"""`@screen`: the mark every view carries. It says for whom the screen is and which permission it needs."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from jendela.people.access.choices import Audience, Permission

View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True)
class Screen:
    audience: Audience
    needs: Permission | None = None
    cached: bool = False


def screen(
    *, audience: Audience, needs: Permission | None = None, cached: bool = True
) -> Callable[[View], View]:
    """Mark a view. Public screens without `cached=False` may be answered from the page cache."""
    if audience is Audience.PUBLIC and needs is not None:
        raise ValueError("a public screen needs no permission")
    mark = Screen(audience, needs, cached and audience is Audience.PUBLIC)

    def apply(view: View) -> View:
        view.screen = mark  # type: ignore[attr-defined]
        return view

    return apply
