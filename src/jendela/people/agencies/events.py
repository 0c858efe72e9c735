"""Events of this app."""

from dataclasses import dataclass


@dataclass(frozen=True)
class AgenciesChanged:
    """Agencies or offices changed; the search is made anew from them."""


@dataclass(frozen=True)
class AgencyMerged:
    """An agency was merged into another or got a new name: what it owned moves to the successor."""

    merger_id: int


@dataclass(frozen=True)
class AgencyMergerUndone:
    """A merger recorded in error was taken back: what had moved moves back."""

    merger_id: int
