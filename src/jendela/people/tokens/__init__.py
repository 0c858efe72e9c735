"""Tokens by which programs of the government read the register."""
