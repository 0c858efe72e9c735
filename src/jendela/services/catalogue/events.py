"""Events of this app."""

from dataclasses import dataclass


@dataclass(frozen=True)
class CatalogueChanged:
    """Services, ways, words or life events changed; the search is made anew from them."""
