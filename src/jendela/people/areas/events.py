"""Events of this app."""

from dataclasses import dataclass


@dataclass(frozen=True)
class AreasChanged:
    """Areas or their figures changed; the search is made anew from them."""
