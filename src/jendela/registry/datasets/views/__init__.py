"""Screens of datasets: the list and one dataset (datasets.py), its columns and files (parts.py)."""
