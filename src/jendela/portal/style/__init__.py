"""/gaya/: every component in use, with its states."""
