"""Every question to rounds: `sheet` (what a holder sees), `rounds` and `board` (what Kominfo sees), `seal`."""

from jendela.registry.campaigns.reads import board, rounds, seal, sheet

__all__ = ["board", "rounds", "seal", "sheet"]
