"""Working days: holidays as data, and deadlines counted with them (counting.py)."""
