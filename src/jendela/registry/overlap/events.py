"""Events of this app."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ApplicationMerged:
    """One record went into another; rooms further left point what they had to the one that stands."""

    standing_id: int
    merged_id: int


@dataclass(frozen=True)
class ApplicationMergeUndone:
    standing_id: int
    merged_id: int
