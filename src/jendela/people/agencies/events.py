"""Events of this app."""

from dataclasses import dataclass


@dataclass(frozen=True)
class AgenciesChanged:
    """Agencies or offices changed; the search is made anew from them."""
