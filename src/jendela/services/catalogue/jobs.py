"""Background entry points of the catalogue."""
