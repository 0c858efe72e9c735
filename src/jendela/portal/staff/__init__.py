"""Tools of staff: the staff window, and what administrators read."""
