"""Jendela: one window for a regency, its services, its applications and its plans."""

__version__ = "0.1.0"
