"""The one command: starts and stops everything on one machine. Runs before Django, imports none of it."""
