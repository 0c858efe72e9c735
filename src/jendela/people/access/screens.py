"""`@screen`: the mark every view carries. It says for whom the screen is, which permission it needs, and to which
module it belongs."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from jendela.people.access.choices import Audience, Module, Permission

View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True)
class Screen:
    audience: Audience
    needs: Permission | None = None
    cached: bool = False
    module: Module | None = None


def screen(
    *,
    audience: Audience,
    needs: Permission | None = None,
    cached: bool = True,
    module: Module | None = None,
) -> Callable[[View], View]:
    """Mark a view. Public screens without `cached=False` may be answered from the page cache. `needs` asks for the
    permission at any agency; a view of one agency's things asks `has_permission` again with its id."""
    if audience is Audience.PUBLIC and needs is not None:
        raise ValueError("a public screen needs no permission")
    mark = Screen(audience, needs, cached and audience is Audience.PUBLIC, module)

    def apply(view: View) -> View:
        view.screen = mark  # type: ignore[attr-defined]
        return view

    return apply
