"""Events of this app."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ApplicationsChanged:
    """Applications changed; the search is made anew from them."""
