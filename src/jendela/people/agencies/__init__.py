"""Agencies of every level, their offices (counters) and how one became another."""
