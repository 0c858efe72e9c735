"""Stands in for the web server in the launcher's tests."""
