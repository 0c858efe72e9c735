"""Stands in for Django in the launcher's tests; quick, and its behaviour is told by the environment."""
