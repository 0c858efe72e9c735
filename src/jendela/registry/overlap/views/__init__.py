"""Screens of likeness (pairs.py) and of requests for new applications (requests.py)."""
