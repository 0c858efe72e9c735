"""Screens of links: the list and one link (links.py), what follows from them (findings.py), the map (link_map.py), and
rules of the right source (rules.py)."""
