"""The staff window, and the reading screens of administrators."""
