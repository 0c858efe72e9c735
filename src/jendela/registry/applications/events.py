"""Events of this app."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ApplicationsChanged:
    """Applications changed; the search is made anew from them."""


@dataclass(frozen=True)
class ValuesChanged:
    """One act changed values: `batch` of its rows of history (Change)."""

    batch: str
