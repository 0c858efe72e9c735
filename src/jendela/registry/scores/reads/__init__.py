"""Every query on scores: the list (lists.py), cost per function (costs.py), due dates (dues.py)."""
