"""Reading the search (placeholder until the index lands)."""


def forget_stale_index() -> None:
    """Called after each change of content."""
