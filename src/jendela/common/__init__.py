"""Tools without domain words. Imports nothing of Jendela."""
