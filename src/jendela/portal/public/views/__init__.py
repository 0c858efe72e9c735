"""Screens for residents: the core pages, and the versions of standards."""
